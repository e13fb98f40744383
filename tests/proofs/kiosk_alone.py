"""A kiosk without its screen, in a process of its own: the product's issuing and file, on paper that stays.

python -m tests.proofs.kiosk_alone URL TOKEN FOLDER careful|early|late

Reads commands as JSON lines and answers each with one. A command may name the moment at which the process
kills itself (SIGKILL), as `take:uncommitted`; what was printed by then is in FOLDER/paper. The controls are
deliberately broken: `early` uses numbers before they are stored, `late` notes them after they are printed.
"""

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, cast

from hardware.device import DeviceState
from hardware.printer.document import Document, Text
from hardware.printer.driver import PrintOutcome, PrintResult
from kiosk.equipment import Equipment, PrinterReport
from kiosk.issuing import NotTaken, Paper, deliver, take
from kiosk.outage import Standby, catch_up
from kiosk.spool import Entry, Spool
from kiosk.visit import Order, is_local
from shared.client.api import HubClient
from shared.client.errors import HubError
from shared.domain.ordering import Priority
from shared.protocol.leases import LeasedNumbers
from shared.protocol.messages import HallInfo, Lane, TakenTicket
from shared.testing import MONDAY_MORNING
from tests.proofs.alone import PINNED, Fate

Command = dict[str, Any]
TIMEOUT = 0.5
"""Seconds for one of three attempts at the hub."""


class MortalSpool(Spool):
    """The product's file, in a process that may die before and after each commit."""

    def __init__(self, folder: Path, fate: Fate) -> None:
        self.fate, self.doing = fate, "open"
        super().__init__(folder)

    def take(self, order: Order, now: datetime) -> Entry | None:
        self.doing = "take"
        return super().take(order, now)

    def keep(self, leased: LeasedNumbers, machine: datetime) -> None:
        self.doing = "keep"
        super().keep(leased, machine)

    def note(self, taken: TakenTicket, fate: Any) -> int | None:
        self.doing = "note"
        return super().note(taken, fate)

    def joined(self, entry: Entry, ticket: int) -> None:
        self.doing = "joined"
        super().joined(entry, ticket)

    @contextmanager
    def _commit(self) -> Iterator[None]:
        with super()._commit():
            yield
            self.fate.meet(f"{self.doing}:uncommitted")
        self.fate.meet(f"{self.doing}:committed")


class EarlySpool(MortalSpool):
    """The control: what the hub lends is used at once and stored when there is time, with the next slip."""

    @contextmanager
    def _commit(self) -> Iterator[None]:
        with self._lock:
            if not self._connection.in_transaction:
                self._connection.execute("BEGIN IMMEDIATE")
            yield
            if self.doing in ("open", "note", "joined"):
                self._connection.execute("COMMIT")
            self._look()
        self.fate.meet(f"{self.doing}:committed")


class Printer:
    """Paper in citizens' hands: what is printed is on it for good. Stands in for `Equipment`."""

    def __init__(self, folder: Path, fate: Fate) -> None:
        self._paper, self._fate = (folder / "paper").open("ab", buffering=0), fate
        self.about: Command = {}

    def ask_printer(self) -> PrinterReport:
        return PrinterReport(DeviceState.READY)

    def print(self, compose: Callable[[int], Document]) -> PrintOutcome:
        texts = [block for block in compose(48).blocks if isinstance(block, Text)]
        number = next(block.text for block in texts if block.size == 4)
        marked = any("离线取号" in block.text for block in texts)
        self._fate.meet("print:before")
        self._paper.write(json.dumps(self.about | {"number": number, "offline": marked}).encode() + b"\n")
        self._fate.meet("print:after")
        return PrintOutcome(PrintResult.CONFIRMED, DeviceState.READY)


def paper(lane: str, at: datetime) -> Paper:
    """All that a slip says besides the ticket."""
    hall = HallInfo(name="小厅", name_en="", sample=True, now=at, speed=1, day=at.date(), languages=["zh"])
    row = Lane(
        letter=lane, name="综合", name_en="", place="", place_en="", waiting=0, estimate=None, open=True,
        closes_at=None, opens_at=None,
    )  # fmt: skip
    return Paper(hall, row, None, "zh")


class Kiosk:
    """Obeys commands."""

    def __init__(self, url: str, token: str, folder: Path, manner: str) -> None:
        self.fate, self.is_late, self.machine = Fate(), manner == "late", MONDAY_MORNING
        kind = EarlySpool if manner == "early" else MortalSpool
        authority = (folder / PINNED).read_text("ascii")
        self.client = HubClient(url, token, TIMEOUT, authority=authority)
        self.standby = Standby(kind(folder, self.fate), lambda: self.machine)
        self.printer = Printer(folder, self.fate)

    def obey(self, command: Command) -> Command:
        self.fate.point = command.get("kill", "")
        self.machine = datetime.fromisoformat(command["machine"])
        return self.catch_up() if command["do"] == "catch up" else self.take(command)

    def catch_up(self) -> Command:
        try:
            is_done = catch_up(self.client, self.standby.spool, self.standby.clock)
        except HubError as error:
            return {"error": type(error).__name__, "pending": self.standby.spool.stock.pending}
        return {"done": is_done, "pending": self.standby.spool.stock.pending}

    def take(self, command: Command) -> Command:
        """One citizen: a number, its slip, and the note of what became of it."""
        order = Order(command["lane"], None, None, Priority(command["priority"]), command["order"])
        self.printer.about = {key: command[key] for key in ("order", "at", "priority")}
        equipment = cast(Equipment, self.printer)
        if self.is_late:
            self._print_first(order, command)
        got = take(
            self.client, equipment, order, on_screen=False, standby=self.standby, is_online=command["online"]
        )
        if isinstance(got, NotTaken):
            return {"none": str(got.trouble), "sentence": got.sentence.en}
        if not (self.is_late and is_local(got.ticket)):
            deliver(equipment, paper(order.lane, self.machine), got.ticket, copy=False, prints=True)
        if is_local(got.ticket):
            self.standby.spool.note(got.ticket, "printed")
        return {"number": got.ticket.ticket.number, "local": is_local(got.ticket)}

    def _print_first(self, order: Order, command: Command) -> None:
        """The control: the slip of the next lent number comes out before the number is noted as used."""
        blocks = [block for block in self.standby.spool.held() if not command["online"]]
        rows = self.standby.spool._connection.execute(
            "SELECT unused FROM blocks WHERE day = ? AND lane = ? AND unused <= last ORDER BY lease",
            (str(self.standby.spool.stock.today(self.standby.now())), order.lane),
        ).fetchall()
        if blocks and rows:
            number = f"{order.lane}{rows[0][0]:03d}"
            self.printer.print(lambda _: Document((Text("【离线取号】"), Text(number, size=4))))


def main() -> None:
    """Be a kiosk, and after each death the next one: a fork of what was imported once."""
    while (pid := os.fork()) != 0:
        _, status = os.waitpid(pid, 0)
        if not os.WIFSIGNALED(status):
            sys.exit(os.waitstatus_to_exitcode(status))
        _say({"died": True})
    url, token, folder, manner = sys.argv[1:]
    kiosk = Kiosk(url, token, Path(folder), manner)
    _say({"ready": True})
    for line in sys.stdin:
        _say(kiosk.obey(json.loads(line)))


def _say(answer: Command) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
