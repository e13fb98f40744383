"""Do the tables of calls by hand say what their facts say?"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from shared.domain.moments import to_millis
from shared.domain.ticket import display_number
from shared.store.sqlite import Connection

Told = dict[str, Any]
_NAMED = ("number", "window", "day", "clerk", "proved", "device")


@dataclass(slots=True)
class _Story:
    """What the facts told of one call."""

    named: Told = field(default_factory=dict)
    last: Told = field(default_factory=dict)
    why: str | None = None
    steps: list[tuple[str, int]] = field(default_factory=list)
    carried: set[str] = field(default_factory=set)
    settled: tuple[Any, ...] | None = None

    def tell(self, name: str, at: int, actor: str, told: Told) -> None:
        """Take in its next fact."""
        self.last = told
        match name:
            case "manual.noted":
                self.named = {key: told[key] for key in _NAMED}
                self.steps += [
                    (step, to_millis(datetime.fromisoformat(when))) for step, when in told["steps"]
                ]
            case "manual.carried_out":
                self.carried.add(told["step"])
            case "manual.conflicted":
                self.why = told["why"]
            case "manual.settled":
                self.settled = (at, actor, told["verdict"], told["reason"])


def manual_calls_against_facts(connection: Connection) -> Iterator[str]:
    """Every call by hand stands as its facts left it: what was noted, carried out, contradicted, settled."""
    stories: dict[int, _Story] = {}
    rows = connection.execute(
        "SELECT name, at, actor, data FROM facts WHERE name GLOB 'manual.*' ORDER BY seq"
    ).fetchall()
    for name, at, actor, data in rows:
        told = json.loads(data)
        stories.setdefault(told["call"], _Story()).tell(name, at, actor, told)
    kept = connection.execute("SELECT count(*) FROM manual_calls").fetchone()[0]
    if kept != len(stories):
        yield f"facts tell of {len(stories)} calls by hand, but the table has {kept}"
    for call, story in stories.items():
        yield from _against_story(connection, call, story)


def _against_story(connection: Connection, call: int, story: _Story) -> Iterator[str]:
    row = connection.execute(
        "SELECT series, number, window, day, clerk, proved, device, state, ticket, conflict "
        "FROM manual_calls WHERE id = ?",
        (call,),
    ).fetchone()
    if row is None:
        yield f"call by hand {call} ({story.last['number']}) has facts but is not in the table"
        return
    series, number, window, day, clerk, proved, device, *stands = row
    name = f"call by hand {call} ({display_number(series, number)})"
    named = (display_number(series, number), window, day, clerk, bool(proved), device)
    if dict(zip(_NAMED, named, strict=True)) != story.named:
        yield f"{name} is not as it was noted"
    if tuple(stands) != (story.last["state"], story.last["ticket"], story.why):
        yield f"{name} does not stand as its last fact says"
    yield from _steps_against_story(connection, call, name, story)


def _steps_against_story(connection: Connection, call: int, name: str, story: _Story) -> Iterator[str]:
    steps = connection.execute(
        "SELECT step, at, carried FROM manual_steps WHERE call = ? ORDER BY n", (call,)
    ).fetchall()
    if [(step, at) for step, at, _ in steps] != story.steps:
        yield f"{name} does not have the steps that were noted"
    if {step for step, _, carried in steps if carried} != story.carried:
        yield f"{name} was not carried out as its facts say"
    settled = connection.execute(
        "SELECT at, actor, verdict, reason FROM manual_settlements WHERE call = ?", (call,)
    ).fetchone()
    if settled != story.settled:
        yield f"{name} was not settled as its fact says"
