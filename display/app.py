"""The only place where a board is put together."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickWindow

from display.drawn import DrawnCalls
from display.heard import Heard
from display.last_board import BoardKeeper, LastBoard
from display.options import add_options, scope_of
from display.spoken import open_voice
from display.viewmodels.calls import CallsModel, Setting
from display.viewmodels.desk import DeskModel
from display.viewmodels.lanes import LanesModel
from display.viewmodels.link import Link
from display.viewmodels.notices import NoticesModel
from display.viewmodels.status import StatusModel
from display.viewmodels.words import Words
from display.voice import Voice, voice_report
from shared.qt.launch import Program, Stage, launch

VIEWS = Path(__file__).parent / "views"


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
    status = StatusModel(bridge, words, lambda: voice.sound, engine)
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


def set_up(stage: Stage) -> QQuickWindow:
    """The board that the options ask for."""
    options, scope = stage.options, scope_of(stage.options)
    voice = open_voice(
        options.voice,
        options.voice_pack,
        lambda: options.languages or _spoken_in(stage),
        repeat=options.repeat,
        volume=options.volume,
    )
    stage.at_end.append(voice.close)
    stage.reporting.sources.append(lambda: voice_report(voice.sound))
    heard = Heard(stage.state / f"heard-{scope.name}.json")
    if (seen := heard.load()) is not None:
        stage.bridge.resume_after(seen)
    board = put_up(
        stage.engine,
        stage.bridge,
        voice,
        Words(english=options.languages is None or "en" in options.languages),
        Setting(scope, options.turn, options.arrows),
        heard,
    )
    owner = sha256(stage.identity.token.encode()).hexdigest()
    BoardKeeper(stage.bridge, LastBoard(stage.state / f"board-{scope.name}.json", owner), parent=stage.engine)
    drawn = DrawnCalls(board.window, board.calls)
    stage.at_end.append(drawn.deleteLater)
    return board.window


def _spoken_in(stage: Stage) -> Sequence[str]:
    """The hall's own languages, once it is known; Chinese until then."""
    mirror = stage.bridge.mirror
    return ("zh",) if mirror is None else mirror.hall.languages


PROGRAM = Program("display", "A hall, zone or window board.", "display", set_up, add_options)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one board until it is closed; gives the exit code."""
    return launch(PROGRAM, argv)
