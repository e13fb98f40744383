"""Qt without a screen; whatever Qt or QML warns of fails the test."""

import logging
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_QUICK_BACKEND", "software")

import pytest
from PySide6.QtCore import QCoreApplication, QEventLoop
from PySide6.QtGui import QFont, QGuiApplication

from shared.client.discover import FoundHub
from shared.qt import joining
from shared.qt.launch import FAMILY
from shared.qt.messages import log_qt_messages
from shared.testing import RunningHub, running_hub

Until = Callable[..., None]


@pytest.fixture(scope="session")
def app() -> QGuiApplication:
    existing = QGuiApplication.instance()
    application = existing if isinstance(existing, QGuiApplication) else QGuiApplication([])
    application.setFont(QFont(FAMILY))
    log_qt_messages()
    return application


@pytest.fixture(autouse=True)
def no_qt_warnings(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    yield
    loud = [r.getMessage() for r in caplog.records if r.name == "qt" and r.levelno >= logging.WARNING]
    assert loud == []


@pytest.fixture
def until(app: QGuiApplication) -> Until:
    """Run the event loop until something is so; fails otherwise."""

    def wait(is_so: Callable[[], bool], seconds: float = 8) -> None:
        end = time.monotonic() + seconds
        while not is_so():
            assert time.monotonic() < end, f"not so after {seconds} s"
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
            time.sleep(0.005)

    return wait


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[RunningHub]:
    with running_hub(tmp_path / "hub") as running:
        yield running


class Advertised(list[FoundHub]):
    """What the network says that hubs are, and how often it was asked."""

    asked = 0

    def answer(self) -> list[FoundHub]:
        self.asked += 1
        return list(self)


@pytest.fixture
def advertised(monkeypatch: pytest.MonkeyPatch) -> Advertised:
    found = Advertised()
    monkeypatch.setattr(joining, "discover", found.answer)
    return found
