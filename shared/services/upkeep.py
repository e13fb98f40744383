"""What is noted about the nightly work: a fact each time, and the newest outcome of each kind."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from shared.domain.moments import from_millis
from shared.store.queries import sql
from shared.store.sqlite import Connection
from shared.store.transaction import Transaction

Work = Literal["backup", "check", "drill", "purge"]
_FACTS: dict[tuple[str, bool], str] = {
    ("backup", True): "backup.made",
    ("backup", False): "backup.failed",
    ("check", True): "check.passed",
    ("check", False): "check.failed",
    ("drill", True): "drill.passed",
    ("drill", False): "drill.failed",
}
_LONGEST = 400


@dataclass(frozen=True, slots=True)
class Outcome:
    """The newest outcome of one kind of work. `good_at` is when it last went well."""

    at: datetime
    is_good: bool
    said: str
    good_at: datetime | None


def note_outcome(tx: Transaction, work: Work, *, is_good: bool, said: str) -> None:
    """Keep how it went, in words. What went well is a fact, and a failure when it is another than before;
    forgetting tells its own.
    """
    said = said if len(said) <= _LONGEST else f"{said[:_LONGEST]}…"
    before = outcomes(tx.connection).get(work)
    is_news = is_good or before is None or (before.is_good, before.said) != (False, said)
    tx.execute(sql("put_upkeep"), (work, tx.millis, is_good, said, tx.millis if is_good else None))
    if is_news and (work, is_good) in _FACTS:
        tx.fact(_FACTS[work, is_good], said=said)


def outcomes(connection: Connection) -> dict[str, Outcome]:
    """The newest outcome by kind of work; nothing for what was never done."""
    return {
        work: Outcome(from_millis(at), bool(good), said, None if good_at is None else from_millis(good_at))
        for work, at, good, said, good_at in connection.execute(sql("upkeep"))
    }


def last_good(connection: Connection, work: Work) -> datetime:
    """When it last went well; the founding of the hall if it never did."""
    at: int = connection.execute(sql("upkeep_good_at"), (work,)).fetchone()[0]
    return from_millis(at)
