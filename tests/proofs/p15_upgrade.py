"""P15: an upgrade can be killed anywhere, and an older client keeps working.

The golden halls were filled by the code of past releases. The upgrade of each is killed before every call by
which it changes a file; the next start goes on, and the file is then the same, in schema and rows, as after
an upgrade that nobody disturbed. The API documents of past releases are compared with today's
(tests.proofs.compatible): whatever an older client may send is taken, and it understands every answer.

The controls: a step that commits after each of its statements, and the field that was renamed in the first
release.
"""

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec

from shared.hub.openapi import document
from shared.store.audit import audit
from shared.store.house import House
from shared.store.keys import load_keys
from shared.store.migrations import migrate
from shared.store.sqlite import Connection, Error, connect
from tests.proofs.compatible import broken_promises
from tests.proofs.golden import BEFORE_THE_PROMISE, HALLS, document_of, unpack
from tests.proofs.outcome import Outcome
from tests.proofs.p01_kills import copied
from tests.proofs.tracing import CALLS, Faults, faults

UPGRADER = "tests.proofs.upgrader"
Content = Mapping[str, Any]
"""Everything in a file: its schema, and the rows of every table."""


def content(connection: Connection) -> Content:
    """What a file holds, but for the moments at which its steps were done."""
    schema = connection.execute("SELECT type, name, sql FROM sqlite_schema ORDER BY type, name").fetchall()
    tables = [name for kind, name, _ in schema if kind == "table"]
    found: dict[str, Any] = {"schema": schema}
    for table in tables:
        rows = connection.execute(f'SELECT * FROM "{table}"').fetchall()  # noqa: S608 - from the schema
        found[table] = sorted(map(repr, [row[:2] if table == "_sqlite_migrations" else row for row in rows]))
    return found


@dataclass(slots=True)
class Upgrading:
    """A golden hall that is upgraded and killed on the way."""

    name: str
    folder: Path
    faults: Faults
    mode: str
    expected: Content
    """What an undisturbed upgrade leaves."""
    tried: int = 0
    wrong: list[str] = field(default_factory=list)

    def sweep(self, step: int = 1) -> None:
        """Kill at every `step`-th call of each kind."""
        for call in CALLS:
            n = 1
            while self.at(call, n):
                n += step

    def at(self, call: str, n: int) -> bool:
        """Kill at one call, go on, and judge; False when no run comes so far."""
        hall = self.folder / "killed"
        with copied(self.folder / "golden", hall):
            run = self.faults.strike(call, n, str(hall), self.mode)
            if not run.was_killed:
                if run.status != 0:
                    self.wrong.append(f"{self.name}: the upgrade failed by itself")
                return False
            self.tried += 1
            said = f"{self.name}, killed at {call} {n} ({self.mode}): "
            self.wrong += [said + each for each in unlike(hall, self.expected)]
        return True


@contextmanager
def upgrading(folder: Path, name: str, mode: str = "careful") -> Iterator[Upgrading]:
    """The hall of a release, as it was and as an undisturbed upgrade makes it."""
    for made in ("golden", "upgraded"):
        unpack(name, folder / made)
    with closing(connect(House(folder / "upgraded").database)) as connection:
        migrate(connection)
        expected = content(connection)
    with faults(UPGRADER, "signal=KILL") as killer:
        yield Upgrading(name, folder, killer, mode, expected)


def unlike(hall: Path, expected: Content) -> Iterator[str]:
    """What is wrong with a hall after its upgrade was resumed."""
    try:
        with closing(connect(House(hall).database)) as connection:
            migrate(connection)
            found = content(connection)
            yield from audit(connection, load_keys(House(hall).key)).wrong
    except Error as error:
        yield f"the upgrade does not go on: {error}"
        return
    for part in found.keys() | expected.keys():
        if found.get(part) != expected.get(part):
            yield f"{part} is not as after an undisturbed upgrade"


def today() -> Any:
    """The API document of this hub, as a client reads it."""
    return msgspec.json.decode(msgspec.json.encode(document()))


def prove() -> Outcome:
    """Every call of every upgrade; every past document; the controls."""
    tried, wrong = 0, list[str]()
    with TemporaryDirectory(prefix="p15-") as made:
        for name in HALLS[:-1]:
            with upgrading(Path(made) / name, name) as upgrade:
                upgrade.sweep()
            tried += upgrade.tried
            wrong += upgrade.wrong
        with upgrading(Path(made) / "control", "0011", "careless") as control:
            control.sweep(5)
    for name in HALLS:
        tried += 1
        broken = list(broken_promises(document_of(name), today()))
        if name == BEFORE_THE_PROMISE:
            renamed = any("precedence: may be missing" in each for each in broken)
        else:
            wrong += [f"{name}: {each}" for each in broken]
    return Outcome("P15", tried, wrong, bool(control.wrong) and renamed)
