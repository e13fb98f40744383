"""A machine of the hall in a process of its own, on a line that fails: told by JSON lines, and killed."""

import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

from tests.proofs.links import Cable, Relay

ROOT = Path(__file__).parents[2]
PINNED = "authority.crt"
"""In the machine's folder: whom it pinned when it enrolled."""


class Clock(Protocol):
    """The hall's moment."""

    def now(self) -> datetime: ...


@dataclass
class Fate:
    """At which moment this process dies; empty for not at all."""

    point: str = ""

    def meet(self, point: str) -> None:
        if point == self.point:
            os.kill(os.getpid(), signal.SIGKILL)


@dataclass
class Alone:
    """`module` is what runs; its own clock is `skew` off. A command may name the moment at which it dies."""

    link: Relay | Cable
    token: str
    folder: Path
    manner: str
    clock: Clock
    skew: timedelta
    module: str = ""
    authority: str = ""
    kills: int = 0
    process: "subprocess.Popen[str] | None" = field(default=None, repr=False)

    def start(self) -> None:
        """Start it, and wait until it is ready."""
        self.folder.mkdir(exist_ok=True)
        (self.folder / PINNED).write_text(self.authority, "ascii")
        command = [*self.link.prefix, sys.executable, "-m", self.module]
        self.process = subprocess.Popen(
            [*command, self.link.url, self.token, str(self.folder), self.manner],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            start_new_session=True,
        )
        self._expect("ready")

    def end(self) -> None:
        """End it, with whatever it has become."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(10)
            for pipe in (self.process.stdin, self.process.stdout):
                if pipe is not None:
                    pipe.close()

    def tell(self, do: str, kill: str = "", **more: object) -> dict[str, Any] | None:
        """One command; None when the process died of it, and another has taken its place."""
        assert self.process is not None
        assert self.process.stdin is not None
        at = self.clock.now()
        command = {"do": do, "kill": kill, "at": at.isoformat(), "machine": (at + self.skew).isoformat()}
        self.process.stdin.write(json.dumps(command | more) + "\n")
        self.process.stdin.flush()
        answer = self._answer()
        if "died" not in answer:
            return answer
        self.kills += 1
        self._expect("ready")
        return None

    def _expect(self, word: str) -> None:
        if word not in self._answer():
            raise RuntimeError(f"{self.module} is not {word}")

    def _answer(self) -> dict[str, Any]:
        assert self.process is not None
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"{self.module} ended by itself")
        answer: dict[str, Any] = json.loads(line)
        return answer
