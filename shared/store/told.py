"""Facts read back for whoever was away, with what passes by and is never kept in them."""

from collections.abc import Mapping
from typing import Any

import msgspec

from shared.domain.facts import Fact
from shared.domain.moments import from_millis
from shared.store.queries import sql
from shared.store.sqlite import Connection

_PASSED = {
    "ticket.taken": "holder",
    "ticket.called": "holder",
    "ticket.recalled": "holder",
    "ticket.transferred": "note",
    "ticket.sent_back": "note",
}
"""Which of PASSING (shared.domain.facts) a fact carried when it was new."""


def facts_after(connection: Connection, seq: int, limit: int) -> list[Fact]:
    """At most `limit` facts after `seq`, oldest first, as the event stream told them."""
    rows = connection.execute(sql("facts_after"), (seq, limit)).fetchall()
    return [
        Fact(n, from_millis(at), name, actor, with_passed(connection, name, msgspec.json.decode(data)))
        for n, at, name, actor, data in rows
    ]


def with_passed(connection: Connection, name: str, data: dict[str, Any]) -> Mapping[str, Any]:
    """A fact's data with what the ticket still knows of its holder: nothing, once they are forgotten."""
    key = _PASSED.get(name)
    if key is None or key in data:
        return data
    row = connection.execute(sql("passed_of_ticket"), (data["ticket"],)).fetchone()
    holder, note = ("", "") if row is None else row
    return {**data, key: holder if key == "holder" else note}
