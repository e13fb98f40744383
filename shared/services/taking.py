"""Taking a number: the checks, the number, the place in the line, and what is promised."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from shared.domain.estimate import Estimator, Method, Promise
from shared.domain.hours import sentence_for_opening
from shared.domain.identity import IdNumber, mask_name, parse_id_number
from shared.domain.moments import from_millis, to_millis
from shared.domain.ordering import Place, Priority
from shared.domain.plain import plain_line
from shared.domain.refusals import Refused
from shared.domain.ticket import display_number
from shared.protocol.messages import Identity, TakeTicket
from shared.services.hall import HallPlan, LanePlan
from shared.services.serving import told_place
from shared.store.line import joining_moment, newcomers_ahead
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


def take_ticket(
    tx: Transaction,
    plan: HallPlan,
    estimator: Estimator,
    request: TakeTicket,
    booked_for: datetime | None = None,
) -> int:
    """Give the next number of a lane; returns the ticket's id.

    With `booked_for` it is the check-in of an appointment for that moment.
    """
    lane, matter = _place(plan, request)
    _require_open(lane, tx)
    number_of = None if request.identity is None else parse_id_number(request.identity.number, tx.now.date())
    holder = (
        Holder()
        if number_of is None or request.identity is None
        else holder_of(tx, request.identity, number_of)
    )
    _require_no_live_ticket(tx, holder, lane)
    priority = _priority(plan, request.priority, number_of, tx)
    newcomer = _Newcomer(lane.letter, matter, holder, priority, request.channel, booked_for)
    return _join(tx, plan, estimator, newcomer)


@dataclass(frozen=True, slots=True)
class Booked:
    """Whose appointment it is, in which line and for which moment."""

    lane: str
    matter: str
    holder: Holder
    channel: str
    starts: datetime


def join_booked(tx: Transaction, plan: HallPlan, estimator: Estimator, booked: Booked) -> int:
    """Give the holder of an appointment a number, also in hours for appointments only; the ticket's id."""
    lane = plan.lane(booked.lane)
    if lane.closed_reason is not None:
        raise Refused(
            "lane_closed", reason=lane.closed_reason, lane_name=lane.name, lane_name_en=lane.name_en
        )
    _require_no_live_ticket(tx, booked.holder, lane)
    newcomer = _Newcomer(
        lane.letter, booked.matter, booked.holder, Priority.NONE, booked.channel, booked.starts
    )
    return _join(tx, plan, estimator, newcomer)


@dataclass(frozen=True, slots=True)
class Lent:
    """A number that a kiosk gave while the hub was away: of which day and lease, and when (epoch ms).

    `entry` is the request id under which the kiosk brings it in.
    """

    day: str
    lease: int
    number: int
    taken_at: int
    entry: bytes


def join_lent(
    tx: Transaction,
    plan: HallPlan,
    estimator: Estimator,
    lane: str,
    matter: str | None,
    priority: Priority,
    lent: Lent,
) -> int:
    """Let the holder of a number that a kiosk gave by itself join, as of then; the ticket's id.

    Nothing is asked of hours or doors: somebody has the number in hand.
    """
    who = _Newcomer(lane, matter, Holder(), priority, "kiosk", None, lent)
    return _join(tx, plan, estimator, who)


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


def holder_of(tx: Transaction, identity: Identity, number: IdNumber) -> Holder:
    """As much of a person as the hall keeps."""
    name = plain_line(identity.name)
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


@dataclass(frozen=True, slots=True)
class _Newcomer:
    """Who joins which line, and by what right."""

    lane: str
    matter: str | None
    holder: Holder
    priority: Priority
    channel: str
    booked_for: datetime | None
    lent: Lent | None = None

    @property
    def booked_at(self) -> int | None:
        return None if self.booked_for is None else to_millis(self.booked_for)

    def place(self, plan: HallPlan, now: int, number: int) -> Place:
        """Where the rules put them."""
        rules, booked_at = plan.rules, self.booked_at
        constants = (
            rules.walk_in(now, self.priority) if booked_at is None else rules.appointment(booked_at, now)
        )
        return Place(*constants, number, self.lane)

    def promise(self, estimator: Estimator, ahead: int, now: int) -> Promise:
        """What to tell them. Nobody plays appointments forward before they are in line."""
        if self.lent is not None:
            return Promise(0.0, None, Method.PACE, None)
        if self.booked_for is not None:
            return estimator.promise(self.lane, ahead, None, now)
        return estimator.for_newcomer(self.lane, ahead, now, credited=self.priority is not Priority.NONE)


def _join(tx: Transaction, plan: HallPlan, estimator: Estimator, who: _Newcomer) -> int:
    lent = who.lent
    day = tx.execute(_BUSINESS_DAY).fetchone()[0] if lent is None else lent.day
    number = tx.execute(_TAKE_NUMBER, (day, who.lane)).fetchone()[0] if lent is None else lent.number
    taken_at = joining_moment(tx.connection, tx.millis) if lent is None else lent.taken_at
    place = who.place(plan, taken_at, number)
    ahead = newcomers_ahead(tx.connection, who.lane, place, tx.millis)
    promise = who.promise(estimator, ahead, tx.millis)
    told, holder = _told(promise), who.holder
    ticket_id: int = tx.execute(
        _INSERT_TICKET,
        (
            day, who.lane, number, who.lane, place.sort_at, place.due_at, who.booked_at, taken_at, taken_at,
            who.priority, who.channel, who.matter, holder.person, holder.masked_id, holder.masked_name,
            holder.sealed_name, secrets.token_urlsafe(16), ahead, round(promise.likely * 60_000),
            None if promise.rolled is None else round(promise.rolled * 60_000), promise.method, *told,
            *((None, None) if lent is None else (lent.lease, lent.entry)),
        ),
    ).fetchone()[0]  # fmt: skip
    tx.fact(
        "ticket.taken",
        ticket=ticket_id,
        number=display_number(who.lane, number),
        lane=who.lane,
        state="waiting",
        matter=who.matter,
        holder=holder.masked_name,
        priority=who.priority,
        channel=who.channel,
        ahead=ahead,
        low=told[0],
        high=told[1],
        booked_for=None if who.booked_for is None else who.booked_for.isoformat(),
        **told_place(place),
        taken_at=from_millis(taken_at).isoformat(),
        **({} if lent is None else {"lease": lent.lease}),
        **{"from": None},
    )
    return ticket_id


def _told(promise: Promise) -> tuple[int | None, int | None, bool]:
    """What the slip says: the minutes of the interval, or that the wait is long."""
    interval = promise.interval
    if interval is None:
        return None, None, False
    return (None, None, True) if interval.long else (interval.low, interval.high, False)
