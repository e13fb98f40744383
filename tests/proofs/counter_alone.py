"""A counter without its screen, in a process of its own: the product's file and bringing in.

python -m tests.proofs.counter_alone URL TOKEN FOLDER careful|late

Reads commands as JSON lines and answers each with what the clerk sees. A command may name the moment at which
the process kills itself (SIGKILL), as `note:uncommitted`. The control `late` is deliberately broken: it shows
what was noted before it is stored.
"""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from counter.outage import Standby, catch_up, hand_over, have_judged
from counter.spool import Call, Chair, NotPossibleError, Spool
from shared.client.api import HubClient
from shared.client.errors import HubError
from shared.domain.manual import Step
from shared.domain.ticket import State
from shared.protocol.messages import Board
from shared.testing import MONDAY_MORNING
from tests.proofs.alone import PINNED, Fate

Command = dict[str, Any]
TIMEOUT = 1.0
"""Seconds for one of three attempts at the hub."""


class MortalSpool(Spool):
    """The product's file, in a process that may die before and after each commit of a command."""

    def __init__(self, folder: Path, fate: Fate) -> None:
        self.fate, self.doing = fate, "open"
        super().__init__(folder)

    @contextmanager
    def _commit(self) -> Iterator[None]:
        with super()._commit():
            yield
            self.fate.meet(f"{self.doing}:uncommitted")
        self.fate.meet(f"{self.doing}:committed")

    def all(self) -> list[Call]:
        """Every call in the file."""
        with self._lock:
            return self._calls("1")


class Counter:
    """Obeys commands."""

    def __init__(self, url: str, token: str, folder: Path, manner: str) -> None:
        self.fate, self.is_late, self.machine = Fate(), manner == "late", MONDAY_MORNING
        self.client = HubClient(url, token, TIMEOUT, authority=(folder / PINNED).read_text("ascii"))
        self.spool = MortalSpool(folder, self.fate)
        self.standby = Standby(self.spool, lambda _: None, lambda: self.machine)

    def obey(self, command: Command) -> None:
        """Do it, and show what the clerk sees then."""
        self.fate.point = command.get("kill", "")
        self.machine = datetime.fromisoformat(command["machine"])
        self.spool.doing = str(command["do"]).replace(" ", "-")
        if self.is_late and command["do"] in ("call", "note"):
            _say(self.seen(shown=self._as_if(command)))
            self.fate.meet("shown")
            self._do(command)
            return
        try:
            self._do(command)
        except (HubError, NotPossibleError) as error:
            _say(self.seen(error=type(error).__name__))
        else:
            _say(self.seen())

    def _do(self, command: Command) -> None:
        now = self.standby.now()
        match command["do"]:
            case "sit":
                self._sit(command)
            case "lose":
                self.spool.lose_hub(now)
            case "sit alone":
                self.spool.sit_down(command["window"], command["clerk"], now)
            case "call":
                self.spool.call(command["series"], command["number"], now)
            case "note":
                self.spool.note(Step(command["step"]), now)
            case "hand over":
                hand_over(self.client, self.spool)
            case "have judged":
                have_judged(self.client, self.spool)
            case "catch up":
                catch_up(self.client, self.standby)

    def _sit(self, command: Command) -> None:
        """The clerk has signed in, and this is before the window by the hub's word."""
        number, state, since = command["ticket"] or ("", "", "")
        ticket = (number, State(state), datetime.fromisoformat(since)) if number else None
        chair = Chair(command["window"], command["clerk"], "李明", ticket=ticket)
        board = self.client.ask(Board, "board")
        self.spool.keep_chair(chair, board.hall, board.hall.now, self.machine)

    def seen(self, **more: object) -> Command:
        """Who is before the window, and every step of every call in the file."""
        current = self.spool.look.current
        calls = {call.key: [call.display, *(step for step, _ in call.steps)] for call in self.spool.all()}
        before = None if current is None else [current.display, current.state]
        return {"seen": calls, "before": before, "untold": self.spool.look.untold} | more

    def _as_if(self, command: Command) -> list[str]:
        current = self.spool.look.current
        if command["do"] == "call":
            return [f"{command['series']}{command['number']:03d}", "called"]
        return ["" if current is None else current.display, command["step"]]


def main() -> None:
    """Be a counter, and after each death the next one: a fork of what was imported once."""
    while (pid := os.fork()) != 0:
        _, status = os.waitpid(pid, 0)
        if not os.WIFSIGNALED(status):
            sys.exit(os.waitstatus_to_exitcode(status))
        _say({"died": True})
    url, token, folder, manner = sys.argv[1:]
    counter = Counter(url, token, Path(folder), manner)
    _say({"ready": True})
    for line in sys.stdin:
        counter.obey(json.loads(line))


def _say(answer: Command) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
