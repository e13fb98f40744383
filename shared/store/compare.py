"""Is the file, row by row, what backup and journal say it is? Finds what no check of one file alone can
find: a bit that flipped inside a value, a row that changed or went without a commit.
"""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from shared.store.sqlite import Connection, connect_copy
from shared.store.touched import Key, Position, Table, keys_of, position, tables

_MOST = 20


class NotComparableError(RuntimeError):
    """The file went on too far, or in another lineage, since the other was made."""


def differences(rebuilt: Path, at: Position, live: Path) -> list[str]:
    """What differs in the file `live` from `rebuilt`, which stands at commit `at`; rows that were touched by
    later commits are left to the next time. Raises NotComparableError, Error.
    """
    with closing(connect_copy(rebuilt)) as connection, _attached(connection, live):
        connection.text_factory = _any_text
        excused = _touched_since(connection, at)
        found: list[str] = []
        for table in tables(connection, everything=True):
            for sentence in _of_table(connection, table, excused.get(table.name, set())):
                found.append(sentence)
                if len(found) == _MOST:
                    return found
    return found


def _any_text(value: bytes) -> str:
    """A text with a flipped bit may be no UTF-8 any more, and is to be named all the same."""
    return value.decode("utf-8", "surrogateescape")


@contextmanager
def _attached(connection: Connection, live: Path) -> Iterator[None]:
    connection.execute("ATTACH ? AS live", (f"{live.resolve().as_uri()}?mode=ro",))
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")
        connection.execute("DETACH live")


def _touched_since(connection: Connection, at: Position) -> dict[str, set[Key]]:
    now = position(connection, "live")
    if now is None or now.lineage != at.lineage:
        raise NotComparableError(
            "no backup leads up to the file as it is now: it was restored, migrated or run without a journal "
            "since; make one with: hall backup"
        )
    touched: dict[str, set[Key]] = {}
    for n in range(at.n + 1, now.n + 1):
        keys = keys_of(connection, n, "live")
        if keys is None:
            raise NotComparableError(
                f"the file is {now.n - at.n} commits further: too many to know what they did"
            )
        for table, found in keys.items():
            touched.setdefault(table, set()).update(found)
    return touched


def _of_table(connection: Connection, table: Table, excused: set[Key]) -> Iterator[str]:
    """Both ways: rows of the file that are otherwise or too many, and rows that it lacks."""
    key = ", ".join(f'a."{column}"' for column in table.key)
    same = " AND ".join(f'a."{column}" = b."{column}"' for column in table.key)
    values = [", ".join(f'{row}."{column}"' for column in table.columns) for row in "ab"]
    name = f'"{table.name}"'
    otherwise = (
        f"SELECT {key} FROM live.{name} AS a LEFT JOIN main.{name} AS b ON {same} "  # noqa: S608  # of the schema
        f"WHERE ({values[0]}) IS NOT ({values[1]})"
    )
    lacking = (
        f"SELECT {key} FROM main.{name} AS a "  # noqa: S608
        f"WHERE NOT EXISTS (SELECT 1 FROM live.{name} AS b WHERE {same})"
    )
    for query, say in ((otherwise, _otherwise), (lacking, _lacking)):
        for found in connection.execute(query):
            if tuple(found) not in excused:
                yield say(connection, table, tuple(found))


def _otherwise(connection: Connection, table: Table, key: Key) -> str:
    """Names the columns, never what stands in them."""
    columns = ", ".join(f'"{column}"' for column in table.columns)
    where = " AND ".join(f'"{column}" = ?' for column in table.key)
    live, rebuilt = (
        connection.execute(f'SELECT {columns} FROM {schema}."{table.name}" WHERE {where}', key).fetchone()  # noqa: S608
        for schema in ("live", "main")
    )
    if rebuilt is None or live is None:
        return f"table {table.name}, row {_shown(key)}: neither backup nor journal has it"
    differ = [name for name, a, b in zip(table.columns, live, rebuilt, strict=True) if a != b]
    return f"table {table.name}, row {_shown(key)}: {', '.join(differ)} differs from backup and journal"


def _lacking(_: Connection, table: Table, key: Key) -> str:
    return f"table {table.name}, row {_shown(key)}: it is in backup and journal, and missing in the file"


def _shown(key: Key) -> str:
    shown = ", ".join(value.hex() if isinstance(value, bytes) else str(value) for value in key)
    return shown.encode("utf-8", "backslashreplace").decode()
