"""Calls by hand as the counter that made them and as managers see them: reads only."""

from datetime import date
from uuid import UUID

from shared.domain.manual import CONFLICTS
from shared.domain.moments import from_millis
from shared.protocol import manual as h
from shared.services.hall import HallPlan
from shared.store.manual_calls import CallRow, call_row, steps_of, ticket_of
from shared.store.queries import sql
from shared.store.sqlite import Connection
from shared.store.tickets import get_ticket

SHOWN = 200
SETTLED_SHOWN = 30


def call_view(call: CallRow) -> h.ManualCall:
    """A call by hand and how it stands."""
    zh, en = ("", "") if call.conflict is None else CONFLICTS[call.conflict]
    return h.ManualCall(
        id=call.id,
        key=UUID(bytes=call.key),
        number=call.display,
        window=call.window,
        state=call.state,  # type: ignore[arg-type]  # the schema holds it to the list
        conflict=call.conflict,
        zh=zh,
        en=en,
    )


def calls_view(connection: Connection, plan: HallPlan) -> h.ManualCalls:
    """What a manager looks at; the lists are cut, the counts are not."""

    def seen(statement: str, *values: object) -> list[h.ManualCallSeen]:
        rows = connection.execute(sql(statement), values).fetchall()
        return [_seen(connection, plan, call_row(row)) for row in rows]

    return h.ManualCalls(
        conflicts=_count(connection, "conflict"),
        awaiting=_count(connection, "awaits"),
        open=seen("manual_of_state", "conflict", SHOWN),
        waits=seen("manual_of_state", "awaits", SHOWN),
        settled=seen("manual_settled_last", SETTLED_SHOWN),
    )


def _count(connection: Connection, state: str) -> int:
    found: int = connection.execute(sql("manual_count"), (state,)).fetchone()[0]
    return found


def _seen(connection: Connection, plan: HallPlan, call: CallRow) -> h.ManualCallSeen:
    return h.ManualCallSeen(
        call=call_view(call),
        day=date.fromisoformat(call.day),
        clerk=call.clerk,
        clerk_name=plan.clerk_names.get(call.clerk, ""),
        proved=call.proved,
        steps=[
            h.StepSeen(one.step, from_millis(one.at), one.carried) for one in steps_of(connection, call.id)
        ],
        known=_known(connection, plan, call),
        settled=_settlement(connection, call),
    )


def _known(connection: Connection, plan: HallPlan, call: CallRow) -> h.Known | None:
    found = ticket_of(connection, call)
    if found is None:
        return None
    ticket = get_ticket(connection, found)
    leg = connection.execute(sql("leg_of"), (ticket.id, ticket.leg)).fetchone()
    clerk = "" if leg is None or ticket.window is None else plan.clerk_names.get(leg[1], leg[1])
    return h.Known(ticket.state, ticket.window, clerk, from_millis(ticket.moved_at))


def _settlement(connection: Connection, call: CallRow) -> h.Settlement | None:
    row = connection.execute(sql("settlement_of"), (call.id,)).fetchone()
    return None if row is None else h.Settlement(from_millis(row[0]), *row[1:])
