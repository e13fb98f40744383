"""Which rows each commit touched, so that the journal can read them afterwards and make nobody wait.

Temporary triggers of the writer's own connection name the key of every row that is inserted, changed or
deleted, whoever does it: a service, or a trigger of the schema. The keys of a commit stand in the same
commit, in a ring of RING commits; the journal (shared.store.journaller) reads the rows as they are when
it gets there. After a crash, or when the second medium was away for a while, the ring still says what is
missing there.

A `lineage` is an unbroken run of counted commits. Whatever changes the file without counting begins a new
one: a migration, a restore, a hub that keeps no journal.
"""

import os
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import msgspec

from shared.store.sqlite import Connection

RING = 4096
"""Commits that the ring remembers: an hour of a busy hall without its second medium."""
_LINEAGE_SLOT = -1
_KEEP = (
    "INSERT INTO touched (slot, n, rows) VALUES (?, ?, ?) "
    "ON CONFLICT (slot) DO UPDATE SET n = excluded.n, rows = excluded.rows"
)

Key = tuple[object, ...]
"""The values of a primary key."""
_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(dict[str, list[tuple[object, ...]]]).decode


@dataclass(frozen=True, slots=True)
class Position:
    """How far a file is: the newest counted commit of its lineage."""

    lineage: bytes
    n: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the hall, with its columns in order and those of its primary key."""

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]


def tables(connection: Connection, *, everything: bool = False) -> list[Table]:
    """The tables that hold the hall's state. `everything`: also what only the founding and migrations write:
    the search index of the matters, and which migrations ran.
    """
    kinds = ("table", "shadow") if everything else ("table", "table")
    names = connection.execute(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN (?, ?) "
        "AND substr(name, 1, 7) <> 'sqlite_' AND name <> 'touched' ORDER BY name",
        kinds,
    ).fetchall()
    return [_table(connection, name) for (name,) in names if everything or name != "_sqlite_migrations"]


def _table(connection: Connection, name: str) -> Table:
    rows = connection.execute("SELECT name, pk FROM pragma_table_info(?)", (name,)).fetchall()
    key = tuple(column for column, place in sorted(rows, key=lambda row: row[1]) if place)
    if not key:
        raise ValueError(f"table {name} has no primary key: the journal could not tell its rows apart")
    return Table(name, tuple(column for column, _ in rows), key)


def position(connection: Connection, schema: str = "main") -> Position | None:
    """How far the file is; None when nobody counts its commits."""
    row = connection.execute(
        f"SELECT rows FROM {schema}.touched WHERE slot = ?",  # noqa: S608  # main or attached
        (_LINEAGE_SLOT,),
    ).fetchone()
    if row is None:
        return None
    newest = connection.execute(f"SELECT max(n) FROM {schema}.touched").fetchone()[0]  # noqa: S608
    return Position(bytes(row[0]), newest)


def begin_lineage(connection: Connection) -> Position:
    """Count from here on, in the caller's transaction if there is one."""
    forget_lineage(connection)
    lineage = os.urandom(8)
    connection.execute(_KEEP, (_LINEAGE_SLOT, 0, lineage))
    return Position(lineage, 0)


def forget_lineage(connection: Connection) -> None:
    """The file changes without being counted: what was journalled before does not lead here."""
    connection.execute("DELETE FROM touched")


def keys_of(connection: Connection, n: int, schema: str = "main") -> dict[str, list[Key]] | None:
    """What commit `n` touched; None when the ring does not know (any more, or yet)."""
    row = connection.execute(
        f"SELECT rows FROM {schema}.touched WHERE slot = ? AND n = ?",  # noqa: S608
        (n % RING, n),
    ).fetchone()
    return None if row is None else _unpacked(bytes(row[0]))


def _packed(rows: dict[str, list[Key]]) -> bytes:
    content = _encode(rows)
    return zlib.crc32(content).to_bytes(4, "big") + content


def _unpacked(kept: bytes) -> dict[str, list[Key]] | None:
    """None for what was damaged: what a commit touched is then as unknown as if it had left the ring."""
    content = kept[4:]
    return _decode(content) if zlib.crc32(content).to_bytes(4, "big") == kept[:4] else None


class Touched:
    """Watches the writer's connection. Create it outside a transaction; RING commits back are remembered."""

    def __init__(self, connection: Connection) -> None:
        found = position(connection) or begin_lineage(connection)
        self._connection = connection
        self._n = found.n
        self._rows: defaultdict[str, set[Key]] = defaultdict(set)
        connection.create_function("touched_row", -1, self._note)
        for statement in _triggers(tables(connection)):
            connection.execute(statement)

    def _note(self, table: str, *key: object) -> None:
        self._rows[table].add(key)

    def keep(self) -> None:
        """Write down what the open transaction touched so far, as the last thing in it."""
        if self._rows:
            n = self._n + 1
            rows = {table: list(keys) for table, keys in self._rows.items()}
            self._connection.execute(_KEEP, (n % RING, n, _packed(rows)))

    def committed(self) -> None:
        """What was kept is on disk."""
        self._n += bool(self._rows)
        self._rows.clear()

    def undone(self) -> None:
        """The transaction came to nothing."""
        self._rows.clear()


def _triggers(found: Iterable[Table]) -> Iterator[str]:
    """A row whose key changes counts under both keys."""
    for table in found:
        old, new = (", ".join(f'{row}."{column}"' for column in table.key) for row in ("old", "new"))
        key = ", ".join(f'"{column}"' for column in table.key)
        events = (("INSERT", new), ("UPDATE", new), ("DELETE", old), (f"UPDATE OF {key}", old))
        for number, (event, values) in enumerate(events):
            yield (
                f'CREATE TEMP TRIGGER "touched_{number}_{table.name}" AFTER {event} ON main."{table.name}" '
                f"BEGIN SELECT touched_row('{table.name}', {values}); END"
            )
