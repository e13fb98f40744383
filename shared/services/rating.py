"""Rating a service: at the counter where it was given, once per leg."""

import json
from dataclasses import dataclass

from shared.domain.moments import from_millis
from shared.domain.rating import REASONS, Level, check_rating, full_lots
from shared.domain.refusals import Refused
from shared.protocol.messages import RateTicket
from shared.services.people import Actor
from shared.store.queries import sql
from shared.store.sqlite import Connection
from shared.store.tickets import TicketRow
from shared.store.transaction import Transaction

_ENDED_LEG = sql("ended_leg")
_WAS_SEATED = sql("was_seated")
_IS_RATED = sql("is_rated")
_INSERT_RATING = sql("insert_rating")
_BUSINESS_DAY = sql("business_day")
_COUNT_RATINGS = sql("count_ratings")
_MEAN_OF_FIRST = sql("mean_of_first_ratings")


@dataclass(frozen=True, slots=True)
class RatingFigures:
    """A clerk's own ratings of a day, in full lots only; `mean` is None before the first lot."""

    count: int
    mean: float | None


def rate(tx: Transaction, actor: Actor, ticket: TicketRow, request: RateTicket) -> None:
    """Keep what the citizen said of the newest finished leg of `ticket` at `request.window`.

    Raises Refused: not_yet_served, forbidden (another counter), already_rated, rating_too_late,
    reasons_not_asked.
    """
    row = tx.execute(_ENDED_LEG, (ticket.id, request.window)).fetchone()
    if row is None:
        raise Refused("not_yet_served", number=ticket.display)
    leg, clerk, ended_at = row
    _require_there(tx, actor, request.window, clerk, ended_at)
    if tx.execute(_IS_RATED, (ticket.id, leg)).fetchone() is not None:
        raise Refused("already_rated", number=ticket.display)
    level, given = Level(request.level), frozenset(request.reasons)
    check_rating(level, given, from_millis(ended_at), tx.now)
    reasons = [reason.value for reason in REASONS if reason in given]
    day = tx.execute(_BUSINESS_DAY).fetchone()[0]
    kept = json.dumps(reasons, separators=(",", ":"))
    tx.execute(_INSERT_RATING, (day, ticket.id, leg, request.window, clerk, level, kept, tx.millis))
    tx.fact(
        "ticket.rated", ticket=ticket.id, number=ticket.display, lane=ticket.lane, window=request.window,
        leg=leg, level=int(level), reasons=reasons,
    )  # fmt: skip


def own_figures(connection: Connection, day: str, clerk: str) -> RatingFigures:
    """The ratings of a clerk's day, in full lots: a figure that moves with each one names who gave it."""
    count = full_lots(connection.execute(_COUNT_RATINGS, (clerk, day)).fetchone()[0])
    if not count:
        return RatingFigures(0, None)
    mean = connection.execute(_MEAN_OF_FIRST, (clerk, day, count)).fetchone()[0]
    return RatingFigures(count, round(mean, 1))


def _require_there(tx: Transaction, actor: Actor, window: int, clerk: str, ended_at: int) -> None:
    """The counter at which the clerk sat when service ended: it has the citizen before it, no other has."""
    elsewhere = actor.window is not None and actor.window != window
    seated = tx.execute(_WAS_SEATED, (actor.device, clerk, ended_at, ended_at)).fetchone()
    if elsewhere or seated is None:
        raise Refused("forbidden")
