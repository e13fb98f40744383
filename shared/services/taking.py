"""Taking a number: the checks, the number, the place in the line, and what is promised."""

import secrets
from dataclasses import dataclass

from shared.domain.estimate import Estimator, Promise
from shared.domain.hours import sentence_for_opening
from shared.domain.identity import IdNumber, mask_name, parse_id_number
from shared.domain.ordering import Place, Priority
from shared.domain.refusals import Refused
from shared.domain.ticket import display_number
from shared.protocol.messages import Identity, TakeTicket
from shared.services.hall import HallPlan, LanePlan
from shared.services.serving import told_place
from shared.store.line import newcomers_ahead
from shared.store.queries import sql
from shared.store.transaction import Transaction

_BUSINESS_DAY = sql("business_day")
_TAKE_NUMBER = sql("take_number")
_INSERT_TICKET = sql("insert_ticket")
_LIVE_TICKET = sql("live_ticket_of_person")


@dataclass(frozen=True, slots=True)
class Holder:
    """Who takes the number, as much as the hall keeps of them. All empty for an unnamed citizen."""

    person: bytes | None = None
    masked_id: str = ""
    masked_name: str = ""
    sealed_name: bytes | None = None


def take_ticket(tx: Transaction, plan: HallPlan, estimator: Estimator, request: TakeTicket) -> int:
    """Give the next number of a lane; returns the ticket's id."""
    lane, matter = _place(plan, request)
    _require_open(lane, tx)
    number_of = None if request.identity is None else parse_id_number(request.identity.number, tx.now.date())
    holder = _holder(tx, request.identity, number_of)
    _require_no_live_ticket(tx, holder, lane)
    priority = _priority(plan, request.priority, number_of, tx)
    return _join(tx, plan, estimator, lane.letter, matter, holder, priority, request.channel)


def person_of(tx: Transaction, identity: Identity) -> bytes:
    """The pseudonym under which a person's tickets are found."""
    number = parse_id_number(identity.number, tx.now.date())
    return tx.keys.person(number.value)


def _place(plan: HallPlan, request: TakeTicket) -> tuple[LanePlan, str | None]:
    if (request.lane is None) == (request.matter is None):
        raise Refused("invalid_body", detail="lane, matter: exactly one of the two")
    if request.matter is None:
        return plan.lane(str(request.lane)), None
    matter = plan.matter(request.matter)
    return plan.lane(matter.lane), matter.id


def _require_open(lane: LanePlan, tx: Transaction) -> None:
    names = {"lane_name": lane.name, "lane_name_en": lane.name_en}
    if lane.closed_reason is not None:
        raise Refused("lane_closed", reason=lane.closed_reason, **names)
    if not lane.hours.is_open(tx.now):
        zh, en = sentence_for_opening(lane.hours.next_opening(tx.now), tx.now)
        raise Refused("lane_outside_hours", opens_zh=zh, opens_en=en, **names)


def _holder(tx: Transaction, identity: Identity | None, number: IdNumber | None) -> Holder:
    if identity is None or number is None:
        return Holder()
    name = identity.name.strip()
    return Holder(
        tx.keys.person(number.value),
        number.masked,
        mask_name(name),
        tx.keys.seal(name) if name else None,
    )


def _require_no_live_ticket(tx: Transaction, holder: Holder, lane: LanePlan) -> None:
    if holder.person is None:
        return
    row = tx.execute(_LIVE_TICKET, (holder.person, lane.letter)).fetchone()
    if row is not None:
        raise Refused("has_live_ticket", number=display_number(*row))


def _priority(plan: HallPlan, declared: Priority, number: IdNumber | None, tx: Transaction) -> Priority:
    """What was declared, or what the card proves by age."""
    if declared is not Priority.NONE or number is None:
        return declared
    return plan.rules.priority_by_age(number.age_on(tx.now.date()))


def _join(
    tx: Transaction,
    plan: HallPlan,
    estimator: Estimator,
    lane: str,
    matter: str | None,
    holder: Holder,
    priority: Priority,
    channel: str,
) -> int:
    day = tx.execute(_BUSINESS_DAY).fetchone()[0]
    number = tx.execute(_TAKE_NUMBER, (day, lane)).fetchone()[0]
    place = Place(*plan.rules.walk_in(tx.millis, priority), number, lane)
    ahead = newcomers_ahead(tx.connection, lane, place, tx.millis)
    promise = estimator.for_newcomer(lane, ahead, tx.millis, credited=priority is not Priority.NONE)
    told = _told(promise)
    ticket_id: int = tx.execute(
        _INSERT_TICKET,
        (
            day, lane, number, lane, place.sort_at, place.due_at, None, tx.millis, tx.millis, priority,
            channel, matter, holder.person, holder.masked_id, holder.masked_name, holder.sealed_name,
            secrets.token_urlsafe(16), ahead, round(promise.likely * 60_000),
            None if promise.rolled is None else round(promise.rolled * 60_000), promise.method, *told,
        ),
    ).fetchone()[0]  # fmt: skip
    tx.fact(
        "ticket.taken",
        ticket=ticket_id,
        number=display_number(lane, number),
        lane=lane,
        state="waiting",
        matter=matter,
        holder=holder.masked_name,
        priority=priority,
        channel=channel,
        ahead=ahead,
        low=told[0],
        high=told[1],
        booked_for=None,
        **told_place(place),
        **{"from": None},
    )
    return ticket_id


def _told(promise: Promise) -> tuple[int | None, int | None, bool]:
    """What the slip says: the minutes of the interval, or that the wait is long."""
    interval = promise.interval
    if interval is None:
        return None, None, False
    return (None, None, True) if interval.long else (interval.low, interval.high, False)
