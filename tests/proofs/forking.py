"""Runs programs in forks of one process: what they import is paid for once, so a run takes milliseconds.

`Forks` starts the process and speaks with it over a socket, by calls that no proof counts: the process may
itself run under strace. Before a fork runs its program it makes calls of a kind that come to nothing, as many
as it is told: strace counts the calls of each process by kind, and its fault at the K-th of them becomes a
fault at the n-th of the program when K - n came before.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import traceback
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Self

ROOT = Path(__file__).parents[2]
_NONE = 1 << 24
"""No file has this descriptor."""
EMPTY: Mapping[str, Callable[[], object]] = {
    "openat": lambda: os.open("", os.O_RDONLY),
    "pwrite64": lambda: os.pwrite(_NONE, b"", 0),
    "write": lambda: os.write(_NONE, b""),
    "ftruncate": lambda: os.ftruncate(_NONE, 0),
    "fsync": lambda: os.fsync(_NONE),
    "unlink": lambda: os.unlink(""),  # noqa: PTH108 - the bare call
}
"""A call of each kind that changes nothing: all calls by which a store changes its files."""


@dataclass(frozen=True, slots=True)
class Run:
    """How a run ended: what it wrote to standard output, and its wait status (waitpid(2))."""

    output: bytes
    status: int

    @property
    def was_killed(self) -> bool:
        """Whether SIGKILL ended it."""
        return os.WIFSIGNALED(self.status) and os.WTERMSIG(self.status) == signal.SIGKILL


class Forks:
    """A process that runs modules by their `main(*arguments)`. `tracer` is what its command begins with."""

    def __init__(self, *modules: str, tracer: Sequence[str] = (), log: Path | None = None) -> None:
        self._ours, theirs = socket.socketpair()
        self._lines = self._ours.makefile("r", encoding="ascii")
        said = None if log is None else log.open("ab")
        self._process = subprocess.Popen(
            [*tracer, sys.executable, "-m", "tests.proofs.forking", str(theirs.fileno()), *modules],
            cwd=ROOT,
            pass_fds=(theirs.fileno(),),
            stderr=said,
        )
        theirs.close()
        if said is not None:
            said.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._lines.close()
        self._ours.close()
        self._process.wait(60)

    def run(self, module: str, *arguments: object, call: str = "", ahead: int = 0) -> Run:
        """Run to the end, after `ahead` empty calls of the kind `call`."""
        told = self._ask(module=module, arguments=arguments, call=call, ahead=ahead)
        return Run(bytes.fromhex(told["output"]), told["status"])

    def start(self, module: str, *arguments: object) -> tuple[int, str]:
        """Run until the first line of output; the process id and that line, empty if the run ended."""
        told = self._ask(module=module, arguments=arguments, stays=True)
        return told["pid"], bytes.fromhex(told["output"]).decode()

    def end(self, pid: int) -> None:
        """End a run that was started (SIGKILL)."""
        self._ask(end=pid)

    def _ask(self, **question: object) -> Any:
        self._ours.sendall(json.dumps(question).encode() + b"\n")
        if not (line := self._lines.readline()):
            raise RuntimeError(f"the forking process ended: {self._process.wait(60)}")
        return json.loads(line)


class _Server:
    """The other side."""

    def __init__(self, channel: socket.socket) -> None:
        self._channel = channel
        self._pipes: dict[int, int] = {}

    def serve(self) -> None:
        """Answer until the client hangs up; then end what still runs."""
        with self._channel.makefile("r", encoding="ascii") as lines:
            for line in lines:
                self._channel.sendall(json.dumps(self._answer(json.loads(line))).encode() + b"\n")
        for pid in list(self._pipes):
            self._end(pid)

    def _answer(self, question: dict[str, Any]) -> dict[str, Any]:
        if "end" in question:
            return {"status": self._end(question["end"])}
        pid, pipe = _fork(question)
        self._pipes[pid] = pipe
        if question.get("stays"):
            return {"pid": pid, "output": _line(pipe).hex()}
        output = b"".join(iter(lambda: os.read(pipe, 1 << 16), b""))
        return {"output": output.hex(), "status": self._wait(pid)}

    def _end(self, pid: int) -> int:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        return self._wait(pid)

    def _wait(self, pid: int) -> int:
        status = os.waitpid(pid, 0)[1]
        os.close(self._pipes.pop(pid))
        return status


def _line(pipe: int) -> bytes:
    line = b""
    while not line.endswith(b"\n") and (more := os.read(pipe, 1)):
        line += more
    return line


def _fork(question: dict[str, Any]) -> tuple[int, int]:
    reading, writing = os.pipe()
    if (pid := os.fork()) != 0:
        os.close(writing)
        return pid, reading
    status = 1
    try:
        os.dup2(writing, 1)
        program = import_module(question["module"])
        for _ in range(question.get("ahead", 0)):
            with suppress(OSError):
                EMPTY[question["call"]]()
        status = program.main(*question["arguments"]) or 0
    except BaseException:  # noqa: BLE001 - nothing of the parent may run in the fork
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        os._exit(status)


if __name__ == "__main__":
    for name in sys.argv[2:]:
        import_module(name)
    _Server(socket.socket(fileno=int(sys.argv[1]))).serve()
