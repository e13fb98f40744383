"""The managers' page of advice: which window to open, close or move, and if earlier advice came true."""

from starlette.requests import Request
from starlette.responses import Response

from shared.domain.moments import HALL_ZONE
from shared.hub.manage_entry import Visitor
from shared.hub.manage_frame import language_of
from shared.hub.manage_page import ManagerPage
from shared.protocol.messages import PastAdvice
from shared.services.advice import advice_now
from shared.web.manage_words import word
from shared.web.words import Language, said_in


class AdvicePage(ManagerPage):
    """It looks again by itself every half minute."""

    async def shown(self, request: Request, visitor: Visitor) -> Response:
        """What would help now, and what was advised before."""
        language = language_of(request)
        with self._hub.snapshot() as connection:
            answer = advice_now(connection, self._hub.plan, self._hub.advised)
        return self._frame.page(
            request,
            visitor,
            "advice.html",
            section="advice",
            looked=None if answer.at is None else f"{answer.at.astimezone(HALL_ZONE):%H:%M}",
            now=answer.now,
            say=lambda advice: said_in(advice, language),
            past=[(past, _verdict(past, language)) for past in answer.past],
        )


def _verdict(past: PastAdvice, language: Language) -> tuple[str, list[str]]:
    """A level for its mark, and the words."""
    if past.longest is None:
        return "open", [word("advice_running", language)]
    followed = word("advice_followed" if past.followed else "advice_not_followed", language)
    came = word("advice_true" if past.came_true else "advice_untrue", language, longest=f"{past.longest:.0f}")
    return ("fine" if past.came_true else "off"), [followed, came]
