"""What `hall rota` does with the rota of the hall's own file: read from it, changed through its hub."""

import argparse
from collections.abc import Callable
from datetime import date, datetime, timedelta

from shared.client.api import HubClient
from shared.commands.operating import operate
from shared.commands.reading_hall import open_hall
from shared.commands.rota_text import goal_text, shortages_text
from shared.domain.moments import HALL_ZONE
from shared.domain.rota import Rota
from shared.domain.rota_plan import DAY, RotaPlan, monday_of
from shared.protocol import rota as told
from shared.protocol.messages import Nothing
from shared.rota.written import roster_of
from shared.services.hall import load_plan
from shared.services.rota import newest_draft, plan_for, published
from shared.store.house import House

_MOST_WEEKS = 13


def make_draft(options: argparse.Namespace, solve: Callable[[RotaPlan], Rota]) -> int:
    """A draft from the hall's clerks, windows and hours; made here, kept by the hub."""
    if not 1 <= options.weeks <= _MOST_WEEKS:
        raise ValueError(f"--weeks is 1 to {_MOST_WEEKS}")
    first = options.first or monday_of(_today()) + DAY * 7
    last = first + timedelta(weeks=options.weeks) - DAY
    with open_hall(House(options.data)) as connection:
        plan = plan_for(connection, load_plan(connection), first, last)
    rota = solve(plan)
    goals = [told.FoundGoal(goal.name, goal.value, goal.bound) for goal in rota.goals]
    body = told.DraftRota(first=first, last=last, shifts=roster_of(rota), goals=goals)

    def work(hub: HubClient) -> str:
        kept = hub.ask(told.RotaTold, "draft_rota", body)
        lines = [*shortages_text(rota), *map(goal_text, rota.goals)]
        return "\n".join([*lines, f"draft {kept.id}: hall rota publish {kept.id} lets it hold"])

    return operate("rota", options.data, work)


def own_rota(options: argparse.Namespace) -> Rota:
    """The rota that holds on a day (today), or the draft. Raises ValueError when there is none."""
    with open_hall(House(options.data)) as connection:
        if options.draft:
            draft = newest_draft(connection)
            if draft is None:
                raise ValueError("there is no draft; hall rota make makes one")
            return draft.rota
        day = options.on or _today()
        found = published(connection, day, date.max if options.on is None else day)
    if not found:
        raise ValueError(f"no rota is published for {day}; --draft shows the draft")
    return found[0].rota


def publish(options: argparse.Namespace) -> int:
    """Let a draft hold."""

    def work(hub: HubClient) -> str:
        kept = hub.ask(told.RotaTold, "publish_rota", Nothing(), id=options.number)
        return f"rota {kept.id} holds from {kept.first} to {kept.last}"

    return operate("rota", options.data, work)


def swap(options: argparse.Namespace) -> int:
    """Two clerks exchange days."""
    body = told.SwapDays(
        clerk=options.clerk, day=options.day, other=options.other, other_day=options.other_day
    )
    return _told(options, "swap_days", body)


def stand_in(options: argparse.Namespace) -> int:
    """A clerk takes over."""
    return _told(
        options, "stand_in", told.StandInFor(clerk=options.clerk, day=options.day, shift=options.shift)
    )


def away(options: argparse.Namespace) -> int:
    """Leave, or sick leave: what is short then, and who could stand in."""
    body = told.TakeLeave(
        clerk=options.clerk,
        first=options.first,
        last=options.last or options.first,
        sick=options.verb == "sick",
        cancel=getattr(options, "cancel", False),
    )

    def work(hub: HubClient) -> str:
        answer = hub.ask(told.LeaveTold, "take_leave", body)
        lines = [f"{short.zh}\n  {short.en}" for short in answer.shortages] or ["不缺岗 / nothing is short"]
        if answer.shortages and answer.stand_ins:
            lines.append(f"{body.first} 可替班 / could stand in:")
        lines += [f"  {one.clerk} {one.name}, shift {one.shift}" for one in answer.stand_ins]
        return "\n".join(lines)

    return operate("rota", options.data, work)


def set_clerk(options: argparse.Namespace) -> int:
    """What a clerk can do."""
    body = told.SetRotaClerk(clerk=options.clerk, lanes=options.lanes, leads=options.leads, days=options.days)

    def work(hub: HubClient) -> str:
        hub.call("set_rota_clerk", body)
        return f"{options.clerk}: {options.lanes}, {options.days} days a week"

    return operate("rota", options.data, work)


def _told(options: argparse.Namespace, route: str, body: told.SwapDays | told.StandInFor) -> int:
    def work(hub: HubClient) -> str:
        answer = hub.ask(told.RotaTold, route, body)
        return "\n".join(
            [f"{short.zh}\n  {short.en}" for short in answer.shortages] or ["不缺岗 / nothing is short"]
        )

    return operate("rota", options.data, work)


def _today() -> date:
    return datetime.now(HALL_ZONE).date()
