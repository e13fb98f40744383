"""The business day, the lanes' doors and the notices: what managers and the hub itself move."""

from datetime import date

from shared.domain.blocks import NEVER_CAME_BACK
from shared.domain.refusals import Refused
from shared.domain.ticket import Move
from shared.protocol.messages import DayRolled, Notice, PostNotice
from shared.services.booking_days import end_days_before
from shared.services.hall import HallPlan
from shared.services.leasing import settle_forgotten
from shared.services.serving import tell
from shared.store.queries import sql
from shared.store.tickets import apply_move, get_ticket
from shared.store.transaction import Transaction


def roll_day(tx: Transaction, day: date) -> DayRolled:
    """Move the business day on to `day`: what still waits, is held or was missed expires.

    Tickets that are at a window stay there: their clerk finishes them.
    """
    current = tx.execute(sql("business_day")).fetchone()[0]
    if tx.execute(sql("set_business_day"), (day.isoformat(), day.isoformat())).rowcount != 1:
        raise Refused("day_not_later", day=current)
    expired = [row[0] for row in tx.execute(sql("unfinished_tickets"), (day.isoformat(),)).fetchall()]
    for ticket_id in expired:
        expire(tx, ticket_id)
    end_days_before(tx, day)
    settle_forgotten(tx, day - NEVER_CAME_BACK)
    tx.fact("day.rolled", day=day.isoformat(), before=current, expired=len(expired))
    return DayRolled(day=day, expired=len(expired))


def close_lane(tx: Transaction, plan: HallPlan, letter: str, reason: str) -> None:
    """Give no more numbers in a lane; those who wait are still called."""
    plan.lane(letter)
    tx.execute(sql("set_lane_closed"), (reason, letter))
    tx.fact("lane.closed", lane=letter, reason=reason)


def open_lane(tx: Transaction, plan: HallPlan, letter: str) -> None:
    """Give numbers in a lane again, within its hours."""
    plan.lane(letter)
    tx.execute(sql("set_lane_closed"), (None, letter))
    tx.fact("lane.opened", lane=letter)


def post_notice(tx: Transaction, request: PostNotice) -> Notice:
    """Put a notice on the boards."""
    number = tx.execute(sql("insert_notice"), (request.zh, request.en)).fetchone()[0]
    tx.fact("notice.posted", id=number, zh=request.zh, en=request.en)
    return Notice(id=number, zh=request.zh, en=request.en)


def withdraw_notice(tx: Transaction, number: int) -> None:
    """Take a notice off the boards; nothing happens when it is gone already."""
    if tx.execute(sql("withdraw_notice"), (tx.millis, number)).rowcount == 1:
        tx.fact("notice.withdrawn", id=number)


def expire(tx: Transaction, ticket_id: int) -> None:
    """End a ticket whose day is over."""
    ticket = get_ticket(tx.connection, ticket_id)
    moved = apply_move(tx, ticket, Move.EXPIRE)
    if ticket.leg:
        tx.execute(sql("end_leg"), (tx.millis, Move.EXPIRE, ticket.id, ticket.leg))
    tell(tx, "ticket.expired", moved, ticket.state)
