"""P10: a corrupt database is noticed, and brought back from backup and journal.

One bit is flipped at a time, in every class of page of the file and of its write-ahead log. Then the
start of the hub must refuse and name the way out, or the audit (`hall check`) or the comparison with
backup and journal (`hall drill`) must name the damage, or every row must still read as before. What
SQLite's own quick check sees must already be refused at the start; the control is a start that skips it.
One file of each class is then restored by the command.
"""

import random
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from shared.clock import SystemClock
from shared.commands import restore as restore_command
from shared.config.upkeep import BackupConfig, UpkeepConfig
from shared.hub import __main__ as hub
from shared.store.audit import audit
from shared.store.backup import make_backup
from shared.store.compare import differences
from shared.store.house import House
from shared.store.keys import Keys
from shared.store.medium import Medium
from shared.store.migrations import NewerFileError
from shared.store.restore import rebuild
from shared.store.sqlite import DAMAGED, connect
from shared.store.touched import Position
from tests.proofs.outcome import Outcome
from tests.proofs.pages import Spans, spans_of_file, spans_of_log
from tests.store.halls import SafeHall, content, safe_hall

Rows = dict[str, list[tuple[Any, ...]]]
_ANYTHING: tuple[type[Exception], ...] = (
    *DAMAGED,
    ArithmeticError,
    AttributeError,
    LookupError,
    TypeError,
    ValueError,
)
"""What a program may fall over that reads a value of another kind than it wrote."""
_TOLD_BY_THE_RESTORE = frozenset({"facts", "hall", "counters"})


@dataclass(frozen=True, slots=True)
class Sample:
    """A sound hall: its folder, what it holds, its classes of bytes by file, and what the medium gives."""

    folder: Path
    keys: Keys
    medium: Medium
    rows: Rows
    spans: dict[str, Spans]
    rebuilt: Path
    at: Position


@dataclass(frozen=True, slots=True)
class Flip:
    """One bit of a file."""

    kind: str
    file: str
    byte: int
    bit: int

    def __str__(self) -> str:
        return f"{self.kind}: bit {self.bit} of byte {self.byte} of {self.file}"


# -- a hall with every class of page ------------------------------------------------------------------


@contextmanager
def sample(folder: Path, tickets: int = 250) -> Iterator[Sample]:
    """A hall as it is left when its machine is switched off: part of it still in the write-ahead log."""
    with safe_hall(folder) as hall:
        _fill(hall, tickets)
        make_backup(hall.house, hall.keys, hall.medium, SystemClock().now())
        hall.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        hall.connection.execute("PRAGMA wal_autocheckpoint = 0")
        for _ in range(20):
            hall.take("B")
        hall.journalled()
        left = folder / "left"
        shutil.copytree(hall.house.folder, left, ignore=shutil.ignore_patterns("*-shm", "*.lock"))
        (left / "upkeep.toml").write_text(
            UpkeepConfig(backup=BackupConfig(folder=hall.medium.folder)).in_file(), "utf-8"
        )
        target = folder / "rebuilt.db"
        state = rebuild(hall.medium, hall.keys, target)
        house = House(left)
        settled = folder / "settled"
        shutil.copytree(left, settled)
        with closing(connect(House(settled).database)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            roots = connection.execute("SELECT rootpage FROM sqlite_schema WHERE rootpage > 1").fetchall()
        spans = {
            "settled": spans_of_file(House(settled).database.read_bytes(), [root for (root,) in roots]),
            "left": spans_of_log(house.database.with_name("hall.db-wal").read_bytes()),
        }
        yield Sample(
            folder, hall.keys, hall.medium, content(House(settled).database), spans, target, state.at
        )


def _fill(hall: SafeHall, tickets: int) -> None:
    """Rows of every kind: some too long for a page, and so many removed again that pages come free."""
    long = "排" * 6_000
    for n in range(tickets):
        ticket = hall.take("AB"[n % 2])
        if n % 10 == 0:
            hall.serve(ticket)
    hall.write(lambda tx: tx.execute("INSERT INTO notices (zh, en) VALUES (?, ?)", (long, long)))
    hall.write(
        lambda tx: [tx.execute("INSERT INTO notices (zh, en) VALUES ('x', ?)", (long,)) for _ in "1234"]
    )
    hall.write(lambda tx: tx.execute("DELETE FROM notices WHERE zh = 'x'"))


# -- one flipped bit ----------------------------------------------------------------------------------


def flips(found: Sample, draw: random.Random, each: int) -> Iterator[tuple[str, Flip]]:
    """So many of each class, with the folder they are for."""
    for where, spans in found.spans.items():
        file = "hall.db-wal" if where == "left" else "hall.db"
        for kind, places in spans.items():
            for _ in range(each):
                begin, end = draw.choice(places)
                yield where, Flip(kind, file, draw.randrange(begin, end), draw.randrange(8))


def damaged(found: Sample, where: str, flip: Flip, folder: Path) -> House:
    """A copy of the hall with the bit flipped."""
    shutil.copytree(found.folder / where, folder)
    path = folder / flip.file
    data = bytearray(path.read_bytes())
    data[flip.byte] ^= 1 << flip.bit
    path.write_bytes(data)
    return House(folder)


def verdict(found: Sample, house: House) -> tuple[str, str]:
    """How a damaged hall is met: `refused`, `named`, `harmless` or, which must not be, `wrong`; and why."""
    asked_first = _quick_check(house)
    if (said := start(house)) is not None:
        out = f"hall restore --from {found.medium.folder} --data {house.folder}"
        return ("refused", said) if out in said else ("wrong", f"refused without the way out: {said}")
    if asked_first != "ok":
        return "wrong", f"SQLite's own check says {asked_first}, and the hub starts all the same"
    try:
        if told := named(found, house):
            return "named", told
        is_same = content(house.database) == found.rows
    except _ANYTHING as error:
        return "wrong", f"nothing names it, and reading fails: {error!r}"
    return ("harmless", "") if is_same else ("wrong", "rows read otherwise, and nothing says so")


def start(house: House) -> str | None:
    """The sentence with which the hub's start refuses; None when it does not."""
    try:
        hub.require_sound(house)
    except (hub.DamagedFileError, NewerFileError) as error:
        return str(error) if isinstance(error, hub.DamagedFileError) else hub.said_of(error, house)
    except DAMAGED as error:
        return hub.said_of(error, house)
    except _ANYTHING as error:
        return repr(error)  # it falls over what it read: no way out is named
    return None


def named(found: Sample, house: House) -> str:
    """What `hall check` says first, or else the comparison with backup and journal."""
    with closing(connect(house.database, read_only=True)) as connection:
        wrong = audit(connection, found.keys).wrong
    wrong = wrong or tuple(differences(found.rebuilt, found.at, house.database))
    return wrong[0] if wrong else ""


def _quick_check(house: House) -> str:
    """Of a copy: opening a file with a log changes both."""
    with TemporaryDirectory(dir=house.folder.parent) as made:
        for path in house.folder.glob("hall.db*"):
            shutil.copy(path, made)
        try:
            with closing(connect(Path(made, "hall.db"))) as connection:
                return str(connection.execute("PRAGMA quick_check(1)").fetchone()[0])
        except DAMAGED as error:
            return str(error)


def restored(found: Sample, house: House) -> list[str]:
    """Bring it back by the command, then start and compare: every row, but for what the restore itself
    tells.
    """
    with redirect_stdout(StringIO()):
        code = restore_command.main(["--from", str(found.medium.folder), "--data", str(house.folder)])
    if code != 0:
        return ["hall restore did not restore it"]
    if (said := start(house)) is not None:
        return [f"after the restore the hub does not start: {said}"]
    back, rows = content(house.database), found.rows
    wrong = [
        f"after the restore table {name} is another"
        for name in rows
        if name not in _TOLD_BY_THE_RESTORE and back[name] != rows[name]
    ]
    if back["facts"][: len(rows["facts"])] != rows["facts"] and not set(rows["facts"]) <= set(back["facts"]):
        wrong.append("after the restore facts are missing")
    return wrong


# -- the proof ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of many flips: how each class was met, and what is wrong."""

    counts: dict[str, dict[str, int]]
    wrong: Sequence[str]

    @property
    def total(self) -> int:
        """How many bits were flipped."""
        return sum(sum(met.values()) for met in self.counts.values())


def tried(found: Sample, each: int, seed: int = 1, *, restores: bool = True) -> Tried:
    """Flip so many bits of each class; restore the first of each class that was refused or named."""
    counts: dict[str, dict[str, int]] = {}
    wrong: list[str] = []
    back: set[str] = set()
    with TemporaryDirectory(dir=found.folder) as made:
        for n, (where, flip) in enumerate(flips(found, random.Random(seed), each)):
            house = damaged(found, where, flip, Path(made, str(n)))
            met, why = verdict(found, house)
            counts.setdefault(flip.kind, {}).setdefault(met, 0)
            counts[flip.kind][met] += 1
            if met == "wrong":
                wrong.append(f"{flip}: {why}")
            elif met != "harmless" and restores and flip.kind not in back:
                back.add(flip.kind)
                wrong += [f"{flip}: {sentence}" for sentence in restored(found, house)]
            shutil.rmtree(house.folder)
    return Tried(counts, wrong)


@contextmanager
def without_quick_check() -> Iterator[None]:
    """The control: a hub that starts on any file that SQLite opens."""
    kept: Callable[..., None] = hub._require_whole_pages
    hub._require_whole_pages = lambda *_: None
    try:
        yield
    finally:
        hub._require_whole_pages = kept


def prove() -> Outcome:
    """Forty bits of each class, and the control over some of them."""
    with TemporaryDirectory(prefix="p10-") as made, sample(Path(made, "hall")) as found:
        whole = tried(found, 40)
        with without_quick_check():
            control = tried(found, 10, restores=False)
    return Outcome(
        "P10", whole.total, whole.wrong, any("starts all the same" in each for each in control.wrong)
    )
