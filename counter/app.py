"""The only place where a counter is put together."""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickWindow

from counter.keys import load_keys
from counter.options import add_options
from counter.outage import Standby
from counter.spool import Spool
from counter.viewmodels.actions import ActionsModel
from counter.viewmodels.book import BookModel
from counter.viewmodels.dialogs import PickModel, ReasonModel, TransferModel
from counter.viewmodels.evaluator import EvaluatorModel
from counter.viewmodels.line import LineModel
from counter.viewmodels.manual import ManualModel
from counter.viewmodels.my_day import MyDayModel
from counter.viewmodels.now import NowModel
from counter.viewmodels.orders import Orders
from counter.viewmodels.pads import PadsModel, PadSpecs
from counter.viewmodels.seat import Seat
from counter.viewmodels.session import SessionModel
from counter.viewmodels.shape import ShapeModel
from counter.viewmodels.standing_by import StandingBy
from counter.viewmodels.status import StatusModel
from counter.viewmodels.why import WhyModel
from counter.viewmodels.windows import WindowsModel
from hardware.faults import DeviceUnavailable
from shared.qt.bridge import HallBridge
from shared.qt.launch import CannotStart, Program, Stage, launch

VIEWS = Path(__file__).parent / "views"


@dataclass(frozen=True, slots=True)
class Setting:
    """What one counter is told at its start."""

    state: Path
    window: int | None = None
    shape: str = "desk"
    use_language: Callable[[str], None] = lambda _: None
    standby: Standby | None = None
    """None: the file in `state`, on this machine's clock."""


@dataclass(frozen=True, slots=True)
class Counter:
    """A counter's view-models; QML owns none of them."""

    seat: Seat
    orders: Orders
    session: SessionModel
    standing_by: StandingBy
    manual: ManualModel
    windows: WindowsModel
    actions: ActionsModel
    now: NowModel
    line: LineModel
    my_day: MyDayModel
    transfer: TransferModel
    pick: PickModel
    why: WhyModel
    book: BookModel
    reason: ReasonModel
    status: StatusModel
    shape: ShapeModel
    evaluator: EvaluatorModel


def make_counter(bridge: HallBridge, setting: Setting, parent: QObject | None = None) -> Counter:
    """All view-models of one counter, on one seat."""
    keys = load_keys(setting.state)
    seat = Seat(bridge, parent)
    orders = Orders(seat, parent)
    session = SessionModel(seat, orders, parent)
    standby = setting.standby or make_standby(setting.state)
    standing_by = StandingBy(seat, session, standby, parent)
    manual = ManualModel(standing_by, seat, orders, session, setting.window, parent)
    evaluator = EvaluatorModel(seat, orders, session, parent)
    actions = ActionsModel(
        seat, orders, keys.by_action, parent, may_invite=lambda: evaluator.may_invite, manual=manual
    )
    my_day = MyDayModel(seat, orders, parent)
    standing_by.brought.connect(lambda _: my_day.ask())
    actions.inviteAsked.connect(evaluator.invite_again)
    evaluator.changed.connect(actions.refresh)
    return Counter(
        seat=seat,
        orders=orders,
        session=session,
        standing_by=standing_by,
        manual=manual,
        windows=WindowsModel(seat, orders, session, setting.window, parent),
        actions=actions,
        now=NowModel(seat, orders, parent),
        line=LineModel(seat, parent),
        my_day=my_day,
        transfer=TransferModel(seat, orders, parent),
        pick=PickModel(seat, orders, parent),
        why=WhyModel(seat, parent),
        book=BookModel(seat, parent),
        reason=ReasonModel(seat, orders, parent),
        status=StatusModel(seat, keys.mistakes, setting.use_language, parent),
        shape=ShapeModel(seat, actions, setting.shape, setting.state, parent, manual),
        evaluator=evaluator,
    )


def make_standby(state: Path, wait: Callable[[float], object] = time.sleep) -> Standby:
    """What the counter falls back on: its own file, on this machine's clock."""
    return Standby(Spool(state), wait)


def put_up(engine: QQmlApplicationEngine, counter: Counter) -> QQuickWindow:
    """Load both shapes; gives the desk. RuntimeError when QML refuses one (its messages are logged)."""
    common: dict[str, object] = {
        "actions": counter.actions,
        "orders": counter.orders,
        "now": counter.now,
        "line": counter.line,
        "manual": counter.manual,
        "status": counter.status,
    }
    bar = _load(engine, "Bar.qml", common | {"shape": counter.shape})
    desk = _load(
        engine,
        "Counter.qml",
        common
        | {
            "session": counter.session,
            "windows": counter.windows,
            "myDay": counter.my_day,
            "transfer": counter.transfer,
            "pick": counter.pick,
            "why": counter.why,
            "book": counter.book,
            "reason": counter.reason,
        },
    )
    counter.shape.take(desk, bar)
    return desk


def put_up_evaluator(engine: QQmlApplicationEngine, counter: Counter, place: str) -> QQuickWindow | None:
    """The citizen's screen: "screen" fills the second screen if there is one, "window" is a plain window."""
    primary = QGuiApplication.primaryScreen()
    second = next((screen for screen in QGuiApplication.screens() if screen is not primary), None)
    if place == "off" or (place == "screen" and second is None):
        return None
    window = _load(engine, "Evaluator.qml", {"evaluator": counter.evaluator})
    if place == "screen" and second is not None:
        window.setScreen(second)
        window.setGeometry(second.geometry())
        window.showFullScreen()
    else:
        window.show()
    return window


def set_up(stage: Stage) -> QQuickWindow:
    """The counter that the options and the device's enrolment ask for."""
    window = stage.options.window if stage.identity.window is None else stage.identity.window
    ended = threading.Event()
    standby = make_standby(stage.state, ended.wait)
    setting = Setting(stage.state, window, stage.options.shape, stage.use_language, standby)
    recall_hall(stage.bridge, standby)
    counter = make_counter(stage.bridge, setting, stage.engine)
    stage.at_end.append(ended.set)
    stage.application.setQuitOnLastWindowClosed(False)  # a switch of shapes hides the desk
    desk = put_up(stage.engine, counter)
    put_up_evaluator(stage.engine, counter, stage.options.evaluator)
    specs = PadSpecs(stage.options.keypad, stage.options.ledbar)
    try:
        pads = PadsModel(specs, counter.seat, counter.actions, counter.evaluator, stage.engine)
    except DeviceUnavailable as error:
        raise CannotStart(str(error)) from error
    stage.at_end.append(pads.stop)
    stage.reporting.sources.append(pads.report)
    pads.changed.connect(stage.reporting.look)
    return desk


def recall_hall(bridge: HallBridge, standby: Standby) -> None:
    """Show the hall as it was last known until the hub is heard."""
    board = standby.spool.recall()
    if board is not None:
        bridge.recall(board, standby.now())


def _load(engine: QQmlApplicationEngine, view: str, given: dict[str, object]) -> QQuickWindow:
    before = len(engine.rootObjects())
    engine.setInitialProperties(given)
    engine.load(QUrl.fromLocalFile(str(VIEWS / view)))
    roots = engine.rootObjects()[before:]
    if not roots or not isinstance(roots[0], QQuickWindow):
        raise RuntimeError(f"the counter's view {view} did not load")
    return roots[0]


PROGRAM = Program("counter", "A clerk's counter.", "counter", set_up, add_options, with_queue=True)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one counter until it is closed; gives the exit code."""
    return launch(PROGRAM, argv)
