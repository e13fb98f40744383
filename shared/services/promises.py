"""Promises that run (承诺时限): accepted, not yet settled; how each stands, and noting its end."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from shared.domain.moments import HALL_ZONE, from_millis, to_millis
from shared.domain.refusals import Refused
from shared.domain.ticket import State, display_number
from shared.domain.workdays import NotYetPublishedError, PromiseState, WorkCalendar, promise_state
from shared.protocol.messages import Matter
from shared.services import reminders
from shared.services.hall import HallPlan
from shared.store.queries import sql
from shared.store.sqlite import Connection
from shared.store.tickets import get_ticket
from shared.store.transaction import Transaction

_LONGEST = timedelta(days=400)
"""How far back is looked: longer than any promise in working days takes."""
_MOST = 500


@dataclass(frozen=True, slots=True)
class Running:
    """A promise that runs. `due` is None where the year's holidays are not yet published."""

    ticket: int
    number: str
    matter: Matter
    accepted: date
    due: date | None
    state: PromiseState


def running(connection: Connection, plan: HallPlan, today: date) -> list[Running]:
    """What is accepted and not settled, the most urgent first; at most 500, the oldest of them."""
    since = to_millis(datetime.combine(today - _LONGEST, time(), HALL_ZONE))
    found = []
    for ticket, series, number, matter_id, moved_at in connection.execute(
        sql("promises_running"), (since, _MOST)
    ):
        matter, accepted = plan.matter(matter_id), from_millis(moved_at).date()
        days = matter.promise_days or 0
        state = promise_state(plan.calendar, accepted, days, max(today, accepted))
        due = _due(plan.calendar, accepted, days)
        found.append(Running(ticket, display_number(series, number), matter, accepted, due, state))
    return sorted(found, key=lambda one: (_URGENCY[one.state], one.due or date.max, one.ticket))


def settle(tx: Transaction, plan: HallPlan, ticket_id: int) -> None:
    """Note that a matter is settled, once, and tell its citizen if they asked for that.

    Raises Refused("unknown_ticket"), also for a ticket that was not served.
    """
    ticket = get_ticket(tx.connection, ticket_id)
    if ticket.state is not State.DONE or ticket.matter is None:
        raise Refused("unknown_ticket")
    if tx.execute(sql("insert_settled"), (ticket_id, tx.millis, tx.actor)).fetchone() is None:
        return
    tx.fact("matter.settled", ticket=ticket_id, number=ticket.display, matter=ticket.matter)
    if reminders.wants_result(tx.connection, ticket_id):
        reminders.tell_result(tx, plan, ticket)


_URGENCY = {PromiseState.RED: 0, PromiseState.AMBER: 1, PromiseState.GREEN: 2}


def _due(calendar: WorkCalendar, accepted: date, days: int) -> date | None:
    try:
        return calendar.add_working_days(accepted, days)
    except NotYetPublishedError:
        return None
