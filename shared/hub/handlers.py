"""One handler per route of the table, by its name. Handlers translate; rules live in the services."""

import asyncio
from collections.abc import Callable
from datetime import datetime

from shared import __version__
from shared.domain.moments import to_millis
from shared.domain.refusals import REFUSALS, Refused
from shared.hub import handlers_booking, handlers_leases, handlers_manual, handlers_outbox, handlers_rota  # noqa: F401 - they register themselves
from shared.hub.condition import take_stock
from shared.hub.core import Call, Hub, refusal_reply, reply_of
from shared.hub.registry import DIRECTS, READS, WRITES, Write, direct, read, write
from shared.hub.upkeep_standing import last_backup_at, standing
from shared.protocol import messages as m
from shared.services import access, calling, codes, days, explaining, rating, serving, slips, taking, viewing
from shared.services import advice as advising
from shared.services import rules as posted
from shared.services import windows as desks
from shared.services import workdays as calendar
from shared.services.hall import HallPlan
from shared.services.people import Actor
from shared.services.reports import record
from shared.store.queries import sql
from shared.store.search import search_matters
from shared.store.sqlite import version as sqlite_version
from shared.store.tickets import TicketRow, find_numbered, get_ticket, get_tickets
from shared.store.transaction import Transaction
from shared.store.writer import Reply

SEALED = frozenset({"sign_in", "enrol", "offer_device", "reveal_name"})
"""Answers that carry a secret: kept encrypted beside their request id."""


async def dispatch(hub: Hub, call: Call) -> Reply:
    """Answer one admitted call."""
    if call.route.name in READS:
        with hub.snapshot():
            return reply_of(READS[call.route.name](hub, call), call.route)
    if call.route.name in DIRECTS:
        return await DIRECTS[call.route.name](hub, call)
    handler = WRITES[call.route.name]
    return await _write(hub, call, lambda tx: reply_of(handler(hub, call, tx), call.route))


async def _write(hub: Hub, call: Call, run: Callable[[Transaction], Reply]) -> Reply:
    sealed = call.route.name in SEALED
    return await hub.write(run, call.actor.name, call.request_id, call.digest, sealed=sealed)


@direct
async def sign_in(hub: Hub, call: Call) -> Reply:
    """Check the PIN outside the writer (it is slow by design), then open the session or count the failure."""
    body: m.SignIn = call.body
    hub.limits.pins(call.actor.device)
    right = await asyncio.to_thread(_pin_is_right, hub, body)
    if not right:
        hub.limits.wrong_pin(call.actor.device)

    def run(tx: Transaction) -> Reply:
        if right:
            return reply_of(access.sign_in(tx, call.actor, body.clerk), call.route)
        return refusal_reply(access.record_failure(tx, body.clerk))

    return await _write(hub, call, run)


@direct
async def enrol(hub: Hub, call: Call) -> Reply:
    """Exchange a code; wrong ones are counted, since anyone may send them."""
    hub.codes.check(call.address, hub.clock.now())
    reply = await _write(hub, call, lambda tx: reply_of(access.enrol(tx, call.body.code), call.route))
    if reply.status == REFUSALS["bad_enrolment_code"].status:
        hub.codes.count(call.address, hub.clock.now())
    return reply


@direct
async def report_parts(hub: Hub, call: Call) -> Reply:
    """Take a heartbeat in; the writer hears of it only when a state changed."""
    device = call.actor.device
    changes = hub.reports.take(device, call.body.parts, hub.clock.now())

    def run(tx: Transaction) -> Reply:
        record(tx, device, changes)
        return reply_of(None, call.route)

    if changes:
        reply = await _write(hub, call, run)
        if reply.status != call.route.status:
            hub.reports.forget_written(device)
        return reply
    return reply_of(None, call.route)


def _pin_is_right(hub: Hub, body: m.SignIn) -> bool:
    stored = access.stored_pin(hub.house.database, body.clerk)
    return access.check_pin(stored, body.pin)


# -- state of the hall --------------------------------------------------------------------------------


@read
def health(hub: Hub, call: Call) -> m.Answer:
    del call
    stock = take_stock(hub)
    return m.Health(
        status="degraded" if hub.writer.failing else "ok",
        version=__version__,
        sqlite=sqlite_version(),
        seq=hub.stream.head,
        day=hub.reading.execute(sql("business_day")).fetchone()[0],
        now=hub.clock.now(),
        store="failing" if hub.writer.failing else "ok",
        writer_lag_ms=round(stock.lag_seconds * 1000, 1),
        subscribers=hub.stream.followers,
        devices=hub.reading.execute(sql("count_devices")).fetchone()[0],
        disk_free_mb=None if stock.free is None else stock.free >> 20,
        log_mb=None if stock.log is None else round(stock.log / (1 << 20), 2),
        checked_seconds=None if stock.checked_seconds is None else round(stock.checked_seconds, 1),
        backup="none"
        if hub.upkeep.medium is None
        else "failing"
        if standing(hub).level == "wanting"
        else "ok",
        last_backup_at=last_backup_at(hub),
    )


@read
def board(hub: Hub, call: Call) -> m.Answer:
    return viewing.board_view(
        hub.reading, hub.plan, hub.estimator, hub.clock.now(), hub.clock.speed, staff=call.actor.is_staff
    )


@read
def queue(hub: Hub, call: Call) -> m.Answer:
    return viewing.queue_view(hub.reading, hub.estimator, hub.clock.now(), staff=call.actor.is_staff)


@read
def lanes(hub: Hub, call: Call) -> m.Answer:
    del call
    return m.Lanes(lanes=viewing.lanes_view(hub.reading, hub.plan, hub.estimator, hub.clock.now()))


@read
def windows(hub: Hub, call: Call) -> m.Answer:
    return m.Windows(windows=viewing.windows_view(hub.reading, hub.plan, staff=call.actor.is_staff))


@read
def matters(hub: Hub, call: Call) -> m.Answer:
    text, lane = call.query.get("q", "").strip(), call.query.get("lane")
    if text:
        found = [hub.plan.matters[i] for i in search_matters(hub.reading, text, lane)]
    else:
        found = [matter for matter in hub.plan.matters.values() if lane in (None, matter.lane)]
    return m.Matters(matters=found)


@read
def ticket(hub: Hub, call: Call) -> m.Answer:
    row = get_ticket(hub.reading, call.params["id"])
    return viewing.ticket_view(hub.reading, hub.estimator, row, hub.clock.now(), staff=call.actor.is_staff)


@read
def ticket_numbered(hub: Hub, call: Call) -> m.Answer:
    day = call.query.get("day") or hub.reading.execute(sql("business_day")).fetchone()[0]
    row = find_numbered(hub.reading, day, call.query.get("number", ""))
    return viewing.ticket_view(hub.reading, hub.estimator, row, hub.clock.now(), staff=call.actor.is_staff)


@read
def why(hub: Hub, call: Call) -> m.Answer:
    row = get_ticket(hub.reading, call.params["id"])
    moment = _moment(call.query.get("at")) or explaining.present(hub.reading, row, hub.clock.now())
    return explaining.why(hub.reading, hub.plan, row, moment, addressed=not call.actor.is_staff)


def _moment(text: str | None) -> int | None:
    """A moment of a query. Raises Refused("invalid_query")."""
    try:
        return None if text is None else to_millis(datetime.fromisoformat(text))
    except ValueError:
        raise Refused("invalid_query", detail="at: a moment like 2026-11-23T10:20:00+08:00") from None


@read
def rules(hub: Hub, call: Call) -> m.Answer:
    del call
    return posted.posted_rules(hub.reading, hub.plan)


@read
def workdays(hub: Hub, call: Call) -> m.Answer:
    return calendar.workdays_view(hub.reading, hub.plan.calendar, call.params["year"])


@read
def my_day(hub: Hub, call: Call) -> m.Answer:
    return viewing.my_day_view(hub.reading, call.actor.as_clerk())


@read
def devices(hub: Hub, call: Call) -> m.Answer:
    del call
    return m.Devices(devices=[access.device_view(row) for row in hub.reading.execute(sql("devices"))])


@read
def devices_state(hub: Hub, call: Call) -> m.Answer:
    del call
    return hub.reports.view(hub.reading.execute(sql("devices")), hub.clock.now())


@read
def advice(hub: Hub, call: Call) -> m.Answer:
    del call
    return advising.advice_now(hub.reading, hub.plan, hub.advised)


# -- tickets ------------------------------------------------------------------------------------------


@write
def take_ticket(hub: Hub, call: Call, tx: Transaction) -> m.Answer:
    ticket_id = taking.take_ticket(tx, hub.plan, hub.estimator, call.body)
    row = get_ticket(tx.connection, ticket_id)
    url = hub.plan.public_url or call.base_url
    return m.TakenTicket(ticket=viewing.ticket_as_taken(row), url=url + viewing.phone_path(row))


@write
def find_tickets(hub: Hub, call: Call, tx: Transaction) -> m.Answer:
    person = taking.person_of(tx, call.body.identity)
    url = hub.plan.public_url or call.base_url
    found = get_tickets(tx.connection, sql("live_tickets_of_person"), (person,))
    return m.FoundTickets(
        tickets=[viewing.taken_view(tx.connection, hub.estimator, row, url, tx.now) for row in found]
    )


@write
def read_code(hub: Hub, call: Call, tx: Transaction) -> m.Answer:
    row = codes.ticket_of_code(tx.connection, call.body.code)
    url = hub.plan.public_url or call.base_url
    return viewing.taken_view(tx.connection, hub.estimator, row, url, tx.now)


@write
def record_slip(hub: Hub, call: Call, tx: Transaction) -> m.Answer:
    row = get_ticket(tx.connection, call.params["id"])
    slips.record_slip(tx, row, call.body.outcome)
    return _view(hub, call, tx, row)


@write
def void_ticket(hub: Hub, call: Call, tx: Transaction) -> m.Answer:
    row = get_ticket(tx.connection, call.params["id"])
    return _view(hub, call, tx, slips.void_ticket(tx, call.actor, row, call.body.why))


# -- calling and serving ------------------------------------------------------------------------------


@write
def call_next(hub: Hub, call: Call, tx: Transaction) -> m.Answer | None:
    finish = call.body.finish_current
    row = calling.call_next(tx, hub.plan, hub.estimator, call.actor, call.params["no"], finish)
    return None if row is None else _view(hub, call, tx, row)


@write
def call_ticket(hub: Hub, call: Call, tx: Transaction) -> m.Answer:
    row = get_ticket(tx.connection, call.params["id"])
    return _view(
        hub, call, tx, calling.call_ticket(tx, hub.plan, hub.estimator, call.actor, row, call.body.reason)
    )


@write
def return_ticket(hub: Hub, call: Call, tx: Transaction) -> m.Answer:
    return _view(
        hub, call, tx, serving.give_back_place(tx, hub.plan, get_ticket(tx.connection, call.params["id"]))
    )


@write
def transfer_ticket(hub: Hub, call: Call, tx: Transaction) -> m.Answer:
    row = get_ticket(tx.connection, call.params["id"])
    return _view(hub, call, tx, serving.transfer(tx, hub.plan, call.actor, row, call.body))


@write
def cancel_ticket(hub: Hub, call: Call, tx: Transaction) -> m.Answer:
    row = get_ticket(tx.connection, call.params["id"])
    return _view(hub, call, tx, serving.cancel(tx, hub.plan, call.actor, row, call.body.reason))


@write
def reveal_name(hub: Hub, call: Call, tx: Transaction) -> m.Answer:
    row = get_ticket(tx.connection, call.params["id"])
    return m.FullName(name=serving.reveal_name(tx, hub.plan, call.actor, row))


@write
def rate_ticket(hub: Hub, call: Call, tx: Transaction) -> None:
    del hub
    rating.rate(tx, call.actor, get_ticket(tx.connection, call.params["id"]), call.body)


def _plain_move(verb: Callable[[Transaction, HallPlan, Actor, TicketRow], TicketRow]) -> Write:
    """A move that needs nothing but the ticket."""

    def handler(hub: Hub, call: Call, tx: Transaction) -> m.Answer:
        row = get_ticket(tx.connection, call.params["id"])
        return _view(hub, call, tx, verb(tx, hub.plan, call.actor, row))

    return handler


WRITES |= {
    "recall_ticket": _plain_move(calling.recall),
    "start_ticket": _plain_move(serving.start),
    "finish_ticket": _plain_move(serving.finish_own),
    "miss_ticket": _plain_move(serving.miss),
    "hold_ticket": _plain_move(serving.hold),
    "resume_ticket": _plain_move(serving.resume),
}


def _view(hub: Hub, call: Call, tx: Transaction, row: TicketRow) -> m.Ticket:
    return viewing.ticket_view(tx.connection, hub.estimator, row, tx.now, staff=call.actor.is_staff)


# -- windows ------------------------------------------------------------------------------------------


@write
def open_window(hub: Hub, call: Call, tx: Transaction) -> m.Answer:
    desks.open_window(tx, call.actor, call.params["no"])
    return viewing.window_view(tx.connection, hub.plan, call.params["no"])


@write
def pause_window(hub: Hub, call: Call, tx: Transaction) -> m.Answer:
    desks.pause_window(tx, call.actor, call.params["no"], call.body.reason)
    return viewing.window_view(tx.connection, hub.plan, call.params["no"])


@write
def resume_window(hub: Hub, call: Call, tx: Transaction) -> m.Answer:
    desks.resume_window(tx, call.actor, call.params["no"])
    return viewing.window_view(tx.connection, hub.plan, call.params["no"])


@write
def close_window(hub: Hub, call: Call, tx: Transaction) -> m.Answer:
    desks.close_window(tx, call.actor, call.params["no"])
    return viewing.window_view(tx.connection, hub.plan, call.params["no"])


# -- people, devices, the day -------------------------------------------------------------------------


@write
def sign_out(hub: Hub, call: Call, tx: Transaction) -> None:
    del hub
    access.sign_out(tx, call.actor)


@write
def offer_device(hub: Hub, call: Call, tx: Transaction) -> m.Answer:
    del hub
    return access.offer_device(tx, call.body)


@write
def revoke_device(hub: Hub, call: Call, tx: Transaction) -> m.Answer:
    del hub
    return access.revoke_device(tx, call.params["id"])


@write
def close_lane(hub: Hub, call: Call, tx: Transaction) -> m.Answer:
    days.close_lane(tx, hub.plan, call.params["letter"], call.body.reason)
    return _lane_after(hub, call, tx)


@write
def open_lane(hub: Hub, call: Call, tx: Transaction) -> m.Answer:
    days.open_lane(tx, hub.plan, call.params["letter"])
    return _lane_after(hub, call, tx)


def _lane_after(hub: Hub, call: Call, tx: Transaction) -> m.Answer:
    plan = hub.plan_changed(tx)
    return viewing.lane_view(tx.connection, plan, hub.estimator, tx.now, call.params["letter"])


@write
def post_notice(hub: Hub, call: Call, tx: Transaction) -> m.Answer:
    del hub
    return days.post_notice(tx, call.body)


@write
def withdraw_notice(hub: Hub, call: Call, tx: Transaction) -> None:
    del hub
    days.withdraw_notice(tx, call.params["id"])


@write
def change_rules(hub: Hub, call: Call, tx: Transaction) -> m.Answer:
    posted.change_rules(tx, call.body)
    return posted.posted_rules(tx.connection, hub.plan_changed(tx))


@write
def change_workdays(hub: Hub, call: Call, tx: Transaction) -> None:
    calendar.change_workdays(tx, call.body.text)
    hub.plan_changed(tx)


@write
def roll_day(hub: Hub, call: Call, tx: Transaction) -> m.Answer:
    del hub
    return days.roll_day(tx, call.body.day)
