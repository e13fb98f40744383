"""Ends of calls in processes of their own, as on two machines; for tests and the bench."""

import json
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Self

PATIENCE = 15.0
"""Seconds; only ends a hang."""
_ROOT = Path(__file__).resolve().parents[2]


class End:
    """One end of a call, driven by its command line (`python -m hardware.video`)."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process
        self.heard: list[dict[str, Any]] = []
        self._said: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
        threading.Thread(target=self._listen, daemon=True).start()
        self.port = int(self.wait_for("listening")["listening"])

    @classmethod
    def start(cls, *options: str, folder: Path = _ROOT) -> Self:
        process = subprocess.Popen(
            [sys.executable, "-m", "hardware.video", "--listen", "127.0.0.1:0", *options],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=folder,
        )
        return cls(process)

    def stop(self) -> None:
        self.process.kill()
        self.process.communicate()

    @property
    def place(self) -> str:
        return f"127.0.0.1:{self.port}"

    def tell(self, line: str) -> None:
        if self.process.stdin is None:
            raise RuntimeError("the end has no input")
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def ask(self, line: str, key: str) -> Any:
        self.tell(line)
        return self.wait_for(key)[key]

    def wait_for(self, key: str, *wanted: object) -> dict[str, Any]:
        """The next thing it says that has `key`, and one of `wanted` as its value when given."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                said = self._said.get(timeout=0.2)
            except queue.Empty:
                continue
            self.heard.append(said)
            if key in said and (not wanted or said[key] in wanted):
                return said
        raise TimeoutError(f"{key} {wanted} was not said, only {self.heard}")

    def _listen(self) -> None:
        for line in self.process.stdout or ():
            self._said.put(json.loads(line))


class Ends:
    """Starts ends; all of them are ended together."""

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack

    def __call__(self, *options: str, folder: Path = _ROOT) -> End:
        end = End.start(*options, folder=folder)
        self._stack.callback(end.stop)
        return end


@contextmanager
def ends() -> Iterator[Ends]:
    """Start any number of ends inside the block."""
    with ExitStack() as stack:
        yield Ends(stack)
