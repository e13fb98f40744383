"""What a day can keep: who is on duty, how long the lanes' citizens take, and who stays away."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from shared.domain.capacity import Demand, Terms, absence, robust_minutes
from shared.domain.duty import OnDuty
from shared.services.hall import HallPlan
from shared.services.rota import on_duty
from shared.services.rota_plan import demands_on
from shared.store.queries import sql
from shared.store.sqlite import Connection

_ATTENDANCE = timedelta(days=60)
_RECENT_TICKETS = 5000
_STAYS_KEPT = 300
_WINDOW_WEIGHT = 120.0
"""Minutes of work that a window of its own stands for, until the lane has its own history."""
_DAY = timedelta(days=1)


def capacity_terms(
    connection: Connection, plan: HallPlan, today: date, minutes: int, booked_share: int
) -> Terms:
    """The terms of the days ahead, from the hall's own last weeks."""
    stays = _recent_stays(connection)
    lanes = {
        letter: Demand(
            robust_minutes(stays[letter][-_STAYS_KEPT:], _usual_minutes(plan, letter)),
            _absence(connection, letter, today),
            sum(stays[letter]) + _WINDOW_WEIGHT * _windows(plan, letter),
        )
        for letter in plan.lanes
    }
    return Terms(lanes, minutes, plan.rules.appointment_share, booked_share)


def duties_of(connection: Connection, plan: HallPlan, day: date) -> tuple[tuple[OnDuty, ...], bool]:
    """Who is on duty, and whether a published rota says so.

    Where none does, every window is taken to have its clerk while its lanes are open, and in extended hours
    as many as rotas are made for.
    """
    if follows_rota(connection, day):
        return on_duty(connection, plan, day, day), True
    return tuple(_as_wanted(plan, day)), False


def follows_rota(connection: Connection, day: date) -> bool:
    """Whether a published rota holds on a day."""
    return connection.execute(sql("rota_spans"), (day.isoformat(), day.isoformat())).fetchone() is not None


def _as_wanted(plan: HallPlan, day: date) -> Iterator[OnDuty]:
    for at, demand in enumerate(demands_on(plan, day)):
        for n in range(demand.wanted):
            yield OnDuty(day, f"{at}.{n}", frozenset(demand.lanes), demand.span)


def _recent_stays(connection: Connection) -> defaultdict[str, list[float]]:
    found: defaultdict[str, list[float]] = defaultdict(list)
    for letter, minutes in connection.execute(sql("recent_services"), (_RECENT_TICKETS,)):
        found[letter].append(minutes)
    return found


def _absence(connection: Connection, letter: str, today: date) -> float:
    since = (today - _ATTENDANCE).isoformat()
    return absence(*connection.execute(sql("booking_attendance"), (letter, since)).fetchone())


def _usual_minutes(plan: HallPlan, letter: str) -> float:
    """The configured minutes are those of all the lane's windows together; a citizen has one of them."""
    return plan.lane(letter).minutes_per_person * max(_windows(plan, letter), 1.0)


def _windows(plan: HallPlan, letter: str) -> float:
    """Windows of a lane; one that several lanes share counts in part for each."""
    return sum(1 / len(desk.own) for desk in plan.desks.values() if letter in desk.own)
