"""The managers' page of calls by hand: what contradicts the hall, and what was decided."""

from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute
from starlette.routing import Route as Path

from shared.domain.moments import HALL_ZONE
from shared.domain.ticket import State
from shared.hub.core import Hub
from shared.hub.manage_entry import Entry, Visitor
from shared.hub.manage_frame import MANUAL, Frame, language_of
from shared.hub.manage_page import Fields, FormPage, row_id
from shared.protocol.manual import ManualCallSeen, StepSeen, Verdict
from shared.services import manual
from shared.services.manual_view import calls_view
from shared.store.tickets import STATE_ZH
from shared.web.manage_words import word
from shared.web.words import Language

_LONGEST_REASON = 200


def manual_paths(hub: Hub, entry: Entry, frame: Frame) -> list[BaseRoute]:
    """The page and its form."""
    pages = ManualPage(hub, entry, frame)
    return [Path(MANUAL, pages.page), Path(f"{MANUAL}/settle", pages.settle, methods=["POST"])]


class ManualPage(FormPage):
    """What contradicts the hall, and what was decided."""

    async def settle(self, request: Request) -> Response:
        """Decide one."""

        async def work(fields: Fields, visitor: Visitor) -> Response | None:
            reason, call = fields.get("reason", "").strip()[:_LONGEST_REASON], row_id(fields, "call")
            if not reason:
                missing = word("manual_reason_missing", language_of(request))
                return await self.shown(request, visitor, missing, 422, call)
            verdict: Verdict = "noted" if fields.get("verdict") == "noted" else "hall"
            await self._entry.write(
                lambda tx: manual.settle(tx, self._hub.plan, call, verdict, reason), visitor.signed_in
            )
            return None

        return await self.posted(request, work, MANUAL)

    async def shown(
        self, request: Request, visitor: Visitor, problem: str = "", status: int = 200, at: int = 0
    ) -> Response:
        """All of it; `at` is the call whose form was refused."""
        language = language_of(request)
        with self._hub.snapshot() as connection:
            found = calls_view(connection, self._hub.plan)
        return self._frame.page(
            request,
            visitor,
            "manual.html",
            status,
            section="manual",
            problem=problem,
            at=at,
            found=found,
            name_of=self._name,
            known=lambda one: _known(one, language),
            step=lambda one: _step(one, language),
            short=lambda moment: _short(moment, self._hub.clock.now()),
        )

    def _name(self, who: str) -> str:
        """`clerk:9001`, or a clerk's number, as people say it."""
        number = who.rpartition(":")[2]
        return self._hub.plan.clerk_names.get(number, number)


def _step(one: StepSeen, language: Language) -> str:
    said = word(f"step_{one.step}", language, time=f"{one.at.astimezone(HALL_ZONE):%H:%M}")
    return f"{said} ({word('manual_carried', language)})" if one.carried else said


def _known(one: ManualCallSeen, language: Language) -> str:
    known = one.known
    if known is None:
        return word("manual_unknown", language)
    state = STATE_ZH[State(known.state)] if language == "zh" else known.state
    time = f"{known.since.astimezone(HALL_ZONE):%H:%M}"
    if known.window is None or not known.clerk:
        return word("manual_known", language, state=state, time=time)
    return word("manual_known_at", language, state=state, window=known.window, clerk=known.clerk, time=time)


def _short(moment: datetime, now: datetime) -> str:
    """A moment as a page has room for it: the time today, else with its day."""
    local = moment.astimezone(HALL_ZONE)
    is_today = local.date() == now.astimezone(HALL_ZONE).date()
    return f"{local:%H:%M}" if is_today else f"{local:%m-%d %H:%M}"
