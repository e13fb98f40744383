"""Promises that whole files of tests prove: run in their long form, in a process of their own."""

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Suite:
    """How a run of tests ended; both by name. Skipped ones are neither."""

    passed: Sequence[str]
    failed: Sequence[str]

    def proves(self, test: str) -> bool:
        """Whether the test of this name ran, in every one of its forms, and none failed."""
        ran = [name for name in self.passed if _called(name, test)]
        return bool(ran) and not any(_called(name, test) for name in self.failed)


def run_suite(*paths: str, **variables: str) -> Suite:
    """Run the tests of `paths`, from the root of the repository, with more environment variables.

    Raises RuntimeError when they could not even be collected.
    """
    with TemporaryDirectory(prefix="proof-") as made:
        report = Path(made, "report.xml")
        done = subprocess.run(
            [
                sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider",
                f"--junit-xml={report}", f"--basetemp={made}/tests", *paths,
            ],
            cwd=ROOT,
            env={"QT_QPA_PLATFORM": "offscreen", **os.environ, **variables},
            capture_output=True,
            text=True,
            check=False,
        )  # fmt: skip
        if done.returncode not in (0, 1):
            raise RuntimeError(
                f"pytest ended with {done.returncode}: {done.stdout[-2000:]}{done.stderr[-2000:]}"
            )
        return _read(report)


def _read(report: Path) -> Suite:
    passed, failed = [], []
    for case in ElementTree.parse(report).iter("testcase"):  # noqa: S314  # written by our own run
        name = f"{case.get('classname')}::{case.get('name')}"
        if case.find("failure") is not None or case.find("error") is not None:
            failed.append(name)
        elif case.find("skipped") is None:
            passed.append(name)
    return Suite(passed, failed)


def _called(name: str, test: str) -> bool:
    return name.partition("::")[2].partition("[")[0] == test
