"""One's own bookings, found by the card or by a code: to change, to cancel, or to take what came free."""

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk import booking, booking_visit
from kiosk.viewmodels.book_faces import NO_BOOKING, BookingFace, booking_face
from kiosk.viewmodels.guide import Guide
from kiosk.viewmodels.page import Page
from kiosk.viewmodels.paging import Paging
from kiosk.visit import Citizen, Sentence, Step
from shared.protocol.booking import Booking, Whose
from shared.protocol.messages import Matter, Nothing
from shared.qt.bridge import HallBridge
from shared.qt.models import ValueListModel

QML_IMPORT_NAME = "Hall.Kiosk"
QML_IMPORT_MAJOR_VERSION = 1

_CANCELLED = Sentence("已取消，位置让给了别人", "It is cancelled, and the place is free for others.")


@QmlElement
class BookMineModel(Page):
    """Looks up as soon as it is known whose; nothing of a person is kept here."""

    changed = Signal()

    def __init__(self, guide: Guide, bridge: HallBridge, parent: QObject | None = None) -> None:
        super().__init__(guide, bridge, parent)
        self._asked: Whose | None = None
        self._carded: Citizen | None = None
        self._matters: dict[str, Matter] = {}
        self._rows = ValueListModel(BookingFace, key="id", parent=self)
        self._paging = Paging(self)
        self._paging.turned.connect(self._show)

    @Property(QObject, constant=True)
    def rows(self) -> QObject:
        return self._rows

    @Property(Paging, constant=True)
    def paging(self) -> Paging:
        return self._paging

    @Property(int, notify=changed)
    def count(self) -> int:
        return len(self.visit.appointment.mine)

    @Property(str, notify=changed)
    def sentence(self) -> str:
        return self.words(self.visit.sentence)

    @Property(bool, notify=changed)
    def isAsking(self) -> bool:
        return self.visit.appointment.is_asking

    # -- the one that is about to be cancelled ------------------------------------------------------------

    @property
    def _chosen(self) -> BookingFace:
        shown = self.visit.appointment.booking if self.visit.step is Step.GIVE_UP else None
        return NO_BOOKING if shown is None else booking_face(shown, self.manner)

    @Property(str, notify=changed)
    def matterName(self) -> str:
        return self._chosen.matter

    @Property(int, notify=changed)
    def month(self) -> int:
        return self._chosen.month

    @Property(int, notify=changed)
    def dayOfMonth(self) -> int:
        return self._chosen.dayOfMonth

    @Property(str, notify=changed)
    def weekday(self) -> str:
        return self._chosen.weekday

    @Property(str, notify=changed)
    def time(self) -> str:
        return self._chosen.time

    # -- what is done -----------------------------------------------------------------------------------

    @Slot(int)
    def change(self, booking_id: int) -> None:
        """Another time; for a place that came free, its confirmation."""
        shown = self._of(booking_id)
        if shown is None:
            return
        matter = self._matters.get(shown.matter)
        if shown.state == "reserved":
            self.guide.go(booking_visit.take_offer(self.visit, shown, matter))
        else:
            self.guide.go(booking_visit.move(self.visit, shown, matter, self.lane(shown.lane)))

    @Slot(int)
    def giveUp(self, booking_id: int) -> None:
        shown = self._of(booking_id)
        if shown is not None:
            self.guide.go(booking_visit.give_up(self.visit, shown))

    @Slot()
    def keep(self) -> None:
        if self.visit.step is Step.GIVE_UP:
            self.guide.go(self.visit.back())

    @Slot()
    def cancel(self) -> None:
        """Give it up now; the question was answered."""
        shown = self.visit.appointment.booking
        if self.visit.step is not Step.GIVE_UP or shown is None or self.visit.appointment.is_asking:
            return
        self.guide.go(booking_visit.ask(self.visit))
        self.bridge.submit(
            lambda client: client.ask(Booking, "cancel_booking", Nothing(), token=shown.token),
            lambda _: self.guide.go(booking_visit.gave_up(self.visit, _CANCELLED)),
            self._not_cancelled,
        )

    @Slot()
    def bookNew(self) -> None:
        """Nothing is booked: book something, then."""
        self.guide.go(booking_visit.new_booking(booking_visit.open_booking(self.visit.home())))

    def _not_cancelled(self, error: Exception) -> None:
        self.guide.go(booking_visit.refused(self.visit, *booking.why(error)))

    def _of(self, booking_id: int) -> Booking | None:
        return next((one for one in self.visit.appointment.mine if one.id == booking_id), None)

    # -- the hub ----------------------------------------------------------------------------------------

    def _show(self, *_: object) -> None:
        self._look_up()
        mine = self.visit.appointment.mine
        self._rows.replace(self._paging.cut([booking_face(one, self.manner) for one in mine]))
        self.changed.emit()

    def _look_up(self) -> None:
        """Ask once for each card or code."""
        visit = self.visit
        citizen = visit.citizen if visit.step is Step.MY_CARD else None
        is_new = citizen is not None and citizen is not self._carded
        self._carded = citizen
        if citizen is not None and is_new and visit.appointment.whose is None:
            self.guide.go(booking_visit.show_card_owner(visit, citizen))
            return
        whose = visit.appointment.whose if visit.step is Step.MY_CARD else None
        if whose is self._asked:
            return
        self._asked = whose
        if whose is not None:
            self.bridge.submit(
                lambda client: booking.find_mine(client, whose),
                lambda mine: self._answer(whose, mine),
                lambda error: self._fail(whose, error),
            )

    def _answer(self, whose: Whose, mine: booking.Mine) -> None:
        if whose is self._asked:
            self._matters = {matter.id: matter for matter in mine.matters}
            self.guide.go(booking_visit.found(self.visit, mine.bookings))

    def _fail(self, whose: Whose, error: Exception) -> None:
        refusal, sentence = booking.why(error)
        if whose is self._asked:
            self.guide.go(booking_visit.not_found(self.visit, refusal, sentence))
