"""The schema's history. Each released step stays as it is; a change is a new step.

sqlite-utils runs every step in a transaction together with the record that it ran, so a kill in the
middle leaves the step undone and the next start does it again.
"""

from importlib.resources import files

from pysqlite3 import complete_statement
from sqlite_utils import Database, Migrations

from shared.store.search import create_search
from shared.store.sqlite import Connection
from shared.store.touched import forget_lineage

HALL = Migrations("hall")
STEPS = frozenset(
    {
        "0001_hall",
        "0002_ratings",
        "0003_fair",
        "0004_why",
        "0005_workdays",
        "0006_outbox",
        "0007_rota",
        "0008_booking",
        "0009_hours",
        "0010_places",
        "0011_settled",
        "0012_window_hours",
        "0013_leases",
        "0014_manual",
        "0015_retention",
        "0016_wire",
    }
)
"""The steps this program knows."""


@HALL(name="0001_hall")
def _hall(db: Database) -> None:
    _run(db, "schema.sql")
    create_search(db.conn)


@HALL(name="0002_ratings")
def _ratings(db: Database) -> None:
    _run(db, "ratings.sql")


@HALL(name="0003_fair")
def _fair(db: Database) -> None:
    _run(db, "fair.sql")


@HALL(name="0004_why")
def _why(db: Database) -> None:
    _run(db, "why.sql")


@HALL(name="0005_workdays")
def _workdays(db: Database) -> None:
    _run(db, "workdays.sql")


@HALL(name="0006_outbox")
def _outbox(db: Database) -> None:
    _run(db, "outbox.sql")


@HALL(name="0007_rota")
def _rota(db: Database) -> None:
    _run(db, "rota.sql")


@HALL(name="0008_booking")
def _booking(db: Database) -> None:
    _run(db, "booking.sql")


@HALL(name="0009_hours")
def _hours(db: Database) -> None:
    _run(db, "hours.sql")


@HALL(name="0010_places")
def _places(db: Database) -> None:
    _run(db, "places.sql")


@HALL(name="0011_settled")
def _settled(db: Database) -> None:
    _run(db, "settled.sql")


@HALL(name="0012_window_hours")
def _window_hours(db: Database) -> None:
    _run(db, "window_hours.sql")


@HALL(name="0013_leases")
def _leases(db: Database) -> None:
    _run(db, "leases.sql")


@HALL(name="0014_manual")
def _manual(db: Database) -> None:
    _run(db, "manual.sql")


@HALL(name="0015_retention")
def _retention(db: Database) -> None:
    _run(db, "retention.sql")


@HALL(name="0016_wire")
def _wire(db: Database) -> None:
    _run(db, "wire.sql")


class NewerFileError(RuntimeError):
    """The file was written by a newer program than this one."""


def applied(connection: Connection) -> frozenset[str]:
    """The steps that the file has behind it."""
    return frozenset(step.name for step in HALL.applied(Database(connection)))


def migrate(connection: Connection) -> None:
    """Bring the file up to this program's schema; raise NewerFileError when it is ahead of it."""
    db = Database(connection)
    foreign = sorted({step.name for step in HALL.applied(db)} - STEPS)
    if foreign:
        raise NewerFileError(f"the hall's file was written by a newer program (it has {', '.join(foreign)})")
    pending = [step.name for step in HALL.pending(db)]
    if pending and "touched" in db.table_names():
        forget_lineage(connection)  # a step writes without being counted: the journal begins anew after it
    HALL.apply(db)


def _run(db: Database, script: str) -> None:
    for statement in _statements(files("shared.store").joinpath(script).read_text("utf-8")):
        db.execute(statement)


def _statements(script: str) -> list[str]:
    """Split a script into statements; the semicolons inside a trigger do not end it."""
    found: list[str] = []
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if complete_statement(pending):
            found.append(pending)
            pending = ""
    if pending.strip():
        raise ValueError(f"unfinished statement in the schema: {pending!r}")
    return found
