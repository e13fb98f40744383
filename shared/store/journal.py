"""The journal: after each commit, the rows it touched, as a record in a file of the second medium.

A record tells how the rows touched by commits `first` to `last` stood after `last`. Rolling records over
a backup that holds commit `first` - 1, or any later one, gives the file as it was after `last`: nothing
is computed anew, so nothing can come out otherwise. Records follow one another without a gap within a
lineage (shared.store.touched).
"""

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from shared.store.frames import FramesError, read_frames
from shared.store.medium import Medium
from shared.store.queries import sql
from shared.store.sqlite import Connection
from shared.store.touched import Key, Position, Table, keys_of, tables

Row = Sequence[object]


class Change(msgspec.Struct, frozen=True, array_like=True):
    """What became of rows of one table: keys that are gone, and rows as they are now, column by column."""

    columns: tuple[str, ...]
    key: tuple[str, ...]
    gone: list[Key]
    rows: list[tuple[object, ...]]


class Record(msgspec.Struct, frozen=True, array_like=True):
    """One record. `at` is the moment of its newest fact (ms); `seq`, `link`: the head of the chain."""

    first: int
    last: int
    at: int
    seq: int
    link: bytes
    changes: dict[str, Change]


encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Record).decode


class GapError(Exception):
    """The ring does not reach back to what the journal has: only a new backup closes the gap."""


def record(connection: Connection, watched: Mapping[str, Table], first: int, last: int) -> Record:
    """What commits `first` to `last` touched, as it stands now. Read within one transaction, whose newest
    commit is `last`. GapError when the ring does not know one of them.
    """
    touched: dict[str, set[Key]] = {}
    for n in range(first, last + 1):
        keys = keys_of(connection, n)
        if keys is None:
            raise GapError(f"what commit {n} touched is not known any more")
        for table, found in keys.items():
            touched.setdefault(table, set()).update(found)
    changes = {name: _change(connection, watched[name], keys) for name, keys in touched.items()}
    seq, link = connection.execute(sql("read_head")).fetchone()
    at = connection.execute("SELECT at FROM facts WHERE seq = ?", (seq,)).fetchone()
    return Record(first, last, at[0] if at else 0, seq, bytes(link), changes)


def _change(connection: Connection, table: Table, keys: set[Key]) -> Change:
    where = " AND ".join(f'"{column}" = ?' for column in table.key)
    columns = ", ".join(f'"{column}"' for column in table.columns)
    query = f'SELECT {columns} FROM "{table.name}" WHERE {where}'  # noqa: S608  # names of the schema
    gone: list[Key] = []
    rows: list[tuple[object, ...]] = []
    for key in keys:
        row = connection.execute(query, key).fetchone()
        if row is None:
            gone.append(key)
        else:
            rows.append(tuple(row))
    return Change(table.columns, table.key, gone, rows)


def watched_tables(connection: Connection) -> dict[str, Table]:
    """The tables that a journal follows, by name."""
    return {table.name: table for table in tables(connection)}


# -- reading ------------------------------------------------------------------------------------------


def read(medium: Medium, key: bytes, lineage: bytes, after: int = 0) -> Iterator[Record | FramesError]:
    """The records of a lineage that tell of commits beyond `after`, in order; an error where a file ends
    otherwise than it was written. The next file may go on all the same.
    """
    files = [entry for entry in medium.journal_entries() if entry.lineage == lineage]
    files.sort(key=lambda entry: entry.n)
    for entry, following in zip(files, [*files[1:], None], strict=True):
        if following is not None and following.n <= after:
            continue
        try:
            for frame in read_frames(entry.path, key):
                found = _decode(frame)
                if found.last > after:
                    yield found
        except FramesError as error:
            yield error


def end(medium: Medium, key: bytes, lineage: bytes) -> Record | None:
    """The last record that can be read of a lineage."""
    files = sorted((e for e in medium.journal_entries() if e.lineage == lineage), key=lambda e: -e.n)
    for entry in files:
        last = None
        try:
            for frame in read_frames(entry.path, key):
                last = frame
        except FramesError:  # torn by a crash: what stands before it holds
            pass
        if last is not None:
            return _decode(last)
    return None


class Rolled(msgspec.Struct, frozen=True):
    """How far the journal led: the newest commit, how many records, and what was met on the way, in words."""

    n: int
    records: int
    met: tuple[str, ...]


# -- rolling forward ----------------------------------------------------------------------------------


def roll(connection: Connection, records: Iterator[Record | FramesError], at: Position) -> Rolled:
    """Apply records to a restored file that nobody else uses; it stands at commit `at.n`.

    Triggers rest meanwhile: what they did is in the records. Stops at a gap; the file is then as it was
    after the last record before it.
    """
    triggers = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("BEGIN IMMEDIATE")
    for name, _ in triggers:
        connection.execute(f'DROP TRIGGER "{name}"')
    rolled = _roll(connection, records, at.n)
    for _, statement in triggers:
        connection.execute(statement)
    connection.execute("COMMIT")
    connection.execute("PRAGMA foreign_keys = ON")
    return rolled


def _roll(connection: Connection, records: Iterator[Record | FramesError], n: int) -> Rolled:
    met: list[str] = []
    count = 0
    for found in records:
        if isinstance(found, FramesError):
            met.append(str(found))
        elif found.first > n + 1:
            met.append(f"the journal has a gap: commits {n + 1} to {found.first - 1} are missing")
            break
        elif found.last > n:
            _apply(connection, found)
            n, count = found.last, count + 1
    return Rolled(n, count, tuple(met))


def _apply(connection: Connection, found: Record) -> None:
    """Rows that are gone first, then rows as they stand. A row that is in the way of another was changed by
    the same commits, so its own image follows.
    """
    for name, change in found.changes.items():
        where = " AND ".join(f'"{column}" = ?' for column in change.key)
        connection.executemany(f'DELETE FROM "{name}" WHERE {where}', change.gone)  # noqa: S608
        columns = ", ".join(f'"{column}"' for column in change.columns)
        marks = ", ".join("?" * len(change.columns))
        put = f'INSERT OR REPLACE INTO "{name}" ({columns}) VALUES ({marks})'  # noqa: S608
        connection.executemany(put, change.rows)
    seq, link = connection.execute(sql("read_head")).fetchone()
    if (seq, bytes(link)) != (found.seq, found.link):
        raise FramesError(
            f"the record of commits {found.first} to {found.last} does not lead to its own facts"
        )
