"""A counter in a test's own process: its view-models on a real hub, with the hands of a clerk. It ships."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import shiboken6
from PySide6.QtCore import QCoreApplication, QObject

from counter.app import Counter, Setting, make_counter
from shared.client.api import HubClient
from shared.qt.bridge import HallBridge
from shared.testing import PIN

WITHIN_SECONDS = 12.0
"""Longer than any answer takes on a busy machine."""


@dataclass(frozen=True, slots=True)
class CounterInHand:
    """A counter, and what its clerk does and sees. Needs a Qt application."""

    counter: Counter
    bridge: HallBridge

    def until(self, true: Callable[[], object], what: str = "it did not come") -> None:
        """Let the counter live until `true`; AssertionError after WITHIN_SECONDS."""
        began = time.monotonic()
        while not true():
            if time.monotonic() - began > WITHIN_SECONDS:
                raise AssertionError(f"{what}; before the window: {self.now}; note: {self.note}")
            QCoreApplication.processEvents()
            time.sleep(0.002)

    def wait_idle(self) -> None:
        """Until every answer is here."""
        self.until(lambda: not self.counter.orders.is_busy, "the keys stay dead")

    def sign_in(self, clerk: str = "1001", pin: str = PIN) -> None:
        """Sign in; the outcome is a step or a problem."""
        self.until(lambda: self.bridge.mirror is not None, "the hub is not heard")
        self.counter.session.signIn(clerk, pin)
        self.until(lambda: not self.counter.session.property("busy"))

    def open(self, no: int, clerk: str = "1001") -> "CounterInHand":
        """Sign in and open a window."""
        self.sign_in(clerk)
        self.counter.windows.open(no)
        self.until(lambda: self.step == "desk", "the window does not open")
        self.until(lambda: self.window_state == "open")
        self.wait_idle()
        return self

    def press(self, action: str) -> None:
        """Press a key and wait for its answer."""
        self.counter.actions.press(action)
        self.wait_idle()

    def choose(self, name: str, number: str, reason: str = "", *, cancel: bool = False) -> None:
        """Choose a ticket from the list of the key `name` (pick, missed or held), or give it up."""
        pick = self.counter.pick
        pick.begin(name)
        if cancel:
            pick.ask(True)
        rows = pick.property("rows")
        self.until(lambda: any(row.number == number for row in rows.rows), f"{number} is not listed")
        pick.choose(next(row.id for row in rows.rows if row.number == number), reason)
        self.wait_idle()

    @property
    def step(self) -> str:
        """sign-in, window or desk."""
        return str(self.counter.session.property("step"))

    @property
    def problem(self) -> str:
        """Why signing in failed."""
        return str(self.counter.session.property("problem"))

    @property
    def note(self) -> tuple[str, str]:
        """The key beside which something is said, and what."""
        orders = self.counter.orders
        return str(orders.property("noteAction")), str(orders.property("noteText"))

    @property
    def now(self) -> tuple[str, str]:
        """Number and state before the window."""
        model = self.counter.now
        return str(model.property("number")), str(model.property("state"))

    @property
    def window_state(self) -> str:
        """closed, open or paused; empty without a window."""
        window = self.counter.seat.window
        return "" if window is None else window.state

    @property
    def line(self) -> list[str]:
        """The numbers of the line, next first."""
        model = self.counter.line.property("rows")
        return [row.number for row in model.rows]


@contextmanager
def counter_at(client: HubClient, state: Path, window: int | None = None) -> Iterator[CounterInHand]:
    """A counter that speaks as `client`, an enrolled device; `window` is the one it stands at."""
    root = QObject()
    bridge = HallBridge(client, with_queue=True, parent=root)
    hand = CounterInHand(make_counter(bridge, Setting(state, window), root), bridge)
    try:
        bridge.start()
        yield hand
    finally:
        bridge.close()
        hand.counter.standing_by.standby.spool.close()
        # Here and now: the garbage collector may run in a worker's thread, where no Qt object may end.
        shiboken6.delete(root)
