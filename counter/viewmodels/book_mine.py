"""Bookings that exist: found by an ID number or a code, confirmed, moved to another time, given up."""

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from counter.booking import whose
from counter.viewmodels import words as w
from counter.viewmodels.book_places import PlacesModel
from counter.viewmodels.book_rows import BookingRow, Outcome, booking_row, clock, day_words, outcome_of
from counter.viewmodels.book_talk import BookTalk
from shared.domain.refusals import Refused
from shared.protocol import booking as b
from shared.protocol.messages import Nothing, Request
from shared.qt.models import ValueListModel

QML_IMPORT_NAME = "Counter"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class BookMineModel(QObject):
    """`errand` is empty, "move" (a time is being chosen) or "cancel" (asked before it is done)."""

    changed = Signal()
    cleared = Signal()

    def __init__(self, talk: BookTalk, places: PlacesModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._talk, self._places = talk, places
        self._rows = ValueListModel(BookingRow, "key", self)
        self._found: dict[int, b.Booking] = {}
        self._chosen = 0
        self._errand = self._typed = ""
        self._none = False

    @property
    def errand(self) -> str:
        """What is about to be done with the chosen one."""
        return self._errand

    @Slot(str)
    def type(self, typed: str) -> None:
        """An ID number or a code; what was found for another is put away."""
        self._typed = typed
        self._show([])
        self._talk.hush()

    @Slot(int)
    def confirm(self, booking: int) -> None:
        """Make a reservation, or a place that came free, a promise."""
        self._choose(booking, "")
        self._command("confirm", "confirm_booking", Nothing())

    @Slot(int)
    def move(self, booking: int) -> None:
        """Show the times it may move to."""
        self._choose(booking, "move")
        self._places.look(self._found[booking].matter, waits=False)

    @Slot(int)
    def cancel(self, booking: int) -> None:
        """Ask before it is given up."""
        self._choose(booking, "cancel")

    @Slot()
    def leave(self) -> None:
        """Back to the list; nothing is done."""
        self._choose(0, "")

    def send(self) -> None:
        """Do the errand, or look them up."""
        if self._errand == "cancel":
            self._command("cancel", "cancel_booking", Nothing())
        elif self._errand == "move" and self._places.slot is None:
            self._talk.say(w.SAY_TIME)
        elif self._errand == "move":
            self._command("move", "change_booking", b.ChangeBooking(slot=self._places.slot or 0))
        else:
            self.find()

    @Slot()
    def find(self) -> None:
        """Look them up; an errand is left."""
        if not self._typed.strip():
            self._talk.say(w.SAY_WHOSE)
            return
        try:
            wanted = whose(self._typed, self._talk.seat.bridge.now().date())
        except Refused as refused:
            self._talk.say(refused)
            return
        self._talk.ask(
            object(),
            lambda client, request_id: client.ask(b.Bookings, "find_bookings", wanted, request_id=request_id),
            self._take,
        )

    def clear(self) -> None:
        """Forget everything."""
        self._typed = ""
        self._show([])
        self.cleared.emit()

    def _take(self, found: b.Bookings) -> None:
        self._show(found.bookings)
        self._none = not found.bookings
        self.changed.emit()

    def _command(self, name: str, route: str, body: Request) -> None:
        token = self._found[self._chosen].token

        def done(booking: b.Booking) -> Outcome:
            self._show([booking])
            return outcome_of(w.BOOK_DONE[name], booking)

        self._talk.ask(
            (name, token, body),
            lambda client, request_id: client.ask(b.Booking, route, body, request_id=request_id, token=token),
            done,
        )

    def _choose(self, booking: int, errand: str) -> None:
        self._chosen, self._errand = booking, errand
        self._places.look("")
        self._talk.hush()
        self.changed.emit()

    def _show(self, bookings: list[b.Booking]) -> None:
        self._found = {one.id: one for one in bookings}
        self._rows.replace([booking_row(one) for one in sorted(bookings, key=lambda one: one.start)])
        self._chosen, self._errand, self._none = 0, "", False
        self.changed.emit()

    def _question(self) -> str:
        chosen = self._found.get(self._chosen)
        if chosen is None or self._errand != "cancel":
            return ""
        when = f"{day_words(chosen.day)} {clock(chosen.start)}"
        return w.say(w.BOOK_CANCEL, when=when, matter=w.pair(chosen.matter_name, chosen.matter_name_en))

    rows = Property(QObject, lambda self: self._rows, constant=True)
    chosen = Property(int, lambda self: self._chosen, notify=changed)
    errandName = Property(str, lambda self: self._errand, notify=changed)
    question = Property(str, _question, notify=changed)
    told = Property(str, lambda self: w.say(w.BOOK_NONE_FOUND) if self._none else "", notify=changed)
