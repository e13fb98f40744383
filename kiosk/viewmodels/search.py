"""Finding a matter by Chinese, pinyin or initials. The hub searches; the newest query wins."""

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.viewmodels.faces import MatterFace, matter_face
from kiosk.viewmodels.guide import Guide
from kiosk.viewmodels.page import Page
from kiosk.viewmodels.paging import Paging
from shared.client.api import HubClient
from shared.protocol.messages import Matter, Matters
from shared.qt.bridge import HallBridge
from shared.qt.models import ValueListModel

QML_IMPORT_NAME = "Hall.Kiosk"
QML_IMPORT_MAJOR_VERSION = 1

LONGEST_QUERY = 30


@QmlElement
class SearchModel(Page):
    """The query and its results. Rows of an older query are never shown as those of the present one:
    they vanish when they no longer fit, and `isSettled` is false until the answer is there."""

    changed = Signal()

    def __init__(self, guide: Guide, bridge: HallBridge, parent: QObject | None = None) -> None:
        super().__init__(guide, bridge, parent)
        self._rows = ValueListModel(MatterFace, key="id", parent=self)
        self._paging = Paging(self)
        self._paging.turned.connect(self._show)
        self._matters: list[Matter] = []
        self._asked = ""
        self._answered = ""
        self._has_failed = False

    @Property(QObject, constant=True)
    def rows(self) -> QObject:
        return self._rows

    @Property(Paging, constant=True)
    def paging(self) -> Paging:
        return self._paging

    def _get_query(self) -> str:
        return self.visit.query

    def _set_query(self, query: str) -> None:
        self.guide.go(self.visit.type(query[:LONGEST_QUERY]))

    query = Property(str, _get_query, _set_query, notify=changed)

    @Property(bool, notify=changed)
    def isSettled(self) -> bool:
        """The rows belong to the query that stands there."""
        return self._answered == self._wanted

    @Property(bool, notify=changed)
    def hasFailed(self) -> bool:
        """The hub could not be asked."""
        return self._has_failed

    @Property(int, notify=changed)
    def count(self) -> int:
        return len(self._matters)

    @Slot(str)
    def type(self, key: str) -> None:
        self._set_query(self.visit.query + key)

    @Slot()
    def erase(self) -> None:
        self._set_query(self.visit.query[:-1])

    @Slot()
    def clear(self) -> None:
        self._set_query("")

    @Slot(str)
    def choose(self, matter_id: str) -> None:
        matter = next((matter for matter in self._matters if matter.id == matter_id), None)
        lane = None if matter is None else self.lane(matter.lane)
        if matter is not None and lane is not None and self._answered == self._wanted:
            self.guide.go(self.visit.choose_matter(matter, lane))

    @property
    def _wanted(self) -> str:
        return self.visit.query.strip()

    def _show(self, *_: object) -> None:
        if self._wanted != self._asked:
            self._ask(self._wanted)
        faces = [matter_face(matter, self.lane(matter.lane), self.manner) for matter in self._matters]
        self._rows.replace(self._paging.cut(faces))
        self.changed.emit()

    def _ask(self, query: str) -> None:
        self._asked = query
        self._has_failed = False
        if not query:
            self._take(query, [])
            return

        def search(client: HubClient) -> list[Matter]:
            answer = client.call("matters", q=query)
            return answer.matters if isinstance(answer, Matters) else []

        self.bridge.submit(
            search,
            lambda matters: self._answer(query, matters),
            lambda _error: self._fail(query),
        )

    def _answer(self, query: str, matters: list[Matter]) -> None:
        if query == self._asked:  # an answer to a query that has changed since is dropped
            self._take(query, matters)
            self._show()

    def _take(self, query: str, matters: list[Matter]) -> None:
        self._answered = query
        self._matters = matters
        self._paging.rewind()

    def _fail(self, query: str) -> None:
        if query == self._asked:
            self._has_failed = True
            self._take(query, [])
            self._show()
