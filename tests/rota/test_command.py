"""`hall rota`: of a file, and of a hall through its hub; what cannot be done is told and changes nothing."""

import shutil
from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest

from shared.commands.rota import main
from shared.rota.written import rota_of_document
from shared.testing import RunningHub, running_hub, small_hall

SATURDAY = "2026-12-05"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The rota of the sample plan."""
    out = tmp_path_factory.mktemp("rota") / "rota.json"
    plan = str(files("shared").joinpath("samples", "rota.toml"))
    assert main(["make", plan, "--out", str(out), "--seconds", "5"]) == 0
    return out


@pytest.fixture
def rota(made: Path, tmp_path: Path) -> Path:
    """A copy of it to change."""
    return Path(shutil.copy(made, tmp_path / "rota.json"))


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    code = main(arguments)
    captured = capsys.readouterr()
    return code, captured.out + captured.err


def test_it_is_shown_and_checked(rota: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, text = said(capsys, "show", str(rota))
    assert code == 0
    assert "李明*" in text
    assert "no rota has less" in text
    code, text = said(capsys, "check", str(rota))
    assert (code, "every rule is kept" in text) == (0, True)


def test_a_rota_that_was_tampered_with_fails_the_check(
    rota: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one = rota_of_document(rota.read_bytes())
    off = next(day for day in one.plan.days if day in one.plan.workdays and day not in one.days_of("1006"))
    text = rota.read_text("utf-8")
    start = text.index('"1006": [')
    cells = text[start:].split("]", 1)[0].split("[", 1)[1].split(",")
    cells[one.plan.days.index(off)] = '"D"'
    rota.write_text(
        text[:start] + '"1006": [' + ",".join(cells) + text[start:][text[start:].index("]") :], "utf-8"
    )
    code, told = said(capsys, "check", str(rota))
    assert code == 1
    assert "works too many days in one week" in told


def test_everything_can_be_taken_away(rota: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    options = ["--xlsx", "r.xlsx", "--ics", "r.ics", "--calendars", "each", "--picture", "r.png"]
    paths = [str(tmp_path / part) if n % 2 else part for n, part in enumerate(options)]
    code, _ = said(capsys, "export", str(rota), *paths)
    assert code == 0
    assert sorted(path.name for path in (tmp_path / "each").iterdir()) == [f"100{n}.ics" for n in range(1, 7)]
    assert (tmp_path / "r.png").read_bytes().startswith(b"\x89PNG")
    assert said(capsys, "export", str(rota))[0] == 2


def test_who_falls_ill_leaves_a_named_gap_or_a_stand_in(
    rota: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one = rota_of_document(rota.read_bytes())
    ill = next(duty.clerk for duty in one.duties if str(duty.day) == SATURDAY)
    code, text = said(capsys, "sick", ill, SATURDAY, "--file", str(rota))
    assert code == 1
    assert "12月5日 周六" in text
    assert "could stand in" in text
    after = rota_of_document(rota.read_bytes())
    assert date.fromisoformat(SATURDAY) not in after.days_of(ill)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["swap", "1001", "2026-12-06", "1002", "2026-12-06"], "is not on duty"),
        (["stand-in", "7777", SATURDAY, "W"], "not in the rota"),
        (["sick", "7777", SATURDAY], "there is no clerk 7777"),
        (["leave", "1001", SATURDAY, "2026-12-01"], "leave ends after it begins"),
    ],
)
def test_what_cannot_be_is_told_and_changes_nothing(
    rota: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], told: str
) -> None:
    before = rota.read_bytes()
    code, text = said(capsys, *arguments, "--file", str(rota))
    assert (code, rota.read_bytes()) == (2, before)
    assert told in text


@pytest.mark.parametrize("content", [b"", b"{}", b'{"plan": 1}', b"\xff\xfe", b"[1, 2"])
def test_what_is_no_rota_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes) -> None:
    path = tmp_path / "other.json"
    path.write_bytes(content)
    code, text = said(capsys, "show", str(path))
    assert code == 2
    assert "is no rota" in text


def test_a_plan_with_mistakes_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plan = tmp_path / "plan.toml"
    plan.write_text("[period]\nfirst = 2026-11-30\nlast = 2026-11-01\n", "utf-8")
    code, text = said(capsys, "make", str(plan), "--out", str(tmp_path / "out.json"))
    assert code == 2
    assert "line 3" in text
    assert not (tmp_path / "out.json").exists()


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHub]:
    """A hall of three windows and six clerks."""
    hours = ("Mon-Fri 09:00-12:00 13:00-17:00", "Sat 09:00-12:00 weekend")
    with running_hub(tmp_path_factory.mktemp("hall") / "hall", small_hall(hours=hours, clerks=6)) as hub:
        yield hub


def test_the_halls_own_rota_is_made_published_and_changed(
    hall: RunningHub, capsys: pytest.CaptureFixture[str]
) -> None:
    data = ["--data", str(hall.house.folder)]
    assert said(capsys, "clerk", "1001", "--lanes", "ABC", "--leads", *data)[0] == 0
    assert said(capsys, "leave", "1002", "2026-12-01", *data)[0] == 0
    code, text = said(capsys, "make", "--from", "2026-11-30", "--weeks", "1", "--seconds", "5", *data)
    assert code == 0
    assert "draft 1" in text
    assert said(capsys, "show", "--on", "2026-12-01", *data)[0] == 2
    assert said(capsys, "publish", "1", *data)[0] == 0
    code, text = said(capsys, "show", "--on", "2026-12-01", *data)
    assert (code, "李明2" in text) == (0, True)
    assert said(capsys, "check", "--on", "2026-12-01", *data)[0] == 0
    code, text = said(capsys, "swap", "1002", "2026-12-01", "1003", "2026-12-02", *data)
    assert code == 1
    assert "is not on duty" in text
    code, text = said(capsys, "publish", "1", *data)
    assert (code, "is no draft" in text) == (1, True)
