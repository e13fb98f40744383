"""Pictures of a camera on a QML screen: a feed that holds the newest, and the item that paints it.

A picture stays in memory only while it is shown; nothing of it goes through an image cache.
"""

import numpy as np
from PySide6.QtCore import Property, QObject, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QImage, QPainter
from PySide6.QtQml import QmlElement
from PySide6.QtQuick import QQuickItem, QQuickPaintedItem

from shared.qt.video.line import Picture

QML_IMPORT_NAME = "Hall.VideoCall"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class PictureFeed(QObject):
    """The newest picture of one source, or none."""

    changed = Signal()
    isThereChanged = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._picture: Picture | None = None
        self.image = QImage()

    def show(self, picture: Picture | None) -> None:
        """Show `picture`; nothing happens when it is the one that is there already."""
        if picture is self._picture:
            return
        was_there = self._picture is not None
        self._picture = picture
        self.image = QImage() if picture is None else image_of(picture)
        self.changed.emit()
        if was_there != (picture is not None):
            self.isThereChanged.emit()

    @property
    def is_there(self) -> bool:
        return self._picture is not None

    isThere = Property(bool, lambda self: self.is_there, notify=isThereChanged)


@QmlElement
class PictureItem(QQuickPaintedItem):
    """The feed's picture as large as fits, its shape kept; around it the item is clear.

    Painted when a new picture is there and at no other time.
    """

    feedChanged = Signal()

    def __init__(self, parent: QQuickItem | None = None) -> None:
        super().__init__(parent)
        self._feed: PictureFeed | None = None
        self.setOpaquePainting(False)

    def paint(self, painter: QPainter) -> None:
        image = QImage() if self._feed is None else self._feed.image
        if image.isNull():
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(fitted(image.size(), QSizeF(self.width(), self.height())), image)

    def _get_feed(self) -> PictureFeed | None:
        return self._feed

    def _set_feed(self, feed: PictureFeed | None) -> None:
        if feed is self._feed:
            return
        if self._feed is not None:
            self._feed.changed.disconnect(self._renew)
        self._feed = feed
        if feed is not None:
            feed.changed.connect(self._renew)
        self.feedChanged.emit()
        self.update()

    def _renew(self) -> None:
        self.update()

    feed = Property(PictureFeed, _get_feed, _set_feed, notify=feedChanged)


def image_of(picture: Picture) -> QImage:
    """A Qt image with pixels of its own, in the format that is painted fastest."""
    pixels = np.ascontiguousarray(picture)
    height, width = pixels.shape[:2]
    kind = QImage.Format.Format_BGR888 if pixels.ndim == 3 else QImage.Format.Format_Grayscale8
    return QImage(pixels.data, width, height, pixels.strides[0], kind).convertToFormat(
        QImage.Format.Format_RGB32
    )


def fitted(size: QSize, room: QSizeF) -> QRectF:
    """Where a picture of `size` lies in the middle of `room`, as large as fits."""
    scaled = QSizeF(size).scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
    return QRectF(
        (room.width() - scaled.width()) / 2,
        (room.height() - scaled.height()) / 2,
        scaled.width(),
        scaled.height(),
    )
