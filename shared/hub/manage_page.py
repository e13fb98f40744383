"""What the managers' pages have in common: only managers see them, and every form gets an answer."""

from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Mapping

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from shared.domain.refusals import Refused
from shared.hub.core import Hub
from shared.hub.manage_entry import Entry, Visitor
from shared.hub.manage_frame import HEADERS, Frame, language_of
from shared.web.words import said_in

Fields = Mapping[str, str]
Work = Callable[[Fields, Visitor], Awaitable[Response | None]]
"""What a form does. Raises Refused; gives a page of its own, or None to go back."""


class ManagerPage(ABC):
    """A page for managers who are signed in."""

    def __init__(self, hub: Hub, entry: Entry, frame: Frame) -> None:
        self._hub = hub
        self._entry = entry
        self._frame = frame

    @abstractmethod
    async def shown(self, request: Request, visitor: Visitor) -> Response:
        """The page as it is now."""

    async def page(self, request: Request) -> Response:
        """The page, or the way in."""
        visitor = self._entry.visitor(request)
        if visitor.manager is None:
            return self._frame.enter(request, visitor)
        return await self.shown(request, visitor)


class FormPage(ManagerPage):
    """One with forms."""

    @abstractmethod
    async def shown(
        self, request: Request, visitor: Visitor, problem: str = "", status: int = 200
    ) -> Response:
        """The page as it is now; `problem` says why a form of it was refused."""

    async def posted(self, request: Request, work: Work, back: str) -> Response:
        """A form: its token and its manager are checked; then `back`, or the page with why not."""
        visitor = self._entry.visitor(request)
        try:
            fields = await self._entry.fields(request)
        except Refused as refused:
            return self._frame.refuse(request, refused, "managers_only")
        if visitor.manager is None:
            return self._frame.enter(request, visitor, status=401)
        try:
            answer = await work(fields, visitor)
        except Refused as refused:
            sentence = said_in(refused, language_of(request))
            return await self.shown(request, visitor, sentence, refused.refusal.status)
        return answer or RedirectResponse(back, 303, headers=HEADERS)


def row_id(fields: Fields, name: str) -> int:
    """The number of a row that a form carries; 0, which no row has, for anything else."""
    given = fields.get(name, "")
    return int(given) if given.isdecimal() and len(given) < 16 else 0
