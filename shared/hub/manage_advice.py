"""The managers' page of advice: which window to open, close or move, and if earlier advice came true."""

from starlette.requests import Request
from starlette.responses import Response

from shared.domain.moments import HALL_ZONE
from shared.hub.core import Hub
from shared.hub.manage_entry import Entry
from shared.hub.manage_frame import Frame, language_of
from shared.protocol.messages import Advice, PastAdvice
from shared.services.advice import advice_now
from shared.web.manage_words import word
from shared.web.words import Language


class AdvicePage:
    """For managers who are signed in; it looks again by itself every half minute."""

    def __init__(self, hub: Hub, entry: Entry, frame: Frame) -> None:
        self._hub = hub
        self._entry = entry
        self._frame = frame

    async def page(self, request: Request) -> Response:
        """What would help now, and what was advised before."""
        visitor, language = self._entry.visitor(request), language_of(request)
        if visitor.manager is None:
            return self._frame.enter(request, visitor)
        with self._hub.snapshot() as connection:
            answer = advice_now(connection, self._hub.plan, self._hub.advised)
        return self._frame.page(
            request,
            visitor,
            "advice.html",
            section="advice",
            looked=None if answer.at is None else f"{answer.at.astimezone(HALL_ZONE):%H:%M}",
            now=answer.now,
            say=lambda advice: _said(advice, language),
            past=[(past, _verdict(past, language)) for past in answer.past],
        )


def _said(advice: Advice, language: Language) -> str:
    return advice.zh if language == "zh" else advice.en


def _verdict(past: PastAdvice, language: Language) -> tuple[str, list[str]]:
    """A level for its mark, and the words."""
    if past.longest is None:
        return "open", [word("advice_running", language)]
    followed = word("advice_followed" if past.followed else "advice_not_followed", language)
    came = word("advice_true" if past.came_true else "advice_untrue", language, longest=f"{past.longest:.0f}")
    return ("fine" if past.came_true else "off"), [followed, came]
