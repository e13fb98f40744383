"""The clerks: most at windows of the API, one at the real counter app, pressing its keys."""

import logging

from shared.client.api import HubClient
from shared.client.errors import HubRefused
from shared.config import HallConfig
from shared.demo.floor import Floor
from shared.demo.story import Turn
from shared.protocol import messages as m
from shared.qt.robot_driver import RobotDriver, RobotError

log = logging.getLogger(__name__)

_LOOK_SECONDS = 0.25
_LARGE = 5
"""A lane that so many windows serve is a large one."""
_SERVICE_SHARE = 0.9
"""Clerks of the demo are a little quicker than usual: it is a good day."""


def windows_to_open(hall: HallConfig, always: int) -> list[int]:
    """Few windows, in order, that serve every lane, large ones twice; `always` is among them."""
    chosen = [always]
    for lane in hall.lanes:
        serving = [window.no for window in hall.windows if lane.letter in window.lanes]
        wanted = 2 if len(serving) >= _LARGE else 1
        missing = wanted - len(set(serving) & set(chosen))
        chosen += [no for no in reversed(serving) if no not in chosen][: max(0, missing)]
    return sorted(chosen)


def serve(hub: HubClient, floor: Floor, no: int) -> None:
    """A clerk at window `no` until the day is over."""
    while not floor.over.is_set():
        try:
            ticket = hub.call("call_next", m.CallNext(), no=no)
            if ticket is None:
                floor.over.wait(_LOOK_SECONDS)
                continue
            floor.called(ticket.id, no)
            _attend(hub, floor, no, ticket)
        except HubRefused as refused:
            log.warning("window %s: %s", no, refused.en)
            floor.over.wait(_LOOK_SECONDS)


def _attend(hub: HubClient, floor: Floor, no: int, ticket: m.Ticket) -> None:
    visit = floor.find(ticket.id)
    floor.pass_minutes(0.5)
    if visit is not None and visit.citizen.turn is Turn.MISSES and not visit.twisted:
        visit.twisted = True
        hub.call("recall_ticket", m.Nothing(), id=ticket.id)
        floor.pass_minutes(1)
        hub.call("miss_ticket", m.Nothing(), id=ticket.id)
        return
    hub.call("start_ticket", m.Nothing(), id=ticket.id)
    minutes = visit.citizen.matter.minutes if visit is not None else 10
    floor.pass_minutes(minutes * _SERVICE_SHARE)
    if visit is not None and visit.citizen.turn is Turn.TRANSFERRED and not visit.twisted:
        visit.twisted = True
        _send_on(hub, no, ticket)
        return
    if hub.call("finish_ticket", m.Nothing(), id=ticket.id).state == "done":
        floor.ended(ticket.id, "served")


def _send_on(hub: HubClient, no: int, ticket: m.Ticket) -> None:
    """To another open window of the same lane, and back; to the lane again where there is no other."""
    windows = hub.call("windows").windows
    others = [w.no for w in windows if w.state == "open" and ticket.lane in w.lanes and w.no != no]
    target = (
        m.Transfer(window=others[0], note="请先核验资料", and_back=True)
        if others
        else m.Transfer(lane=ticket.lane)
    )
    hub.call("transfer_ticket", target, id=ticket.id)


class CounterClerk:
    """Works the real counter app with its keys: F12 next, F10 start, F9 finish, F8 miss."""

    def __init__(self, app: RobotDriver, hub: HubClient, floor: Floor, no: int) -> None:
        self._app = app
        self._hub = hub
        self._floor = floor
        self._no = no

    def sign_in(self, number: str, pin: str) -> None:
        """Sign in and open the window."""
        self._app.click("clerk")
        self._app.type(number)
        self._app.click("pin")
        self._app.type(pin)
        self._app.click("sign-in")
        self._app.click("open-window", timeout=15)
        self._app.wait("next", timeout=15)

    def work(self) -> None:
        """Press keys until the day is over."""
        while not self._floor.over.is_set():
            try:
                self._next()
            except RobotError as error:
                log.warning("counter: %s", error)
                self._floor.over.wait(_LOOK_SECONDS)

    def _next(self) -> None:
        ticket = self._before_me()
        if ticket is None:
            if self._hub.call("queue").tickets:
                self._app.key("F12")
            self._floor.over.wait(_LOOK_SECONDS)
            return
        self._floor.called(ticket.id, self._no)
        visit = self._floor.find(ticket.id)
        misses = visit is not None and visit.citizen.turn is Turn.MISSES and not visit.twisted
        if ticket.state == "called" and visit is not None and misses:
            self._app.key("F11")
            self._floor.pass_minutes(1)
            visit.twisted = True
            self._app.key("F8")
        elif ticket.state == "called":
            self._app.key("F10")
        else:
            self._floor.pass_minutes((visit.citizen.matter.minutes if visit else 10) * _SERVICE_SHARE)
            self._app.key("F9")
        self._settle(ticket)

    def _settle(self, before: m.Ticket) -> None:
        """Wait until the hub has the key's outcome."""
        for _ in range(40):
            now = self._hub.call("ticket", id=before.id)
            if now.state != before.state:
                if now.state == "done":
                    self._floor.ended(now.id, "served")
                return
            if self._floor.over.wait(0.05):
                return

    def _before_me(self) -> m.Ticket | None:
        at_window = (t for t in self._hub.call("queue").tickets if t.window == self._no)
        return next((t for t in at_window if t.state in ("called", "serving")), None)
