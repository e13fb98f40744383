"""The confirmation of a booking on paper: when, where, what to bring, and the two codes. Knows no printer.

It is kept for days and shown to others, so that it stands in both languages, and names nobody.
"""

from collections.abc import Iterator, Mapping

from hardware.printer.document import Align, Block, Cut, Document, Feed, Qr, Rule, Text
from hardware.printer.text import column_width
from kiosk.slip import NARROW
from shared.domain.hours_words import date_in_words
from shared.domain.moments import HALL_ZONE
from shared.protocol.booking import Booking
from shared.protocol.messages import HallInfo, Matter

WORDS: Mapping[str, tuple[str, str]] = {
    "title": ("预约凭证", "Booking"),
    "code": ("预约码", "Booking code"),
    "bring": ("请准备：{what}", "Please bring the documents named above"),
    "place": ("{place}  {lane}", "{place}  {lane}"),
    "scan": ("到大厅后在自助机扫此码签到", "At the hall, scan this code at a kiosk to check in"),
    "phone": ("手机扫码可改期或取消", "Scan with a phone to change or cancel"),
    "late": (
        "请按时签到；迟到超过 {late} 分钟，按签到时间排队",
        "Be in time: more than {late} min late, your turn counts from check-in",
    ),
}
"""Every sentence of this paper: Chinese, English."""


def compose_booking(
    hall: HallInfo, booking: Booking, matter: Matter | None, *, address: str, columns: int
) -> Document:
    """The confirmation of `booking`, whose page is at `address`, for paper `columns` wide."""
    return Document(tuple(_Paper(hall, booking, matter, columns).blocks(address)))


class _Paper:
    def __init__(self, hall: HallInfo, booking: Booking, matter: Matter | None, columns: int) -> None:
        self._hall, self._booking, self._matter = hall, booking, matter
        self._columns = columns

    def blocks(self, address: str) -> Iterator[Block]:
        """Top to bottom."""
        yield from self._head()
        yield from self._when()
        yield from self._what()
        yield Rule(dashed=True)
        yield Qr(address, width=0.62 if self._columns < NARROW else 0.48)
        yield from self._both("code")
        yield Text(self._booking.code, size=2, bold=True, align=Align.CENTER)
        yield from self._both("scan")
        yield from self._both("phone")
        yield Rule(dashed=True)
        yield from self._both("late", late=self._hall.rules.appointment_late)
        yield from (Feed(40), Cut())

    def _head(self) -> Iterator[Block]:
        main, bracket, rest = self._hall.name.partition("（")
        size = 2 if column_width(main) * 2 <= self._columns else 1
        yield Text(main, size=size, bold=True, align=Align.CENTER)
        if bracket:
            yield Text(bracket + rest, align=Align.CENTER)
        yield Text(" ".join(WORDS["title"]), bold=True, align=Align.CENTER)
        yield Rule()

    def _when(self) -> Iterator[Block]:
        day = date_in_words(self._booking.day)
        yield Feed(16)
        yield Text(day[0], size=2, bold=True, align=Align.CENTER)
        yield Text(
            f"{self._booking.start.astimezone(HALL_ZONE):%H:%M}", size=4, bold=True, align=Align.CENTER
        )
        yield Text(day[1], align=Align.CENTER)
        yield Feed(16)

    def _what(self) -> Iterator[Block]:
        booking = self._booking
        yield Rule(dashed=True)
        yield Text(booking.matter_name, bold=True)
        if booking.matter_name_en:
            yield Text(booking.matter_name_en)
        yield Text(self._say("place", 0, place=booking.place, lane=f"{booking.lane} {booking.lane_name}"))
        if booking.place_en or booking.lane_name_en:
            yield Text(self._say("place", 1, place=booking.place_en, lane=booking.lane_name_en))
        if self._matter is not None and self._matter.materials:
            what = "、".join(self._matter.materials)
            yield Text(self._say("bring", 0, what=what), bold=True)
            yield Text(self._say("bring", 1))

    def _both(self, key: str, **values: object) -> Iterator[Block]:
        for language in (0, 1):
            yield Text(self._say(key, language, **values), align=Align.CENTER)

    def _say(self, key: str, language: int, **values: object) -> str:
        return WORDS[key][language].format(**values)
