"""The hub without its network: one store, one writer, one stream, and dispatch by the route table."""

import asyncio
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

import msgspec

from shared.clock import Clock
from shared.domain.estimate import Estimator
from shared.domain.facts import Fact
from shared.domain.refusals import Refused
from shared.hub.gateway import Gateway
from shared.hub.guard import CodeGuard
from shared.hub.limits import Limits
from shared.hub.stream import Stream
from shared.hub.upkeep import Upkeep
from shared.protocol import messages as m
from shared.protocol.routes import Permission, Route
from shared.services.access import find_actor
from shared.services.advice import Advised
from shared.services.calling import recall_history
from shared.services.hall import HallPlan, load_plan
from shared.services.people import STRANGER, Actor
from shared.services.reports import ReportBook
from shared.store.house import House
from shared.store.keys import load_keys
from shared.store.migrations import migrate
from shared.store.queries import sql
from shared.store.sqlite import Connection, connect
from shared.store.told import facts_after
from shared.store.transaction import Transaction
from shared.store.writer import Command, Commit, Reply, Writer

log = logging.getLogger(__name__)

_ALLOWED: dict[Permission, frozenset[str]] = {
    Permission.HALL: frozenset(
        {"citizen-kiosk", "counter", "display", "office", "operator", "manager", "clerk"}
    ),
    Permission.TAKE: frozenset({"citizen-kiosk", "clerk", "manager", "operator"}),
    Permission.SIGN_IN: frozenset({"counter"}),
    Permission.RATE: frozenset({"counter"}),
    Permission.NOTE: frozenset({"counter"}),
    Permission.MANAGE: frozenset({"manager", "operator"}),
}
_ACCESS_CHANGES = frozenset({"clerk.signed_out", "device.revoked"})
_encode = msgspec.json.Encoder().encode


@dataclass(frozen=True, slots=True)
class Call:
    """One request as handlers see it: who asks, the checked body, and what stood in the address."""

    route: Route
    actor: Actor
    body: Any
    params: dict[str, Any]
    query: dict[str, str]
    base_url: str
    request_id: bytes | None = None
    digest: bytes = b""
    address: str = ""
    """Of the caller, on the network."""


def reply_of(answer: m.Answer | None, route: Route) -> Reply:
    """An answer as bytes; None is an empty 204."""
    return Reply(204, b"") if answer is None else Reply(route.status, _encode(answer))


def refusal_reply(refused: Refused) -> Reply:
    """A refusal as problem+json."""
    return Reply(
        refused.refusal.status,
        _encode(
            m.Problem(
                code=refused.code,
                status=refused.refusal.status,
                title=refused.en,
                zh=refused.zh,
                en=refused.en,
                fields={key: str(value) for key, value in refused.fields.items()},
            )
        ),
    )


def refused_in(reply: Reply) -> Refused:
    """The refusal that a `refusal_reply` tells."""
    problem = msgspec.json.decode(reply.body, type=m.Problem)
    return Refused(problem.code, **problem.fields)


class Hub:
    """Owns a hall's file. Create within `house.owned()`, inside a running event loop."""

    def __init__(self, house: House, clock: Clock) -> None:
        self.house = house
        self.clock = clock
        self.keys = load_keys(house.key)
        self._writing = connect(house.database)
        migrate(self._writing)
        self.reading = connect(house.database, read_only=True)
        self.plan: HallPlan = load_plan(self._writing)
        self.estimator = Estimator({x.letter: x.minutes_per_person for x in self.plan.lanes.values()})
        recall_history(self._writing, self.estimator)
        self._actors: dict[str, Actor] = {}
        self.access_changes = 0
        """Grows when a credential ends: whoever was admitted before must be admitted again."""
        self.checked_at: float | None = None
        """When a self-check last went through, in seconds of `time.monotonic`; None before the first."""
        self.codes = CodeGuard()
        self.limits = Limits()
        self.reports = ReportBook()
        self.advised = Advised()
        self.gateway = Gateway(house)
        self._loop = asyncio.get_running_loop()
        self.upkeep = Upkeep(house, clock, self.keys)
        self.writer = Writer(
            self._writing, clock, self.keys, self._on_commit, self.upkeep.watch(self._writing)
        )
        head = self._writing.execute(sql("read_head")).fetchone()[0]
        self.stream = Stream(clock, head, self._facts_after)
        self.writer.start()
        self.upkeep.start()

    def close(self) -> None:
        """Finish what was accepted, end the streams, close the file."""
        self.stream.close()
        self.writer.stop()
        self.upkeep.stop()
        self.reading.close()
        self._writing.close()

    # -- access --------------------------------------------------------------------------------------

    def admit(self, permission: Permission, token: str | None) -> Actor:
        """Who asks, if they may. Raises Refused: unauthenticated, revoked or forbidden."""
        if permission is Permission.OPEN:
            return STRANGER
        if not token:
            raise Refused("unauthenticated")
        actor = self._actors.get(token)
        if actor is None:
            actor = self._actors[token] = find_actor(self.reading, token)
        allowed = (
            actor.clerk is not None
            if permission is Permission.SERVE
            else (actor.standing in _ALLOWED[permission])
        )
        if not allowed:
            raise Refused("forbidden")
        return actor

    def knows(self, token: str | None) -> bool:
        """Whether the credential was good when last asked, so that admitting it costs nothing."""
        return token in self._actors

    # -- reading and writing -------------------------------------------------------------------------

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """A reading connection that sees one state throughout the block."""
        self.reading.execute("BEGIN")
        try:
            yield self.reading
        finally:
            self.reading.execute("COMMIT")

    async def write(
        self,
        run: Callable[[Transaction], Reply],
        actor_name: str,
        request_id: bytes | None = None,
        digest: bytes = b"",
        *,
        sealed: bool = False,
    ) -> Reply:
        """Run one command in the writer; returns once it is on disk."""
        answered: asyncio.Future[Reply] = self._loop.create_future()
        command = Command(run, refusal_reply, actor_name, request_id, digest, sealed)
        command.done = partial(_resolve, answered)
        self.writer.submit(command)
        return await answered

    def plan_changed(self, tx: Transaction) -> HallPlan:
        """The plan as this transaction makes it; it holds for everybody once that is on disk."""
        plan = load_plan(tx.connection)
        tx.after_commit.append(partial(setattr, self, "plan", plan))
        return plan

    def _on_commit(self, commit: Commit) -> None:
        self.upkeep.wake()
        self._loop.call_soon_threadsafe(self._tell, commit)

    def _tell(self, commit: Commit) -> None:
        if any(fact.name in _ACCESS_CHANGES for fact in commit.facts):
            self._actors.clear()
            self.access_changes += 1
        for command in commit.commands:
            command.done(command)
        self.stream.publish(commit.facts)

    def _facts_after(self, seq: int, limit: int) -> list[Fact]:
        return facts_after(self.reading, seq, limit)


def _resolve(answered: "asyncio.Future[Reply]", command: Command) -> None:
    if command.reply is None:
        raise RuntimeError("the writer answered nothing")
    if not answered.done():
        answered.set_result(command.reply)
