"""The managers' page of promises: what is accepted and not settled, the most urgent first."""

from collections import Counter
from datetime import date

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute
from starlette.routing import Route as Path

from shared.domain.hours_words import date_in_words
from shared.domain.moments import HALL_ZONE
from shared.domain.refusals import Refused
from shared.domain.workdays import PUBLISHED_THRESHOLDS, PromiseState
from shared.hub.core import Hub
from shared.hub.manage_entry import Entry, Visitor
from shared.hub.manage_frame import HEADERS, PROMISES, Frame, language_of
from shared.services import promises

_LEVELS = {
    PromiseState.RED: ("broken", "✕"),
    PromiseState.AMBER: ("soon", "!"),
    PromiseState.GREEN: ("fine", "✓"),
}


def promise_paths(hub: Hub, entry: Entry, frame: Frame) -> list[BaseRoute]:
    """The page and its form."""
    pages = PromisesPage(hub, entry, frame)
    return [Path(PROMISES, pages.page), Path(f"{PROMISES}/settle", pages.settle, methods=["POST"])]


class PromisesPage:
    """For managers who are signed in."""

    def __init__(self, hub: Hub, entry: Entry, frame: Frame) -> None:
        self._hub = hub
        self._entry = entry
        self._frame = frame

    async def page(self, request: Request) -> Response:
        """All that run."""
        visitor = self._entry.visitor(request)
        if visitor.manager is None:
            return self._frame.enter(request, visitor)
        return self._shown(request, visitor)

    async def settle(self, request: Request) -> Response:
        """Note that one is settled."""
        visitor = self._entry.visitor(request)
        try:
            fields = await self._entry.fields(request)
        except Refused as refused:
            return self._frame.refuse(request, refused, "managers_only")
        if visitor.manager is None:
            return self._frame.enter(request, visitor, status=401)
        given = fields.get("ticket", "")
        ticket = int(given) if given.isdecimal() and len(given) < 16 else 0
        try:
            await self._entry.write(lambda tx: promises.settle(tx, self._hub.plan, ticket), visitor.manager)
        except Refused as refused:
            said = refused.zh if language_of(request) == "zh" else refused.en
            return self._shown(request, visitor, said, refused.refusal.status)
        return RedirectResponse(PROMISES, 303, headers=HEADERS)

    def _shown(self, request: Request, visitor: Visitor, problem: str = "", status: int = 200) -> Response:
        side = 0 if language_of(request) == "zh" else 1
        today = self._hub.clock.now().astimezone(HALL_ZONE).date()
        with self._hub.snapshot() as connection:
            found = promises.running(connection, self._hub.plan, today)

        def words(day: date) -> str:
            return date_in_words(day)[side]

        return self._frame.page(
            request,
            visitor,
            "promises.html",
            status,
            section="promises",
            problem=problem,
            found=found,
            counts=Counter(one.state.value for one in found),
            levels={state.value: level for state, level in _LEVELS.items()},
            day=words,
            rule=PUBLISHED_THRESHOLDS.in_words()[side],
        )
