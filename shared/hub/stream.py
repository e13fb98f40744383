"""The event stream: every fact once, in order, to whoever follows; resume from any seq; a heartbeat.

Each event is encoded once (twice where staff see more), when first read, in a ring that all followers
read at their own pace. A follower that was away, or fell behind the ring, catches up from the store.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable, Sequence

import msgspec

from shared.clock import Clock
from shared.domain.facts import STAFF_ONLY, UNSTREAMED, Fact
from shared.protocol.events import Beat, Estimates, FactEvent
from shared.protocol.messages import Estimate

RING = 4096
PAGE = 500

_encode = msgspec.json.Encoder().encode


class Chunk:
    """One event, encoded when first read. `seq` 0 marks those that are no facts."""

    __slots__ = ("_public", "_staff", "fact", "seq")

    def __init__(self, fact: Fact | None = None, plain: bytes = b"") -> None:
        self.fact = fact
        self.seq = 0 if fact is None else fact.seq
        self._staff = self._public = plain

    def read(self, *, staff: bool) -> bytes:
        """The bytes for staff, or for everyone else: without what is for staff alone."""
        if not self._staff and self.fact is not None:
            self._staff, self._public = _encoded(self.fact)
        return self._staff if staff else self._public


class Stream:
    """Publishes in the event loop's thread. `read_after(seq, limit)` gives facts from the store."""

    def __init__(self, clock: Clock, head: int, read_after: Callable[[int, int], list[Fact]]) -> None:
        self._clock = clock
        self._read_after = read_after
        self._ring: deque[Chunk] = deque(maxlen=RING)
        self._end = 0
        self._waiting: list[asyncio.Future[None]] = []
        self._closed = False
        self._estimates: dict[str, Estimate | None] = {}
        self.head = head
        self.followers = 0

    def publish(self, facts: Sequence[Fact]) -> None:
        """Send facts that are on disk."""
        if facts:
            self._send([Chunk(fact) for fact in facts])
            self.head = facts[-1].seq

    def beat(self, *, failing: bool = False) -> None:
        """Send the hub's clock and newest seq, and whether its store refuses to write."""
        beat = Beat(now=self._clock.now(), speed=self._clock.speed, seq=self.head, failing=failing)
        self._send([_plain("beat", beat)])

    def tell_estimates(self, lanes: dict[str, Estimate | None]) -> None:
        """Send the waits that changed since they were last sent."""
        changed = {k: v for k, v in lanes.items() if k not in self._estimates or self._estimates[k] != v}
        if changed:
            self._estimates = dict(lanes)
            self._send([_plain("estimates", Estimates(lanes=changed))])

    def close(self) -> None:
        """End every follower."""
        self._closed = True
        self._wake_all()

    async def follow(self, after: int, *, staff: bool) -> AsyncIterator[bytes]:
        """Every fact later than `after`, then what comes; beats and estimates between."""
        self.followers += 1
        last, position, behind = min(after, self.head), self._end, True
        try:
            while not self._closed:
                if behind:
                    async for fact in self._from_store(last):
                        last = fact.seq
                        yield Chunk(fact).read(staff=staff)
                fresh, position = self._ring_from(position), self._end
                parts = [chunk.read(staff=staff) for chunk in fresh if not chunk.seq or chunk.seq > last]
                last = max(last, *(chunk.seq for chunk in fresh), 0)
                if parts:
                    yield b"".join(parts)
                if position == self._end:
                    await self._next()
                behind = self._end - position > len(self._ring)
        finally:
            self.followers -= 1

    async def watch(self) -> AsyncIterator[list[Fact]]:
        """At once, and after every change or beat, the facts since the last turn (none for a beat)."""
        position = self._end
        yield []
        while not self._closed:
            if position == self._end:
                await self._next()
            fresh = self._ring_from(position)
            position = self._end
            yield [chunk.fact for chunk in fresh if chunk.fact is not None]

    async def _from_store(self, last: int) -> AsyncIterator[Fact]:
        while page := self._read_after(last, PAGE):
            for fact in page:
                yield fact
            last = page[-1].seq
            await asyncio.sleep(0)

    def _ring_from(self, position: int) -> list[Chunk]:
        missing = self._end - position
        if missing <= 0:
            return []
        ring = self._ring
        return [ring[i] for i in range(max(0, len(ring) - missing), len(ring))]

    def _send(self, chunks: list[Chunk]) -> None:
        self._ring.extend(chunks)
        self._end += len(chunks)
        self._wake_all()

    def _wake_all(self) -> None:
        waiting, self._waiting = self._waiting, []
        for follower in waiting:
            if not follower.done():
                follower.set_result(None)

    async def _next(self) -> None:
        changed = asyncio.get_running_loop().create_future()
        self._waiting.append(changed)
        await changed


def _encoded(fact: Fact) -> tuple[bytes, bytes]:
    told = {k: v for k, v in fact.data.items() if k not in UNSTREAMED}
    staff = _fact_bytes(fact, told)
    if STAFF_ONLY.isdisjoint(told):
        return staff, staff
    return staff, _fact_bytes(fact, {k: v for k, v in told.items() if k not in STAFF_ONLY})


def _fact_bytes(fact: Fact, data: dict[str, object]) -> bytes:
    event = FactEvent(seq=fact.seq, at=fact.at, name=fact.name, actor=fact.actor, data=data)
    return b"id: %d\nevent: fact\ndata: %s\n\n" % (fact.seq, _encode(event))


def _plain(kind: str, event: Beat | Estimates) -> Chunk:
    return Chunk(plain=b"event: %s\ndata: %s\n\n" % (kind.encode(), _encode(event)))
