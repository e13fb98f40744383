"""The managers' page of the hub itself."""

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from shared.hub.condition import Check, Level, judge, take_stock, worst
from shared.hub.core import Hub
from shared.hub.manage_alarm import MARKS, NAMES, state_row
from shared.hub.manage_entry import Entry
from shared.hub.manage_frame import Frame, language_of, render
from shared.services.reports import is_fine
from shared.store.queries import sql
from shared.web.words import Language


class StatePage:
    """For managers who are signed in."""

    def __init__(self, hub: Hub, entry: Entry, frame: Frame) -> None:
        self._hub = hub
        self._entry = entry
        self._frame = frame

    async def page(self, request: Request) -> Response:
        """Every check, in words."""
        visitor = self._entry.visitor(request)
        if visitor.manager is None:
            return self._frame.enter(request, visitor)
        return self._frame.page(
            request,
            visitor,
            "state.html",
            section="state",
            board=Markup(self.board(language_of(request))),  # noqa: S704 - rendered by our own template
            time=f"{self._hub.clock.now():%H:%M:%S}",
        )

    def board(self, language: Language) -> str:
        """The checks now, and the devices in one line."""
        checks = [*judge(take_stock(self._hub)), self._devices()]
        rows = [state_row(check, language) for check in checks]
        return render("state_board.html", language, rows=rows, level=NAMES[worst(checks)], marks=MARKS)

    def _devices(self) -> Check:
        with self._hub.snapshot() as connection:
            found = self._hub.reports.view(connection.execute(sql("devices")), self._hub.clock.now())
        active = [unit for unit in found.units if unit.link != "revoked"]
        if not active:
            return Check("devices", Level.UNKNOWN, "devices_none")
        if found.all_fine:
            return Check("devices", Level.FINE, "devices_fine", (("count", len(active)),))
        wanting = len(active) - sum(map(is_fine, active))
        return Check("devices", Level.SOON, "devices_wanting", (("count", wanting),))
