"""Do stays, legs, ratings, settled matters and lent numbers say what their facts say?"""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from shared.domain.moments import to_millis
from shared.store.sqlite import Connection

Told = dict[str, Any]
Event = tuple[str, int, str, Told]
"""Name, moment (ms), actor and data of a fact."""

_NO_MOVE = frozenset({"ticket.recalled"})
_CALLS = frozenset({"ticket.called", "ticket.called_by_hand"})
_OUTCOMES = {
    "ticket.finished": "finish",
    "ticket.sent_back": "send_back",
    "ticket.missed": "miss",
    "ticket.transferred": "transfer",
    "ticket.cancelled": "cancel",
    "ticket.expired": "expire",
}
_UNTOLD = object()
"""Stands for a clerk whom these facts do not name: another program moved the ticket, or a window by hand."""


def stays_against_facts(connection: Connection, ticket: int, name: str, events: list[Event]) -> Iterator[str]:
    """Each move began a stay in the state and line that its fact tells, at its moment."""
    told = [
        (data["state"], data["lane"], _happened(at, data))
        for fact, at, _, data in events
        if fact not in _NO_MOVE
    ]
    kept = connection.execute("SELECT state, lane, began FROM stays WHERE ticket = ? ORDER BY n", (ticket,))
    for n, (row, wanted) in enumerate(zip(kept.fetchall(), told, strict=False)):
        if tuple(row) != wanted:
            yield f"{name}: stay {n} is not as its fact says"


def _happened(at: int, data: Told) -> int:
    """A kiosk or a window that was without the hub may tell much later what it did."""
    told = data.get("taken_at") or data.get("noted_at")
    return at if told is None else to_millis(datetime.fromisoformat(told))


def legs_against_facts(connection: Connection, ticket: int, name: str, events: list[Event]) -> Iterator[str]:
    """Each call began a leg at the window that its fact tells, and the leg ended as the facts say."""
    kept = connection.execute(
        "SELECT window, clerk, called_at, started_at, ended_at, outcome FROM legs "
        "WHERE ticket = ? ORDER BY n",
        (ticket,),
    ).fetchall()
    told = _legs(events)
    if len(kept) != len(told):
        yield f"{name} has {len(kept)} legs for {len(told)} calls"
    for n, (row, wanted) in enumerate(zip(kept, told, strict=False), 1):
        if any(value not in (_UNTOLD, found) for found, value in zip(row, wanted, strict=True)):
            yield f"{name}: leg {n} is not as its facts say"


def _legs(events: list[Event]) -> list[list[object]]:
    """Window, clerk, called, started, ended, outcome of each leg."""
    legs: list[list[object]] = []
    for fact, at, actor, data in events:
        kind, _, number = actor.partition(":")
        at = _happened(at, data)
        if fact in _CALLS:
            told = kind == "clerk" and fact == "ticket.called"
            legs.append([data["window"], number if told else _UNTOLD, at, None, None, None])
        elif fact == "ticket.started" and legs:
            legs[-1][3] = at
        elif fact in _OUTCOMES and legs and legs[-1][4] is None:
            legs[-1][4:] = [at, _OUTCOMES[fact]]
    return legs


class _List(NamedTuple):
    """A table whose rows each have a fact of their own: what the row says that a fact tells of."""

    what: str
    fact: str
    counted: str
    row: str
    keys: tuple[str, ...]
    values: tuple[str, ...]


_LISTS = (
    _List(
        "ratings",
        "ticket.rated",
        "SELECT count(*) FROM ratings",
        "SELECT window, level, json(reasons), at FROM ratings WHERE ticket = ? AND leg = ?",
        ("ticket", "leg"),
        ("window", "level", "reasons", "at"),
    ),
    _List(
        "settled matters",
        "matter.settled",
        "SELECT count(*) FROM settled",
        "SELECT at, actor FROM settled WHERE ticket = ?",
        ("ticket",),
        ("at", "actor"),
    ),
    _List(
        "lent numbers",
        "numbers.leased",
        "SELECT count(*) FROM leases",
        "SELECT day, series, first, last, device FROM leases WHERE id = ?",
        ("lease",),
        ("day", "lane", "first", "last", "device"),
    ),
)


def lists_against_facts(connection: Connection) -> Iterator[str]:
    """Each row of a list is as its own fact says, and there are no others."""
    for each in _LISTS:
        told = 0
        rows = connection.execute("SELECT seq, at, actor, data FROM facts WHERE name = ?", (each.fact,))
        for seq, at, actor, data in rows:
            told += 1
            fact = {**json.loads(data), "at": at, "actor": actor}
            kept = connection.execute(each.row, [fact[key] for key in each.keys]).fetchone()
            if kept is None or tuple(kept) != tuple(map(_as_kept, (fact[name] for name in each.values))):
                yield f"the {each.what} are not as fact {seq} says"
        counted = connection.execute(each.counted).fetchone()[0]
        if counted != told:
            yield f"there are {counted} {each.what}, but {told} facts tell of them"


def _as_kept(value: object) -> object:
    return json.dumps(value, separators=(",", ":")) if isinstance(value, list) else value
