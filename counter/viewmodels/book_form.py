"""A new booking for a caller: for which matter, for whom, and where to remind them."""

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from counter.booking import Caller, bare, book
from counter.viewmodels import words as w
from counter.viewmodels.book_places import PlacesModel
from counter.viewmodels.book_rows import MatterRow, Outcome, day_words, matter_row, outcome_of
from counter.viewmodels.book_talk import BookTalk
from shared.domain.identity import parse_id_number
from shared.domain.refusals import Refused
from shared.protocol import booking as b
from shared.protocol.messages import Matter, Matters
from shared.qt.models import ValueListModel

QML_IMPORT_NAME = "Counter"
QML_IMPORT_MAJOR_VERSION = 1

_SHOWN = 6


@QmlElement
class BookFormModel(QObject):
    """Keeps what is typed until it is done, closed or forgotten. `cleared`: the fields are to be emptied.

    `chosen`: a matter was. An Enter that comes before the list takes the first one as soon as it is there.
    """

    changed = Signal()
    chosen = Signal()
    cleared = Signal()

    def __init__(self, talk: BookTalk, places: PlacesModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._talk, self._places = talk, places
        self._matters = ValueListModel(MatterRow, "key", self)
        self._matter: Matter | None = None
        self._found: dict[str, Matter] = {}
        self._caller = Caller()
        self._asked = 0
        self._no_match = self._is_searching = self._is_awaited = False

    @property
    def matter(self) -> Matter | None:
        """What the caller comes for."""
        return self._matter

    @Slot(str)
    def search(self, typed: str) -> None:
        """List the matters that fit; a chosen one is given up."""
        self._asked += 1
        asked = self._asked
        self._is_searching, self._is_awaited = bool(typed.strip()), False
        if self._matter is not None:
            self._matter = None
            self._places.look("")
        self._talk.hush()
        if not typed.strip():
            self._show([])
        else:
            self._talk.seat.bridge.submit(
                lambda client: client.ask(Matters, "matters", q=typed.strip()[:60]),
                lambda found: self._take(asked, found),
                lambda error: self._fail(asked, error),
            )
        self.changed.emit()

    @Slot(int)
    def chooseAt(self, row: int) -> None:
        """The matter at this row of the list, or the first of the one that is on its way."""
        rows = self._matters.rows
        if self._is_searching:
            self._is_awaited = True
        elif rows:
            self.chooseMatter(rows[max(0, min(row, len(rows) - 1))].key)

    @Slot(str)
    def chooseMatter(self, matter: str) -> None:
        """This one; its days are asked for at once."""
        self._matter = self._found.get(matter)
        if self._matter is not None:
            self._asked += 1
            self._is_searching = False
            self._talk.hush()
            self._show([])
            self._places.look(matter)
            self.changed.emit()
            self.chosen.emit()

    @Slot(str, str, str)
    def type(self, number: str, name: str, phone: str) -> None:
        """The three fields as they stand now."""
        self._caller = Caller(number, name, phone)
        self._talk.hush()
        self.changed.emit()

    def send(self) -> None:
        """Book, or join the waiting list of a full day; says what is missing."""
        try:
            self._send()
        except Refused as refused:
            self._talk.say(refused)

    def clear(self) -> None:
        """Forget everything."""
        self._asked += 1
        self._is_searching = self._is_awaited = False
        self._matter, self._caller = None, Caller()
        self._found = {}
        self._show([])
        self.cleared.emit()
        self.changed.emit()

    def _send(self) -> None:
        today = self._talk.seat.bridge.now().date()
        if self._matter is None:
            self._talk.say(w.SAY_MATTER)
            return
        identity, phone = self._caller.identity(today), self._caller.mobile()
        day, slot = self._places.day, self._places.slot
        if not identity.name:
            self._talk.say(w.SAY_NAME)
        elif self._places.is_full and day is not None:
            wait = b.WaitForPlace(day=day, matter=self._matter.id, identity=identity, phone=phone)
            self._talk.ask(
                wait,
                lambda client, request_id: client.ask(b.Wish, "wait_for_place", wait, request_id=request_id),
                self._waiting,
            )
        elif slot is None:
            self._talk.say(w.SAY_TIME)
        else:
            wanted = b.Reserve(slot=slot, matter=self._matter.id, identity=identity, phone=phone)
            self._talk.ask(
                wanted,
                lambda client, request_id: book(client, wanted, request_id),
                lambda done: outcome_of(w.BOOK_DONE["book"], done),
            )

    def _waiting(self, wish: b.Wish) -> Outcome:
        title = w.say(w.BOOK_DONE["wait"])
        return Outcome(title=title, day=day_words(wish.day), note=w.say(w.BOOK_AHEAD, place=wish.ahead + 1))

    def _take(self, asked: int, found: Matters) -> None:
        if asked == self._asked:
            self._is_searching = False
            self._show(found.matters[:_SHOWN])
            self._no_match = not found.matters
            self.changed.emit()
            if self._is_awaited:
                self.chooseAt(0)

    def _show(self, matters: list[Matter]) -> None:
        self._no_match = False
        if matters:
            self._found = {matter.id: matter for matter in matters}
        self._matters.replace([matter_row(matter) for matter in matters])

    def _fail(self, asked: int, error: Exception) -> None:
        if asked == self._asked:
            self._is_searching = False
            self._talk.tell(error)

    def _number_state(self) -> str:
        typed = bare(self._caller.number)
        if len(typed) < 18:
            return "typing" if typed else ""
        try:
            parse_id_number(typed, self._talk.seat.bridge.now().date())
        except Refused:
            return "wrong"
        return "good"

    def _number_told(self) -> str:
        match self._number_state():
            case "typing":
                return w.say(w.ID_COUNT, count=len(bare(self._caller.number)))
            case "good":
                return w.say(w.ID_GOOD)
            case "wrong":
                return w.say(w.ID_WRONG)
        return ""

    def _matter_name(self) -> str:
        return "" if self._matter is None else w.pair(self._matter.name, self._matter.name_en)

    matters = Property(QObject, lambda self: self._matters, constant=True)
    noMatch = Property(bool, lambda self: self._no_match, notify=changed)
    matterName = Property(str, _matter_name, notify=changed)
    numberState = Property(str, _number_state, notify=changed)
    numberTold = Property(str, _number_told, notify=changed)
