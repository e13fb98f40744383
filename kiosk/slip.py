"""The slip a citizen takes away: a ticket laid out for 80 mm or 58 mm paper.

Says the same as the rules on the wall, in the same words; less of it on narrow paper. Knows no printer: the
result is a document that any printer driver encodes.
"""

from collections.abc import Iterator, Mapping
from typing import Literal

from hardware.printer.document import Align, Block, Columns, Cut, Document, Feed, Qr, Rule, Text
from hardware.printer.text import column_width
from kiosk.visit import is_local
from shared.domain.moments import HALL_ZONE
from shared.protocol.messages import Estimate, HallInfo, Lane, Matter, TakenTicket, Ticket

Language = Literal["zh", "en"]

NARROW = 40  # columns; paper with fewer gets fewer words

WORDS: Mapping[str, Mapping[Language, str]] = {
    "ahead": {"zh": "前面 {n} 人", "en": "{n} ahead of you"},
    "minutes": {"zh": "约 {low}-{high} 分钟", "en": "about {low}-{high} min"},
    "about": {"zh": "约 {low} 分钟", "en": "about {low} min"},
    "long": {"zh": "等候较长，可先离开大厅", "en": "a long wait; you may leave"},
    "window": {"zh": "请到 {n} 号窗口", "en": "Please go to window {n}"},
    "bring": {"zh": "请准备：{what}", "en": "Have ready: {what}"},
    "scan": {"zh": "扫码看进度，可离开大厅等候", "en": "Scan to follow your place; you may wait elsewhere"},
    "scan_short": {"zh": "扫码看进度", "en": "Scan to follow your place"},
    "missed": {
        "zh": "过号可在本日内回到窗口或取号机恢复一次",
        "en": "Missed your call? Come back once today, at the window or the kiosk",
    },
    "copy": {"zh": "【补打】", "en": "[COPY]"},
    "offline": {"zh": "【离线取号】", "en": "[OFFLINE]"},
    "offline_note": {
        "zh": "取号时系统未联网，等候人数以现场叫号为准",
        "en": "Given without the system; follow the calls in the hall",
    },
    "offline_note_short": {"zh": "以现场叫号为准", "en": "Follow the calls"},
    "copy_note": {"zh": "与原号票同号，仅一张有效", "en": "Same number as the first slip; only one counts"},
}
"""Every sentence of a slip, Chinese the source."""


def compose_slip(
    hall: HallInfo,
    taken: TakenTicket,
    lane: Lane,
    matter: Matter | None,
    *,
    columns: int,
    copy: bool = False,
    language: Language = "zh",
) -> Document:
    """The slip of `taken`, for paper `columns` wide. A `copy` bears the same number and the mark 补打.

    The estimate is printed only where the hub gave one; the people ahead always while the ticket waits.
    """
    composer = _Composer(columns, language)
    ticket = taken.ticket
    blocks = [
        *composer.head(hall, copy=copy),
        *composer.offline(taken),
        *composer.place(lane, matter),
        *composer.number(ticket),
        *composer.waiting(ticket),
        *composer.when_and_where(ticket, lane),
        *composer.bring(matter),
        *composer.foot(taken.url),
        Feed(40),
        Cut(),
    ]
    return Document(tuple(blocks))


class _Composer:
    """The parts of a slip, top to bottom, for one width and language."""

    def __init__(self, columns: int, language: Language) -> None:
        self._columns = columns
        self._language: Language = language
        self._is_narrow = columns < NARROW

    def _say(self, key: str, **values: object) -> str:
        return WORDS[key][self._language].format(**values)

    def _pick(self, zh: str, en: str) -> str:
        return en if self._language == "en" and en else zh

    def head(self, hall: HallInfo, *, copy: bool) -> Iterator[Block]:
        name = self._pick(hall.name, hall.name_en)
        main, bracket, rest = name.partition("（")
        size = 2 if column_width(main) * 2 <= self._columns else 1
        yield Text(main, size=size, bold=True, align=Align.CENTER)
        if bracket:
            yield Text(bracket + rest, align=Align.CENTER)
        if copy:
            yield Feed(8)
            yield Text(self._say("copy"), size=2, bold=True, align=Align.CENTER)
            yield Text(self._say("copy_note"), align=Align.CENTER)
        yield Rule()

    def offline(self, taken: TakenTicket) -> Iterator[Block]:
        if is_local(taken):
            note = "offline_note_short" if self._is_narrow else "offline_note"
            yield Text(self._say("offline"), size=2, bold=True, align=Align.CENTER)
            yield Text(self._say(note), align=Align.CENTER)
            yield Rule()

    def place(self, lane: Lane, matter: Matter | None) -> Iterator[Block]:
        name = f"{lane.letter} {self._pick(lane.name, lane.name_en)}"
        if matter is None:
            yield Text(name, bold=True, align=Align.CENTER)
        else:
            yield Columns(name, matter.name, bold=True)

    def number(self, ticket: Ticket) -> Iterator[Block]:
        yield Feed(28)
        spacing = 8 if len(ticket.number) <= 4 else 4  # A1000 still fits on 58 mm
        yield Text(ticket.number, size=4, bold=True, align=Align.CENTER, spacing=spacing)
        yield Feed(24)

    def waiting(self, ticket: Ticket) -> Iterator[Block]:
        if ticket.ahead is None:
            if ticket.window is not None:
                yield Text(self._say("window", n=ticket.window), size=2, bold=True, align=Align.CENTER)
            return
        yield Text(self._say("ahead", n=ticket.ahead), size=2, bold=True, align=Align.CENTER)
        if ticket.estimate is not None:
            yield Text(self._wait(ticket.estimate), align=Align.CENTER)

    def _wait(self, estimate: Estimate) -> str:
        if estimate.kind == "long":
            return self._say("long")
        key = "about" if estimate.low == estimate.high else "minutes"
        return self._say(key, low=estimate.low, high=estimate.high)

    def when_and_where(self, ticket: Ticket, lane: Lane) -> Iterator[Block]:
        yield Rule(dashed=True)
        taken_at = f"{ticket.taken_at.astimezone(HALL_ZONE):%Y-%m-%d %H:%M}"
        place = self._pick(lane.place, lane.place_en)
        if self._is_narrow:
            yield from (Text(taken_at), Text(place))
        else:
            yield Columns(taken_at, place)

    def bring(self, matter: Matter | None) -> Iterator[Block]:
        """What to have ready; the whole list, as the one thing a citizen must not miss."""
        if matter is None or not matter.materials:
            return
        prefix = column_width(self._say("bring", what=""))
        what = "、".join(matter.materials)
        yield Text(self._say("bring", what=what), indent=0 if self._is_narrow else min(prefix, 16))

    def foot(self, url: str) -> Iterator[Block]:
        yield Feed(4)
        if url:
            yield Qr(url, width=0.62 if self._is_narrow else 0.48)
            yield Text(self._say("scan_short" if self._is_narrow else "scan"), align=Align.CENTER)
        yield Rule(dashed=True)
        yield Text(self._say("missed"), align=Align.LEFT if self._is_narrow else Align.CENTER)
