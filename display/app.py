"""The only place where a board is put together."""

import argparse
import logging
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QFont, QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickWindow

from display.heard import Heard
from display.options import add_options, scope_of
from display.stage import Pace
from display.viewmodels.calls import CallsModel, Setting
from display.viewmodels.desk import DeskModel
from display.viewmodels.lanes import LanesModel
from display.viewmodels.link import Link
from display.viewmodels.notices import NoticesModel
from display.viewmodels.status import StatusModel
from display.viewmodels.words import Words
from display.voice import Silent, Sound, Voice
from shared.client.api import HubClient
from shared.client.errors import HubError
from shared.client.identity import IdentityFileError, default_state_folder, enrol, load_identity
from shared.qt.bridge import HallBridge

VIEWS = Path(__file__).parent / "views"
CONTROLS = Path(__file__).parent.parent / "shared" / "qml"
DEFAULT_HUB = "http://127.0.0.1:8750"


@dataclass(frozen=True, slots=True)
class Board:
    """A board on its screen, with the view-models that QML does not own."""

    window: QQuickWindow
    status: StatusModel
    calls: CallsModel
    others: Sequence[QObject]


def put_up(
    engine: QQmlApplicationEngine,
    bridge: Link,
    voice: Voice,
    words: Words,
    setting: Setting,
    heard: Heard,
) -> Board:
    """Make the view-models and load the view; RuntimeError when QML refuses it (its messages are logged)."""
    scope = setting.scope
    status = StatusModel(bridge, words, engine)
    status.tell_sound(voice.sound)
    calls = CallsModel(bridge, voice, words, setting, heard, parent=engine)
    lanes = LanesModel(bridge, words, scope, engine)
    notices = NoticesModel(bridge, words, engine)
    desk = None if scope.window is None else DeskModel(bridge, words, scope.window, engine)
    given: dict[str, QObject] = {"status": status, "calls": calls, "lanes": lanes, "notices": notices}
    engine.setInitialProperties(given | ({"desk": desk} if desk else {}))
    engine.load(QUrl.fromLocalFile(str(VIEWS / "Board.qml")))
    windows = [root for root in engine.rootObjects() if isinstance(root, QQuickWindow)]
    if not windows:
        raise RuntimeError("the board's view did not load")
    return Board(windows[0], status, calls, [lanes, notices, *([desk] if desk else [])])


def main(argv: Sequence[str] | None = None) -> int:
    """Run one board until its window closes. Exit code 2 and a sentence when it cannot start."""
    options = _parser().parse_args(argv)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    folder = options.state or default_state_folder("display")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        identity = load_identity(folder)
    except (OSError, IdentityFileError) as error:
        print(f"hall display: {error}", file=sys.stderr)  # noqa: T201
        return 2
    if options.enrol:
        return _enrol(HubClient(options.hub or DEFAULT_HUB), options.enrol, folder)
    token = options.credential or (identity.token if identity else None)
    client = HubClient(options.hub or (identity.hub if identity else DEFAULT_HUB), token)
    return _run(options, client, folder)


def _enrol(client: HubClient, code: str, folder: Path) -> int:
    """Exchange a code for this board's credential."""
    try:
        enrol(client, code, folder)
    except (HubError, OSError) as error:
        print(f"hall display: {error}", file=sys.stderr)  # noqa: T201
        return 2
    return 0


def _run(options: argparse.Namespace, client: HubClient, folder: Path) -> int:
    application = QGuiApplication(sys.argv[:1])
    application.setFont(QFont("Noto Sans CJK SC"))
    engine = QQmlApplicationEngine()
    engine.addImportPath(str(CONTROLS))
    bridge = HallBridge(client)
    scope = scope_of(options)
    board = put_up(
        engine,
        bridge,
        Silent(Sound.UNWANTED if options.voice == "none" else Sound.NONE),
        Words(english=options.languages is None or "en" in options.languages),
        Setting(scope, Pace(), options.arrows),
        Heard(folder / f"heard-{scope.name}.json"),
    )
    if options.size:
        board.window.resize(*options.size)
    board.window.show() if options.windowed or options.size else board.window.showFullScreen()
    bridge.start()
    try:
        return application.exec()
    finally:
        bridge.close()
        del board, engine


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="hall display", description="A hall, zone or window board.")
    parser.add_argument("--hub", metavar="URL", help="address of the hub (default: the one it enrolled with)")
    parser.add_argument(
        "--enrol", metavar="CODE", help="enrol this board with a code of `hall enrol`, and end"
    )
    parser.add_argument("--credential", help="a device credential instead of the enrolled one")
    parser.add_argument("--state", type=Path, metavar="DIR", help="where this board keeps its memory")
    parser.add_argument("--windowed", action="store_true", help="in a window instead of the whole screen")
    parser.add_argument("--size", type=_size, metavar="WxH", help="in a window of this size")
    add_options(parser)
    return parser


def _size(text: str) -> tuple[int, int]:
    width, _, height = text.partition("x")
    if not (width.isdigit() and height.isdigit()):
        raise argparse.ArgumentTypeError(f"a size is WxH such as 1920x1080, not {text!r}")
    return int(width), int(height)
