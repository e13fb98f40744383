"""The findings in words, for a tired person at a terminal."""

from collections.abc import Sequence

from hardware.doctor.finding import Finding
from hardware.doctor.machine import Candidate


def in_words(finding: Finding) -> str:
    """A line for what is fine; for what is not, what it means and what to do, in both languages."""
    head = f"{'✓' if finding.is_fine else '✗'} {finding.name.zh} {finding.name.en}   {finding.line}"
    if finding.is_fine:
        return head + (f"   ({finding.seen})" if finding.seen else "")
    lines = [
        head,
        f"    {finding.meaning.zh}",
        f"    → {finding.step.zh}",
        f"    {finding.meaning.en}",
        f"    → {finding.step.en}",
    ]
    return "\n".join([*lines, *([f"    ({finding.seen})"] if finding.seen else [])])


def summary(findings: Sequence[Finding]) -> str:
    """How many are fine, and how many want a person."""
    fine = sum(finding.is_fine for finding in findings)
    wanting = len(findings) - fine
    if not findings:
        return "没有测试任何设备 / No device was tested"
    if not wanting:
        return f"全部 {fine} 项正常 / All {fine} are fine"
    return f"{fine} 项正常，{wanting} 项需要处理 / {fine} fine, {wanting} need a person"


def offered(found: Sequence[Candidate]) -> str:
    """What is plugged in, to be named on the command line."""
    lines = [f"  {one.kind:<10} {one.spec}   {one.about}" for one in found]
    return "\n".join(["这台机器上有 / Found on this machine:", *(lines or ["  （没有 / nothing）"])])
