"""Qt's own messages in Python's log: a QML warning is as loud as one of ours."""

import logging

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

log = logging.getLogger("qt")

_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}
_HARMLESS = (
    "This plugin does not support propagateSizeHints()",  # offscreen platform, on every window
    "This plugin does not support raise()",
)


def log_qt_messages() -> None:
    """From now on what Qt and QML say goes to the logger `qt`, at its level."""
    qInstallMessageHandler(_handle)


def _handle(kind: QtMsgType, _: QMessageLogContext, text: str) -> None:
    if text not in _HARMLESS:  # QML's own texts say where
        log.log(_LEVELS.get(kind, logging.WARNING), "%s", text)
