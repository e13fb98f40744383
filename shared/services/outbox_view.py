"""The outbox as managers see it: reads only, every address masked."""

import json
from collections.abc import Sequence
from typing import Any, get_args

from shared.domain.moments import from_millis
from shared.protocol import outbox as o
from shared.store.queries import sql
from shared.store.sqlite import Connection

SHOWN = 100
_OVER = ("sent", "expired", "withdrawn", "dropped")


def outbox_view(connection: Connection, gateway: o.GatewayNow, now: int) -> o.Outbox:
    """All that is to be told at `now` (ms)."""
    found = dict(connection.execute(sql("messages_by_state")))
    (oldest,) = connection.execute(sql("oldest_due"), (now, now)).fetchone()
    return o.Outbox(
        gateway=gateway,
        counts={state: found.get(state, 0) for state in get_args(o.MessageState)},
        oldest_due=_moment(oldest),
        dead=_listed(connection, ("dead",)),
        waiting=[_message(*row) for row in connection.execute(sql("messages_waiting"), (SHOWN,))],
        latest=_listed(connection, _OVER),
    )


def _listed(connection: Connection, states: Sequence[str]) -> list[o.OutboxMessage]:
    rows = connection.execute(sql("messages_listed"), (json.dumps(states), SHOWN))
    return [_message(*row) for row in rows]


def _message(*row: Any) -> o.OutboxMessage:
    names = ("id", "kind", "about", "channel", "language", "masked", "state", "attempts", "reason", "status")
    moments = ("made_at", "not_before", "next_at", "deadline", "ended_at")
    values = dict(zip((*names, *moments), row, strict=True))
    return o.OutboxMessage(**values | {name: _moment(values[name]) for name in moments})


def _moment(millis: int | None) -> Any:
    return None if millis is None else from_millis(millis)
