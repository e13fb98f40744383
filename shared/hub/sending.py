"""Sending what is in the outbox: beside the hub's other work, never before it, never under two names.

A message is marked after the gateway answered. Whatever ends the hub between the two leaves it waiting, and
it is sent again under the same id, by which the gateway knows it: sent at least once, told once.
"""

import asyncio
import logging
import random
import time
from dataclasses import replace
from functools import partial

import msgspec

from shared.domain.delivery import Attempt, Verdict
from shared.domain.moments import from_millis, to_millis
from shared.domain.refusals import Refused
from shared.domain.reminders import Kind, text_of
from shared.domain.text_parts import parts_of
from shared.hub.core import Hub
from shared.hub.gateway import AT_ONCE, Parcel
from shared.protocol.outbox import GatewayNow, GatewayTried
from shared.services import outbox, reminders
from shared.services.outbox import Due
from shared.store.transaction import Transaction
from shared.store.writer import Reply

log = logging.getLogger(__name__)

_LEAST_SECONDS = 0.2
"""Between two looks, however busy the hall is."""
_UNMARKED_SECONDS = 30.0
"""A message whose outcome cannot be written rests so long: a full disk must become no flood of messages."""
_DONE = Reply(204, b"")


async def run_sending(hub: Hub) -> None:
    """Run until cancelled: look after every change and every beat."""
    sending, looked = Sending(hub), 0.0
    try:
        async for facts in hub.stream.watch():
            second = time.monotonic()
            if facts and second - looked < _LEAST_SECONDS:
                continue  # the next beat is at most two seconds away
            looked = second
            try:
                await sending.look()
            except Exception:
                log.exception("messages cannot be sent now")  # the hall goes on, and so does the next look
    finally:
        await sending.stop()


class Sending:
    """What is on its way, and what may go next."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._going: dict[int, asyncio.Task[None]] = {}

    async def look(self) -> None:
        """Follow the configuration, tell whoever is near their turn, end what is late, send what is due."""
        hub, now = self._hub, to_millis(self._hub.clock.now())
        await settle_gateway(hub)
        if outbox.gateway_host(hub.reading) is None:
            return
        if reminders.near_or_gone(hub.reading, now):
            await hub.write(self._tell_turns, "hub")
        if outbox.has_overdue(hub.reading, now):
            await hub.write(_expire, "hub")
        if hub.gateway.is_ready:
            self._start(now)

    async def stop(self) -> None:
        """Let go of what is on its way; it is sent again, under its own id."""
        for task in self._going.values():
            task.cancel()
        await asyncio.gather(*self._going.values(), return_exceptions=True)

    def _start(self, now: int) -> None:
        gateway, ticks = self._hub.gateway, _ticks(self._hub)
        room = AT_ONCE - len(self._going)
        trial = gateway.breaker.room(ticks)
        if trial is not None:
            room = min(room, trial - len(self._going))
        if room <= 0:
            return
        found = outbox.due(self._hub.reading, self._hub.keys, now, AT_ONCE * 2)
        fresh = [message for message in found if message.id not in self._going]
        for message in fresh[: gateway.pace.take(ticks, min(room, len(fresh)))]:
            self._going[message.id] = asyncio.create_task(self._carry(message))

    async def _carry(self, message: Due) -> None:
        """Send one message, and keep what came of it."""
        gateway, draw = self._hub.gateway, random.random()  # noqa: S311 - spreads retries, guards nothing
        try:
            attempt = self._in_clock_time(await gateway.send(parcel(message)))
            gateway.learn(attempt, _ticks(self._hub), draw)
            reply = await self._hub.write(partial(_record, message, attempt, draw), "hub")
            if reply.status != _DONE.status:
                await asyncio.sleep(_UNMARKED_SECONDS)
        except Exception:
            log.exception("message %d (%s) cannot be sent now", message.id, message.kind)
            await asyncio.sleep(_UNMARKED_SECONDS)
        finally:
            self._going.pop(message.id, None)

    def _in_clock_time(self, attempt: Attempt) -> Attempt:
        """The gateway asks for real seconds; a rehearsal's run faster."""
        return (
            attempt
            if attempt.asked is None
            else replace(attempt, asked=round(attempt.asked * self._hub.clock.speed))
        )

    def _tell_turns(self, tx: Transaction) -> Reply:
        reminders.tell_turns(tx, self._hub.plan)
        return _DONE


async def settle_gateway(hub: Hub) -> None:
    """Take the configuration in; the file says whom messages go to, so that each transaction knows."""
    await hub.gateway.refresh()
    if hub.gateway.is_known and hub.gateway.host != outbox.gateway_host(hub.reading):
        await hub.write(partial(_use_gateway, hub.gateway.host), "hub")


async def try_gateway(hub: Hub) -> GatewayTried:
    """Send a test message to no citizen, past the outbox, and say what came of it.

    Raises Refused("no_gateway").
    """
    await settle_gateway(hub)
    if hub.gateway.host is None:
        raise Refused("no_gateway")
    began = time.monotonic()
    attempt = await hub.gateway.send(trial_parcel(to_millis(hub.clock.now())))
    hub.gateway.learn(attempt, _ticks(hub), 1.0)
    return GatewayTried(
        is_taken=attempt.verdict is Verdict.SENT,
        host=hub.gateway.host,
        reason=attempt.reason,
        status=attempt.status,
        seconds=round(time.monotonic() - began, 2),
    )


def gateway_now(hub: Hub) -> GatewayNow:
    """The gateway as managers see it."""
    gateway = hub.gateway
    resting = max(0, (gateway.breaker.open_until or 0) - _ticks(hub))
    return GatewayNow(
        host=gateway.host,
        problem=gateway.problem,
        resting_seconds=round(resting / 1000 / hub.clock.speed),
    )


def _ticks(hub: Hub) -> int:
    """Milliseconds as the hall's clock counts them, unmoved by whoever sets it."""
    return round(time.monotonic() * 1000 * hub.clock.speed)


def parcel(message: Due) -> Parcel:
    """The message on the wire: the same bytes each time it is sent (see shared/docs/messages.md)."""
    contact = message.contact
    text = text_of(message.kind, contact.language, message.fields)
    return _parcel(
        message.name,
        kind=message.kind,
        channel=contact.channel,
        to=contact.address,
        language=contact.language,
        text=text,
        parts=parts_of(text),
        fields=message.fields,
        made_at=from_millis(message.made_at).isoformat(),
        deadline=from_millis(message.deadline).isoformat(),
    )


def trial_parcel(now: int) -> Parcel:
    """A message of the kind `test`, to nobody."""
    text = text_of(Kind.TEST, "zh", {})
    return _parcel(
        outbox.new_name(), kind=Kind.TEST, channel=None, to=None, language="zh", text=text,
        parts=parts_of(text), fields={}, made_at=from_millis(now).isoformat(),
        deadline=from_millis(now + 60_000).isoformat(),
    )  # fmt: skip


def _parcel(name: str, **content: object) -> Parcel:
    return Parcel(name, msgspec.json.encode({"id": name, **content}))


def _record(message: Due, attempt: Attempt, draw: float, tx: Transaction) -> Reply:
    outbox.record(tx, message, attempt, draw)
    return _DONE


def _expire(tx: Transaction) -> Reply:
    outbox.expire(tx)
    return _DONE


def _use_gateway(host: str | None, tx: Transaction) -> Reply:
    outbox.use_gateway(tx, host)
    return _DONE
