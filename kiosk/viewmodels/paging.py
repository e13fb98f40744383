"""A long list in pages, so that no screen asks a citizen to choose among more than it has room for."""

from collections.abc import Sequence
from typing import TypeVar

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

QML_IMPORT_NAME = "Hall.Kiosk"
QML_IMPORT_MAJOR_VERSION = 1

_T = TypeVar("_T")
MOST_CHOICES = 7


@QmlElement
class Paging(QObject):
    """Which page of a list is shown. The view sets `size`: the rows it has room for."""

    turned = Signal()
    """Another part of the list is to be shown."""
    changed = Signal()

    def __init__(self, parent: QObject | None = None, *, most: int = MOST_CHOICES) -> None:
        """`most`: days and times are read as a calendar is, and may be more than other choices."""
        super().__init__(parent)
        self._most = most
        self._size = most
        self._count = 0
        self._page = 0

    def cut(self, rows: Sequence[_T]) -> list[_T]:
        """The rows of the page that is shown; a page that no longer exists becomes the last one."""
        if len(rows) != self._count:
            self._count = len(rows)
            self._page = min(self._page, self._last)
            self.changed.emit()
        first = self._page * self._size
        return list(rows[first : first + self._size])

    @Slot()
    def rewind(self) -> None:
        """Back to the first page."""
        self._turn(0)

    @property
    def _last(self) -> int:
        return max(0, -(-self._count // self._size) - 1)

    def _turn(self, page: int) -> None:
        page = min(max(0, page), self._last)
        if page != self._page:
            self._page = page
            self._tell()

    @Property(int, notify=changed)
    def count(self) -> int:
        """Rows on all pages."""
        return self._count

    @Property(int, notify=changed)
    def page(self) -> int:
        """The page shown, from 1."""
        return self._page + 1

    @Property(int, notify=changed)
    def pages(self) -> int:
        return self._last + 1

    def _get_size(self) -> int:
        return self._size

    def _set_size(self, size: int) -> None:
        size = min(max(1, size), self._most)
        if size != self._size:
            first = self._page * self._size
            self._size = size
            self._page = first // size
            self._tell()

    def _tell(self) -> None:
        self.turned.emit()
        self.changed.emit()

    size = Property(int, _get_size, _set_size, notify=changed)

    @Slot()
    def next(self) -> None:
        self._turn(self._page + 1)

    @Slot()
    def previous(self) -> None:
        self._turn(self._page - 1)
