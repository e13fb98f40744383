"""The rota at run time: drafts, publishing, swaps, leave, who stands in; and who is on duty.

A draft holds nobody. Publishing is one act: from then on its duties stand in the table that capacity reads,
and every change goes through the rules of shared.rota.changes.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from shared.domain.duty import OnDuty
from shared.domain.hours_spans import Access, Span, SpanKind
from shared.domain.refusals import Refused
from shared.domain.rota import Duty, Goal, OwedRest, Rota
from shared.domain.rota_assembly import with_shortages
from shared.domain.rota_plan import DAY, Past, RotaPlan
from shared.domain.rota_shortage import Shortage
from shared.domain.workdays import NotYetPublishedError
from shared.rota.changes import ChangeError, StandIn, missing, stand_ins, swapped, with_stand_in, without
from shared.rota.checker import check
from shared.rota.written import (
    Roster,
    goals_from,
    goals_text,
    plan_from,
    plan_text,
    roster_of,
    rota_from,
)
from shared.services.hall import HallPlan
from shared.services.rota_plan import EXTENDED_PERCENT, hall_rota_plan, leave_of, skills_of
from shared.store.queries import sql
from shared.store.sqlite import Connection
from shared.store.transaction import Transaction

_REMEMBERED_DAYS = 14
"""Weeks and runs of days go on across borders; what is owed from longer ago was due."""


@dataclass(frozen=True, slots=True)
class StoredRota:
    """A rota of the hall's file: a draft, or one that holds, as its duties are now."""

    id: int
    state: str
    rota: Rota


# -- reading --------------------------------------------------------------------------------------------


def plan_for(
    connection: Connection,
    hall: HallPlan,
    first: date,
    last: date,
    extended_percent: int = EXTENDED_PERCENT,
) -> RotaPlan:
    """What a rota of these days is to be made for. Raises Refused("impossible_rota")."""
    try:
        past = _past(connection, first)
        return hall_rota_plan(connection, hall, first, last, past, extended_percent)
    except NotYetPublishedError as error:
        raise Refused("not_yet_published", year=error.year) from error
    except ValueError as error:
        raise Refused("impossible_rota", detail=str(error)) from error


def stored_rota(connection: Connection, number: int) -> StoredRota:
    """The rota with this number. Raises Refused("unknown_rota")."""
    row = connection.execute(sql("rota"), (number,)).fetchone()
    if row is None:
        raise Refused("unknown_rota", rota=number)
    return _stored(connection, row)


def published(connection: Connection, first: date, last: date) -> tuple[StoredRota, ...]:
    """The rotas that hold on any of these days, in order."""
    rows = connection.execute(sql("published_rotas"), (last.isoformat(), first.isoformat())).fetchall()
    return tuple(_stored(connection, row) for row in rows)


def newest_draft(connection: Connection) -> StoredRota | None:
    """The draft made last, if it was neither published nor dropped."""
    row = connection.execute(sql("newest_draft")).fetchone()
    return None if row is None else _stored(connection, row)


def on_duty(connection: Connection, hall: HallPlan, first: date, last: date) -> tuple[OnDuty, ...]:
    """Who is on duty on these days by the rotas that hold, with what they can serve."""
    skills = skills_of(connection, hall)
    rows = connection.execute(sql("duties_between"), (first.isoformat(), last.isoformat()))
    return tuple(OnDuty(duty.day, duty.clerk, skills[duty.clerk], duty.span) for duty in map(_duty, rows))


# -- drafts and publishing ------------------------------------------------------------------------------


def save_draft(tx: Transaction, plan: RotaPlan, roster: Roster, goals: Sequence[Goal] = ()) -> StoredRota:
    """Keep a draft, in the place of an earlier one. Raises Refused: impossible_rota, rota_breaks_rule."""
    try:
        rota = rota_from(plan, roster, tuple(goals))
    except ValueError as error:
        raise Refused("impossible_rota", detail=str(error)) from error
    _require_sound(rota)
    tx.execute(sql("drop_drafts"))
    row = (plan.first.isoformat(), plan.last.isoformat(), tx.millis, tx.actor, plan_text(plan))
    number = tx.execute(
        sql("insert_rota"), (*row, json.dumps(roster_of(rota)), goals_text(rota.goals))
    ).fetchone()[0]
    tx.fact("rota.drafted", rota=number, **_told(rota))
    return StoredRota(number, "draft", rota)


def publish(tx: Transaction, number: int) -> StoredRota:
    """Let a draft hold. One that it covers wholly is replaced by it.

    Raises Refused: unknown_rota, rota_not_draft, rota_overlaps, rota_breaks_rule (somebody has taken leave
    since it was made).
    """
    draft = stored_rota(tx.connection, number)
    if draft.state != "draft":
        raise Refused("rota_not_draft", rota=number)
    _require_sound(draft.rota)
    replaced = [old.id for old in _overlapped(tx, draft.rota)]
    for old in replaced:
        _erase(tx, old)
        tx.execute(sql("set_rota_state"), ("replaced", old))
    tx.execute(sql("set_rota_state"), ("published", number))
    _write(tx, number, draft.rota)
    tx.fact("rota.published", rota=number, replaced=replaced, **_told(draft.rota))
    return replace(draft, state="published")


def _overlapped(tx: Transaction, rota: Rota) -> tuple[StoredRota, ...]:
    found = published(tx.connection, rota.plan.first, rota.plan.last)
    for old in found:
        plan = old.rota.plan
        if plan.first < rota.plan.first or plan.last > rota.plan.last:
            raise Refused("rota_overlaps", first=plan.first, last=plan.last)
    return found


# -- changes of what holds ------------------------------------------------------------------------------


def swap(tx: Transaction, one: str, day: date, other: str, other_day: date) -> StoredRota:
    """Two clerks exchange days of one rota. Raises Refused: no_rota, rota_change_refused."""
    stored = _holding(tx.connection, day)
    if not stored.rota.plan.first <= other_day <= stored.rota.plan.last:
        raise Refused("no_rota", day=other_day)
    return _changed(
        tx,
        stored,
        lambda rota: swapped(rota, one, day, other, other_day),
        "rota.swapped",
        clerk=one,
        day=day,
        other=other,
        other_day=other_day,
    )


def take_leave(
    tx: Transaction, number: str, days: frozenset[date], *, sick: bool = False
) -> tuple[Shortage, ...]:
    """Note leave. Duties on these days end with it; returns what that leaves short, by name.

    Raises Refused("unknown_clerk").
    """
    if tx.execute(sql("clerk"), (number,)).fetchone() is None:
        raise Refused("unknown_clerk", clerk=number)
    known = leave_of(tx.connection, min(days), max(days)).get(number, frozenset())
    fresh = sorted(days - known)
    if not fresh:
        return ()
    holding = published(tx.connection, fresh[0], fresh[-1])
    after = [replace(stored, rota=without(stored.rota, number, frozenset(fresh))) for stored in holding]
    for stored in after:
        _erase(tx, stored.id)
    for day in fresh:
        tx.execute(sql("insert_leave"), (number, day.isoformat(), "sick" if sick else "leave"))
    for stored in after:
        _write(tx, stored.id, stored.rota)
    tx.fact("leave.taken", clerk=number, days=fresh, reason="sick" if sick else "leave")
    return tuple(s for stored in after for s in stored.rota.shortages if s.day in days)


def cancel_leave(tx: Transaction, number: str, days: frozenset[date]) -> None:
    """Take leave back. Duties that it ended do not come back by themselves."""
    gone = [
        day for day in sorted(days) if tx.execute(sql("delete_leave"), (number, day.isoformat())).rowcount
    ]
    if gone:
        tx.fact("leave.cancelled", clerk=number, days=gone)


def who_could_stand_in(connection: Connection, day: date) -> list[tuple[str, StandIn]]:
    """For a day that is short: shift and clerk, best first; within all rules. Raises Refused("no_rota")."""
    rota = _holding(connection, day).rota
    if not missing(rota.shortages, day):
        return []
    short = [s.span for s in rota.shortages if s.day == day and s.span]
    shifts = [shift for shift in rota.plan.shifts if any(shift.covers(span) for span in short)]
    found = [(shift.code, one) for shift in shifts for one in stand_ins(rota, day, shift.code)]
    return sorted(
        found, key=lambda pair: (missing(pair[1].short), not pair[1].was_in_reserve, pair[1].running)
    )


def stand_in(tx: Transaction, number: str, day: date, shift: str) -> StoredRota:
    """A clerk takes a shift over. Raises Refused: no_rota, rota_change_refused."""
    stored = _holding(tx.connection, day)
    return _changed(
        tx,
        stored,
        lambda rota: with_stand_in(rota, number, day, shift),
        "rota.stood_in",
        clerk=number,
        day=day,
        shift=shift,
    )


def set_rota_clerk(
    tx: Transaction, hall: HallPlan, number: str, lanes: str, days: int, *, leads: bool
) -> None:
    """What a clerk can do, from the next draft on; `days` 0 takes them out of the rota.

    Raises Refused: unknown_clerk, unknown_lane.
    """
    if number not in hall.clerk_names:
        raise Refused("unknown_clerk", clerk=number)
    for letter in lanes:
        hall.lane(letter)
    told = "".join(sorted(set(lanes)))
    tx.execute(sql("set_rota_clerk"), (number, told, int(leads), days))
    tx.fact("clerk.rostered", clerk=number, lanes=told, leads=leads, days=days)


# -- inside ---------------------------------------------------------------------------------------------


def _changed(
    tx: Transaction, stored: StoredRota, change: Callable[[Rota], Rota], fact: str, **told: object
) -> StoredRota:
    try:
        after = replace(stored, rota=change(stored.rota))
    except ChangeError as error:
        zh, en = error.words
        raise Refused("rota_change_refused", zh=zh, en=en) from error
    _erase(tx, stored.id)
    _write(tx, stored.id, after.rota)
    tx.fact(fact, rota=stored.id, **told)
    return after


def _holding(connection: Connection, day: date) -> StoredRota:
    found = published(connection, day, day)
    if not found:
        raise Refused("no_rota", day=day)
    return found[0]


def _past(connection: Connection, first: date) -> dict[str, Past]:
    """What clerks bring from the rota before, if one held until lately."""
    since = first - DAY * _REMEMBERED_DAYS
    row = connection.execute(sql("rota_before"), (first.isoformat(), since.isoformat())).fetchone()
    return {} if row is None else _stored(connection, row).rota.carried()


def _stored(connection: Connection, row: tuple[Any, ...]) -> StoredRota:
    number, first, last, state, _, plan_json, shifts, goals = row
    leave = leave_of(connection, date.fromisoformat(first), date.fromisoformat(last))
    plan = plan_from(plan_json)
    clerks = tuple(replace(one, leave=leave.get(one.number, frozenset())) for one in plan.clerks)
    plan = replace(plan, clerks=clerks)
    if state != "published":
        return StoredRota(number, state, rota_from(plan, json.loads(shifts), goals_from(goals)))
    duties = tuple(sorted(map(_duty, connection.execute(sql("duties_of_rota"), (number,)))))
    rests = tuple(sorted(map(_rest, connection.execute(sql("rests_of_rota"), (number,)))))
    return StoredRota(number, state, with_shortages(Rota(plan, duties, rests, (), goals_from(goals))))


def _duty(row: tuple[Any, ...]) -> Duty:
    clerk, day, start, end, kind, access, shift, place = row
    return Duty(
        date.fromisoformat(day), Span(start, end, SpanKind(kind), Access(access)), clerk, shift, place
    )


def _rest(row: tuple[Any, ...]) -> OwedRest:
    clerk, day, earned = row
    return OwedRest(date.fromisoformat(day), clerk, date.fromisoformat(earned))


def _erase(tx: Transaction, number: int) -> None:
    tx.execute(sql("delete_duties"), (number,))
    tx.execute(sql("delete_rests"), (number,))


def _write(tx: Transaction, number: int, rota: Rota) -> None:
    for one in rota.duties:
        span = one.span
        row = (one.clerk, one.day.isoformat(), span.start, span.end, span.kind, span.access)
        tx.execute(sql("insert_duty"), (*row, one.shift, one.place, number))
    for rest in rota.rests:
        tx.execute(sql("insert_rest"), (rest.clerk, rest.day.isoformat(), rest.earned.isoformat(), number))


def _require_sound(rota: Rota) -> None:
    violations = check(rota)
    if violations:
        zh, en = violations[0].in_words()
        raise Refused("rota_breaks_rule", zh=zh, en=en)


def _told(rota: Rota) -> dict[str, object]:
    return {
        "first": rota.plan.first,
        "last": rota.plan.last,
        "clerks": len(rota.plan.clerks),
        "short": [shortage.in_words()[1] for shortage in rota.shortages],
    }
