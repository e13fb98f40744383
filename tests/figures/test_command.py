"""`hall figures waits`: the table, the alarm, the pictures, and a sentence for everything that cannot be."""

import json
import time
from datetime import date, timedelta
from pathlib import Path

import pytest

from shared.cli import main
from shared.domain.moments import from_millis, to_millis
from shared.store.queries import sql
from shared.testing import MONDAY_MORNING, Rehearsal, rehearsal

RECORD = Path(__file__).parents[1] / "data" / "waits" / "warsaw-2020-01-02-to-14.csv.gz"
MINUTE = 60_000


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Lane A kept 32 of 40 promises this week and 10 of 40 the week before; lane B has one of long ago."""
    folder: Path = tmp_path_factory.mktemp("figures") / "hall"
    with rehearsal(folder) as running:
        for week, held in ((0, 32), (1, 10)):
            for n in range(40):
                keep(running, "A", week * 7, 15 if n < held else 30, n)
        keep(running, "B", 60, 15, 0)
    return folder


def keep(hall: Rehearsal, lane: str, days_ago: int, waited: int, minute: int) -> None:
    at = to_millis(MONDAY_MORNING - timedelta(days=days_ago) + timedelta(minutes=minute))
    row = (lane, 3, waited * MINUTE, 15 * MINUTE, None, at, None, "pace", 10, 20, 0)
    hall.connection.execute(sql("insert_wait"), row)


def figures(*arguments: object) -> int:
    return main(["figures", "waits", *map(str, arguments)])


def test_the_table_has_lanes_weeks_an_alarm_and_a_total(
    hall: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert figures("--data", hall) == 0
    head, _, _, before, now, every = capsys.readouterr().out.splitlines()
    assert "2026-10-27 to 2026-11-23" in head
    row, _, alarm = before.partition("ALARM: ")
    assert row.split() == ["A", "综合", "2026-W47", "40", "40", "25.0%", "11.2", "min", "15.0", "0%"]
    assert alarm == "too few held, the intervals promise too much"
    assert now.split()[:6] == ["A", "综合", "2026-W48", "40", "40", "80.0%"]
    assert "ALARM" not in now
    assert every.split()[:4] == ["all", "80", "80", "52.5%"]
    assert "ALARM" in every


def test_the_columns_stand_under_each_other(hall: Path, capsys: pytest.CaptureFixture[str]) -> None:
    figures("--data", hall)
    _, _, head, before, _, every = capsys.readouterr().out.splitlines()
    chinese = 2
    assert head.index("week") == before.index("2026-W47") + chinese
    assert head.index("mean error") + len("mean error") == every.index(" min") + len(" min")


def test_a_program_gets_json(hall: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert figures("--data", hall, "--from", "2026-11-22", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["from"], told["to"]) == ("2026-11-22", "2026-11-23")
    (line,) = told["lines"]
    assert (line["lane"], line["week"], line["coverage"], line["alarm"]) == ("A", "2026-W48", 0.8, False)
    assert told["total"]["tickets"] == 40


def test_any_days_can_be_asked_for(hall: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert figures("--data", hall, "--from", "2026-09-01", "--to", "2026-09-30") == 0
    assert "B 工程建设" in capsys.readouterr().out
    assert figures("--data", hall, "--day", "2026-11-16") == 0
    assert capsys.readouterr().out.count("2026-W47") == 1


def test_no_data_is_said(hall: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    picture = tmp_path / "day.svg"
    assert figures("--data", hall, "--day", "2020-02-02", "--picture", picture) == 0
    assert "none of the numbers that had somebody ahead was called" in capsys.readouterr().out
    assert "No calls were recorded" in picture.read_text("utf-8")
    assert figures("--data", hall, "--day", "2020-02-02", "--json") == 0
    assert json.loads(capsys.readouterr().out)["total"] is None


def test_a_picture_of_the_promises_or_of_a_day(
    hall: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    kept, day = tmp_path / "kept.svg", tmp_path / "day.png"
    assert figures("--data", hall, "--picture", kept) == 0
    assert "80 次承诺，52% 应验" in kept.read_text("utf-8")
    assert figures("--data", hall, "--day", "2026-11-23", "--picture", day) == 0
    assert day.read_bytes().startswith(b"\x89PNG")
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--data", "/nowhere/hall"], "the hall of /nowhere/hall cannot be read"),
        (["--from", "2026-11-23", "--to", "2026-11-01"], "--from 2026-11-23 is after --to 2026-11-01"),
        (["--day", "2026-11-23", "--from", "2026-11-01"], "--day stands alone"),
        (["--test-days", "3"], "go with --history"),
        (["--history", "/nowhere/waits.csv.gz"], "/nowhere/waits.csv.gz: No such file"),
        (["--history", RECORD, "--test-days", "8"], "1 to 7, not 8"),
        (["--history", RECORD, "--test-from", "2021-01-01"], "8 days, 2020-01-02 to 2020-01-14"),
        (["--history", RECORD, "--from", "2020-01-01"], "asked for by --test-days"),
        (["--history", __file__], "is no gzipped record of waits"),
        (["--picture", "/nowhere/out.svg"], "/nowhere/out.svg: No such file"),
    ],
)
def test_what_cannot_be_shown_is_said_in_a_sentence(
    hall: Path, capsys: pytest.CaptureFixture[str], arguments: list[object], says: str
) -> None:
    data = [] if "--data" in arguments else ["--data", hall]
    assert figures(*data, *arguments) == 2
    said = capsys.readouterr().err
    assert said.startswith("hall figures: ")
    assert says in said
    assert said.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--day", "2026-02-31"], "'2026-02-31' is no day"),
        (["--picture", "out.gif"], "ends in .svg or .png"),
        (["--test-days", "0"], "is no number of days"),
    ],
)
def test_a_mistake_in_an_option_is_named(
    capsys: pytest.CaptureFixture[str], arguments: list[str], says: str
) -> None:
    with pytest.raises(SystemExit) as ended:
        figures(*arguments)
    assert ended.value.code == 2
    assert says in capsys.readouterr().err


def test_a_file_that_is_no_halls_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "hall.db").write_bytes(b"not a database at all" * 99)
    assert figures("--data", tmp_path) == 2
    assert "cannot be read: file is not a database" in capsys.readouterr().err


def test_a_recorded_history_can_be_tried(capsys: pytest.CaptureFixture[str]) -> None:
    assert figures("--history", RECORD, "--test-days", "1", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["from"], told["to"]) == ("2020-01-14", "2020-01-14")
    assert told["total"]["mean_error"] <= 9.6
    assert 0.77 <= told["total"]["coverage"] <= 0.83


def test_years_of_other_days_cost_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The same day among 40 and among 200,000 waits: about the same time."""

    def seconds() -> float:
        began = time.perf_counter()
        assert figures("--data", tmp_path / "hall", "--day", "2026-11-23") == 0
        return time.perf_counter() - began

    with rehearsal(tmp_path / "hall") as running:
        for n in range(40):
            keep(running, "A", 0, 15, n)
        alone = min(seconds() for _ in range(5))
        first = to_millis(MONDAY_MORNING - timedelta(days=1))
        assert from_millis(first).date() < date(2026, 11, 23)
        running.connection.execute("BEGIN")
        running.connection.executemany(
            sql("insert_wait"),
            (("A", 3, 9, 9, None, first - n, None, "pace", 10, 20, 0) for n in range(200_000)),
        )
        running.connection.execute("COMMIT")
        among = min(seconds() for _ in range(5))
    capsys.readouterr()
    assert among < 5 * alone
