"""The managers' page of the hub itself."""

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from shared.hub.condition import Check, Level, judge, take_stock, worst
from shared.hub.manage_alarm import MARKS, NAMES, state_row
from shared.hub.manage_entry import Visitor
from shared.hub.manage_frame import language_of, render
from shared.hub.manage_page import ManagerPage
from shared.services.reports import is_fine
from shared.store.queries import sql
from shared.web.words import Language


class StatePage(ManagerPage):
    """The hub itself."""

    async def shown(self, request: Request, visitor: Visitor) -> Response:
        """Every check, in words."""
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
