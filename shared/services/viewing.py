"""What is shown: the store's rows as the wire's messages. Reads only, within one snapshot."""

import json
from collections.abc import Mapping
from datetime import date, datetime

import msgspec

from shared.domain.estimate import Estimator, Interval
from shared.domain.moments import from_millis, to_millis
from shared.domain.ordering import Priority
from shared.domain.rules import Rules
from shared.domain.ticket import State, display_number
from shared.protocol import messages as m
from shared.services.hall import HallPlan, LanePlan
from shared.services.rating import own_figures
from shared.store.line import people_ahead
from shared.store.queries import sql
from shared.store.sqlite import Connection
from shared.store.tickets import TicketRow, get_tickets
from shared.store.told import with_passed

CALLS_SHOWN = 12


def ticket_view(
    connection: Connection, estimator: Estimator, ticket: TicketRow, now: datetime, *, staff: bool = False
) -> m.Ticket:
    """One ticket, with people ahead and the wait while it waits."""
    ahead = people_ahead(connection, ticket, to_millis(now)) if ticket.state is State.WAITING else None
    return ticket_with(ticket, ahead, estimator, now, staff=staff)


def taken_view(
    connection: Connection, estimator: Estimator, ticket: TicketRow, url: str, now: datetime
) -> m.TakenTicket:
    """A ticket with its phone address, for the device that took it."""
    return m.TakenTicket(ticket=ticket_view(connection, estimator, ticket, now), url=url + phone_path(ticket))


def phone_path(ticket: TicketRow) -> str:
    """The path of a ticket's phone page; the secret half makes it unguessable (128 random bits)."""
    return f"/t/{ticket.id}-{ticket.secret}"


def queue_view(connection: Connection, estimator: Estimator, now: datetime, *, staff: bool) -> m.Queue:
    """All live tickets. People ahead are counted in one pass over each line."""
    seq = connection.execute(sql("read_head")).fetchone()[0]
    rows = get_tickets(connection, sql("live_tickets"))
    place = _places(rows, to_millis(now))
    return m.Queue(
        seq=seq, tickets=[ticket_with(row, place.get(row.id), estimator, now, staff=staff) for row in rows]
    )


def board_view(
    connection: Connection, plan: HallPlan, estimator: Estimator, now: datetime, speed: float, *, staff: bool
) -> m.Board:
    """The whole hall as a screen needs it."""
    seq = connection.execute(sql("read_head")).fetchone()[0]
    day = date.fromisoformat(connection.execute(sql("business_day")).fetchone()[0])
    return m.Board(
        seq=seq,
        hall=m.HallInfo(
            name=plan.name,
            name_en=plan.name_en,
            sample=plan.sample,
            now=now,
            speed=speed,
            day=day,
            languages=list(plan.languages),
            rules=rules_view(plan.rules),
            public_url=plan.public_url,
            day_change=f"{plan.day_change:%H:%M}",
        ),
        lanes=lanes_view(connection, plan, estimator, now),
        windows=windows_view(connection, plan, staff=staff),
        calls=latest_calls(connection, seq),
        notices=[m.Notice(id=i, zh=zh, en=en) for i, zh, en in connection.execute(sql("notices"))],
    )


def rules_view(rules: Rules) -> m.PostedRules:
    """The posted figures on the wire."""
    return msgspec.convert(rules.as_data(), m.PostedRules)


def lanes_view(connection: Connection, plan: HallPlan, estimator: Estimator, now: datetime) -> list[m.Lane]:
    """All lanes, with people waiting and what a newcomer would wait."""
    waiting = dict(connection.execute(sql("waiting_counts")))
    return [_lane(lane, plan, waiting[lane.letter], estimator, now) for lane in plan.lanes.values()]


def lane_view(
    connection: Connection, plan: HallPlan, estimator: Estimator, now: datetime, letter: str
) -> m.Lane:
    """One lane. Raises Refused("unknown_lane")."""
    waiting = dict(connection.execute(sql("waiting_counts")))
    lane = plan.lane(letter)
    return _lane(lane, plan, waiting[letter], estimator, now)


def windows_view(connection: Connection, plan: HallPlan, *, staff: bool) -> list[m.Window]:
    """All windows with what is before them."""
    before = {
        window: (display_number(series, number), state)
        for window, series, number, state in connection.execute(sql("tickets_at_windows"))
    }
    rows = connection.execute(sql("windows")).fetchall()
    return [_window(row, plan, before.get(row[0], ("", "")), staff) for row in rows]


def window_view(connection: Connection, plan: HallPlan, no: int) -> m.Window:
    """One window, for its clerk."""
    return next(view for view in windows_view(connection, plan, staff=True) if view.no == no)


def my_day_view(connection: Connection, clerk: str) -> m.MyDay:
    """A clerk's own figures of the business day."""
    day = connection.execute(sql("business_day")).fetchone()[0]
    row = connection.execute(sql("clerk_day"), (day, clerk)).fetchone() or (0, 0, 0, 0, 0)
    served, missed, transferred, serving_ms, waiting_ms = row
    each = served or 1
    ratings = own_figures(connection, day, clerk)
    return m.MyDay(
        served=served,
        missed=missed,
        transferred=transferred,
        serving_minutes=round(serving_ms / each / 60_000, 1),
        waiting_minutes=round(waiting_ms / each / 60_000, 1),
        rated=ratings.count,
        rating=ratings.mean,
    )


def latest_calls(connection: Connection, seq: int) -> list[m.Call]:
    """The latest calls, newest first, from the last few thousand facts."""
    rows = connection.execute(sql("latest_calls"), (seq - 5000, CALLS_SHOWN))
    return [
        call_of(fact_seq, from_millis(at), with_passed(connection, "ticket.called", json.loads(data)))
        for fact_seq, at, data in rows.fetchall()
    ]


def call_of(seq: int, at: datetime, data: Mapping[str, object]) -> m.Call:
    """A call as boards show it, from the data of its fact."""
    return m.Call(
        seq=seq,
        at=at,
        number=str(data["number"]),
        window=int(str(data["window"])),
        lane=str(data["lane"]),
        holder=str(data.get("holder", "")),
        again=int(str(data["calls"])) - 1,
    )


def estimate_view(interval: Interval | None) -> m.Estimate | None:
    """A wait on the wire."""
    if interval is None:
        return None
    if interval.long:
        return m.Estimate(kind="long")
    return m.Estimate(kind="minutes", low=interval.low, high=interval.high)


def newcomers_wait(estimator: Estimator, lane: str, waiting: int, now: datetime) -> m.Estimate | None:
    """What somebody without a credit would wait who took a number now."""
    return estimate_view(estimator.for_newcomer(lane, waiting, to_millis(now)).interval)


def ticket_with(
    row: TicketRow, ahead: int | None, estimator: Estimator, now: datetime, *, staff: bool = False
) -> m.Ticket:
    """One ticket, when the people ahead are known already."""
    promise = None if ahead is None else estimator.for_ticket(row.id, row.lane, ahead, to_millis(now))
    estimate = None if promise is None else estimate_view(promise.interval)
    return _ticket(row, ahead, estimate, row.note if staff else "")


def ticket_as_taken(row: TicketRow) -> m.Ticket:
    """A ticket just taken, with the very promise that is kept of it: what the slip says."""
    return _ticket(row, row.ahead, _told(row), "")


def _told(row: TicketRow) -> m.Estimate | None:
    if row.told_long:
        return m.Estimate(kind="long")
    if row.low_minutes is None or row.high_minutes is None:
        return None
    return m.Estimate(kind="minutes", low=row.low_minutes, high=row.high_minutes)


def _ticket(row: TicketRow, ahead: int | None, estimate: m.Estimate | None, note: str) -> m.Ticket:
    return m.Ticket(
        id=row.id,
        number=row.display,
        lane=row.lane,
        state=row.state,
        taken_at=from_millis(row.taken_at),
        sort_at=from_millis(row.sort_at),
        due_at=None if row.due_at is None else from_millis(row.due_at),
        booked_for=None if row.booked_for is None else from_millis(row.booked_for),
        priority=Priority(row.priority),
        matter=row.matter,
        holder=row.holder,
        ahead=ahead,
        estimate=estimate,
        window=row.window,
        for_window=row.for_window,
        back_to=row.back_to,
        calls=row.calls,
        called_at=None if row.called_at is None else from_millis(row.called_at),
        started_at=None if row.started_at is None else from_millis(row.started_at),
        returned=bool(row.returned),
        note=note,
    )


def _places(rows: list[TicketRow], now: int) -> dict[int, int]:
    """People ahead of each waiting ticket."""
    seen: dict[str, int] = {}
    place: dict[int, int] = {}
    waiting = (row for row in rows if row.state is State.WAITING)
    for row in sorted(waiting, key=lambda row: row.place.key(now)):
        place[row.id] = seen.get(row.lane, 0)
        seen[row.lane] = place[row.id] + 1
    return place


def _lane(lane: LanePlan, plan: HallPlan, waiting: int, estimator: Estimator, now: datetime) -> m.Lane:
    in_hours = lane.hours.is_open(now)
    return m.Lane(
        letter=lane.letter,
        name=lane.name,
        name_en=lane.name_en,
        place=lane.place,
        place_en=lane.place_en,
        waiting=waiting,
        estimate=newcomers_wait(estimator, lane.letter, waiting, now),
        open=in_hours and lane.closed_reason is None,
        closes_at=lane.hours.closes_at(now) if in_hours else None,
        opens_at=None if in_hours else lane.hours.next_opening(now),
        closed_reason=lane.closed_reason or "",
        windows=plan.windows_of_lane(lane.letter),
        hours=lane.hours.in_words()[0],
        on_kiosk=lane.on_kiosk,
    )


def _window(row: tuple[object, ...], plan: HallPlan, before: tuple[str, str], staff: bool) -> m.Window:
    no, name, kind, place, state, _, clerk_name, reason = row
    return m.Window(
        no=no,  # type: ignore[arg-type]  # columns are typed by the STRICT schema
        name=name,  # type: ignore[arg-type]
        kind=kind,  # type: ignore[arg-type]
        place=place,  # type: ignore[arg-type]
        lanes=list(plan.lanes_of_window(int(str(no)))),
        state=state,  # type: ignore[arg-type]
        clerk=clerk_name,  # type: ignore[arg-type]
        reason=str(reason) if staff else "",
        ticket=before[0],
        ticket_state=before[1],
        hours=_own_hours(plan, int(str(no))),
    )


def _own_hours(plan: HallPlan, no: int) -> str:
    own = plan.window_hours.get(no)
    return "" if own is None else own.in_words()[0]
