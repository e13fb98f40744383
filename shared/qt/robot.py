"""The robot: plays an app as a person would, told by JSON lines (for tests, the demo and screenshots).

Commands, one JSON object a line on standard input; `timeout` in seconds (10) may stand beside any:

    {"click": "name"}        wait until the item is to be seen, enabled and at rest, then click its centre
    {"key": "F12"}           press and release a key, or a chord such as "Ctrl+Z", in the active window
    {"type": "text"}         type each character
    {"wait": {"object": "name", "property": "text", "is": "A001"}}     until it is so; instead of "is":
                             "not", "contains" or "at_least"; without a property: until it is to be seen
    {"gone": "name"}         wait until no such item is to be seen
    {"get": {"object": "name", "property": "text"}}                    answers {"ok": true, "value": ...}
    {"names": "prefix"}      answers the object names that are to be seen and begin so
    {"grab": "file.png"}     the window as PNG; {"grab": ..., "window": "name"} another window
    {"quit": true}           close the app

Each is answered by one line on standard output, {"ok": true} or {"ok": false, "error": "..."}; they run in
order. An item's name is its `objectName`, wherever it is: in a Repeater, a Loader, a list or a popup.
The end of the input closes the app.
"""

import json
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPointF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QWindow
from PySide6.QtQuick import QQuickItem, QQuickWindow
from PySide6.QtTest import QTest

DEFAULT_TIMEOUT_SECONDS = 10.0
_POLL_MS = 20
_Ready = Callable[[], Any]


class Impossible(Exception):
    """What was asked for cannot be done at all; waiting would not help."""


class NotYet(Exception):
    """What was asked for is not so yet; the sentence tells why, should it never be."""


class Robot(QObject):
    """Reads commands in a thread and plays them in the Qt thread, one after the other."""

    _line = Signal(str)
    _end = Signal()

    def __init__(self, window: QWindow) -> None:
        super().__init__()
        self._window = window
        self._waiting: list[str] = []
        self._step: _Ready | None = None
        self._until = 0.0
        self._places: dict[str, QPointF] = {}
        self._is_playing = False
        self._poll = QTimer(self, interval=_POLL_MS)
        self._poll.timeout.connect(self._try)
        self._line.connect(self._hear, Qt.ConnectionType.QueuedConnection)
        self._end.connect(QCoreApplication.quit, Qt.ConnectionType.QueuedConnection)
        threading.Thread(target=self._read, name="robot", daemon=True).start()

    def _read(self) -> None:
        with suppress(RuntimeError):  # the app has ended
            for line in sys.stdin:
                self._line.emit(line)
            self._end.emit()

    @Slot(str)
    def _hear(self, line: str) -> None:
        self._waiting.append(line)
        self._next()

    def _next(self) -> None:
        if self._step is not None or not self._waiting:
            return
        try:
            command = json.loads(self._waiting.pop(0))
            self._step = self._plan(command)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            self._answer(ok=False, error=f"not understood: {error!r}")
            return
        self._until = time.monotonic() + float(command.get("timeout", DEFAULT_TIMEOUT_SECONDS))
        self._places.clear()
        self._poll.start()
        self._try()

    def _try(self) -> None:
        """Play the step if it can be played now. A press lets events in: it must not be pressed again."""
        if self._step is None or self._is_playing:
            return
        self._is_playing = True
        try:
            value = self._step()
        except NotYet as reason:
            if time.monotonic() > self._until:
                self._answer(ok=False, error=str(reason))
        except Impossible as reason:
            self._answer(ok=False, error=str(reason))
        else:
            self._answer(ok=True, value=value)
        finally:
            self._is_playing = False

    def _answer(self, *, ok: bool, value: Any = None, error: str = "") -> None:
        answer: dict[str, Any] = {"ok": ok}
        if error:
            answer["error"] = error
        if value is not None:
            answer["value"] = value
        print(json.dumps(answer, ensure_ascii=False), flush=True)  # noqa: T201 - the protocol
        self._step = None
        self._poll.stop()
        QTimer.singleShot(0, self, self._next)

    def _plan(self, command: dict[str, Any]) -> _Ready:
        """The step that plays `command`. Raises KeyError or TypeError when it is none."""
        match command:
            case {"click": str(name)}:
                return lambda: self._click(name)
            case {"key": str(chord)}:
                return lambda: self._press(chord)
            case {"type": str(text)}:
                return lambda: self._type(text)
            case {"wait": {"object": str(name), **test}}:
                return lambda: self._check(name, {str(key): value for key, value in test.items()})
            case {"gone": str(name)}:
                return lambda: self._check_gone(name)
            case {"get": {"object": str(name), "property": str(key)}}:
                return lambda: plain(self._object(name).property(key))
            case {"names": str(prefix)}:
                return lambda: sorted(n for n in set(map(_name, self._seen())) if n.startswith(prefix) and n)
            case {"grab": str(path), **rest}:
                return lambda: self._grab(path, str(rest.get("window", "")))
            case {"quit": True}:
                return self._quit
        raise KeyError(f"no such command: {command}")

    # -- steps: each does it and returns, or raises NotYet ----------------------------------------------

    def _click(self, name: str) -> None:
        item = self._item(name)
        window = _window_of(item)
        centre = item.mapToScene(QPointF(item.width() / 2, item.height() / 2))
        if self._places.get(name) != centre:  # it moves, or was not looked at before
            self._places[name] = centre
            raise NotYet(f"{name} does not come to rest")
        if not is_enabled(item):
            raise NotYet(f"{name} is not enabled")
        if not (0 <= centre.x() < window.width() and 0 <= centre.y() < window.height()):
            raise NotYet(f"{name} is outside the window, at {centre.x():.0f},{centre.y():.0f}")
        QTest.mouseClick(window, Qt.MouseButton.LeftButton, pos=centre.toPoint())

    def _press(self, chord: str) -> None:
        keys = QKeySequence(chord)
        if keys.count() != 1:
            raise Impossible(f"{chord!r} is no key")
        pressed = keys[0]  # type: ignore[index]  # the stubs lack it
        QTest.keyClick(self._active(), pressed.key(), pressed.keyboardModifiers())

    def _type(self, text: str) -> None:
        for character in text:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, character)
                QCoreApplication.sendEvent(self._active(), event)

    def _check(self, name: str, test: dict[str, Any]) -> None:
        if "property" not in test:
            self._item(name)
            return
        value = plain(self._object(name).property(str(test["property"])))
        if not fits(value, test):
            raise NotYet(f"{name}.{test['property']} is {value!r}")

    def _check_gone(self, name: str) -> None:
        if any(_name(item) == name for item in self._seen()):
            raise NotYet(f"{name} is still to be seen")

    def _grab(self, path: str, name: str) -> None:
        window = self._window_named(name)
        image = window.grabWindow()
        if image.isNull() or not image.save(path):
            raise Impossible(f"{path} could not be written")

    def _quit(self) -> None:
        QTimer.singleShot(0, QCoreApplication.quit)

    # -- finding -----------------------------------------------------------------------------------------

    def _item(self, name: str) -> QQuickItem:
        """The item that is to be seen. Raises NotYet."""
        found = next((item for item in self._seen() if _name(item) == name), None)
        if found is None:
            is_hidden = any(_name(item) == name for item in self._all_items())
            raise NotYet(f"{name} is hidden" if is_hidden else f"there is no {name}")
        return found

    def _object(self, name: str) -> QObject:
        """An item, seen ones first, a window, or another named object."""
        with suppress(NotYet):
            return self._item(name)
        for item in self._all_items():
            if _name(item) == name:
                return item
        for window in _windows():
            found = window if _name(window) == name else window.findChild(QObject, name)
            if found is not None:
                return found
        raise NotYet(f"there is no {name}")

    def _seen(self) -> Iterator[QQuickItem]:
        return (item for item in self._all_items() if is_seen(item))

    def _all_items(self) -> Iterator[QQuickItem]:
        for window in _windows():
            if window.isVisible():
                yield from descend(window.contentItem())

    def _active(self) -> QWindow:
        return QGuiApplication.focusWindow() or self._window

    def _window_named(self, name: str) -> QQuickWindow:
        window = next((w for w in _windows() if _name(w) == name), None) if name else self._window
        if not isinstance(window, QQuickWindow):
            raise Impossible(f"there is no window {name}")
        return window


def descend(item: QQuickItem) -> Iterator[QQuickItem]:
    """An item and all below it as they are painted, whoever made them; the last painted first."""
    for child in reversed(item.childItems()):
        yield from descend(child)
    yield item


def is_seen(item: QQuickItem) -> bool:
    """Whether it has a size and neither it nor anything above it is hidden or clear."""
    return (
        item.isVisible()
        and item.width() > 0
        and item.height() > 0
        and not any(_is_clear(i) for i in _up(item))
    )


def is_enabled(item: QQuickItem) -> bool:
    """Whether it takes input."""
    return item.isEnabled()


def plain(value: Any) -> Any:
    """A property's value as JSON knows it; what JSON does not know becomes its text."""
    try:
        json.dumps(value)
    except (TypeError, ValueError):
        return str(value)
    return value


def fits(value: Any, test: dict[str, Any]) -> bool:
    """Whether a value is as a `wait` wants it. Raises Impossible for an unknown comparison."""
    for word, compare in _COMPARISONS.items():
        if word in test:
            return bool(compare(value, test[word]))
    raise Impossible(f"wait needs one of {', '.join(_COMPARISONS)}")


_COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "is": lambda value, wanted: value == wanted,
    "not": lambda value, wanted: value != wanted,
    "contains": lambda value, wanted: wanted in value,
    "at_least": lambda value, wanted: value is not None and value >= wanted,
}


def _is_clear(item: QQuickItem) -> bool:
    return item.opacity() < 0.05


def _up(item: QQuickItem | None) -> Iterator[QQuickItem]:
    while item is not None:
        yield item
        item = item.parentItem()


def _window_of(item: QQuickItem) -> QQuickWindow:
    """Not `item.window()`: PySide takes what a getter returns for a child of the object, so that the
    window would go invalid with an item that its own click removes."""
    *_, top = _up(item)
    for window in _windows():
        if window.contentItem() == top:
            return window
    raise NotYet("the item is in no window")


def _name(thing: QObject) -> str:
    return thing.objectName()


def _windows() -> Iterable[QQuickWindow]:
    return [window for window in QGuiApplication.topLevelWindows() if isinstance(window, QQuickWindow)]
