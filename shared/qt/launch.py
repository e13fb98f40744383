"""How an app starts and ends: options, enrolment, Qt, the bridge, its views, the robot.

def main(argv=None):
    return launch(PROGRAM, argv)

PROGRAM = Program("display", "The hall's boards.", "display", set_up, add_options)
def set_up(stage: Stage) -> QQuickWindow: ...
"""

import argparse
import logging
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QCoreApplication, QSize, QTimer
from PySide6.QtGui import QFont, QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickWindow

from shared.client.identity import DeviceIdentity
from shared.journal import configure
from shared.protocol.messages import Role
from shared.qt.beat import Heartbeat
from shared.qt.bridge import HallBridge
from shared.qt.joining import CannotJoin, join
from shared.qt.messages import log_qt_messages
from shared.qt.options import parse_options
from shared.qt.reporting import Reporting
from shared.qt.seeking import Seeker
from shared.qt.words import ROOT, Language
from shared.supervisor import Supervisor

log = logging.getLogger(__name__)

QML = ROOT / "shared" / "qml"
FAMILY = "Noto Sans CJK SC"
EXIT_CANNOT_START = 2
EXIT_OUR_FAULT = 70
"""EX_SOFTWARE of sysexits.h: a bug of ours; the service manager starts the app again."""


@dataclass(slots=True)
class Stage:
    """What an app's `set_up` finds: everything but its own view-models and views."""

    options: argparse.Namespace
    application: QGuiApplication
    engine: QQmlApplicationEngine
    bridge: HallBridge
    identity: DeviceIdentity
    language: Language
    state: Path
    reporting: Reporting
    at_end: list[Callable[[], None]] = field(default_factory=list)
    """Called when the event loop has ended, last first; the bridge is closed after them."""

    def use_language(self, language: str) -> None:
        """Change the words on the screen."""
        self.language.install(language)
        self.engine.retranslate()


@dataclass(frozen=True, slots=True)
class Program:
    """An app. `set_up` builds view-models and views and gives the window; the bridge starts after it."""

    app: str
    about: str
    role: Role
    set_up: Callable[[Stage], QQuickWindow]
    add_options: Callable[[argparse.ArgumentParser], None] | None = None
    with_queue: bool = False


class CannotStart(Exception):
    """The options ask for what cannot be had; the message is for who installs it."""


def launch(program: Program, argv: Sequence[str] | None = None) -> int:
    """Run an app until it is closed; gives its exit code."""
    options = parse_options(program.app, program.about, argv, program.add_options)
    configure()
    logging.getLogger("httpx").setLevel(logging.WARNING)
    try:
        identity = join(options, program.app, program.role)
    except CannotJoin as reason:
        print(f"hall {program.app}: {reason}", file=sys.stderr)  # noqa: T201 - who installs it reads it
        return EXIT_CANNOT_START
    stage = make_stage(program, options, identity)
    try:
        window = program.set_up(stage)
    except CannotStart as reason:
        print(f"hall {program.app}: {reason}", file=sys.stderr)  # noqa: T201 - who installs it reads it
        end(stage)
        return EXIT_CANNOT_START
    try:
        show(window, options)
        stage.bridge.start()
        seeker = Seeker(stage.bridge, stage.identity, stage.state, stage.application)
        seeker.start()
        stage.reporting.start()
        heartbeat = Heartbeat(stage.bridge, Supervisor())
        stage.at_end.append(heartbeat.stop)
        robot = play_robot(options, window)
        code = stage.application.exec()
        del robot
        return code
    finally:
        end(stage)


def make_stage(program: Program, options: argparse.Namespace, identity: DeviceIdentity) -> Stage:
    """Qt, the QML engine and the bridge, not yet started."""
    application = make_application(program.app)
    language = Language([ROOT / program.app], application)
    if options.lang != language.current:
        language.install(options.lang)
    engine = make_engine()
    bridge = HallBridge(identity.client(), with_queue=program.with_queue, parent=application)
    reporting = Reporting(bridge, application)
    return Stage(options, application, engine, bridge, identity, language, options.state, reporting)


def make_application(app: str) -> QGuiApplication:
    """The Qt application, with the hall's font, Qt's messages in the log, and bugs that end it."""
    log_qt_messages()
    existing = QGuiApplication.instance()
    application = existing if isinstance(existing, QGuiApplication) else QGuiApplication([app])
    application.setApplicationName(app)
    application.setOrganizationName("service-hall")
    font = QFont(FAMILY)
    font.setStyleStrategy(QFont.StyleStrategy.PreferAntialias)
    application.setFont(font)
    sys.excepthook = _crash
    threading.excepthook = lambda args: _crash(args.exc_type, args.exc_value, args.exc_traceback)
    _end_on_signals(application)
    return application


def make_engine() -> QQmlApplicationEngine:
    """A QML engine that knows the shared controls."""
    engine = QQmlApplicationEngine()
    engine.addImportPath(str(QML))
    return engine


def show(window: QQuickWindow, options: argparse.Namespace) -> None:
    """Fill the screen, or be a window of the size that was asked for."""
    if options.size is not None:
        window.resize(QSize(*options.size))
    if options.windowed or options.size is not None:
        window.show()
    else:
        window.showFullScreen()


def end(stage: Stage) -> None:
    """Close what the app opened, in reverse."""
    stage.reporting.stop()
    for closing in reversed(stage.at_end):
        closing()
    stage.bridge.close()
    del stage.engine


def play_robot(options: argparse.Namespace, window: QQuickWindow) -> object:
    """The robot of `--robot`, or None; it plays as long as it is kept."""
    if not options.robot:
        return None
    from shared.qt.robot import Robot

    return Robot(window)


def _crash(kind: type[BaseException], error: BaseException | None, traceback: TracebackType | None) -> None:
    """A bug of ours, told in full; the app ends, and whoever runs it starts it again."""
    if error is not None:
        log.critical("the app ends on a fault of its own", exc_info=(kind, error, traceback))
    QCoreApplication.exit(EXIT_OUR_FAULT)


def _end_on_signals(application: QGuiApplication) -> None:
    """SIGINT and SIGTERM end the event loop; the timer lets Python see them."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: application.quit())
    wake = QTimer(application, interval=200)
    wake.timeout.connect(lambda: None)
    wake.start()
