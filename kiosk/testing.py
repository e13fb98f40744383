"""A kiosk under test: real views offscreen on a real hub, with fingers and eyes; and visits ready made.

Set QT_QPA_PLATFORM=offscreen and QT_QUICK_BACKEND=software before the first import of Qt.
"""

import argparse
import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, QPointF, Qt, QTimer
from PySide6.QtQuick import QQuickItem, QQuickWindow
from PySide6.QtTest import QTest

from hardware.simulators import SimulatedDevice
from kiosk.app import PROGRAM, put_up
from kiosk.viewmodels.confirm import ConfirmModel
from kiosk.viewmodels.done import DoneModel
from kiosk.viewmodels.kiosk import KioskModel
from kiosk.viewmodels.lending import Lending
from kiosk.viewmodels.search import SearchModel
from kiosk.viewmodels.stillness import StillnessModel
from kiosk.visit import Citizen, Visit
from shared.client.identity import DeviceIdentity
from shared.domain.ordering import Priority
from shared.domain.ticket import State
from shared.protocol import messages as m
from shared.protocol.leases import LeasedNumbers
from shared.protocol.messages import Lane, Matter, TakenTicket, Ticket
from shared.qt.launch import Stage, end, make_stage
from shared.store.sqlite import connect
from shared.testing import RunningHub

WITHIN = 12.0  # seconds; a busy machine


@dataclass
class KioskInHand:
    """A kiosk on its screen, with the fingers and the eyes of a test."""

    hub: RunningHub
    stage: Stage
    window: QQuickWindow
    model: KioskModel = field(repr=False)
    printer: SimulatedDevice | None = None
    reader: SimulatedDevice | None = None
    scanner: SimulatedDevice | None = None
    paper: Path | None = None
    known: set[int] = field(default_factory=set)
    old_slips: int = 0

    @property
    def confirm(self) -> ConfirmModel:
        return cast(ConfirmModel, self.model.confirm)

    @property
    def lending(self) -> Lending:
        found = self.model.findChild(Lending)
        if not isinstance(found, Lending):
            raise LookupError("this kiosk lends nothing")
        return found

    def use_up_lent_numbers(self) -> None:
        """Nothing is left to give without the hub, until it is heard again."""
        now = datetime.now(UTC)
        none = LeasedNumbers(now=now, day=now.date(), day_change="00:00", blocks=[], lanes=[])
        self.lending.standby.spool.keep(none, now)

    def can_print_again(self) -> bool:
        return bool(cast(DoneModel, self.model.done).property("canPrintAgain"))

    @property
    def search(self) -> SearchModel:
        return cast(SearchModel, self.model.search)

    @property
    def stillness(self) -> StillnessModel:
        return cast(StillnessModel, self.model.stillness)

    def until(self, holds: Callable[[], object], what: str = "") -> None:
        """Let the kiosk run until `holds`."""
        deadline = time.monotonic() + WITHIN
        while not holds():
            if time.monotonic() > deadline:
                raise TimeoutError(what or f"not within {WITHIN} s")
            self.rest(0.02)

    def rest(self, seconds: float) -> None:
        loop = QEventLoop()
        QTimer.singleShot(int(seconds * 1000), loop.quit)
        loop.exec()

    def seen(self, name: str) -> QQuickItem | None:
        """The visible item of that name."""
        for item in descend(self.window.contentItem()):
            if item.objectName() == name and item.isVisible() and item.width() > 0:
                return item
        return None

    def tap(self, name: str, times: int = 1) -> None:
        """Touch the middle of an item once it is there, enabled and at rest."""
        self.until(lambda: self._is_ready(name), f"{name} cannot be touched")
        item = self.seen(name)
        if item is None:
            raise LookupError(name)
        middle = item.mapToScene(QPointF(item.width() / 2, item.height() / 2)).toPoint()
        for _ in range(times):
            QTest.mouseClick(self.window, Qt.MouseButton.LeftButton, pos=middle)

    def _is_ready(self, name: str) -> bool:
        item = self.seen(name)
        return item is not None and item.isEnabled()

    def text(self, name: str) -> str:
        item = self.seen(name)
        return "" if item is None else str(item.property("text"))

    def number(self) -> str:
        """The large number, once it is there."""
        self.until(lambda: self.text("number"), "no number was given")
        return self.text("number")

    def step(self) -> str:
        return str(self.model.guide.visit.step)

    def slips(self) -> list[str]:
        """What was printed since the test began, as text."""
        if self.paper is None:
            return []
        paths = sorted(self.paper.glob("slip-*.txt"))[self.old_slips :]
        return [path.read_text("utf-8") for path in paths]

    def new_tickets(self) -> list[m.Ticket]:
        """Those taken since the test began."""
        return [ticket for ticket in self._tickets() if ticket.id not in self.known]

    def fate_of_slip(self, number: str) -> str:
        """The last `slip.*` fact that the hub wrote of a number; empty when there is none."""
        connection = connect(self.hub.house.database, read_only=True)
        try:
            row = connection.execute(
                "SELECT name FROM facts WHERE name LIKE 'slip.%' AND data LIKE ? ORDER BY seq DESC LIMIT 1",
                (f'%"{number}"%',),
            ).fetchone()
        finally:
            connection.close()
        return "" if row is None else str(row[0])

    def begin(self) -> None:
        """A fresh citizen before a kiosk in order."""
        if self.reader is not None:
            self.reader.command("lift")
        if self.printer is not None:
            self.printer.command("paper in")
        self.model.guide.wipe()
        self.known = {ticket.id for ticket in self._tickets()}
        self.old_slips = 0
        self.old_slips = len(self.slips())

    def _tickets(self) -> list[m.Ticket]:
        answer = self.hub.operator.call("queue")
        return answer.tickets if isinstance(answer, m.Queue) else []


def descend(item: QQuickItem) -> Iterator[QQuickItem]:
    yield item
    for child in item.childItems():
        yield from descend(child)


class Complaints(logging.Handler):
    """Collects what Qt and QML complain about."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())


@contextmanager
def kiosk_at(
    hub: RunningHub,
    folder: Path,
    *,
    printer: SimulatedDevice | None = None,
    reader: SimulatedDevice | None = None,
    scanner: SimulatedDevice | None = None,
    size: tuple[int, int] = (1080, 1920),
    patience: float = 30.0,
    token: str | None = None,
    is_online: bool = True,
) -> Iterator[KioskInHand]:
    """A kiosk of that hub with those devices; an unexpected Qt or QML warning fails the test.

    With `token` it is one that enrolled before; not `is_online`, the hub is away.
    """
    token = token or hub.enrol("citizen-kiosk")
    identity = DeviceIdentity(hub=hub.url, device=1, token=token, role="citizen-kiosk", name="k", window=None)
    options = argparse.Namespace(
        lang="zh",
        state=folder,
        printer="none" if printer is None else printer.spec,
        reader="none" if reader is None else reader.spec,
        scanner="none" if scanner is None else scanner.spec,
        patience=patience,
    )
    complaints = Complaints()
    logging.getLogger("qt").addHandler(complaints)
    stage = make_stage(PROGRAM, options, identity)
    made = put_up(stage)
    window = made.window
    try:
        window.resize(*size)
        window.show()
        stage.bridge.start()
        stage.reporting.start()
        kiosk = KioskInHand(hub, stage, window, made.model, printer, reader, scanner, folder / "paper")
        kiosk.until(lambda: stage.bridge.online == is_online, "the hub was not heard")
        yield kiosk
    finally:
        _take_down(stage, made.model)
        logging.getLogger("qt").removeHandler(complaints)
    if complaints.said:
        raise AssertionError(complaints.said)


def _take_down(stage: Stage, model: KioskModel) -> None:
    """In order: Qt's own order at the end of a process is not to be had within one."""
    stage.application.removeEventFilter(model.wedge)
    stage.application.removeEventFilter(model.stillness)  # type: ignore[arg-type]  # a Property to mypy
    engine = stage.engine
    end(stage)
    for thing in (engine, model):
        thing.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def strings_of(thing: QObject) -> Iterator[str]:
    """Every text property of an object."""
    meta = thing.metaObject()
    for index in range(meta.propertyCount()):
        if str(meta.property(index).typeName()) in ("QString", "QStringList", "QVariant"):
            value = meta.property(index).read(thing)
            yield from [value] if isinstance(value, str) else value if isinstance(value, list) else []


NOW = datetime(2026, 11, 23, 2, 32, tzinfo=UTC)
CITIZEN = Citizen("430602194001011239", "张三丰", "430602********1239", "张*", Priority.ELDERLY)


def lane(letter: str = "A", *, is_open: bool = True) -> Lane:
    return Lane(
        letter=letter,
        name="综合窗口",
        name_en="General",
        place="二楼",
        place_en="Floor 2",
        waiting=3,
        estimate=None,
        open=is_open,
        closes_at=NOW,
        opens_at=None,
    )


def matter(key: str = "m1", letter: str = "C") -> Matter:
    return Matter(
        id=key,
        name="不动产登记",
        name_en="Property",
        lane=letter,
        department="自然资源局",
        materials=["身份证"],
        promise_days=2,
        minutes=12,
    )


def taken(number: str = "A001", key: int = 1) -> TakenTicket:
    ticket = Ticket(
        id=key,
        number=number,
        lane=number[0],
        state=State.WAITING,
        taken_at=NOW,
        sort_at=NOW,
        priority=Priority.NONE,
        ahead=3,
    )
    return TakenTicket(ticket=ticket, url=f"http://127.0.0.1/t/{number}")


def at_confirm() -> Visit:
    return Visit().choose_lane(lane()).show_card(CITIZEN).go_on()


def at_issuing(request_id: str = "r1") -> Visit:
    return at_confirm().take(request_id)
