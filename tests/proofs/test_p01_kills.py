"""Killed at some calls to the system, the hall has lost nothing; one that answers before it commits has."""

from contextlib import closing
from pathlib import Path

import pytest

from shared.store.house import House
from shared.store.sqlite import connect
from shared.testing import rehearsal
from tests.proofs.issuer import Issuer
from tests.proofs.p01_kills import ORDERS, kill_hub, killing
from tests.proofs.tracing import CALLS, NEEDS_STRACE, can_trace
from tests.proofs.verdict import REFUSED, Answer, broken

traced = pytest.mark.skipif(not can_trace(), reason=NEEDS_STRACE)
STEPS = dict.fromkeys(CALLS, 8) | {"pwrite64": 29, "fsync": 3}


@traced
def test_killed_at_some_calls_it_has_lost_nothing(tmp_path: Path) -> None:
    with killing(tmp_path) as killed:
        for call, step in STEPS.items():
            killed.sweep(call, step)
    assert killed.tried > 15
    assert killed.wrong == []


@traced
def test_an_answer_before_the_commit_is_caught(tmp_path: Path) -> None:
    """The control."""
    with killing(tmp_path, "hasty") as killed:
        killed.sweep("pwrite64", 47)
    assert any("was answered A" in each for each in killed.wrong)


def test_the_hub_killed_under_load(tmp_path: Path) -> None:
    given, wrong = kill_hub(tmp_path / "hall", 3, 1)
    assert given > 20
    assert wrong == []


# -- the judge itself ------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A hall in which the orders 1 to 3 were carried out."""
    with rehearsal(tmp_path / "hall") as hall:
        house = hall.house
    with closing((issuer := Issuer(house, say=lambda *_: None)).connection):
        issuer.serve([1, 2, 3])
    return tmp_path / "hall"


def test_what_was_told_and_is_there_is_right(folder: Path) -> None:
    told = {n: Answer(201, b"A%03d" % n) for n in (1, 2, 3)} | {4: Answer(503, REFUSED)}
    assert list(broken(folder, told, ORDERS)) == []


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({9: Answer(201, b"A009")}, "order 9 was answered A009, and the file has None"),
        ({2: Answer(201, b"A007")}, "order 2 was answered A007, and the file has b'A002'"),
        ({2: Answer(503, REFUSED)}, "order 2 was refused, and the file has b'A002'"),
    ],
    ids=["lost", "another number", "refused, and done"],
)
def test_what_was_told_and_is_not_so_is_found(folder: Path, answers: dict[int, Answer], said: str) -> None:
    assert said in list(broken(folder, answers, 9))


def test_a_forgotten_answer_is_found(folder: Path) -> None:
    with closing(connect(House(folder).database)) as connection:
        connection.execute("DELETE FROM requests WHERE answer = CAST('A003' AS BLOB)")
    found = list(broken(folder, {3: Answer(201, b"A003")}, 3))
    assert "2 orders have 3 tickets" in found
    assert "order 3 was answered A003, and again A004" in found
