"""Opening slots: the places of the days ahead follow from who is on duty, and those set by hand stay.

A slot that offers less than is taken keeps everybody who has a place; managers see them listed, and may ask
them to move.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from shared.domain.booking import LIMITS
from shared.domain.capacity import Offer, Terms, places
from shared.domain.moments import HALL_ZONE, to_millis
from shared.protocol import booking as b
from shared.services.capacity import capacity_terms, duties_of
from shared.services.hall import HallPlan
from shared.services.waiting_list import offer_free_places
from shared.store.bookings import slots_of_day
from shared.store.queries import sql
from shared.store.sqlite import Connection
from shared.store.transaction import Transaction

_MINUTE = 60_000


class PlaceTerms(NamedTuple):
    """The newest row of how places are worked out; as here while nobody has said anything."""

    automatic: int = 0
    minutes: int = 15
    booked_share: int = 80


@dataclass(frozen=True, slots=True)
class DayPlaces:
    """What a day can keep. `by_rota`: a published rota says so, not the windows and hours alone."""

    day: date
    by_rota: bool
    minutes: int
    offers: Sequence[Offer]


class _Change(NamedTuple):
    """A slot that is to offer another number of places than `before`."""

    lane: str
    start: int
    minutes: int
    before: int
    offered: int


def current_terms(connection: Connection) -> PlaceTerms:
    """How places are worked out now."""
    row = connection.execute(sql("place_terms")).fetchone()
    return PlaceTerms() if row is None else PlaceTerms(*row)


def set_terms(tx: Transaction, request: b.SetPlaceTerms) -> None:
    """Work places out so from now on; the hub does, a moment later. Nothing happens where nothing changes."""
    before = current_terms(tx.connection)
    after = PlaceTerms(int(request.automatic), request.minutes, request.booked_share)
    if after != before:
        tx.execute(sql("insert_place_terms"), (tx.millis, tx.actor, *after))
        tx.fact("places.terms_changed", before=before._asdict(), after=after._asdict())


def terms_view(connection: Connection, plan: HallPlan) -> b.PlaceTerms:
    """How places are worked out, for managers."""
    found = current_terms(connection)
    return b.PlaceTerms(
        bool(found.automatic), found.minutes, plan.rules.appointment_share, found.booked_share
    )


def days_ahead(now: datetime) -> list[date]:
    """The days that can be booked, today first."""
    first = now.astimezone(HALL_ZONE).date()
    return [first + timedelta(days=n) for n in range(LIMITS.days_ahead + 1)]


def terms_of(connection: Connection, plan: HallPlan, now: datetime) -> Terms:
    """What places are worked out with now."""
    found = current_terms(connection)
    today = now.astimezone(HALL_ZONE).date()
    return capacity_terms(connection, plan, today, found.minutes, found.booked_share)


def work_out(connection: Connection, plan: HallPlan, terms: Terms, day: date) -> DayPlaces:
    """What a day can keep, as the hall stands."""
    duties, by_rota = duties_of(connection, plan, day)
    hours = {letter: lane.hours.spans_on(day) for letter, lane in plan.lanes.items()}
    return DayPlaces(day, by_rota, terms.minutes, places(duties, hours, terms))


def work_out_day(tx: Transaction, plan: HallPlan, day: date) -> bool:
    """Let a day offer what it can keep, if places are worked out by themselves."""
    if not current_terms(tx.connection).automatic:
        return False
    terms = terms_of(tx.connection, plan, tx.now)
    return open_day(tx, plan, work_out(tx.connection, plan, terms, day))


def differs(connection: Connection, found: DayPlaces, now: datetime) -> bool:
    """Whether the day's slots offer anything else."""
    return next(_changes(connection, found, now), None) is not None


def open_day(tx: Transaction, plan: HallPlan, found: DayPlaces) -> bool:
    """Let the slots ahead of a day offer what it can keep; whether anything changed.

    Slots set by hand stay, nobody loses a place, and places that come free go to the waiting list first.
    """
    changes = list(_changes(tx.connection, found, tx.now))
    if not changes:
        return False
    before = _totals(tx.connection, found.day)
    day = found.day.isoformat()
    for change in changes:
        row = (change.lane, day, change.start, change.minutes, change.offered, change.offered)
        tx.execute(sql("put_slot"), row)
    tx.fact(
        "places.worked_out",
        day=day,
        by_rota=found.by_rota,
        before=before,
        after=_totals(tx.connection, found.day),
    )
    for lane in sorted({change.lane for change in changes if change.offered > change.before}):
        offer_free_places(tx, plan, lane, day)
    return True


def _changes(connection: Connection, found: DayPlaces, now: datetime) -> Iterator[_Change]:
    """The slots ahead that are to offer another number, in order; those set by hand are left alone."""
    midnight = to_millis(datetime.combine(found.day, time(), HALL_ZONE))
    wanted = {(offer.lane, midnight + offer.start * _MINUTE): offer.places for offer in found.offers}
    there = {(slot.lane, slot.start): slot for slot in slots_of_day(connection, found.day.isoformat())}
    for lane, start in sorted(wanted.keys() | there.keys()):
        slot, offered = there.get((lane, start)), wanted.get((lane, start), 0)
        if start <= to_millis(now) or (slot is not None and slot.by_hand):
            continue
        before = 0 if slot is None else slot.offered
        minutes = found.minutes if slot is None or offered else slot.minutes
        if offered != before or (slot is not None and minutes != slot.minutes):
            yield _Change(lane, start, minutes, before, offered)


def _totals(connection: Connection, day: date) -> dict[str, int]:
    total: Counter[str] = Counter()
    for slot in slots_of_day(connection, day.isoformat()):
        total[slot.lane] += slot.offered
    return dict(total)
