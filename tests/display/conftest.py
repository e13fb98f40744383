"""A hall in a hand: boards are built from wire messages, without a hub and without a network."""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_QUICK_BACKEND", "software")

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from shared.protocol.messages import Call, HallInfo, Lane, Notice, Window

NOW = datetime(2026, 11, 23, 2, 32, tzinfo=UTC)


@dataclass
class Hall:
    """What a mirror offers to a view-model, changed by hand."""

    seq: int = 100
    hall: HallInfo = field(
        default_factory=lambda: HallInfo(
            name="示例大厅",
            name_en="Sample hall",
            sample=True,
            now=NOW,
            speed=1.0,
            day=date(2026, 11, 23),
            languages=["zh", "en"],
        )
    )
    lanes: dict[str, Lane] = field(default_factory=dict)
    windows: dict[int, Window] = field(default_factory=dict)
    calls: list[Call] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)


class HandBridge(QObject):
    """The signals of the bridge, sent by a test."""

    changed = Signal(object)
    called = Signal(object)

    def __init__(self, mirror: Hall | None) -> None:
        super().__init__()
        self.mirror = mirror
        self.online = True
        self.staleSince = ""
        self.moment = NOW
        self.told_seq = 0 if mirror is None else mirror.seq

    def now(self) -> datetime:
        return self.moment

    def call(self, *calls: Call) -> None:
        """Calls as they happen, in one batch: folded into the mirror, then told."""
        assert self.mirror is not None
        self.mirror.seq = calls[-1].seq
        self.mirror.calls = [*reversed(calls), *self.mirror.calls][:12]
        self.changed.emit(frozenset({"calls"}))
        self.tell(*calls)

    def tell(self, *calls: Call) -> None:
        """The bridge tells calls, each once and in order: as they happen, or what an outage kept back."""
        for call in calls:
            self.told_seq = call.seq
            self.called.emit(call)

    def catch_up(self, *calls: Call) -> None:
        """After a cut: first a snapshot brings the calls (newest first), then the stream tells them."""
        assert self.mirror is not None
        self.mirror.seq = calls[0].seq
        self.mirror.calls = list(calls)
        self.changed.emit(frozenset({"hall", "calls"}))
        self.tell(*(call for call in reversed(calls) if call.seq > self.told_seq))


CallMaker = Callable[..., Call]


@pytest.fixture(scope="session")
def app() -> QGuiApplication:
    existing = QGuiApplication.instance()
    return existing if isinstance(existing, QGuiApplication) else QGuiApplication([])


@pytest.fixture
def bridge(app: QGuiApplication) -> HandBridge:
    return HandBridge(Hall())


@pytest.fixture
def make_call() -> CallMaker:
    def make(
        seq: int, number: str = "", *, window: int = 3, lane: str = "A", age: int = 0, again: int = 0
    ) -> Call:
        at = NOW - timedelta(seconds=age)
        number = number or f"{lane}{seq:03d}"
        return Call(seq=seq, at=at, number=number, window=window, lane=lane, holder="张*", again=again)

    return make


@pytest.fixture
def memory(tmp_path: Path) -> Path:
    return tmp_path / "heard.json"
