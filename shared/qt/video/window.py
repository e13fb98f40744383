"""How a video window starts and ends. It needs no hub: a technician tries a line before there is a hall."""

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QUrl
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickWindow

from shared.journal import configure
from shared.qt.launch import EXIT_CANNOT_START, CannotStart, make_application, make_engine, play_robot, show
from shared.qt.options import add_screen_options
from shared.qt.video.line import VideoLine
from shared.qt.video.model import Setting, VideoModel


class OpenableLine(VideoLine, Protocol):
    """A line that listens from `start` to `stop`."""

    def start(self, host: str, port: int) -> int:
        """Returns the port. Raises OSError when it is taken."""

    def stop(self) -> None:
        """Hang up; waits for the goodbye, at most a few seconds."""


@dataclass(frozen=True, slots=True)
class VideoProgram:
    """A program with a video window. `make_line` raises `CannotStart`; `add_options` adds listen and call."""

    name: str
    about: str
    view: Path
    add_options: Callable[[argparse.ArgumentParser], None]
    make_line: Callable[[argparse.Namespace], OpenableLine]


def run(program: VideoProgram, argv: Sequence[str] | None = None) -> int:
    """Show the window until it is closed; returns the exit code."""
    options = _parser(program).parse_args(argv)
    configure()
    try:
        line = program.make_line(options)
        port = _listen(line, *options.listen)
    except CannotStart as reason:
        print(f"{program.name}: {reason}", file=sys.stderr)  # noqa: T201 - who installs it reads it
        return EXIT_CANNOT_START
    application = make_application(program.name)
    engine = make_engine()
    model = VideoModel(line, Setting(options.call, port, options.lang))
    try:
        window = put_up(engine, program.view, model)
        show(window, options)
        robot = play_robot(options, window)
        code = application.exec()
        del robot
        return code
    finally:
        model.rest()
        line.stop()
        del engine


def put_up(engine: QQmlApplicationEngine, view: Path, model: VideoModel) -> QQuickWindow:
    """Load the view. RuntimeError when QML refuses it (its messages are logged)."""
    engine.setInitialProperties({"video": model})
    engine.load(QUrl.fromLocalFile(str(view)))
    windows = [root for root in engine.rootObjects() if isinstance(root, QQuickWindow)]
    if not windows:
        raise RuntimeError(f"the view {view.name} did not load")
    return windows[-1]


def _listen(line: OpenableLine, host: str, port: int) -> int:
    try:
        return line.start(host, port)
    except OSError as error:
        line.stop()
        raise CannotStart(f"cannot listen on {host}:{port}: {error}") from error


def _parser(program: VideoProgram) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=f"python -m {program.name}", description=program.about)
    program.add_options(parser)
    add_screen_options(parser)
    return parser
