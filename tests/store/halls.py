"""A hall with a second medium and a real writer, without a network."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from typing import Any

from shared.clock import RehearsalClock
from shared.domain.estimate import Estimator
from shared.domain.refusals import Refused
from shared.protocol.messages import TakeTicket
from shared.services import calling, serving, taking
from shared.services.hall import HallPlan, load_plan
from shared.services.people import Actor
from shared.services.windows import open_window
from shared.store.house import House
from shared.store.journaller import Journaller
from shared.store.keys import Keys, load_keys
from shared.store.medium import Medium
from shared.store.sqlite import Connection, connect
from shared.store.tickets import get_ticket
from shared.store.touched import Touched
from shared.store.transaction import Transaction
from shared.store.writer import Command, Reply, Writer
from shared.testing import MONDAY_MORNING, rehearsal

CLERK = Actor("clerk", 7, "1001", 1, 1)


@dataclass(slots=True)
class SafeHall:
    """A hall whose commits are journalled. `write` returns once a commit is on disk."""

    house: House
    keys: Keys
    medium: Medium
    clock: RehearsalClock
    connection: Connection
    plan: HallPlan
    estimator: Estimator
    writer: Writer
    journal: Journaller
    given: list[int] = field(default_factory=list)

    def write(self, work: Callable[[Transaction], Any]) -> Any:
        """Run `work` in the writer. Whatever it raises is raised here."""
        done, found = Event(), []

        def run(tx: Transaction) -> Reply:
            found.append(work(tx))
            return Reply(200, b"")

        refused: list[Refused] = []

        def refuse(error: Refused) -> Reply:
            refused.append(error)
            return Reply(error.refusal.status, b"")

        command = Command(run, refuse, "device:1", done=lambda _: done.set())
        self.writer.submit(command)
        if not done.wait(60):
            raise TimeoutError("the writer does not answer")
        if refused:
            raise refused[0]
        return found[0]

    def take(self, lane: str = "A") -> int:
        """Take a number; returns the ticket's id."""
        body = TakeTicket(channel="kiosk", lane=lane)
        ticket: int = self.write(lambda tx: taking.take_ticket(tx, self.plan, self.estimator, body))
        self.given.append(ticket)
        return ticket

    def serve(self, ticket: int) -> None:
        """Call it at window 1, which is open, and finish with it."""
        for step in (
            lambda tx: calling.call_ticket(
                tx, self.plan, self.estimator, CLERK, get_ticket(tx.connection, ticket), "急"
            ),
            lambda tx: serving.start(tx, self.plan, CLERK, get_ticket(tx.connection, ticket)),
            lambda tx: serving.finish(tx, get_ticket(tx.connection, ticket)),
        ):
            self.write(step)

    def journalled(self) -> None:
        """Let the journal reach the newest commit, and end it."""
        self.journal.wake()
        self.journal.stop(60)
        if self.journal.problem:
            raise RuntimeError(self.journal.problem)


@contextmanager
def safe_hall(folder: Path, *, again: bool = False) -> Iterator[SafeHall]:
    """A fresh hall in `folder`/hall with its medium in `folder`/medium, or the same `again`."""
    if not again:
        with rehearsal(folder / "hall"):
            pass
        (folder / "medium").mkdir(exist_ok=True)
    house = House(folder / "hall")
    keys, medium, clock = load_keys(house.key), Medium(folder / "medium"), RehearsalClock(MONDAY_MORNING)
    medium.prepare(keys)
    with closing(connect(house.database)) as connection:
        plan = load_plan(connection)
        estimator = Estimator({lane.letter: lane.minutes_per_person for lane in plan.lanes.values()})
        touched = Touched(connection)
        journal = Journaller(house.database, clock, keys, medium)

        def told(commit: Any) -> None:
            journal.wake()
            for command in commit.commands:
                command.done(command)

        writer = Writer(connection, clock, keys, told, touched)
        hall = SafeHall(house, keys, medium, clock, connection, plan, estimator, writer, journal)
        journal.start()
        writer.start()
        if not again:
            hall.write(lambda tx: open_window(tx, CLERK, 1))
        try:
            yield hall
        finally:
            writer.stop()
            journal.stop(60)


def content(database: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table but the ring, in order."""
    with closing(connect(database, read_only=True)) as connection:
        names = connection.execute(
            "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' "
            "AND name <> 'touched' AND substr(name, 1, 7) <> 'sqlite_'"
        ).fetchall()
        return {
            name: sorted(map(tuple, connection.execute(f'SELECT * FROM "{name}"')), key=repr)  # noqa: S608
            for (name,) in names
        }
