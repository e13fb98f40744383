"""The place that is held: reserved as soon as it is known for whom, confirmed by a key, and printed.

A place that is left unconfirmed, by going back, home or away, is given back to others at once.
"""

from dataclasses import replace

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk import booking, booking_visit
from kiosk.appointment import Appointment, Errand, Outcome
from kiosk.viewmodels.book_faces import NO_BOOKING, BookingFace, booking_face, time_of, weekday_of
from kiosk.viewmodels.devices import Devices
from kiosk.viewmodels.guide import Guide
from kiosk.viewmodels.loose_ends import LooseEnds
from kiosk.viewmodels.page import Page
from kiosk.visit import SILENCE, Slip, Step
from shared.domain.booking import LIMITS
from shared.domain.moments import HALL_ZONE
from shared.protocol.booking import Booking, SlotTime, Wish
from shared.qt.bridge import HallBridge

QML_IMPORT_NAME = "Hall.Kiosk"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class BookHoldModel(Page):
    """The steps `hold` and `booked`: of a new booking, of one that moves, and of the waiting list."""

    changed = Signal()
    ticked = Signal()

    def __init__(
        self,
        guide: Guide,
        bridge: HallBridge,
        devices: Devices,
        ends: LooseEnds,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(guide, bridge, parent)
        self._devices = devices
        self._ends = ends
        self._held: Booking | None = None
        self._timer = QTimer(self, interval=500)
        self._timer.timeout.connect(self._tick)
        self._timer.start()
        devices.changed.connect(self._show)

    # -- what is shown ----------------------------------------------------------------------------------

    @property
    def _known(self) -> Appointment:
        return self.visit.appointment

    @property
    def _booking(self) -> Booking | None:
        is_shown = self.visit.step in (Step.HOLD, Step.BOOKED)
        return self._known.booking if is_shown else None

    @property
    def _face(self) -> BookingFace:
        """The booking; while it moves, with its new time."""
        shown = self._booking
        if shown is None:
            return NO_BOOKING
        face = booking_face(shown, self.manner)
        slot = self._new_slot
        if slot is None:
            return face
        day = slot.start.astimezone(HALL_ZONE).date()
        return replace(
            face, month=day.month, dayOfMonth=day.day, weekday=weekday_of(day), time=time_of(slot.start)
        )

    @property
    def _new_slot(self) -> SlotTime | None:
        moves = self.visit.step is Step.HOLD and self._known.errand is Errand.MOVE
        return self._known.slot if moves else None

    @Property(str, notify=changed)
    def state(self) -> str:
        """`asking`, `failed`, `lapsed`, `ready` to confirm, or, past it, `booked` or `waiting`."""
        return self._state

    @property
    def _state(self) -> str:
        known = self._known
        if self.visit.step is Step.BOOKED:
            return "booked" if known.wish is None else "waiting"
        if known.refusal == Outcome.LAPSED:
            return "lapsed"
        if known.refusal and (known.booking is None or known.refusal != Outcome.UNREACHABLE):
            return "failed"
        return "asking" if known.is_asking or known.booking is None else "ready"

    @Property(str, notify=changed)
    def refusal(self) -> str:
        """The hub's code, or one of `Outcome`: which next step to offer."""
        return self._known.refusal

    @Property(str, notify=changed)
    def sentence(self) -> str:
        return self.words(self.visit.sentence)

    @Property(bool, notify=changed)
    def isAsking(self) -> bool:
        return self._known.is_asking

    @Property(bool, notify=changed)
    def isMoving(self) -> bool:
        return self._known.errand is Errand.MOVE

    @Property(bool, notify=changed)
    def canFindMine(self) -> bool:
        """The card that was read may show what its owner has booked; a typed number may not."""
        return self.visit.citizen is not None and not self.visit.citizen.is_typed

    @Property(str, notify=changed)
    def matterName(self) -> str:
        """Of the booking; in the waiting list, of what was chosen."""
        chosen = self.visit.matter if self._known.wish is not None else None
        return self._face.matter if chosen is None else self.manner.pick(chosen.name, chosen.name_en)

    @Property(str, notify=changed)
    def letter(self) -> str:
        return self._face.letter

    @Property(str, notify=changed)
    def laneName(self) -> str:
        return self._face.laneName

    @Property(str, notify=changed)
    def place(self) -> str:
        return self._face.place

    @Property(int, notify=changed)
    def month(self) -> int:
        wish = self._known.wish
        return wish.day.month if wish is not None else self._face.month

    @Property(int, notify=changed)
    def dayOfMonth(self) -> int:
        wish = self._known.wish
        return wish.day.day if wish is not None else self._face.dayOfMonth

    @Property(str, notify=changed)
    def weekday(self) -> str:
        wish = self._known.wish
        return weekday_of(wish.day) if wish is not None else self._face.weekday

    @Property(str, notify=changed)
    def time(self) -> str:
        return self._face.time

    @property
    def _before(self) -> BookingFace:
        """The booking that moves, with its present time."""
        moves = self._booking is not None and self._new_slot is not None
        return booking_face(self._booking, self.manner) if self._booking and moves else NO_BOOKING

    @Property(int, notify=changed)
    def monthBefore(self) -> int:
        return self._before.month

    @Property(int, notify=changed)
    def dayBefore(self) -> int:
        return self._before.dayOfMonth

    @Property(str, notify=changed)
    def weekdayBefore(self) -> str:
        return self._before.weekday

    @Property(str, notify=changed)
    def timeBefore(self) -> str:
        """Empty unless a booking moves."""
        return self._before.time

    @Property(int, notify=changed)
    def ahead(self) -> int:
        """How many wait for a place before one."""
        return 0 if self._known.wish is None else self._known.wish.ahead

    @Property("QStringList", notify=changed)  # type: ignore[arg-type]  # Qt's own name of the type
    def materials(self) -> list[str]:
        return [] if self.visit.matter is None else list(self.visit.matter.materials)

    @Property(str, notify=changed)
    def holder(self) -> str:
        """The masked name, else the masked number."""
        shown = self._booking
        return "" if shown is None else shown.holder or shown.masked_id

    @Property(str, notify=changed)
    def code(self) -> str:
        return self._face.code if self.visit.step is Step.BOOKED else ""

    @Property(str, notify=changed)
    def url(self) -> str:
        """The booking's page, for the QR."""
        shown, mirror = self._booking, self.bridge.mirror
        if self.visit.step is not Step.BOOKED or shown is None or mirror is None:
            return ""
        return booking.page_address(mirror.hall, self.bridge.client.base_url, shown)

    @Property(str, notify=changed)
    def slip(self) -> str:
        """`printing`, `printed`, `unconfirmed` or `shown`."""
        return str(self.visit.slip)

    @Property(bool, notify=changed)
    def leavesCard(self) -> bool:
        return self.visit.used_card

    @Property(bool, notify=changed)
    def canPrint(self) -> bool:
        return self._can_print

    @property
    def _can_print(self) -> bool:
        return self._state == "booked" and not self.visit.is_busy and self._devices.printer.can_print

    @Property(float, notify=ticked)
    def remaining(self) -> float:
        """Seconds until the place goes to others; 0 where none is held."""
        held = self._booking
        if held is None or held.hold_until is None:
            return 0.0
        return max(0.0, (held.hold_until - self.bridge.now()).total_seconds())

    @Property(float, notify=ticked)
    def total(self) -> float:
        """Seconds a place is held in all."""
        held = self._booking
        return LIMITS.offer.total_seconds() if held and held.is_offer else LIMITS.hold.total_seconds()

    # -- what is done -----------------------------------------------------------------------------------

    @Slot()
    def confirm(self) -> None:
        """Make it a promise. A second tap finds it asked for and does nothing."""
        if self._state != "ready" or not self.bridge.online:
            return
        self.guide.go(booking_visit.ask(self.visit))
        wanted = self._known
        self.bridge.submit(
            lambda client: booking.settle(client, wanted), self._settled, lambda error: self._fail(error)
        )

    @Slot()
    def tryAgain(self) -> None:
        self.guide.go(booking_visit.ask_again(self.visit))

    @Slot()
    def findMine(self) -> None:
        self.guide.go(booking_visit.my_bookings(self.visit))

    @Slot()
    def printAgain(self) -> None:
        shown = self._booking
        if shown is not None and self._can_print:
            self._print(shown)

    def _settled(self, settled: Booking) -> None:
        prints = self._devices.printer.can_print
        self.guide.go(booking_visit.confirmed(self.visit, settled, Slip.SHOWN))
        if prints and self.visit.step is Step.BOOKED:
            self._print(settled)

    def _print(self, settled: Booking) -> None:
        mirror = self.bridge.mirror
        if mirror is None:
            return
        hall, matter, equipment = mirror.hall, self.visit.matter, self._devices.equipment
        self.guide.go(booking_visit.paper(self.visit, settled, Slip.PRINTING))

        def fail(error: Exception) -> None:
            self._printed(settled, Slip.UNCONFIRMED)
            raise error

        self.bridge.submit(
            lambda client: booking.print_booking(client, equipment, hall, settled, matter),
            lambda slip: self._printed(settled, slip),
            fail,
        )

    def _printed(self, settled: Booking, slip: Slip) -> None:
        self.guide.go(booking_visit.paper(self.visit, settled, slip))
        self._devices.ask_printer()

    # -- the hub ----------------------------------------------------------------------------------------

    def _show(self, *_: object) -> None:
        self._watch()
        known, citizen, matter = self._known, self.visit.citizen, self.visit.matter
        is_new = known.errand in (Errand.BOOK, Errand.WAIT) and known.booking is None
        is_due = self.visit.step is Step.HOLD and is_new and not known.is_asking and not known.refusal
        if is_due and citizen is not None and matter is not None:
            language = self.manner.language
            asked = booking_visit.ask(self.visit)
            self.bridge.submit(
                lambda client: booking.arrange(client, known, matter.id, citizen, language),
                lambda answer: self._arranged(known.request_id, answer),
                lambda error: self._fail(error, known.request_id),
            )
            self.guide.go(asked)
            self._devices.ask_printer()
        self.changed.emit()
        self.ticked.emit()

    def _arranged(self, request_id: str, answer: Booking | Wish) -> None:
        is_awaited = self.visit.step is Step.HOLD and self._known.request_id == request_id
        if isinstance(answer, Wish):
            self.guide.go(booking_visit.waits(self.visit, answer) if is_awaited else self.visit)
        elif is_awaited:
            self.guide.go(booking_visit.held(self.visit, answer))
        else:
            self._ends.give_back(answer)

    def _fail(self, error: Exception, request_id: str | None = None) -> None:
        refusal, sentence = booking.why(error)
        if self.visit.step is Step.HOLD and request_id in (None, self._known.request_id):
            self.guide.go(booking_visit.refused(self.visit, refusal, sentence))

    def _watch(self) -> None:
        """The citizen left a place unconfirmed; one that ran out has gone back by itself."""
        known, left = self._known, self._held
        self._held = known.booking if known.holds_place else None
        is_kept = left is None or (known.booking is not None and known.booking.id == left.id)
        if left is not None and not is_kept and known.refusal != Outcome.LAPSED:
            self._ends.give_back(left)

    def _tick(self) -> None:
        held = self._booking
        if self.visit.step is not Step.HOLD or held is None or held.hold_until is None:
            return
        if not self._known.is_asking and held.hold_until <= self.bridge.now():
            self.guide.go(booking_visit.lapsed(replace(self.visit, sentence=SILENCE), Outcome.LAPSED))
        self.ticked.emit()
