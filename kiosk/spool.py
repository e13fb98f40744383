"""The numbers that were lent to this kiosk, and what it gave of them, in a file of its own.

A block is on the disk before its first number can be taken, and a number is on the disk, as used and as an
entry to bring in, before anyone sees it: every method returns after its commit is synced (SQLite, WAL,
synchronous FULL). Nothing is taken from memory, so a power cut at any moment costs a gap at most.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Literal

from kiosk.visit import Order
from shared.client.spool import HallTime, SpoolFile
from shared.domain.moments import from_millis, to_millis
from shared.domain.ordering import Priority
from shared.domain.ticket import State, display_number
from shared.protocol.leases import HeldBlock, LeasedNumbers
from shared.protocol.messages import SlipEvent, TakenTicket, Ticket
from shared.protocol.request_id import new_request_id

FILE = "numbers.db"
Fate = SlipEvent | Literal["voided"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A number that was given without the hub, number `n` in the order of issue."""

    n: int
    id: str
    lease: int
    day: date
    lane: str
    number: int
    taken_at: datetime
    matter: str | None
    priority: Priority
    instead_of: str
    slip: Fate | None

    def as_taken(self) -> TakenTicket:
        """The ticket as slips and screens show it: nothing is said of people ahead, and there is no page."""
        ticket = Ticket(
            id=-self.n,
            number=display_number(self.lane, self.number),
            lane=self.lane,
            state=State.WAITING,
            taken_at=self.taken_at,
            sort_at=self.taken_at,
            priority=self.priority,
            matter=self.matter,
        )
        return TakenTicket(ticket=ticket, url="")


@dataclass(frozen=True, slots=True)
class Stock:
    """What could be given, looked at without the disk: safe in the thread of the screen."""

    time: HallTime
    left: dict[tuple[date, str], int]
    openings: tuple[tuple[date, str, datetime, datetime], ...]
    pending: int

    def now(self, machine: datetime) -> datetime:
        """The hub's clock when this machine's says `machine`; never before the last number given."""
        return self.time.now(machine)

    def today(self, now: datetime) -> date | None:
        """The business day at `now`."""
        return self.time.today(now)

    def is_open(self, lane: str, now: datetime) -> bool:
        """Whether the lane gives numbers at `now`, by the hours the hub told."""
        today = self.today(now)
        return any((today, lane) == (day, letter) and start <= now < end
                   for day, letter, start, end in self.openings)  # fmt: skip

    def can_give(self, lane: str, now: datetime) -> bool:
        """Whether a number could be given at `now`."""
        today = self.today(now)
        return today is not None and self.left.get((today, lane), 0) > 0 and self.is_open(lane, now)


class Spool(SpoolFile):
    """The file in `folder`; what was lent to another device than `owner` is of no use."""

    def __init__(self, folder: Path, owner: str = "") -> None:
        super().__init__(folder / FILE, files("kiosk").joinpath("spool.sql").read_text("utf-8"), owner)
        self._stock: Stock
        with self._commit():  # a kiosk that ended while it printed does not know how far the slip came
            self._connection.execute("UPDATE entries SET slip = 'unconfirmed' WHERE slip IS NULL")

    @property
    def stock(self) -> Stock:
        """What could be given now."""
        return self._stock

    # -- what is lent -----------------------------------------------------------------------------------

    def held(self) -> list[HeldBlock]:
        """Every block in the file, for the hub."""
        with self._lock:
            rows = self._connection.execute("SELECT lease, unused FROM blocks ORDER BY lease").fetchall()
        return [HeldBlock(lease=lease, unused=unused) for lease, unused in rows]

    def keep(self, leased: LeasedNumbers, machine: datetime) -> None:
        """Store what the hub lends from now on; `machine` is this machine's clock as the answer came."""
        with self._commit():
            self._keep_hall(leased.day, leased.day_change, leased.now, machine)
            self._connection.execute(
                "DELETE FROM entries WHERE ended = 'joined' AND day < ?", (leased.day.isoformat(),)
            )
            self._keep_blocks(leased)
            self._keep_openings(leased)

    def _keep_blocks(self, leased: LeasedNumbers) -> None:
        kept = {block.lease for block in leased.blocks}
        for (lease,) in self._connection.execute("SELECT lease FROM blocks").fetchall():
            if lease not in kept:
                self._connection.execute("DELETE FROM blocks WHERE lease = ?", (lease,))
        self._connection.executemany(
            "INSERT OR IGNORE INTO blocks VALUES (?, ?, ?, ?, ?)",
            [(b.lease, b.day.isoformat(), b.lane, b.last, b.first) for b in leased.blocks],
        )

    def _keep_openings(self, leased: LeasedNumbers) -> None:
        self._connection.execute("DELETE FROM openings")
        self._connection.executemany(
            "INSERT INTO openings VALUES (?, ?, ?, ?)",
            [(lane.day.isoformat(), lane.lane, to_millis(span.start), to_millis(span.end))
             for lane in leased.lanes for span in lane.open],
        )  # fmt: skip

    # -- what is given ----------------------------------------------------------------------------------

    def take(self, order: Order, now: datetime) -> Entry | None:
        """Give the next number of the order's lane; None when there is none for the day, or it is closed.

        The same order gets the same number. `now` is the hub's clock as it is known here.
        """
        with self._commit():
            known = self._entries("instead_of = ?", order.request_id)
            return known[0] if known else self._give(order, now)

    def _give(self, order: Order, now: datetime) -> Entry | None:
        last_at = self._stock.time.last_at
        moment = now if last_at is None else max(now, last_at + timedelta(milliseconds=1))
        day = self._stock.today(moment)
        if day is None or not self._stock.is_open(order.lane, moment):
            return None
        row = self._connection.execute(
            "UPDATE blocks SET unused = unused + 1 WHERE lease = (SELECT min(lease) FROM blocks "
            "WHERE day = ? AND lane = ? AND unused <= last) RETURNING lease, unused - 1",
            (day.isoformat(), order.lane),
        ).fetchone()
        if row is None:
            return None
        self._connection.execute(
            "INSERT INTO entries (id, lease, day, lane, number, taken_at, matter, priority, instead_of) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (new_request_id(), row[0], day.isoformat(), order.lane, row[1], to_millis(moment),
             order.matter, order.priority, order.request_id),
        )  # fmt: skip
        return self._entries("instead_of = ?", order.request_id)[0]

    def note(self, taken: TakenTicket, fate: Fate) -> int | None:
        """Note what became of a slip. When the hub has the number already, it must be told itself: gives
        the id that the ticket has there.
        """
        n = -taken.ticket.id
        with self._commit():
            self._connection.execute("UPDATE entries SET slip = ? WHERE n = ? AND ended IS NULL", (fate, n))
            row = self._connection.execute("SELECT ticket FROM entries WHERE n = ?", (n,)).fetchone()
        return None if row is None else row[0]

    # -- what is brought in -----------------------------------------------------------------------------

    def pending(self) -> list[Entry]:
        """What the hub does not know yet, in the order of issue."""
        with self._lock:
            return self._entries("ended IS NULL")

    def joined(self, entry: Entry, ticket: int) -> None:
        """The hub has it, under this id."""
        with self._commit():
            self._connection.execute(
                "UPDATE entries SET ended = 'joined', ticket = ? WHERE n = ?", (ticket, entry.n)
            )

    def refused(self, entry: Entry, code: str) -> None:
        """The hub's last word is no; the entry stays in the file for whoever looks into it."""
        with self._commit():
            self._connection.execute("UPDATE entries SET ended = ? WHERE n = ?", (code, entry.n))

    # -- inside -----------------------------------------------------------------------------------------

    def _entries(self, condition: str, *values: object) -> list[Entry]:
        rows = self._connection.execute(
            "SELECT n, id, lease, day, lane, number, taken_at, matter, priority, instead_of, slip "  # noqa: S608
            f"FROM entries WHERE {condition} ORDER BY n",
            values,
        ).fetchall()
        return [
            Entry(n, key, lease, date.fromisoformat(day), lane, number, from_millis(at), matter,
                  Priority(priority), order, slip)
            for n, key, lease, day, lane, number, at, matter, priority, order, slip in rows
        ]  # fmt: skip

    def _look(self) -> None:
        read = self._connection.execute
        left = read("SELECT day, lane, sum(last - unused + 1) FROM blocks GROUP BY day, lane")
        spans = read("SELECT day, lane, start_at, end_at FROM openings ORDER BY start_at")
        last_at, count = read("SELECT max(taken_at), sum(ended IS NULL) FROM entries").fetchone()
        self._stock = Stock(
            self._hall_time(None if last_at is None else from_millis(last_at)),
            {(date.fromisoformat(on), lane): count for on, lane, count in left},
            tuple(
                (date.fromisoformat(on), lane, from_millis(start), from_millis(end))
                for on, lane, start, end in spans
            ),
            count or 0,
        )
