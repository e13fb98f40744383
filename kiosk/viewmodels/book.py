"""Booking a place: the first question, the days with places, and the times of a day."""

from datetime import date

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk import booking, booking_visit
from kiosk.appointment import Errand
from kiosk.viewmodels.book_faces import DayFace, TimeFace, day_faces, time_face, weekday_of
from kiosk.viewmodels.guide import Guide
from kiosk.viewmodels.page import Page
from kiosk.viewmodels.paging import Paging
from kiosk.visit import Step, Visit
from shared.client.api import HubClient
from shared.domain.moments import HALL_ZONE
from shared.protocol.booking import BookingCalendar, BookingTimes
from shared.protocol.request_id import new_request_id
from shared.qt.bridge import HallBridge
from shared.qt.models import ValueListModel

QML_IMPORT_NAME = "Hall.Kiosk"
QML_IMPORT_MAJOR_VERSION = 1

DAYS_A_PAGE = 14
TIMES_A_PAGE = 24


@QmlElement
class BookModel(Page):
    """Asks the hub for days or times as soon as a step wants them; an answer to an older wish is dropped."""

    changed = Signal()

    def __init__(self, guide: Guide, bridge: HallBridge, parent: QObject | None = None) -> None:
        super().__init__(guide, bridge, parent)
        self._days = ValueListModel(DayFace, key="day", parent=self)
        self._times = ValueListModel(TimeFace, key="id", parent=self)
        self._day_pages = Paging(self, most=DAYS_A_PAGE)
        self._time_pages = Paging(self, most=TIMES_A_PAGE)
        for pages in (self._day_pages, self._time_pages):
            pages.turned.connect(self._show)
            guide.wiped.connect(pages.rewind)
        self._asked: tuple[str, str] | None = None

    @Property(QObject, constant=True)
    def days(self) -> QObject:
        return self._days

    @Property(QObject, constant=True)
    def times(self) -> QObject:
        return self._times

    @Property(Paging, constant=True)
    def dayPages(self) -> Paging:
        return self._day_pages

    @Property(Paging, constant=True)
    def timePages(self) -> Paging:
        return self._time_pages

    @Property(str, notify=changed)
    def state(self) -> str:
        """`asking`, `none` (nothing to choose), `failed`, or `ready`."""
        visit = self.visit
        if visit.appointment.refusal:
            return "failed"
        if self._asked is not None:
            return "asking"
        shown = self._days if visit.step is Step.DAYS else self._times
        return "ready" if shown.rows else "none"

    @Property(str, notify=changed)
    def sentence(self) -> str:
        return self.words(self.visit.sentence)

    @Property(str, notify=changed)
    def matterName(self) -> str:
        visit = self.visit
        if visit.matter is not None:
            return self.manner.pick(visit.matter.name, visit.matter.name_en)
        held = visit.appointment.booking
        return "" if held is None else self.manner.pick(held.matter_name, held.matter_name_en)

    @Property(bool, notify=changed)
    def isMoving(self) -> bool:
        """Another time is looked for, for a booking of one's own."""
        return self.visit.appointment.errand is Errand.MOVE

    @Property(bool, notify=changed)
    def hasFullDay(self) -> bool:
        return any(face.isFull for face in self._days.rows)

    @Property(int, notify=changed)
    def month(self) -> int:
        """Of the chosen day; 0 while none is chosen."""
        day = self.visit.appointment.day
        return 0 if day is None else day.month

    @Property(int, notify=changed)
    def dayOfMonth(self) -> int:
        day = self.visit.appointment.day
        return 0 if day is None else day.day

    @Property(str, notify=changed)
    def weekday(self) -> str:
        day = self.visit.appointment.day
        return "" if day is None else weekday_of(day)

    # -- choosing ---------------------------------------------------------------------------------------

    @Slot()
    def open(self) -> None:
        self.guide.go(booking_visit.open_booking(self.visit))

    @Slot()
    def bookNew(self) -> None:
        self.guide.go(booking_visit.new_booking(self.visit))

    @Slot()
    def bookInstead(self) -> None:
        self.guide.go(booking_visit.book_instead(self.visit))

    @Slot()
    def findMine(self) -> None:
        self.guide.go(booking_visit.my_bookings(self.visit))

    @Slot(str)
    def chooseDay(self, day: str) -> None:
        """A day with places, or the waiting list of a full one."""
        face = next((face for face in self._days.rows if face.day == day), None)
        if face is None:
            return
        self._time_pages.rewind()
        chosen = date.fromisoformat(day)
        if face.isFull:
            self.guide.go(booking_visit.wait_for_day(self.visit, chosen, new_request_id()))
        else:
            self.guide.go(booking_visit.choose_day(self.visit, chosen))

    @Slot(int)
    def chooseTime(self, slot_id: int) -> None:
        times = self.visit.appointment.times
        slot = next((slot for slot in times.slots if slot.id == slot_id), None) if times else None
        if slot is not None:
            self.guide.go(booking_visit.choose_slot(self.visit, slot, new_request_id()))

    @Slot()
    def tryAgain(self) -> None:
        self.guide.go(booking_visit.ask_again(self.visit))

    @Slot()
    def chooseAgain(self) -> None:
        """Back to the days, asked for anew."""
        self.guide.go(booking_visit.choose_again(self.visit))

    # -- the hub ----------------------------------------------------------------------------------------

    @property
    def _wanted(self) -> tuple[str, str] | None:
        """The matter and the day (empty: all days) that the step waits for."""
        visit, known = self.visit, self.visit.appointment
        matter = visit.matter.id if visit.matter else known.booking.matter if known.booking else ""
        if known.refusal or not matter:
            return None
        if visit.step is Step.DAYS and known.calendar is None:
            return matter, ""
        if visit.step is Step.TIMES and known.times is None and known.day is not None:
            return matter, known.day.isoformat()
        return None

    def _ask(self) -> None:
        wanted = self._wanted
        if wanted == self._asked:
            return
        self._asked = wanted
        if wanted is None:
            return
        matter, day = wanted

        def work(client: HubClient) -> BookingCalendar | BookingTimes:
            if not day:
                return client.ask(BookingCalendar, "booking_calendar", matter=matter)
            return client.ask(BookingTimes, "booking_times", matter=matter, day=day)

        self.bridge.submit(
            work, lambda answer: self._answer(wanted, answer), lambda error: self._fail(wanted, error)
        )

    def _answer(self, wanted: tuple[str, str], answer: BookingCalendar | BookingTimes) -> None:
        if wanted == self._asked:
            self.guide.go(_shown(self.visit, answer))

    def _fail(self, wanted: tuple[str, str], error: Exception) -> None:
        refusal, sentence = booking.why(error)
        if wanted == self._asked:
            self.guide.go(booking_visit.refused(self.visit, refusal, sentence))

    def _show(self, *_: object) -> None:
        self._ask()
        known = self.visit.appointment
        days: list[DayFace] = []
        if known.calendar is not None:
            today = self.bridge.now().astimezone(HALL_ZONE).date()
            days = day_faces(known.calendar, today, waits=not self.isMoving)
        self._days.replace(self._day_pages.cut(days))
        slots = [] if known.times is None else known.times.slots
        self._times.replace(self._time_pages.cut([time_face(slot) for slot in slots]))
        self.changed.emit()


def _shown(visit: Visit, answer: BookingCalendar | BookingTimes) -> Visit:
    if isinstance(answer, BookingCalendar):
        return booking_visit.show_calendar(visit, answer)
    return booking_visit.show_times(visit, answer)
