"""One command's view of the store: its moment, its actor, its connection, and the facts it leaves."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import msgspec

from shared.domain.facts import PASSING, Fact
from shared.domain.moments import to_millis
from shared.store.keys import Keys
from shared.store.queries import sql
from shared.store.sqlite import Connection

_HEAD = sql("read_head")
_INSERT_FACT = sql("insert_fact")
_MOVE_HEAD = sql("move_head")
_SHIFT_HEAD = sql("shift_head")
_encode = msgspec.json.Encoder(order="deterministic").encode


def fact_content(seq: int, at: int, name: str, actor: str, data: bytes) -> bytes:
    """The bytes of a fact that its link protects."""
    return b"\x1f".join((str(seq).encode(), str(at).encode(), name.encode(), actor.encode(), data))


def touch(connection: Connection) -> None:
    """Change nothing, by way of the disk. A row that is set to what it is would not be written at all."""
    connection.execute(_SHIFT_HEAD, (1,))
    connection.execute(_SHIFT_HEAD, (-1,))


@dataclass(slots=True)
class Chain:
    """The newest link of the chain of facts, carried through one commit and written with it."""

    seq: int
    link: bytes

    @classmethod
    def load(cls, connection: Connection) -> "Chain":
        """The head as the file has it."""
        seq, link = connection.execute(_HEAD).fetchone()
        return cls(seq, bytes(link))

    def save(self, connection: Connection) -> None:
        """Write the head, in the same commit as its facts."""
        connection.execute(_MOVE_HEAD, (self.seq, self.link))


@dataclass(slots=True)
class Transaction:
    """What a command of shared.services works with. `now` is the same moment for all it writes."""

    connection: Connection
    now: datetime
    actor: str
    keys: Keys
    chain: Chain
    facts: list[Fact] = field(default_factory=list)
    after_commit: list[Callable[[], None]] = field(default_factory=list)

    @property
    def millis(self) -> int:
        """`now` as the store keeps it."""
        return to_millis(self.now)

    def execute(self, statement: str, parameters: tuple[Any, ...] = ()) -> Any:
        """Run one statement and return its cursor."""
        return self.connection.execute(statement, parameters)

    def fact(self, name: str, **data: object) -> Fact:
        """Write a fact into the chain; it reaches the event stream once the commit is on disk."""
        kept = {key: value for key, value in data.items() if key not in PASSING}
        chain, at, text = self.chain, self.millis, _encode(kept)
        seq = chain.seq + 1
        link = self.keys.link(chain.link, fact_content(seq, at, name, self.actor, text))
        self.connection.execute(_INSERT_FACT, (seq, at, name, self.actor, text.decode(), link))
        chain.seq, chain.link = seq, link
        fact = Fact(seq, self.now, name, self.actor, data)
        self.facts.append(fact)
        return fact
