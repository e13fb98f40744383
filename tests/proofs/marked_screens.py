"""Every text on the windows of one app, with a marked person before it, and the slip that it prints.

python -m tests.proofs.marked_screens kiosk|counter|display masked|bare HALL URL FOLDER NAME NUMBER

Writes one JSON line for each look: where, and what is to be read there. `bare` is the control: a kiosk that
masks nothing. The counter's look at the name is `the serving clerk's look`; it is the one that may show it.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_QUICK_BACKEND", "software")

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlEngine, QQmlExpression
from PySide6.QtQuick import QQuickItem, QQuickWindow

from counter.app import put_up as put_up_counter
from counter.testing import counter_at
from display.app import put_up as put_up_board
from display.heard import Heard
from display.viewmodels.calls import Setting
from display.viewmodels.words import Words
from display.voice import Silent
from hardware.idcard import card
from hardware.simulators import simulated_device
from kiosk.testing import descend, kiosk_at, strings_of
from shared.client.api import HubClient
from shared.protocol import messages as m
from shared.qt.bridge import HallBridge
from shared.qt.launch import make_engine
from shared.store.house import House
from shared.testing import RunningHub
from tests.proofs.followers import until

MASKED, BARE = "masked", "bare"
RICH = "an item that takes its text for markup: "
THE_LOOK = "the serving clerk's look"
Look = tuple[str, str]


def texts(windows: Iterable[QQuickWindow]) -> str:
    """All that the items of some windows say, seen or not; and a line for each that takes it for markup."""
    every = [item for window in windows for item in descend(window.contentItem())]
    lines = [str(text) for item in every for text in strings_of(item)]
    rich = [f"{RICH}{item.objectName()} {item.property('text')!r}" for item in every if takes_markup(item)]
    return "\n".join([*lines, *rich])


def takes_markup(item: QQuickItem) -> bool:
    """Whether a text item would draw <b> as bold. Asked in QML: Python has no type for its formats."""
    if item.metaObject().indexOfProperty("textFormat") < 0:
        return False
    context = QQmlEngine.contextForObject(item)
    found: object = QQmlExpression(context, item, "textFormat").evaluate()
    return found != (Qt.TextFormat.PlainText.value, False)


def at_the_kiosk(hub: RunningHub, folder: Path, name: str, number: str) -> Iterator[Look]:
    """A card is read, a number is taken, a slip is printed; step by step."""
    with ExitStack() as stack:
        paper = folder / "paper"
        printer = stack.enter_context(simulated_device("printer", "--speed", "0", "--output", str(paper)))
        reader = stack.enter_context(simulated_device("idcard"))
        kiosk = stack.enter_context(kiosk_at(hub, folder, printer=printer, reader=reader))
        kiosk.tap("lane-B")
        kiosk.until(lambda: kiosk.seen("continue-without-card"))
        reader.command("put", name, number)
        kiosk.until(lambda: kiosk.seen("card-name"))
        yield "the kiosk, card read", texts([kiosk.window])
        kiosk.tap("continue")
        kiosk.until(lambda: kiosk.seen("take"))
        yield "the kiosk, before taking", texts([kiosk.window])
        kiosk.tap("take")
        kiosk.number()
        kiosk.until(lambda: kiosk.model.guide.visit.slip == "printed")
        yield "the kiosk, number taken", texts([kiosk.window])
        for path in sorted(paper.iterdir()):
            yield f"the slip's {path.suffix}", path.read_bytes().decode("latin-1")
        yield "the slip", "\n".join(kiosk.slips())


def at_the_counter(hub: RunningHub, folder: Path) -> Iterator[Look]:
    """A clerk calls a marked person, looks at the name once, and finishes."""
    engine = make_engine()
    with counter_at(HubClient(hub.url, hub.enrol("counter", window=3)), folder, window=3) as desk:
        window = put_up_counter(engine, desk.counter)
        windows = [root for root in engine.rootObjects() if isinstance(root, QQuickWindow)]
        window.show()
        desk.open(3, "1003").press("next")
        desk.until(lambda: desk.now[0], "nobody was called")
        yield "the counter, called", texts(windows)
        desk.press("show-name")
        desk.until(lambda: str(desk.counter.now.property("nameShown")) == "True", "no name was shown")
        QCoreApplication.processEvents()
        yield THE_LOOK, texts(windows)
        desk.press("start")
        desk.press("finish")
        desk.until(lambda: not desk.now[0], "the desk is not empty")
        yield "the counter, finished", texts(windows)
        del windows, window
        engine.deleteLater()
        QCoreApplication.processEvents()


def on_the_board(hub: RunningHub, folder: Path) -> Iterator[Look]:
    """The hall board as it stands."""
    engine = make_engine()
    bridge = HallBridge(HubClient(hub.url, hub.enrol("display")))
    board = put_up_board(
        engine, bridge, Silent(), Words(english=True), Setting(), Heard(folder / "heard.json")
    )
    board.window.show()
    bridge.start()
    until(lambda: QCoreApplication.processEvents() is None and board.calls.property("number") != "")
    yield "the display", texts([board.window])
    bridge.close()


def looked(app: str, mode: str, hub: RunningHub, folder: Path, who: m.Identity) -> Iterator[Look]:
    """What a process of its own read on that app's windows. RuntimeError with its log when it fails."""
    command = [sys.executable, "-m", "tests.proofs.marked_screens", app, mode, str(hub.house.folder), hub.url]
    done = subprocess.run(
        [*command, str(folder), who.name, who.number],
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{app}: {done.stderr[-2000:]}")
    for line in done.stdout.splitlines():
        if line.startswith("["):
            where, text = json.loads(line)
            yield where, text


def main(app: str, mode: str, hall: str, url: str, folder: str, name: str, number: str) -> int:
    application = QGuiApplication([app])
    if mode == BARE:
        vars(card).update(mask_name=lambda whole: whole)
    process: subprocess.Popen[str] = subprocess.Popen(["true"], text=True)  # the hub is not ours to end
    process.wait()
    hub = RunningHub(House(Path(hall)), url, process, ())
    acts: dict[str, Callable[[], Iterator[Look]]] = {
        "kiosk": lambda: at_the_kiosk(hub, Path(folder), name, number),
        "counter": lambda: at_the_counter(hub, Path(folder)),
        "display": lambda: on_the_board(hub, Path(folder)),
    }
    for where, text in acts[app]():
        print(json.dumps([where, text]), flush=True)  # noqa: T201 - for `looked`
    sys.stdout.flush()
    del application
    os._exit(0)  # engines that live to the end of an interpreter do not end well


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
