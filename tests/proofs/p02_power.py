"""P2: an acknowledged ticket is never lost and no number is used twice, also over a power cut.

A run of the hall's own writer is recorded: every write, sync, and name given to a file. For every call of it,
the states in which a power cut may leave the disk are rebuilt (tests.proofs.power), opened, and held against
what had been answered by then (tests.proofs.verdict). The same for the founding of a hall.

The controls do not sync each commit, and the key and the names of a new hall.
"""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from shared.store.authority import load_authority
from shared.store.house import House
from shared.store.keys import KeyFileError
from shared.testing import rehearsal
from tests.proofs.founder import FOUNDED
from tests.proofs.outcome import Outcome
from tests.proofs.power import Disk, Files, put, states
from tests.proofs.tracing import Call, recorded
from tests.proofs.verdict import Answer, broken, told

ORDERS = 24
"""Of one run: enough for two checkpoints, after which the log begins anew."""


@dataclass(slots=True)
class Cuts:
    """How many states were judged, and what was wrong with them."""

    tried: int = 0
    wrong: list[str] = field(default_factory=list)


def cut_while_issuing(folder: Path, torn: int, step: int = 1, mode: str = "careful") -> Cuts:
    """Cut the power in a run of ORDERS orders, after every `step`-th call."""
    with rehearsal(folder / "hall"):
        pass
    disk = Disk.of(folder / "hall")
    arguments = (str(folder / "hall"), "1", str(ORDERS), mode)
    return _judged(folder, disk, recorded(folder / "calls", "tests.proofs.issuer", *arguments), torn, step)


def cut_while_founding(folder: Path, torn: int, step: int = 1, mode: str = "synced") -> Cuts:
    """Cut the power while a hall is founded and gives its first numbers."""
    folder.mkdir()
    disk = Disk(folder / "hall")
    calls = recorded(folder / "calls", "tests.proofs.founder", str(folder / "hall"), "3", mode)
    return _judged(folder, disk, calls, torn, step)


def _judged(folder: Path, disk: Disk, calls: list[Call], torn: int, step: int) -> Cuts:
    cuts, is_founded = Cuts(), bool(disk.nothing())
    for name, output, files in states(disk, calls, torn, step):
        answers = told(output)
        if answers.pop(FOUNDED, None) is not None or is_founded:
            cuts.tried += 1
            cuts.wrong += [f"{name}: {each}" for each in _wrong(folder / "seen", answers, files)]
    return cuts


def _wrong(seen: Path, answers: dict[int, Answer], files: Files) -> Iterator[str]:
    put(files, seen)
    try:
        yield from broken(seen, answers, ORDERS)
        if len(files.get(House(seen).operator_token.name, b"")) < 40:
            yield "the operator's token is gone"
        load_authority(House(seen).authority)
    except KeyFileError as error:
        yield str(error)
    finally:
        shutil.rmtree(seen)


def prove() -> Outcome:
    """Every call; the controls at every fifth."""
    with TemporaryDirectory(prefix="p2-") as made:
        folder = Path(made)
        issued = cut_while_issuing(folder / "issued", 3)
        founded = cut_while_founding(folder / "founded", 3)
        caught = [
            any(
                "was answered A" in each
                for each in cut_while_issuing(folder / "normal", 1, 5, "normal").wrong
            ),
            any("key" in each for each in cut_while_founding(folder / "unsynced", 1, 5, "unsynced").wrong),
        ]
    return Outcome("P2", issued.tried + founded.tried, [*issued.wrong, *founded.wrong], all(caught))
