"""What a clerk notes by hand while the hub is away, and who sits at the window, in a file of its own.

A step is on the disk before the screen shows it, so a power cut at any moment loses nothing that a clerk saw
noted; a counter that starts again without the hub knows its window, its clerk and who is before the window.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from shared.client.spool import HallTime, SpoolFile
from shared.domain.manual import Step, may_follow, parse_number, state_after
from shared.domain.moments import due_day, from_millis, to_millis
from shared.domain.ticket import State, display_number
from shared.protocol.manual import ManualCall, NotedStep, NoteManualCall
from shared.protocol.messages import Board, HallInfo
from shared.protocol.request_id import new_request_id

FILE = "by-hand.db"
SHOWN = 12
KEPT = timedelta(days=7)
"""How long a call that the hub has taken in stays in the file."""
UNDECIDED = ("noted", "awaits")


@dataclass(frozen=True, slots=True)
class Chair:
    """Who sits at which window. `ticket` is before it as the hub has it: number, state, since when."""

    window: int
    clerk: str
    name: str
    proved: bool = True
    present: bool = True
    ticket: tuple[str, State, datetime] | None = None


@dataclass(frozen=True, slots=True)
class Call:
    """A call by hand. `state` is how it stands before the window, None when it left it or the hub has it.

    `before`: it stood there when the hub was lost. `fate` is what the hub made of it.
    """

    n: int
    key: str
    day: date
    series: str
    number: int
    window: int
    clerk: str
    proved: bool
    state: State | None
    since: datetime
    before: bool
    fate: str | None
    zh: str
    en: str
    steps: tuple[tuple[Step, datetime], ...]

    @property
    def display(self) -> str:
        """The number as people read it."""
        return display_number(self.series, self.number)

    def may(self, step: Step) -> bool:
        """Whether the clerk may note `step` now. What the hall itself called cannot be taken back."""
        return may_follow(self.state, step) and not (step is Step.WITHDRAWN and (self.before or self.fate))

    def body(self) -> NoteManualCall:
        """As the hub takes it in."""
        return NoteManualCall(
            key=UUID(self.key),
            day=self.day,
            series=self.series,
            number=self.number,
            clerk=self.clerk,
            proved=self.proved,
            steps=[NotedStep(step, at) for step, at in self.steps],
        )


@dataclass(frozen=True, slots=True)
class Look:
    """The file, looked at without the disk: safe in the thread of the screen. `latest` is newest first."""

    time: HallTime
    chair: Chair | None
    lost_at: datetime | None
    current: Call | None
    latest: tuple[Call, ...]
    untold: int


class NotPossibleError(ValueError):
    """The step does not fit how the ticket stands; the screen was a moment behind."""


class Spool(SpoolFile):
    """The file in `folder`. It stays when the device enrols anew: what was noted is still to be told."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder / FILE, files("counter").joinpath("spool.sql").read_text("utf-8"), "counter")
        self._looked: Look
        with self._commit():  # whoever sat here may have gone; nobody has proved anything to this program
            self._connection.execute("UPDATE seat SET present = 0")

    @property
    def look(self) -> Look:
        """What stands in the file now."""
        return self._looked

    # -- while the hub is heard -------------------------------------------------------------------------

    def find_hub(self, board: Board, machine: datetime) -> None:
        """The hub is heard, and has been told everything: keep the hall as it is while this machine's clock
        says `machine`. Of a ticket that stood before the window and that nobody touched, its word holds.
        """
        hall = board.hall
        with self._commit():
            self._keep_hall(hall.day, hall.day_change, hall.now, machine)
            self._keep_board(board)
            self._forget(hall.now - KEPT)
            self._connection.execute("UPDATE seat SET lost_at = NULL")
            self._connection.execute(
                "DELETE FROM calls WHERE before = 1 AND NOT EXISTS (SELECT 1 FROM steps WHERE call = calls.n)"
            )

    def keep_chair(self, chair: Chair, hall: HallInfo, now: datetime, machine: datetime) -> None:
        """Keep who sits where, and who is before the window, on the hall's day.

        The hall's clock says `now` when this machine's says `machine`.
        """
        ticket, state, since = chair.ticket or (None, None, None)
        row = (
            chair.window, chair.clerk, chair.name, int(chair.proved), int(chair.present), ticket, state,
            None if since is None else to_millis(since),
        )  # fmt: skip
        with self._commit():
            self._keep_hall(hall.day, hall.day_change, now, machine)
            self._connection.execute(
                "INSERT INTO seat (id, window, clerk, name, proved, present, ticket, state, since) "
                "VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET window = excluded.window, "
                "clerk = excluded.clerk, name = excluded.name, proved = excluded.proved, "
                "present = excluded.present, ticket = excluded.ticket, state = excluded.state, "
                "since = excluded.since",
                row,
            )

    # -- while it is away -------------------------------------------------------------------------------

    def lose_hub(self, now: datetime) -> None:
        """The hub is away from `now` on: who stands before the window is noted by hand from here."""
        with self._commit():
            self._lose(now)

    def _lose(self, now: datetime) -> None:
        self._connection.execute("UPDATE seat SET lost_at = ? WHERE lost_at IS NULL", (to_millis(now),))
        self._take_over(now)

    def _take_over(self, now: datetime) -> None:
        """Not what stood there on another day: the counter may have been off since."""
        chair = self._chair()
        if chair is None or not chair.present or chair.ticket is None or self._current() is not None:
            return
        number, state, since = chair.ticket
        found = parse_number(number)
        if found is not None and due_day(since, self._hall_time(None).day_change) == self._day(now):
            self._insert(chair, found, now, state, since, before=True)
        self._connection.execute("UPDATE seat SET ticket = NULL, state = NULL, since = NULL")

    def sit_down(self, window: int, clerk: str, now: datetime) -> None:
        """A clerk sits down whom nobody could ask for a PIN, while the hub is away."""
        with self._commit():
            self._connection.execute(
                "INSERT INTO seat (id, window, clerk, name, proved, present) VALUES (1, ?1, ?2, '', 0, 1) "
                "ON CONFLICT (id) DO UPDATE SET window = ?1, clerk = ?2, proved = 0, present = 1, "
                "name = CASE clerk WHEN ?2 THEN name ELSE '' END",
                (window, clerk),
            )
            self._lose(now)

    def leave(self) -> None:
        """Nobody sits here any more."""
        with self._commit():
            self._connection.execute("UPDATE seat SET present = 0")

    def call(self, series: str, number: int, now: datetime) -> None:
        """Note that this number is called. Whoever is served is finished with it, as by the key "next".

        Raises NotPossibleError while another one is called, nobody sits here, or no day is known.
        """
        with self._commit():
            chair, current = self._chair(), self._current()
            if current is not None:
                if not current.may(Step.FINISHED):
                    raise NotPossibleError(current.display)
                self._add(current, Step.FINISHED, now)
            if chair is None or not chair.present or self._day(now) is None:
                raise NotPossibleError("nobody sits here")
            moment = self._moment(now)
            called = self._insert(chair, (series, number), moment, State.CALLED, moment, before=False)
            self._add(called, Step.CALLED, now)

    def note(self, step: Step, now: datetime) -> None:
        """Note a step of the ticket before the window. Raises NotPossibleError when it does not fit."""
        with self._commit():
            current = self._current()
            if current is None or not current.may(step):
                raise NotPossibleError(step)
            self._add(current, step, now)

    # -- when the hub is back ---------------------------------------------------------------------------

    def pending(self) -> list[tuple[Call, str]]:
        """What the hub does not know yet, in order, each with the request id under which it is told."""
        with self._lock:
            calls = self._calls("n IN (SELECT call FROM steps WHERE told = 0)")
            last = "SELECT id FROM steps WHERE call = ? ORDER BY n DESC LIMIT 1"
            return [(call, self._connection.execute(last, (call.n,)).fetchone()[0]) for call in calls]

    def told(self, call: Call) -> None:
        """The hub has all steps of `call` as it was read."""
        with self._commit():
            self._connection.execute(
                "UPDATE steps SET told = 1 WHERE call = ? AND n < ?", (call.n, len(call.steps))
            )
            self._connection.execute("UPDATE calls SET fate = 'noted' WHERE n = ?", (call.n,))

    def refused(self, call: Call, code: str, zh: str, en: str) -> None:
        """The hub's last word on its newest steps is no; they stay in the file for whoever looks into it."""
        with self._commit():
            self._connection.execute("UPDATE steps SET told = 1 WHERE call = ?", (call.n,))
            self._connection.execute(
                "UPDATE calls SET fate = ?, zh = ?, en = ? WHERE n = ?", (f"refused: {code}", zh, en, call.n)
            )

    def undecided(self) -> list[Call]:
        """What the hub has taken in, but has not said what came of it."""
        with self._lock:
            return self._calls("fate IN (?, ?)", *UNDECIDED)

    def decided(self, found: Sequence[ManualCall]) -> None:
        """What the hub made of calls. One that it carried out stands before the window by its word now."""
        with self._commit():
            for one in found:
                self._connection.execute(
                    "UPDATE calls SET fate = ?1, zh = ?2, en = ?3, state = CASE ?1 WHEN 'done' THEN NULL "
                    "ELSE state END WHERE key = ?4 AND NOT EXISTS "
                    "(SELECT 1 FROM steps WHERE call = calls.n AND told = 0)",
                    (one.state, one.zh, one.en, str(one.key)),
                )

    def again(self, calls: Sequence[Call]) -> list[Call]:
        """The same calls as they stand now."""
        with self._lock:
            return [self._calls("n = ?", call.n)[0] for call in calls]

    # -- inside -----------------------------------------------------------------------------------------

    def _insert(
        self,
        chair: Chair,
        number: tuple[str, int],
        now: datetime,
        state: State | None,
        since: datetime,
        *,
        before: bool,
    ) -> Call:
        row = (
            str(uuid4()), str(self._day(now)), *number, chair.window, chair.clerk, int(chair.proved), state,
            to_millis(since), int(before),
        )  # fmt: skip
        n = self._connection.execute(
            "INSERT INTO calls (key, day, series, number, window, clerk, proved, state, since, before) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING n",
            row,
        ).fetchone()[0]
        return self._calls("n = ?", n)[0]

    def _add(self, call: Call, step: Step, now: datetime) -> None:
        moment = to_millis(self._moment(now))
        self._connection.execute(
            "INSERT INTO steps (call, n, step, at, id) VALUES (?, ?, ?, ?, ?)",
            (call.n, len(call.steps), step, moment, new_request_id()),
        )
        self._connection.execute(
            "UPDATE calls SET state = ?, since = ? WHERE n = ?", (state_after(step), moment, call.n)
        )

    def _moment(self, now: datetime) -> datetime:
        """Moments never go back, whatever the machine's clock does."""
        last = self._connection.execute("SELECT max(at) FROM steps").fetchone()[0]
        return now if last is None else max(now, from_millis(last))

    def _day(self, now: datetime) -> date | None:
        return self._hall_time(None).today(now)

    def _forget(self, before: datetime) -> None:
        """Calls that were taken in long ago."""
        old = "SELECT n FROM calls WHERE state IS NULL AND fate NOT IN ('noted', 'awaits') AND since < ?"
        moment = to_millis(before)
        self._connection.execute(f"DELETE FROM steps WHERE call IN ({old})", (moment,))  # noqa: S608
        self._connection.execute(f"DELETE FROM calls WHERE n IN ({old})", (moment,))  # noqa: S608

    def _chair(self) -> Chair | None:
        row = self._connection.execute(
            "SELECT window, clerk, name, proved, present, ticket, state, since FROM seat"
        ).fetchone()
        if row is None:
            return None
        window, clerk, name, proved, present, ticket, state, since = row
        before = None if ticket is None else (ticket, State(state), from_millis(since))
        return Chair(window, clerk, name, bool(proved), bool(present), before)

    def _current(self) -> Call | None:
        found = self._calls("state IS NOT NULL")
        return found[0] if found else None

    def _calls(self, condition: str, *values: object, order: str = "n") -> list[Call]:
        rows = self._connection.execute(
            "SELECT n, key, day, series, number, window, clerk, proved, state, since, before, fate, zh, en "  # noqa: S608
            f"FROM calls WHERE {condition} ORDER BY {order}",
            values,
        ).fetchall()
        return [self._as_call(row) for row in rows]

    def _as_call(self, row: tuple[Any, ...]) -> Call:
        n, key, day, series, number, window, clerk, proved, state, since, before, fate, zh, en = row
        steps = self._connection.execute("SELECT step, at FROM steps WHERE call = ? ORDER BY n", (n,))
        noted = tuple((Step(step), from_millis(at)) for step, at in steps.fetchall())
        return Call(
            n, key, date.fromisoformat(day), series, number, window, clerk, bool(proved),
            None if state is None else State(state), from_millis(since), bool(before), fate, zh, en, noted,
        )  # fmt: skip

    def _look(self) -> None:
        read = self._connection.execute
        last_at, untold = read("SELECT max(at), sum(told = 0) FROM steps").fetchone()
        lost = read("SELECT lost_at FROM seat WHERE lost_at IS NOT NULL").fetchone()
        self._looked = Look(
            time=self._hall_time(None if last_at is None else from_millis(last_at)),
            chair=self._chair(),
            lost_at=None if lost is None else from_millis(lost[0]),
            current=self._current(),
            latest=tuple(self._calls("1", order=f"n DESC LIMIT {SHOWN}")),
            untold=untold or 0,
        )
