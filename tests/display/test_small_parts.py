"""Scope, directions, rows below the large call, and the memory over a restart."""

import logging
from datetime import UTC, datetime
from pathlib import Path

import pytest

from display.directions import ONWARD, arrow_to, parse_arrows
from display.heard import Heard
from display.recent import KEPT, merge, rows
from display.scope import Scope, parse_lanes
from shared.protocol.messages import Call

NOW = datetime(2026, 11, 23, 2, 32, tzinfo=UTC)


def call(seq: int, number: str, window: int = 1, lane: str = "A") -> Call:
    return Call(seq=seq, at=NOW, number=number, window=window, lane=lane, holder="", again=0)


def test_lanes_are_letters() -> None:
    assert parse_lanes(" a, B ") == frozenset("AB")
    for wrong in ("", "AB", "3", "甲"):
        with pytest.raises(ValueError, match="lanes"):
            parse_lanes(wrong)


def test_a_scope_is_lanes_or_a_window() -> None:
    assert Scope(frozenset("BA")).name == "lanes-A-B"
    with pytest.raises(ValueError, match="not both"):
        Scope(frozenset("A"), 3)


def test_arrows() -> None:
    arrows = parse_arrows("东区=right, 二楼=up")
    assert arrow_to("二楼 东区", arrows) == "→"
    assert arrow_to("二楼 西区", arrows) == "↑"
    assert arrow_to("一楼", arrows) == ONWARD
    with pytest.raises(ValueError, match="东区=sideways"):
        parse_arrows("东区=sideways")


def test_a_number_called_again_stands_once_and_the_large_one_not_at_all() -> None:
    calls = [call(1, "A001"), call(2, "A002"), call(3, "A001", window=9), call(4, "A003")]
    below = rows(calls, Scope(), calls[3])
    assert [(one.number, one.window) for one in below] == [("A001", 9), ("A002", 1)]


def test_merging_keeps_each_fact_once_newest_first_and_stays_small() -> None:
    calls = [call(seq, f"A{seq:03d}") for seq in range(1, 60)]
    merged = merge(calls[:40], calls[30:])
    assert [one.seq for one in merged] == list(range(59, 59 - KEPT, -1))


def test_memory_survives_a_restart(tmp_path: Path) -> None:
    heard = Heard(tmp_path / "hall.json")
    assert heard.load() is None
    heard.keep(42)
    assert Heard(tmp_path / "hall.json").load() == 42


def test_a_broken_memory_is_told_and_survived(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "hall.json").write_text("{", "utf-8")
    with caplog.at_level(logging.WARNING):
        assert Heard(tmp_path / "hall.json").load() is None
        Heard(tmp_path / "absent" / "hall.json").keep(1)
    assert len(caplog.records) == 2
