"""The managers' page of promises: what is accepted and not settled, the most urgent first."""

from collections import Counter
from datetime import date

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute
from starlette.routing import Route as Path

from shared.domain.hours_words import date_in_words
from shared.domain.moments import HALL_ZONE
from shared.domain.workdays import PUBLISHED_THRESHOLDS, PromiseState
from shared.hub.core import Hub
from shared.hub.manage_entry import Entry, Visitor
from shared.hub.manage_frame import PROMISES, Frame, language_of
from shared.hub.manage_page import Fields, FormPage, row_id
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


class PromisesPage(FormPage):
    """All that run."""

    async def settle(self, request: Request) -> Response:
        """Note that one is settled."""

        async def work(fields: Fields, visitor: Visitor) -> None:
            ticket = row_id(fields, "ticket")
            await self._entry.write(lambda tx: promises.settle(tx, self._hub.plan, ticket), visitor.signed_in)

        return await self.posted(request, work, PROMISES)

    async def shown(
        self, request: Request, visitor: Visitor, problem: str = "", status: int = 200
    ) -> Response:
        """The most urgent first."""
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
