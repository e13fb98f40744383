"""Why a number waits, on paper: the sentences of `hall why` for whoever asks, in one language.

Numbers and reasons only, so that it may lie about in the hall.
"""

from collections.abc import Iterator, Mapping, Sequence

from hardware.printer.document import Align, Block, Cut, Document, Feed, Rule, Text
from kiosk.slip import Language
from shared.domain.moments import HALL_ZONE
from shared.domain.why import Code
from shared.protocol.messages import Before, HallInfo, Said, Why

MOST_LINES = 12
"""Of each kind: a slip is no scroll; the rest is counted."""

WORDS: Mapping[str, Mapping[Language, str]] = {
    "title": {"zh": "{number} 排队说明", "en": "Why {number} waits"},
    "ahead": {"zh": "排在前面（{count}）", "en": "Before you ({count})"},
    "nobody": {"zh": "前面没有人", "en": "Nobody is before you"},
    "beside": {
        "zh": "这些窗口还要叫的其他队列（{count}）",
        "en": "Other lines of the same windows ({count})",
    },
    "called": {"zh": "您等候时先被叫到的", "en": "Called first while you waited"},
    "windows": {"zh": "窗口怎样叫号", "en": "How the windows call"},
    "more": {"zh": "另有 {count} 人", "en": "and {count} more"},
    "foot": {
        "zh": "规则见大厅公示，每次叫号都有记录。此单不是号票。",
        "en": "The rules hang in the hall, and every call is on record. This is no ticket.",
    },
}
"""Every sentence of this paper that is not the hub's own, Chinese the source."""


def compose_reasons(hall: HallInfo, why: Why, *, language: Language = "zh") -> Document:
    """The paper that explains one ticket, for any width."""
    return Document(tuple(_Reasons(hall, why, language).blocks()))


class _Reasons:
    def __init__(self, hall: HallInfo, why: Why, language: Language) -> None:
        self._hall, self._why = hall, why
        self._language: Language = language

    def blocks(self) -> Iterator[Block]:
        """Top to bottom."""
        why = self._why
        english = self._language == "en"
        yield Text(self._hall.name_en if english else self._hall.name, bold=True, align=Align.CENTER)
        yield Rule()
        yield Text(self._say("title", number=why.number), size=2, bold=True, align=Align.CENTER)
        yield Text(f"{why.at.astimezone(HALL_ZONE):%Y-%m-%d %H:%M}", align=Align.CENTER)
        yield Rule(dashed=True)
        yield Text(self._pick(why.own), bold=True)
        yield from self._list("ahead" if why.ahead else "nobody", why.ahead, why.ahead_count)
        if why.beside:
            yield from self._list("beside", why.beside, why.beside_count)
        overtook = [before for before in why.called if before.code is not Code.EARLIER]
        if overtook:
            yield from self._list("called", overtook, len(overtook))
        if why.windows:
            yield from self._list("windows", why.windows, len(why.windows))
        yield Rule(dashed=True)
        yield Text(self._say("foot"))
        yield from (Feed(40), Cut())

    def _list(self, head: str, said: Sequence[Before | Said], count: int) -> Iterator[Block]:
        yield Feed(10)
        yield Text(self._say(head, count=count), bold=True)
        shown = said[:MOST_LINES]
        for one in shown:
            yield Text(f"- {_when(one)}{self._pick(one)}", indent=2)
        if count > len(shown):
            yield Text(self._say("more", count=count - len(shown)), indent=2)

    def _say(self, key: str, **values: object) -> str:
        return WORDS[key][self._language].format(**values)

    def _pick(self, said: Before | Said) -> str:
        return said.en if self._language == "en" else said.zh


def _when(said: Before | Said) -> str:
    if isinstance(said, Said) or said.called_at is None:
        return ""
    return f"{said.called_at.astimezone(HALL_ZONE):%H:%M} "
