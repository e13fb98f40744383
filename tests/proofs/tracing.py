"""Faults at the n-th call to the system, and a record of all of them, by strace(1)."""

import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.proofs.forking import EMPTY, ROOT, Forks, Run

CALLS = tuple(EMPTY)
FIRST = dict.fromkeys(CALLS, 500) | {"openat": 4000}
"""At which call of a kind strace strikes: more than any run, and all imports, make by themselves."""
NEEDS_STRACE = "strace is missing, or this machine lets nobody trace"


@cache
def can_trace() -> bool:
    """Whether strace is there and may be used."""
    try:
        done = subprocess.run(
            ["strace", "-f", "--seccomp-bpf", "-o", "/dev/null", "true"], capture_output=True, check=False
        )
    except OSError:
        return False
    return done.returncode == 0


@dataclass(frozen=True, slots=True)
class Faults:
    """A fault (`signal=KILL`, `error=EIO`) that strikes runs of `module` at any call of some kinds."""

    module: str
    forks: Forks

    def strike(self, call: str, n: int, *arguments: str) -> Run:
        """Run with the fault at the `n`-th `call`, counted from 1. A run that makes fewer ends unhurt."""
        return self.forks.run(self.module, *arguments, call=call, ahead=FIRST[call] - n)


@contextmanager
def faults(module: str, fault: str, calls: Sequence[str] = CALLS, lasts: str = "") -> Iterator[Faults]:
    """`lasts` is empty for once, `+` for ever, `..N` for N calls more."""
    # strace 6.1 injects no signals where it stops at the traced calls only (--seccomp-bpf).
    quick = () if fault.startswith("signal") else ("--seccomp-bpf",)
    tracer = ["strace", "-f", *quick, "-qqq", "-o", "/dev/null", "-e", f"trace={','.join(calls)}"]
    for call in calls:
        when = f"{FIRST[call]}..{FIRST[call] + int(lasts[2:])}" if ".." in lasts else f"{FIRST[call]}{lasts}"
        tracer += ["-e", f"inject={call}:{fault}:when={when}"]
    with Forks(module, tracer=tracer) as forks:
        yield Faults(module, forks)


@dataclass(frozen=True, slots=True)
class Call:
    """A call as it was made: its kind, the path of its file, what else it said, and what came of it."""

    kind: str
    fd: int
    path: Path
    data: bytes
    numbers: Sequence[int]
    flags: str
    result: int


_LINE = re.compile(r"\d+ +(?P<kind>\w+)\((?P<said>.*)\) += (?P<result>-?\d+)")
_FD = re.compile(r"(?:AT_FDCWD|(?P<fd>\d+))<(?P<path>[^>]*)>")
_TEXT = re.compile(r'"([^"]*)"')
_KINDS = (*CALLS, "rename", "mkdir", "fdatasync", "unlinkat")


def recorded(log: Path, module: str, *arguments: str, inject: str = "") -> list[Call]:
    """Run `python -m module` once; every call by which it changed a file or answered, in order.

    `inject` is a fault in strace's words, of which the program may die. RuntimeError if two threads took
    part: their order says nothing.
    """
    command = [
        "strace", "-f", "--seccomp-bpf", "-qqq", "-y", "-xx", "-s", "1000000", "-o", str(log),
        "-e", f"trace={','.join(_KINDS)}", "-e", "signal=none",
        *(["-e", f"inject={inject}"] if inject else []),
        sys.executable, "-m", module, *arguments,
    ]  # fmt: skip
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    if done.returncode != 0 and not inject:
        raise RuntimeError(f"{module} ended with {done.returncode}: {done.stderr.decode()[-2000:]}")
    return [_call(line) for line in log.read_text("ascii").splitlines() if "O_RDONLY|O_CLOEXEC)" not in line]


def _call(line: str) -> Call:
    if (found := _LINE.match(line)) is None:
        raise RuntimeError(f"not understood: {line[:200]}")
    kind, said = found["kind"], found["said"]
    at = _FD.match(said)
    texts = [_unhex(text) for text in _TEXT.findall(said)]
    rest = _TEXT.sub("", said[at.end() :] if at else said)
    is_named = kind in ("openat", "unlink", "unlinkat", "mkdir", "rename")
    path = texts[0] if is_named else _unhex(at["path"] if at else "")
    fd = int(found["result"]) if kind == "openat" else int(at["fd"] or -1) if at else -1
    data = texts[-1] if texts and kind != "openat" else b""
    numbers = [int(each) for each in re.findall(r"(?<![\w.])\d+(?![\w.])", rest)]
    return Call(kind, fd, Path(path.decode()), data, numbers, rest, int(found["result"]))


def _unhex(text: str) -> bytes:
    return bytes.fromhex(text.replace("\\x", ""))
