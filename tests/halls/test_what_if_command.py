"""`hall simulate --day`: a recorded day is played again, and a change of windows is told by lane."""

from dataclasses import replace
from pathlib import Path

import pytest

from shared.commands.simulate import main as simulate_command
from shared.protocol.messages import TakeTicket
from shared.services import calling, serving, taking, windows
from shared.services.people import Actor
from shared.store.tickets import get_ticket
from shared.testing import rehearsal, small_hall

CLERK = Actor("clerk", device=1, clerk="1001")
DAY = "2026-11-23"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One window from 09:30 on, forty people in forty minutes, three minutes each."""
    folder = tmp_path_factory.mktemp("day") / "hall"
    with rehearsal(folder, replace(small_hall())) as hall:
        hall.run(lambda tx: windows.open_window(tx, CLERK, 1), CLERK.name)
        for n in range(120):
            if n < 40:
                body = TakeTicket(channel="kiosk", lane="A")
                hall.run(lambda tx: taking.take_ticket(tx, hall.plan, hall.estimator, body))  # noqa: B023
            if n % 3 == 0:
                row = hall.run(
                    lambda tx: calling.call_next(tx, hall.plan, hall.estimator, CLERK, 1, True), CLERK.name
                )
                assert row is not None
                ticket = row.id
                hall.run(
                    lambda tx: serving.start(tx, hall.plan, CLERK, get_ticket(tx.connection, ticket)),  # noqa: B023
                    CLERK.name,
                )
            hall.later(minutes=1)
    return folder


def run(capsys: pytest.CaptureFixture[str], folder: Path, *arguments: str) -> tuple[int, str]:
    code = simulate_command(["--data", str(folder), *arguments])
    said = capsys.readouterr()
    return code, said.out + said.err


def test_the_day_is_played_again(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = run(capsys, folder, "--day", DAY)
    assert code == 0
    assert "40 tickets played again; mean wait 39.0 min, simulated 39.0 min; 100% of first calls" in said


def test_a_second_window_is_worth_what_it_says(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = run(capsys, folder, "--day", DAY, "--open", "2:A@09:40-10:40")
    assert code == 0
    assert "09:40-10:40 2 号窗口办理综合 / window 2 serves A" in said
    assert "A 综合 General: longest wait 78 -> 2" in said


@pytest.mark.parametrize(("name", "begins"), [("day.svg", b"<?xml"), ("day.png", b"\x89PNG")])
def test_the_waits_before_and_after_are_drawn(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, begins: bytes
) -> None:
    drawn = tmp_path / name
    code, _ = run(capsys, folder, "--day", DAY, "--open", "2:A@09:40-10:40", "--picture", str(drawn))
    assert code == 0
    assert drawn.read_bytes().startswith(begins)


def test_a_closed_window_costs(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = run(capsys, folder, "--day", DAY, "--close", "1@09:45-10:15")
    assert code == 0
    assert "1 号窗口关闭 / window 1 closed" in said
    assert "longest wait 78 -> 10" in said


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--day", "2026-11-20"), "nobody took a number on 2026-11-20"),
        (("--day", DAY, "--open", "7@10:10-11:20"), 'write "7:F@10:10-11:20"'),
        (("--day", DAY, "--close", "3@11:00-10:00"), "must end after it begins"),
        (("--day", DAY, "--scenario", "mm1"), "give --scenario NAME, or --day DATE"),
        ((), "give --scenario NAME, or --day DATE"),
    ],
)
def test_what_cannot_be_done_is_told(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], sentence: str
) -> None:
    code, said = run(capsys, folder, *arguments)
    assert code == 2
    assert sentence in said


def test_a_folder_without_a_hall_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = run(capsys, tmp_path, "--day", DAY)
    assert code == 2
    assert "cannot be read" in said
