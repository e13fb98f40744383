"""P8: clocks cannot hurt.

Over the last days of a year and the first of the next, people take numbers in one lane and are called,
while the hub's clock is stepped to and fro: two hours, the eight hours of a clock set to UTC, back over
midnight and over the change of day, to 1970 and to 2012. The hub is killed and started on the wrong clock as
well, under other zones of the process. Afterwards the file is judged by the order of the ids, which no clock
touches.

The controls: the business day computed from the clock, and a line that goes by the clock alone.
"""

import json
import random
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from shared.client.api import HubClient
from shared.config.values import DAY_CHANGE
from shared.domain.moments import HALL_ZONE, due_day
from shared.protocol import messages as m
from shared.store.audit import audit
from shared.store.keys import load_keys
from shared.store.sqlite import Connection, connect
from shared.testing import RunningHub, rehearsal
from tests.proofs.calls import told_of_tickets
from tests.proofs.hubs import start_program
from tests.proofs.outcome import Outcome
from tests.proofs.stepped_hub import LOOKS_SECONDS, step_to

ALL_DAYS = tuple(date(2026, 12, 28) + timedelta(days=n) for n in range(6))
NEW_YEAR = ALL_DAYS[3:5]
STORED, BY_THE_CLOCK, UNORDERED = "stored", "clock", "unordered"
ZONES = ("Asia/Shanghai", "UTC", "America/New_York", "Pacific/Kiritimati")
BEGINNINGS = ((9, 0), (2, 30), (23, 40), (0, 10))
"""When something happens: in the middle of a day, and where a step changes the date."""
LONGEST_WAIT = 30.0


def wrong_moments(truth: datetime) -> Mapping[str, datetime]:
    """What a clock may say instead."""
    midnight = truth.replace(hour=0, minute=0, second=0, microsecond=0)
    return {
        "two hours fast": truth + timedelta(hours=2),
        "two hours slow": truth - timedelta(hours=2),
        "UTC by mistake": truth - timedelta(hours=8),
        "back over midnight": midnight - timedelta(minutes=10),
        "back over the change of day": midnight + timedelta(hours=2, minutes=55),
        "1970": datetime(1970, 1, 1, 8, tzinfo=HALL_ZONE),
        "2012": datetime(2012, 6, 1, 9, tzinfo=HALL_ZONE),
        "right again": truth,
    }


@dataclass(slots=True)
class SteppedHall:
    """A hall whose hub runs on a clock that can be stepped."""

    folder: Path
    mode: str
    hub: RunningHub
    seed: int
    given: list[tuple[int, str]] = field(default_factory=list)
    """Ids and numbers that people were told, in order."""
    steps: int = 0

    @property
    def clock(self) -> Path:
        """The file that the clock goes by."""
        return self.folder / "clock"

    def step(self, moment: datetime) -> None:
        """Set the clock, and let the hub notice."""
        step_to(self.clock, moment)
        self.steps += 1
        time.sleep(3 * LOOKS_SECONDS)

    def restart(self, zone: str) -> None:
        """Kill the hub and start it in another zone."""
        self.hub.kill()
        port = self.hub.url.rpartition(":")[2]
        self.hub.process, _ = _start(self.folder, self.mode, port, zone)


def _start(folder: Path, mode: str, port: str = "0", zone: str = ZONES[0]) -> tuple[Any, str]:
    program = ("tests.proofs.stepped_hub", mode, str(folder / "clock"))
    return start_program(folder, program, ("--port", port), TZ=zone)


@contextmanager
def stepped_hall(folder: Path, mode: str, seed: int = 0) -> Iterator[SteppedHall]:
    """A fresh small hall, founded some weeks before the first day."""
    with rehearsal(folder) as made:
        house = made.house
    step_to(folder / "clock", datetime.combine(ALL_DAYS[0], DAY_CHANGE, HALL_ZONE) - timedelta(days=20))
    process, url = _start(folder, mode)
    hall = SteppedHall(folder, mode, RunningHub(house, url, process, ()), seed)
    try:
        yield hall
    finally:
        for client in hall.hub.clients:
            client.close()
        if hall.hub.process.poll() is None:
            hall.hub.kill()


def turn_of_the_year(hall: SteppedHall, days: Sequence[date], events: int, restarts: int) -> None:
    """Some days with so many events in each of their beginnings, and so many kills in each day."""
    chance = random.Random(hall.seed)
    kiosk, desk = hall.hub.client("citizen-kiosk"), hall.hub.clerk(window=1)
    for day in days:
        killed = chance.sample(BEGINNINGS, restarts)
        for hour, minute in BEGINNINGS:
            truth = datetime(day.year, day.month, day.day, hour, minute, tzinfo=HALL_ZONE)
            hall.step(truth)
            _await_day(kiosk, due_day(truth, DAY_CHANGE))
            _hour(hall, kiosk, desk, truth, events, chance)
            if (hour, minute) in killed:
                hall.restart(chance.choice(ZONES))


def _await_day(client: HubClient, due: date) -> None:
    """The hub has rolled, at the latest now: the clock is right."""
    ends = time.monotonic() + LONGEST_WAIT
    while client.ask(m.Health, "health").day < due:
        if time.monotonic() > ends:
            raise TimeoutError(f"the day did not come to {due}")
        time.sleep(LOOKS_SECONDS)


def _hour(
    hall: SteppedHall, kiosk: HubClient, desk: HubClient, truth: datetime, events: int, chance: random.Random
) -> None:
    steps = list(wrong_moments(truth).values())
    for n in range(events):
        if n % 4 == 3:
            hall.step(chance.choice(steps) + timedelta(seconds=n))
        if chance.random() < 0.65:
            taken = kiosk.call("take_ticket", m.TakeTicket(channel="kiosk", lane="A")).ticket
            hall.given.append((taken.id, taken.number))
        else:
            called = desk.call("call_next", m.CallNext(finish_current=True), no=1)
            if called is not None:
                desk.call("start_ticket", m.Nothing(), id=called.id)


def judged(hall: SteppedHall) -> list[str]:
    """Everything that is wrong with the file, by the order of the ids alone."""
    house = hall.hub.house
    with closing(connect(house.database, read_only=True)) as connection:
        wrong = [
            *_numbers(connection, hall.given),
            *_days(connection),
            *_order(house.database),
            *audit(connection, load_keys(house.key)).wrong,
        ]
    return [f"seed {hall.seed}: {each}" for each in wrong]


def _numbers(connection: Connection, given: Sequence[tuple[int, str]]) -> Iterator[str]:
    """Nobody lost, nothing given twice, the day never back, and each day's numbers one after another."""
    rows = connection.execute("SELECT id, day, series, number FROM tickets ORDER BY id").fetchall()
    last: dict[tuple[str, str], int] = defaultdict(int)
    before = ""
    for ticket, day, series, number in rows:
        if day < before:
            yield f"ticket {ticket} is of {day}, the one before it of {before}"
        if number != last[day, series] + 1:
            yield f"{series}{number:03d} of {day} was given after {last[day, series]}"
        before, last[day, series] = day, number
    stored = [(ticket, f"{series}{number:03d}") for ticket, _, series, number in rows]
    if stored != list(given):
        yield f"{len(given)} numbers were told, {len(stored)} are kept, or they differ"


def _days(connection: Connection) -> Iterator[str]:
    """The business day moves on only."""
    told = connection.execute("SELECT data FROM facts WHERE name = 'day.rolled' ORDER BY seq")
    for data in map(json.loads, (row[0] for row in told)):
        if data["day"] <= data["before"]:
            yield f"the day went from {data['before']} to {data['day']}"


def _order(database: Path) -> Iterator[str]:
    """Whoever came first is called first, and no two who wait have one number."""
    waiting: dict[int, str] = {}
    for seq, name, told in told_of_tickets(database):
        ticket, number = told["ticket"], told["number"]
        if name == "ticket.taken":
            if number in waiting.values():
                yield f"fact {seq}: {number} was given while somebody waits with it"
            waiting[ticket] = number
        elif name == "ticket.called" and ticket != min(waiting):
            yield f"fact {seq}: {number} was called before {waiting[min(waiting)]}"
        if told["state"] != "waiting":
            waiting.pop(ticket, None)


def year(
    folder: Path, mode: str, seed: int, events: int, days: Sequence[date] = ALL_DAYS, restarts: int = 1
) -> tuple[int, list[str]]:
    """One turn of the year: steps of the clock, and what went wrong."""
    with stepped_hall(folder, mode, seed) as hall:
        turn_of_the_year(hall, days, events, restarts)
        return hall.steps, judged(hall)


def prove() -> Outcome:
    """Ten turns of the year, each with other steps; then both controls."""
    tried, wrong = 0, list[str]()
    with TemporaryDirectory(prefix="p8-") as made:
        for seed in range(10):
            steps, found = year(Path(made) / str(seed), STORED, seed, 40)
            tried += steps
            wrong += found
        caught = [year(Path(made) / mode, mode, 0, 20, NEW_YEAR, 0)[1] for mode in (BY_THE_CLOCK, UNORDERED)]
    return Outcome("P8", tried, wrong, all(caught))
