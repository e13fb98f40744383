"""A QR code as an item that paints itself: nothing of it stays in an image cache after the wipe."""

import qrcode
from PySide6.QtCore import Property, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtQml import QmlElement
from PySide6.QtQuick import QQuickItem, QQuickPaintedItem

QML_IMPORT_NAME = "Hall.Kiosk"
QML_IMPORT_MAJOR_VERSION = 1

_QUIET = 4
"""Light modules around the code (ISO/IEC 18004)."""


@QmlElement
class QrCode(QQuickPaintedItem):
    """`content` as black modules on white, as large as the item's shorter side, whole pixels a module."""

    contentChanged = Signal()

    def __init__(self, parent: QQuickItem | None = None) -> None:
        super().__init__(parent)
        self._content = ""
        self._modules: list[list[bool]] = []

    def paint(self, painter: QPainter) -> None:
        side = int(min(self.width(), self.height()))
        painter.fillRect(QRectF(0, 0, self.width(), self.height()), QColor(Qt.GlobalColor.white))
        if not self._modules:
            return
        size = max(1, side // len(self._modules))
        left = (self.width() - size * len(self._modules)) // 2
        top = (self.height() - size * len(self._modules)) // 2
        for y, row in enumerate(self._modules):
            for x, is_dark in enumerate(row):
                if is_dark:
                    module = QRectF(left + x * size, top + y * size, size, size)
                    painter.fillRect(module, Qt.GlobalColor.black)

    def _get_content(self) -> str:
        return self._content

    def _set_content(self, content: str) -> None:
        if content == self._content:
            return
        self._content = content
        self._modules = _modules(content) if content else []
        self.contentChanged.emit()
        self.update()

    content = Property(str, _get_content, _set_content, notify=contentChanged)


def _modules(content: str) -> list[list[bool]]:
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=_QUIET)
    code.add_data(content)
    code.make(fit=True)
    return [[bool(cell) for cell in row] for row in code.get_matrix()]
