"""The people of a big hall: citizens who take numbers, and clerks at their windows who call.

Everything is due at a moment of its own and is begun then, whatever is still unanswered: a slow hub is not
spared what comes meanwhile. Seconds are counted from the moment it was due, so waiting in line here counts.
"""

import random
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field

from shared.client.api import HubClient
from shared.client.errors import HubError
from shared.protocol import messages as m
from shared.testing import RunningHub

RUSH_SECONDS, RUSH_TICKETS = 60.0, 500
_WALK_SECONDS = 3.0
"""From hearing the call to sitting at the window; shorter where windows call more often."""
_HANDS = 48
LANES = ("A", "B")

Action = Callable[[], object]


@dataclass(slots=True)
class Told:
    """What the hub acknowledged. Lists are appended to by many threads."""

    issue_seconds: list[float] = field(default_factory=list)
    numbers: list[tuple[int, str]] = field(default_factory=list)
    """Ticket and number."""
    called: list[tuple[int, float, float]] = field(default_factory=list)
    """Ticket, when its call was pressed (monotonic), and the seconds until the answer."""
    idle_calls: int = 0
    unanswered: list[str] = field(default_factory=list)
    """What was asked for and not given, in words."""


@dataclass(frozen=True, slots=True)
class Window:
    """A clerk at an open window."""

    no: int
    desk: HubClient


class Crowd:
    """Plays the hall for `seconds`; each window calls every `pause` seconds."""

    def __init__(
        self, kiosks: Sequence[HubClient], windows: Sequence[Window], seconds: float, pause: float, seed: int
    ) -> None:
        self._kiosks = kiosks
        self._windows = windows
        self._seconds = seconds
        self._pause = pause
        self._walk = min(_WALK_SECONDS, pause / 4)
        self._chance = random.Random(seed)  # noqa: S311 - spreads the presses
        self.told = Told()

    def play(self, stop: threading.Event) -> Told:
        """Blocks until everything is answered, or `stop` is set."""
        began, waiting = time.monotonic() + 0.5, []
        with ThreadPoolExecutor(_HANDS, "crowd") as hands:
            for at, action in sorted(self._plan(), key=lambda due: due[0]):
                if stop.wait(max(0.0, began + at - time.monotonic())):
                    break
                waiting.append(hands.submit(self._try, action, began + at))
        _require_done(waiting)
        return self.told

    def _plan(self) -> list[tuple[float, Callable[[float], None]]]:
        """(seconds from the beginning, what to do then)."""
        return [*self._arrivals(), *self._calls()]

    def _arrivals(self) -> list[tuple[float, Callable[[float], None]]]:
        """The rush at the doors, then as many as are called, so that nobody calls in vain."""
        rush = min(self._seconds, RUSH_SECONDS)
        moments = [self._chance.uniform(0, rush) for _ in range(round(RUSH_TICKETS * rush / RUSH_SECONDS))]
        later = self._seconds - rush
        moments += [
            self._chance.uniform(rush, self._seconds)
            for _ in range(round(later * len(self._windows) / self._pause))
        ]
        return [(at, self._take) for at in moments]

    def _calls(self) -> list[tuple[float, Callable[[float], None]]]:
        """Each window at its own moment of the pause between calls."""
        dues: list[tuple[float, Callable[[float], None]]] = []
        for n, window in enumerate(self._windows):
            at = 1.0 + self._pause * n / len(self._windows)
            while at < self._seconds - self._walk:
                dues.append((at, lambda due, window=window: self._call(window, due)))  # type: ignore[misc]
                at += self._pause
        return dues

    def _try(self, action: Callable[[float], None], due: float) -> None:
        try:
            action(due)
        except HubError as error:
            self.told.unanswered.append(f"{type(error).__name__}: {error}")

    def _take(self, due: float) -> None:
        kiosk = self._kiosks[int(due * 1000) % len(self._kiosks)]
        body = m.TakeTicket(channel="kiosk", lane=LANES[int(due * 7919) % len(LANES)])
        taken = kiosk.ask(m.TakenTicket, "take_ticket", body)
        self.told.issue_seconds.append(time.monotonic() - due)
        self.told.numbers.append((taken.ticket.id, taken.ticket.number))

    def _call(self, window: Window, due: float) -> None:
        """Call the next; they are at the window a moment later."""
        called = window.desk.call("call_next", m.CallNext(finish_current=True), no=window.no)
        if called is None:
            self.told.idle_calls += 1
            return
        self.told.called.append((called.id, due, time.monotonic() - due))
        threading.Event().wait(self._walk)
        window.desk.call("start_ticket", m.Nothing(), id=called.id)


def _require_done(waiting: Sequence["Future[None]"]) -> None:
    for each in waiting:
        each.result()


def furnish(hub: RunningHub, windows: int, kiosks: int = 10) -> tuple[list[HubClient], list[Window]]:
    """Enrol the kiosks and counters, sign the clerks in and open their windows."""
    taking = [hub.client("citizen-kiosk") for _ in range(kiosks)]
    open_windows = [Window(no, hub.clerk(f"10{no:02d}", window=no)) for no in range(1, windows + 1)]
    used = {*map(id, taking), *(id(window.desk) for window in open_windows)}
    for client in hub.clients:
        if id(client) not in used:
            client.close()  # whoever enrolled them has gone home
    return taking, open_windows
