"""A board that starts while the hub is away shows the hall as it last knew it, greyed and dated."""

import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication

from display.heard import Heard
from display.last_board import BoardKeeper, LastBoard
from display.viewmodels.calls import CallsModel, Setting
from display.viewmodels.status import StatusModel
from display.viewmodels.words import Words
from display.voice import Silent, Sound
from shared.client.api import HubClient
from shared.protocol import messages as m
from shared.qt.bridge import HallBridge
from shared.testing import running_hub

MACHINE = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
"""This screen's own clock, more than a day behind the hub's."""


def until(true: Callable[[], bool], seconds: float = 30.0) -> None:
    began = time.monotonic()
    while not true():
        assert time.monotonic() - began < seconds, "it did not come"
        QCoreApplication.processEvents()
        time.sleep(0.005)


@pytest.fixture
def board(tmp_path: Path, app: Any) -> m.Board:
    """A hall in which A001 was called to window 1."""
    with running_hub(tmp_path / "hub") as hub:
        hub.client("citizen-kiosk").call("take_ticket", m.TakeTicket(channel="kiosk", lane="A"))
        hub.clerk(window=1).call("call_next", m.CallNext(), no=1)
        bridge = HallBridge(hub.client("display"))
        last = LastBoard(tmp_path / "board.json", "a device")
        keeper = BoardKeeper(bridge, last, lambda: MACHINE)
        bridge.start()
        try:
            until(lambda: bridge.online)
            keeper.keep()
        finally:
            bridge.close()
    kept = last.recall()
    assert kept is not None
    assert abs(kept.machine - MACHINE) < timedelta(seconds=30)
    return kept.board


@pytest.mark.parametrize(
    ("later", "said"), [(timedelta(minutes=40), "09:30"), (timedelta(hours=23), "11-23 09:30")]
)
def test_the_last_board_is_shown_with_its_moment(
    board: m.Board, tmp_path: Path, later: timedelta, said: str
) -> None:
    bridge, words = HallBridge(HubClient("http://127.0.0.1:1", "nobody")), Words(english=True)
    BoardKeeper(bridge, LastBoard(tmp_path / "board.json", "a device"), lambda: MACHINE + later)
    calls = CallsModel(bridge, Silent(), words, Setting(), Heard(tmp_path / "heard.json"))
    status = StatusModel(bridge, words, lambda: Sound.FINE)
    bridge.start()
    try:
        assert (status.property("connecting"), status.property("stale")) == (False, True)
        assert status.property("ageNote") == f"数据更新于 {said}"
        assert status.property("hallName") == board.hall.name
        assert (calls.property("number"), calls.property("lively")) == ("A001", False)
        assert abs(bridge.now() - board.hall.now - later) < timedelta(seconds=30), "its clock goes on"
    finally:
        bridge.close()


def test_the_board_of_another_device_is_not_shown(board: m.Board, tmp_path: Path) -> None:
    assert LastBoard(tmp_path / "board.json", "another").recall() is None


def test_a_board_that_cannot_be_kept_or_read_is_told_and_survived(
    board: m.Board, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "torn.json").write_bytes((tmp_path / "board.json").read_bytes()[:200])
    with caplog.at_level(logging.WARNING):
        assert LastBoard(tmp_path / "torn.json", "a device").recall() is None
        LastBoard(tmp_path / "absent" / "board.json", "a device").keep(board, MACHINE)
    assert len(caplog.records) == 2
