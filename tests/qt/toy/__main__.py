"""The smallest app that starts as the hall's apps do; the robot's tests play it."""

import sys
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtQuick import QQuickWindow

from shared.qt.launch import Program, Stage, launch


def set_up(stage: Stage) -> QQuickWindow:
    stage.engine.load(QUrl.fromLocalFile(str(Path(__file__).with_name("Toy.qml"))))
    window = stage.engine.rootObjects()[0]
    assert isinstance(window, QQuickWindow)
    stage.bridge.changed.connect(lambda _: window.setProperty("online", stage.bridge.online))
    return window


sys.exit(launch(Program("display", "A toy.", "display", set_up)))
