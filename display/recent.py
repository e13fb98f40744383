"""The rows below the large call: the latest calls, newest first, each number once."""

from collections.abc import Iterable

from display.scope import Scope
from shared.protocol.messages import Call

ROWS = 5
"""Rows below the large call; with it, a board names six."""
KEPT = 24


def merge(known: Iterable[Call], more: Iterable[Call]) -> list[Call]:
    """All of these calls, newest first, each fact once, the oldest beyond `KEPT` forgotten."""
    by_seq = {call.seq: call for call in (*known, *more)}
    return sorted(by_seq.values(), key=lambda call: call.seq, reverse=True)[:KEPT]


def rows(calls: Iterable[Call], scope: Scope, large: Call | None, limit: int = ROWS) -> list[Call]:
    """The newest calls other than the large one. A number called again stands at its latest window only."""
    shown = {large.number} if large else set()
    chosen: list[Call] = []
    for call in sorted(calls, key=lambda call: call.seq, reverse=True):
        if call.number in shown or not scope.shows_call(call):
            continue
        shown.add(call.number)
        chosen.append(call)
    return chosen[:limit]
