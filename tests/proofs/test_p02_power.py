"""After a power cut nothing is lost that was answered; without each sync something is."""

import random
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.proofs.p02_power import cut_while_founding, cut_while_issuing
from tests.proofs.power import SECTOR, Disk, Files
from tests.proofs.tracing import NEEDS_STRACE, Call, can_trace

traced = pytest.mark.skipif(not can_trace(), reason=NEEDS_STRACE)


@traced
def test_a_cut_loses_nothing_that_was_answered(tmp_path: Path) -> None:
    cuts = cut_while_issuing(tmp_path / "cut", 1, 17)
    assert cuts.tried > 30
    assert cuts.wrong == []


@traced
def test_a_cut_after_the_founding_leaves_a_hall(tmp_path: Path) -> None:
    cuts = cut_while_founding(tmp_path / "cut", 1, 5)
    assert cuts.tried > 15
    assert cuts.wrong == []


@traced
def test_commits_without_a_sync_are_lost(tmp_path: Path) -> None:
    """The control."""
    cuts = cut_while_issuing(tmp_path / "cut", 0, 29, "normal")
    assert any("was answered A" in each for each in cuts.wrong)


@traced
def test_a_founding_without_its_syncs_is_lost(tmp_path: Path) -> None:
    """The control."""
    cuts = cut_while_founding(tmp_path / "cut", 0, 29, "unsynced")
    assert any("key cannot be read" in each for each in cuts.wrong)


# -- the disk itself -------------------------------------------------------------------------------------

HALL = Path("/hall")
FILE = HALL / "file.db"


def disk(*calls: Call) -> Disk:
    """A folder with one file, through some calls."""
    made = Disk(HALL)
    for each in (mkdir(HALL), sync(HALL.parent), *calls):
        made.take(each)
    return made


def mkdir(path: Path) -> Call:
    return Call("mkdir", -1, path, b"", (), "", 0)


def create(path: Path = FILE) -> Call:
    return Call("openat", 3, path, b"", (), "O_RDWR|O_CREAT", 3)


def write(data: bytes, offset: int = 0) -> Call:
    return Call("pwrite64", 3, FILE, data, (len(data), offset), "", len(data))


def sync(path: Path = FILE, result: int = 0) -> Call:
    return Call("fsync", 3, path, b"", (), "", result)


def unlink() -> Call:
    return Call("unlink", -1, FILE, b"", (), "", 0)


def rename(to: Path) -> Call:
    return Call("rename", -1, FILE, str(to).encode(), (), "", 0)


FAILED = sync(result=-1)
KEPT = (create(), write(b"old"), sync(), sync(HALL))


@pytest.mark.parametrize(
    ("calls", "nothing", "everything"),
    [
        (KEPT, {"file.db": b"old"}, {"file.db": b"old"}),
        ((*KEPT, write(b"new!")), {"file.db": b"old"}, {"file.db": b"new!"}),
        ((*KEPT, write(b"new!"), sync()), {"file.db": b"new!"}, {"file.db": b"new!"}),
        ((create(), write(b"old"), sync()), {}, {"file.db": b"old"}),
        ((*KEPT, unlink()), {"file.db": b"old"}, {}),
        ((*KEPT, unlink(), sync(HALL)), {}, {}),
        ((*KEPT, rename(HALL / "b.db")), {"file.db": b"old"}, {"b.db": b"old"}),
        ((*KEPT, write(b"NEW"), FAILED, sync()), {"file.db": b"old"}, {"file.db": b"NEW"}),
        ((*KEPT, write(b"NE"), FAILED, write(b"n"), sync()), {"file.db": b"nld"}, {"file.db": b"nEd"}),
    ],
    ids=[
        "synced", "written", "written and synced", "without its name", "removed", "removed for certain",
        "renamed", "a failed sync is not made good by the next", "unless it is written anew",
    ],
)  # fmt: skip
def test_what_is_certain_and_what_is_not(calls: Iterable[Call], nothing: Files, everything: Files) -> None:
    made = disk(*calls)
    assert (made.nothing(), made.everything()) == (nothing, everything)


def test_a_torn_write_leaves_whole_sectors() -> None:
    made = disk(*KEPT, write(b"a" * 3 * SECTOR))
    contents = {made.torn(random.Random(seed)).get("file.db", b"") for seed in range(200)}
    sectors = {content[at : at + SECTOR] for content in contents for at in range(0, len(content), SECTOR)}
    assert sectors == {
        b"a" * SECTOR, bytes(SECTOR), b"old", b"old" + bytes(SECTOR - 3),
    }  # fmt: skip
    assert len(contents) > 8
