"""How fast places are booked and shown: beside the disk's own commits, and a route that reads nothing."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

import msgspec

from shared.client.api import HubClient
from shared.domain.moments import to_millis
from shared.figures.table import Figure, middle, quantile
from shared.protocol import booking as b
from shared.protocol import messages as m
from shared.services import booking
from shared.store.bookings import get_booking
from shared.store.house import House
from shared.store.queries import sql
from shared.store.sqlite import connect
from shared.store.transaction import Transaction
from shared.testing import MONDAY_MORNING, Rehearsal, id_number, put_slots, rehearsal, running_hub

BOOKINGS = 60_000
DAYS = 60
_MATTER = "yyzz-bg"
_SLOTS_A_DAY = 32
_CALENDAR_MS, _CALENDAR_BYTES = 20.0, 10_000
_COMMIT_RATIO = 0.2
"""A booking writes seven indexes, a fact and its link; the limit writes one row."""


def measure(folder: Path, *, quick: bool) -> list[Figure]:
    """The calendar of one matter among 60,000 bookings, and bookings a second with a commit for each."""
    with rehearsal(folder / "rate") as hall:
        rate = _rate(hall, rounds=3 if quick else 7, seconds=0.5 if quick else 2.0)
    with running_hub(folder / "calendar") as hub:
        fill(hub.house, BOOKINGS)
        calendar = _calendar(hub.client("citizen-kiosk"), 50 if quick else 400)
    return [rate, *calendar]


def fill(house: House, bookings: int) -> None:
    """Bookings of strangers on every day ahead, in slots with a place or two left."""
    each = -(-bookings // (DAYS * _SLOTS_A_DAY))
    with closing(connect(house.database)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("BEGIN")
        for slot, start in enumerate(_starts(), 1):
            row = (slot, start.date().isoformat(), to_millis(start), 15, each + 1, each + 1, each)
            connection.execute(
                "INSERT INTO slots (id, lane, day, start, minutes, offered, places, taken) "
                "VALUES (?, 'A', ?, ?, ?, ?, ?, ?)",
                row,
            )
            held = [(slot, _MATTER, os.urandom(32), to_millis(start), to_millis(start)) for _ in range(each)]
            connection.executemany(
                "INSERT INTO bookings (slot, matter, state, person, masked_id, channel, made_at, changed_at) "
                "VALUES (?, ?, 'confirmed', ?, '430602********1234', 'kiosk', ?, ?)",
                held,
            )
        connection.execute("COMMIT")
        connection.execute("ANALYZE")


def _starts() -> Iterator[datetime]:
    opening = MONDAY_MORNING.replace(hour=9, minute=0)
    for day in range(1, DAYS + 1):
        for n in range(_SLOTS_A_DAY):
            yield opening + timedelta(days=day, minutes=15 * n)


def _calendar(kiosk: HubClient, rounds: int) -> list[Figure]:
    def ask() -> None:
        kiosk.call("booking_calendar", matter=_MATTER)

    ask()
    took = sorted(_milliseconds(ask) for _ in range(rounds))
    bare = middle([_milliseconds(lambda: kiosk.call("rules")) for _ in range(rounds)])
    found = kiosk.ask(b.BookingCalendar, "booking_calendar", matter=_MATTER)
    size = len(msgspec.json.encode(found))
    return [
        Figure(
            f"calendar of {DAYS} days, one request, {BOOKINGS:,} bookings in the file",
            f"{middle(took):.1f} ms (median of {rounds}), {quantile(took, 0.99):.1f} ms in 99 of 100",
            f"{bare:.1f} ms for a route that reads a dozen rows",
            f"under {_CALENDAR_MS:.0f} ms",
            quantile(took, 0.99) < _CALENDAR_MS,
        ),
        Figure(
            "the calendar's answer",
            f"{size:,} bytes for {len(found.days)} days with places",
            "",
            f"under {_CALENDAR_BYTES:,} bytes",
            size < _CALENDAR_BYTES and len(found.days) == DAYS,
        ),
    ]


def _rate(hall: Rehearsal, rounds: int, seconds: float) -> Figure:
    """Whole bookings, reserved and confirmed in a commit each, beside commits that write one row."""
    slots = put_slots(
        hall.house, "A", MONDAY_MORNING.replace(hour=10) + timedelta(days=1), places=[100_000] * 4
    )
    serial = count()
    ours: list[float] = []
    bare: list[float] = []
    for _ in range(rounds):
        ours.append(_commits(lambda: _book(hall, slots, next(serial)), seconds) * 2)
        bare.append(_commits(lambda: _touch(hall, next(serial)), seconds))
    ratio = middle([one / other for one, other in zip(ours, bare, strict=True)])
    return Figure(
        "bookings/s, reserved in one commit and confirmed in another",
        f"{middle(ours) / 2:,.0f}/s, its commits at {ratio:.0%} of the limit (median of {rounds} rounds)",
        f"{middle(bare):,.0f} commits/s of one row to this disk",
        f"at least {_COMMIT_RATIO:.0%}",
        ratio >= _COMMIT_RATIO,
    )


def _book(hall: Rehearsal, slots: list[int], serial: int) -> None:
    identity = m.Identity(number=id_number(f"{1930 + serial // 900}0101", serial % 900 + 1), name="王小明")

    def reserve(tx: Transaction) -> int:
        who = booking.applicant(tx, identity, "kiosk")
        return booking.reserve(tx, hall.plan, who, slots[serial % len(slots)], _MATTER).id

    number = hall.run(reserve)
    hall.run(lambda tx: booking.confirm(tx, hall.plan, get_booking(tx.connection, number)))


def _touch(hall: Rehearsal, serial: int) -> None:
    hall.connection.execute("BEGIN IMMEDIATE")
    hall.connection.execute(sql("set_lane_closed"), (str(serial), "B"))
    hall.connection.execute("COMMIT")


def _commits(act: Callable[[], None], seconds: float) -> float:
    done, began = 0, time.monotonic()
    while time.monotonic() - began < seconds:
        act()
        done += 1
    return done / (time.monotonic() - began)


def _milliseconds(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000
