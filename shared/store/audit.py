"""`hall check`: is the file sound, is the chain of facts whole, and do the tables say what the facts say?"""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass

from shared.store.audit_tables import tables_against_facts
from shared.store.keys import Keys
from shared.store.migrations import STEPS, applied, migrate
from shared.store.queries import sql
from shared.store.sqlite import DAMAGED, Connection, connect_memory
from shared.store.transaction import fact_content

START_LINK = bytes(32)
"""The link before the first fact."""
_MOST_FINDINGS = 20
_SCHEMA = """
SELECT type, name, sql FROM main.sqlite_schema WHERE sql IS NOT NULL AND tbl_name <> '_sqlite_migrations'
"""


@dataclass(frozen=True, slots=True)
class Findings:
    """What is wrong, each with its place; empty when all is well. `facts` were read."""

    facts: int
    wrong: tuple[str, ...]


def audit(connection: Connection, keys: Keys) -> Findings:
    """Check everything that can be checked without changing anything."""
    wrong: list[str] = []
    chain = _Chain(keys)
    steps: tuple[tuple[str, Callable[[Connection], Iterable[str]]], ...] = (
        ("the pages", _pages),
        ("the schema", _schema),
        ("the chain", chain.follow),
        ("the tables", tables_against_facts),
    )
    connection.execute("BEGIN")  # one state throughout, also while the hub goes on
    try:
        for name, step in steps:
            wrong += _found(name, step(connection))
    except DAMAGED as error:
        wrong.append(f"the file cannot be read further: {error}")
    finally:
        connection.execute("ROLLBACK")
    return Findings(chain.facts, tuple(wrong[:_MOST_FINDINGS]))


def _found(name: str, told: Iterable[str]) -> Iterator[str]:
    """What a step tells. Where a bit was flipped a text may be none, a fact no fact: that is told too."""
    try:
        yield from told
    except DAMAGED:
        raise
    except (AttributeError, LookupError, TypeError, ValueError) as error:
        yield f"{name} cannot be checked further: a value does not read as what it was ({error!r})"


def _pages(connection: Connection) -> Iterator[str]:
    for (line,) in connection.execute("PRAGMA integrity_check(20)").fetchall():
        if line != "ok":
            yield f"file: {line}"
    for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check").fetchall():
        yield f"table {table}, row {row}: its {parent} does not exist"


def _schema(connection: Connection) -> Iterator[str]:
    """Tables, indexes and triggers are those of this program: what holds the rules was not loosened. A file
    that waits for its migration is of another program yet.
    """
    if applied(connection) != STEPS:
        return
    with closing(connect_memory()) as fresh:
        migrate(fresh)
        wanted, found = (
            {(*row, _plain(text)) for *row, text in each.execute(_SCHEMA)} for each in (fresh, connection)
        )
    if names := sorted({f"{kind} {name}" for kind, name, _ in wanted ^ found}):
        yield f"the schema is not this program's: {', '.join(names)}"


def _plain(statement: str) -> str:
    """A statement without its comments and its layout."""
    return " ".join(re.sub(r"--[^\n]*", " ", statement).split())


@dataclass(slots=True)
class _Chain:
    """The chain as far as it is whole: up to fact number `facts`."""

    keys: Keys
    facts: int = 0

    def follow(self, connection: Connection) -> Iterator[str]:
        """The first broken link says where history was changed."""
        link = START_LINK
        rows = connection.execute("SELECT seq, at, name, actor, data, link FROM facts ORDER BY seq")
        for seq, at, name, actor, data, stored in rows:
            if seq != self.facts + 1:
                yield f"facts {self.facts + 1} to {seq - 1} are missing"
                return
            link = self.keys.link(link, fact_content(seq, at, name, actor, data.encode()))
            if link != bytes(stored):
                yield f"fact {seq} ({name}) or its link was changed"
                return
            self.facts = seq
        head_seq, head_link = connection.execute(sql("read_head")).fetchone()
        if head_seq != self.facts or bytes(head_link) != link:
            yield f"the chain ends at fact {self.facts}, but the hall noted {head_seq} facts"
