"""Restoring: the newest backup that is whole, the journal rolled over it, and an audit of what came out.

A damaged file is only moved aside. It is asked, as far as it still answers, which numbers were given
after the journal's last record, so that those are named and none of them is given a second time.
"""

import logging
import os
import shutil
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from shared.domain.moments import from_millis
from shared.store.audit import audit
from shared.store.backup import remove_database, unseal_file
from shared.store.belongings import bring_belongings
from shared.store.durable import PART, sync_folder
from shared.store.frames import FramesError
from shared.store.house import House
from shared.store.journal import read, roll
from shared.store.keys import Keys
from shared.store.medium import Entry, Medium
from shared.store.migrations import NewerFileError, migrate
from shared.store.sqlite import DAMAGED, Connection, IntegrityError, connect_copy
from shared.store.touched import Position, begin_lineage, position
from shared.store.transaction import Chain, Transaction

log = logging.getLogger(__name__)

LEFT_OUT = 100
"""Numbers of each lane that are skipped when the damaged file cannot say which were given."""

_UNUSABLE: tuple[type[Exception], ...] = (FramesError, NewerFileError, *DAMAGED)
_SILENT: tuple[type[Exception], ...] = (OSError, *DAMAGED)

_TOLD = 100
"""Missing numbers that the fact of the restore names one by one."""

Number = tuple[str, str, int]
"""Business day, letter, number."""


class RestoreError(RuntimeError):
    """Nothing could be restored; says why."""


@dataclass(frozen=True, slots=True)
class State:
    """What was put together: from which backup, up to which commit and fact, and what was met on the way."""

    backup: Entry
    records: int
    at: Position
    facts: int
    moment: datetime
    met: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Restored:
    """What stands in the hall's folder now. `aside` is where the damaged file went; `missing` were given but
    are not in it; so many numbers are `skipped` in each lane of the day because nobody could tell. `brought`
    names the files that the folder lacked besides.
    """

    state: State
    aside: Path | None
    missing: tuple[Number, ...]
    skipped: int
    brought: tuple[str, ...]


def rebuild(medium: Medium, keys: Keys, target: Path) -> State:
    """Write the newest state that backups and journal lead to into the new file `target`.

    A backup that does not open, or that does not pass the audit with its journal, is passed over for the
    one before. Raises RestoreError when none is left, OSError.
    """
    medium.require(keys)
    met: list[str] = []
    for entry in reversed(medium.backup_entries()):
        remove_database(target)
        try:
            unseal_file(entry.path, target, keys)
            state = _rolled(entry, medium, keys, target)
        except _UNUSABLE as error:
            met.append(f"{entry.path.name} cannot be used: {error}")
            continue
        if wrong := _wrong(target, keys):
            met.append(f"{entry.path.name} with its journal does not pass the audit: {wrong}")
            continue
        return State(entry, state.records, state.at, state.facts, state.moment, (*met, *state.met))
    remove_database(target)
    raise RestoreError("; ".join(met) or f"there is no backup in {medium.backups}")


def _rolled(entry: Entry, medium: Medium, keys: Keys, target: Path) -> State:
    with closing(connect_copy(target)) as connection:
        found = position(connection)
        records = 0
        met: tuple[str, ...] = ()
        if found is not None:
            rolled = roll(connection, read(medium, keys.medium_key, found.lineage, found.n), found)
            records, met, found = rolled.records, rolled.met, Position(found.lineage, rolled.n)
        migrate(connection)  # a backup from before an upgrade
        facts, at = connection.execute("SELECT seq, at FROM facts ORDER BY seq DESC LIMIT 1").fetchone()
    return State(entry, records, found or Position(entry.lineage, entry.n), facts, from_millis(at), met)


def _wrong(target: Path, keys: Keys) -> str:
    with closing(connect_copy(target)) as connection:
        findings = audit(connection, keys)
    return findings.wrong[0] if findings.wrong else ""


def restore(house: House, keys: Keys, medium: Medium, now: datetime) -> Restored:
    """Put the newest state in the place of the hall's file. Call within `house.owned()`.

    Raises RestoreError when there is nothing to restore, FramesError when what stood beside the file does not
    open, OSError; the file in the folder is then as it was.
    """
    fresh = house.folder / f"restored{PART}"
    try:
        state = rebuild(medium, keys, fresh)
        given = _given(house.database)
        with closing(connect_copy(fresh)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            missing = () if given is None else _missing(connection, given)
            skipped = _skip(connection, given)
            tx = Transaction(connection, now, "operator", keys, Chain.load(connection))
            _tell(tx, state, missing, skipped)
            _lend_again(tx, [] if given is None else given.leases)
            tx.chain.save(connection)
            begin_lineage(connection)
            connection.execute("COMMIT")
            connection.execute("PRAGMA journal_mode = WAL")
        _sync(fresh)
        brought = bring_belongings(house, keys, medium)
        return Restored(state, _swap(house, fresh, now), missing, skipped, brought)
    finally:
        remove_database(fresh)


# -- what the damaged file still says -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Given:
    """What a damaged file says was given: its counters, its tickets (day, series, number), its leases."""

    counters: list[tuple[str, str, int]]
    tickets: list[tuple[str, str, int]]
    leases: list[tuple[Any, ...]]


def _given(damaged: Path) -> _Given | None:
    """None when it is away or does not answer. A copy is asked: reading replays its log of writes."""
    if not damaged.exists():
        return None
    copy = damaged.with_name(f"asked{PART}")
    try:
        for end in ("", "-wal"):
            source = damaged.with_name(damaged.name + end)
            if source.exists():
                shutil.copyfile(source, copy.with_name(copy.name + end))
        with closing(connect_copy(copy)) as connection:
            asked = (
                "SELECT day, series, last FROM counters",
                "SELECT day, series, number FROM tickets",
                "SELECT id, day, series, first, last, device FROM leases",
            )
            return _Given(*(connection.execute(query).fetchall() for query in asked))
    except _SILENT as error:
        log.warning("the damaged file does not say which numbers were given: %s", error)
        return None
    finally:
        remove_database(copy)


def _missing(connection: Connection, given: _Given) -> tuple[Number, ...]:
    """Numbers that the damaged file has and the restored one has not."""
    known = "SELECT 1 FROM tickets WHERE day = ? AND series = ? AND number = ?"
    return tuple(sorted(one for one in given.tickets if connection.execute(known, one).fetchone() is None))


def _skip(connection: Connection, given: _Given | None) -> int:
    """Let no number be given twice: go on after those that were given, or leave some out of each lane."""
    if given is None:
        connection.execute(
            "INSERT INTO counters (day, series, last) SELECT h.day, l.letter, ?1 FROM hall AS h, lanes AS l "
            "WHERE true ON CONFLICT (day, series) DO UPDATE SET last = last + ?1",
            (LEFT_OUT,),
        )
        return LEFT_OUT
    connection.executemany(
        "INSERT INTO counters (day, series, last) VALUES (?, ?, ?) "
        "ON CONFLICT (day, series) DO UPDATE SET last = max(last, excluded.last)",
        given.counters,
    )
    return 0


def _tell(tx: Transaction, state: State, missing: Sequence[Number], skipped: int) -> None:
    """The restore is a fact itself."""
    tx.fact(
        "hall.restored",
        backup=state.backup.path.name,
        facts=state.facts,
        moment=state.moment.isoformat(),
        missing=len(missing),
        first_missing=[f"{day} {series}{number:03d}" for day, series, number in missing[:_TOLD]],
        skipped=skipped,
    )


def _lend_again(tx: Transaction, leases: Sequence[tuple[Any, ...]]) -> None:
    """A kiosk holds these numbers, though the journal had not heard of it yet."""
    for number, day, series, first, last, device in leases:
        row = (number, day, series, first, last, device, tx.millis)
        with suppress(IntegrityError):  # it is there, or of a device that is not
            tx.execute(
                "INSERT INTO leases (id, day, series, first, last, device, leased_at) "
                "VALUES (?, ?, ?, ?, ?, ?, ?)",
                row,
            )
            told = {"day": day, "lane": series, "first": first, "last": last, "device": device}
            tx.fact("numbers.leased", lease=number, **told)


# -- changing places ----------------------------------------------------------------------------------


def _swap(house: House, fresh: Path, now: datetime) -> Path | None:
    """Move the damaged file aside with its log, then give the new one its name."""
    aside = None
    if house.database.exists():
        aside = house.folder / f"damaged-{now:%Y%m%d-%H%M%S}"
        aside.mkdir(mode=0o700)
        for end in ("-wal", "-shm", ""):  # the file itself last: until then, it is found with its log or not
            part = house.database.with_name(house.database.name + end)
            if part.exists():
                part.rename(aside / part.name)
    fresh.rename(house.database)
    sync_folder(house.folder)
    return aside


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
