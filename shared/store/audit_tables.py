"""Do the tables say what the facts say? Facts are in the chain, so they are what is believed."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from shared.domain.moments import to_millis
from shared.domain.ticket import LIVE
from shared.store.audit_bookings import bookings_against_facts
from shared.store.audit_history import Event, legs_against_facts, lists_against_facts, stays_against_facts
from shared.store.audit_manual import manual_calls_against_facts
from shared.store.sqlite import Connection

Told = dict[str, Any]
"""The data of a fact."""
Moments = tuple[int, int | None]
"""The two constants of a place: sort time, and from when on it is due."""


def tables_against_facts(connection: Connection) -> Iterator[str]:
    """Every place where a table differs from what its facts told."""
    yield from _tickets(connection)
    yield from _counts(connection)
    yield from _rules(connection)
    yield from _workdays(connection)
    yield from lists_against_facts(connection)
    yield from bookings_against_facts(connection)
    yield from manual_calls_against_facts(connection)
    yield from _hours(connection, _LANES)
    yield from _hours(connection, _WINDOWS)


def _reinstated(connection: Connection) -> frozenset[int]:
    """Tickets whose story went on after its end."""
    rows = connection.execute("SELECT data FROM facts WHERE name = 'ticket.reinstated'").fetchall()
    return frozenset(json.loads(data)["ticket"] for (data,) in rows)


@dataclass(slots=True)
class _Story:
    """What the facts told of one ticket."""

    last: Told = field(default_factory=dict)
    places: list[Moments] = field(default_factory=list)
    chosen: int = 0
    events: list[Event] = field(default_factory=list)

    def tell(self, name: str, at: int, actor: str, told: Told) -> None:
        """Take in its next fact."""
        self.last = told
        self.events.append((name, at, actor, told))
        if "sort_at" in told:
            self.places.append((_millis(told["sort_at"]), _millis_or_none(told.get("due_at"))))
        self.chosen += name == "ticket.called_by_hand" or (name == "ticket.called" and "reason" in told)


def _tickets(connection: Connection) -> Iterator[str]:
    """Each ticket stands as its facts left it. Only live tickets are remembered on the way."""
    live: dict[int, _Story] = {}
    reinstated = _reinstated(connection)
    taken = 0
    rows = connection.execute(
        "SELECT name, at, actor, data FROM facts WHERE name GLOB 'ticket.*' "
        "AND name NOT IN ('ticket.name_shown', 'ticket.rated') ORDER BY seq"
    )
    for name, at, actor, data in rows:
        told = json.loads(data)
        taken += name == "ticket.taken"
        story = live.setdefault(told["ticket"], _Story())
        story.tell(name, at, actor, told)
        if told["state"] not in LIVE and told["ticket"] not in reinstated:
            yield from _ticket_against_story(connection, live.pop(told["ticket"]))
    for story in live.values():
        yield from _ticket_against_story(connection, story)
    kept = connection.execute("SELECT count(*) FROM tickets").fetchone()[0]
    if kept != taken:
        yield f"{taken} tickets were taken, but the table has {kept}"


def _ticket_against_story(connection: Connection, story: _Story) -> Iterator[str]:
    told = story.last
    row = connection.execute(
        "SELECT series, number, lane, state, moves, sort_at, due_at FROM tickets WHERE id = ?",
        (told["ticket"],),
    ).fetchone()
    if row is None:
        yield f"ticket {told['ticket']} ({told['number']}) has facts but is not in the table"
        return
    series, number, lane, state, moves, *place = row
    shown = f"{series}{number:03d}"
    name = f"ticket {told['ticket']} ({shown}"
    if (told["number"], told["lane"], told["state"]) != (shown, lane, state):
        yield (
            f"{name}, lane {lane}, {state}) is not as its last fact says: "
            f"{told['number']}, lane {told['lane']}, {told['state']}"
        )
    if story.places and tuple(place) != story.places[-1]:
        yield f"{name}) has another place in its line than its facts gave it"
    yield from _history_against_story(connection, story, f"{name})", moves)


def _history_against_story(connection: Connection, story: _Story, name: str, moves: int) -> Iterator[str]:
    """What an explanation of the past rests on: stays with their places, and calls that a clerk chose."""
    ticket = story.last["ticket"]
    stays = connection.execute("SELECT sort_at, due_at FROM stays WHERE ticket = ?", (ticket,)).fetchall()
    if len(stays) != moves + 1:
        yield f"{name} has {len(stays)} stays for {moves} moves"
    if any(sort_at is not None and (sort_at, due_at) not in story.places for sort_at, due_at in stays):
        yield f"{name} stood at a place that its facts never gave it"
    chosen = connection.execute("SELECT count(*) FROM legs WHERE ticket = ? AND chosen = 1", (ticket,))
    if chosen.fetchone()[0] != story.chosen:
        yield f"{name} is not marked as chosen by a clerk as its facts say"
    yield from stays_against_facts(connection, ticket, name, story.events)
    yield from legs_against_facts(connection, ticket, name, story.events)


def _counts(connection: Connection) -> Iterator[str]:
    rows = connection.execute(
        "SELECT letter, waiting, "
        "(SELECT count(*) FROM tickets WHERE lane = letter AND state = 'waiting') FROM lanes"
    )
    for letter, kept, counted in rows:
        if kept != counted:
            yield f"lane {letter}: {kept} are said to wait, {counted} do"


def _rules(connection: Connection) -> Iterator[str]:
    """Each row of the rules says what its fact told, and who changed it when; the last row holds."""
    kept = connection.execute("SELECT n, at, actor, data FROM rules ORDER BY n").fetchall()
    told = connection.execute(
        "SELECT seq, at, actor, data FROM facts "
        "WHERE name IN ('hall.configured', 'rules.changed') ORDER BY seq"
    ).fetchall()
    if told and "rules" not in json.loads(told[0][3]):  # founded by a program that did not tell them
        founded = told.pop(0)[1]
        kept = [row for row in kept if row[1] != founded]
    if len(kept) != len(told):
        yield f"the rules have {len(kept)} rows, but {len(told)} facts tell of them"
    for (n, *row, text), (seq, *fact, data) in zip(kept, told, strict=False):
        fact_data = json.loads(data)
        if row != fact or json.loads(text) != fact_data.get("after", fact_data.get("rules")):
            yield f"row {n} of the rules is not as fact {seq} says"


def _workdays(connection: Connection) -> Iterator[str]:
    """Each row of changes against the published calendar is as its fact told."""
    kept = connection.execute("SELECT at, actor, text FROM workdays ORDER BY n").fetchall()
    told = connection.execute(
        "SELECT at, actor, data FROM facts WHERE name = 'workdays.changed' ORDER BY seq"
    ).fetchall()
    if kept != [(at, actor, json.loads(data)["text"]) for at, actor, data in told]:
        yield "the changes of the work calendar are not as their facts say"


class _Hours(NamedTuple):
    """Whose hours, where they stand, where their changes are kept and which fact tells of one."""

    whose: str
    now: str
    kept: str
    fact: str


_LANES = _Hours(
    "lane",
    "SELECT letter, hours FROM lanes",
    "SELECT at, actor, lane, before, after FROM hours_changes ORDER BY n",
    "hours.changed",
)
_WINDOWS = _Hours(
    "window",
    "SELECT no, hours FROM windows",
    "SELECT at, actor, window, before, after FROM window_hours_changes ORDER BY n",
    "hours.window_changed",
)


def _hours(connection: Connection, of: _Hours) -> Iterator[str]:
    """Each change of hours is as its fact told, and each lane or window has the hours of its last one."""
    rows = connection.execute(of.kept).fetchall()
    kept = [
        (at, actor, whose, json.loads(before), json.loads(after)) for at, actor, whose, before, after in rows
    ]
    facts = connection.execute(
        "SELECT at, actor, data FROM facts WHERE name = ? ORDER BY seq", (of.fact,)
    ).fetchall()
    told = [(at, actor, json.loads(data)) for at, actor, data in facts]
    if kept != [(at, actor, data[of.whose], data["before"], data["after"]) for at, actor, data in told]:
        yield f"the changes of the hours of {of.whose}s are not as their facts say"
    last = {data[of.whose]: data["after"] for _, _, data in told}
    for whose, hours in connection.execute(of.now):
        if json.loads(hours) != last.get(whose, json.loads(hours)):
            yield f"{of.whose} {whose}: its opening hours are not those of its last change"


def _millis(moment: str) -> int:
    return to_millis(datetime.fromisoformat(moment))


def _millis_or_none(moment: str | None) -> int | None:
    return None if moment is None else _millis(moment)
