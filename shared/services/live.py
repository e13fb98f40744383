"""The hall as it stands, in the form in which it can be played forward."""

from collections import defaultdict
from statistics import fmean

from shared.domain.ordering import Place
from shared.domain.rules import MINUTE
from shared.services.hall import HallPlan
from shared.simulation.rollout import AtWindow, Live, Waiting
from shared.store.queries import sql
from shared.store.sqlite import Connection

SPANS_KEPT = 200
_LEGS_READ = 1500
_USUAL_MINUTES = 8.0
_RATE_OVER = 60
"""Minutes over which numbers with a credit are counted."""


def live_hall(connection: Connection, plan: HallPlan, now: int) -> Live:
    """The open windows, who is at them, and who waits, at `now` (ms). Appointments come with booking."""
    legs = connection.execute(sql("recent_legs"), (_LEGS_READ,)).fetchall()
    return Live(
        now,
        plan.rules,
        tuple(plan.desks[no] for (no,) in connection.execute(sql("open_windows"))),
        tuple(AtWindow(*row) for row in connection.execute(sql("called_at_windows"))),
        tuple(
            Waiting(ticket, lane, Place(*place), for_window)
            for ticket, lane, for_window, *place in connection.execute(sql("places_of_waiting"))
        ),
        _spans(plan, legs),
        no_shows=fmean(outcome == "miss" for _, outcome, _ in legs) if legs else 0.0,
        priorities=_credited(connection, now),
    )


def _spans(plan: HallPlan, legs: list[tuple[str, str, int]]) -> dict[str, tuple[int, ...]]:
    """What the last services of each lane took; what its matters usually take while there are none."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for lane, outcome, span in legs:
        if outcome != "miss" and len(found[lane]) < SPANS_KEPT:
            found[lane].append(span)
    return {lane: tuple(found[lane]) or (_usual(plan, lane),) for lane in plan.lanes}


def _usual(plan: HallPlan, lane: str) -> int:
    minutes = [matter.minutes for matter in plan.matters.values() if matter.lane == lane]
    return round((fmean(minutes) if minutes else _USUAL_MINUTES) * MINUTE)


def _credited(connection: Connection, now: int) -> dict[str, float]:
    since = now - _RATE_OVER * MINUTE
    return {lane: count / _RATE_OVER for lane, count in connection.execute(sql("credited_since"), (since,))}
