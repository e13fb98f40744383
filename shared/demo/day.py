"""The day itself: opens the windows, lets the citizens come, and waits until the last one has gone."""

import logging
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from shared.client.errors import HubError
from shared.config import HallConfig
from shared.demo.citizens import KioskVisitor, follow, take_elsewhere
from shared.demo.clerks import CounterClerk, serve, windows_to_open
from shared.demo.floor import Floor, Visit
from shared.demo.pictures import grab, photograph
from shared.demo.staging import COUNTER_WINDOW, OPENING, Stage
from shared.demo.story import Citizen
from shared.protocol import messages as m

log = logging.getLogger(__name__)

_LAST_MINUTE = 17 * 60 - 1


@dataclass(slots=True)
class Day:
    """One day at the hall. `play` returns the visits in the order of their numbers."""

    stage: Stage
    hall: HallConfig
    citizens: list[Citizen]
    speed: float

    def play(self) -> list[Visit]:
        """Run the day to its end."""
        stage, pictures = self.stage, self.stage.output / "screenshots"
        pictures.mkdir(parents=True, exist_ok=True)
        kiosk = stage.start_kiosk("1080x1920")
        stage.start_counter()
        heard = stage.output / "announcements"
        stage.start_display(
            "hall-board",
            "--voice",
            f"wav:{heard}",
            "--voice-pack",
            str(stage.folder / "voice"),
            "--turn",
            "0.3",
        )
        stage.start_display("window-board", "--window", str(COUNTER_WINDOW), "--voice", "none")
        kiosk.wait("search", timeout=60)
        floor = Floor(stage.hub.operator.call("board").hall.now, self.speed)
        desk = self._open_windows(floor)
        floor.wait_until(9 * 60)
        threads = [threading.Thread(target=desk.work, daemon=True)]
        threads += [
            self._background(floor, work) for work in (self._visitors(floor, pictures), self._others(floor))
        ]
        for thread in threads:
            thread.start()
        self._watch(floor, pictures)
        floor.over.set()
        for thread in threads:
            thread.join(20)
        self._last_pictures(pictures)
        return sorted(floor.visits.values(), key=lambda visit: visit.taken.ticket.id)

    def _open_windows(self, floor: Floor) -> CounterClerk:
        hub, pins = self.stage.hub, {clerk.number: clerk.pin for clerk in self.hall.clerks}
        numbers = [clerk.number for clerk in self.hall.clerks if clerk.role == "clerk"]
        windows = windows_to_open(self.hall, COUNTER_WINDOW)
        desk = CounterClerk(self.stage.apps["counter"], hub.operator, floor, COUNTER_WINDOW)
        for no, number in zip(windows, numbers, strict=False):
            if no == COUNTER_WINDOW:
                desk.sign_in(number, pins[number])
                continue
            signed_in = hub.client("counter").call("sign_in", m.SignIn(clerk=number, pin=pins[number]))
            clerk = hub.with_credential(signed_in.token)
            clerk.call("open_window", m.Nothing(), no=no)
            self._background(floor, lambda clerk=clerk, no=no: serve(clerk, floor, no)).start()  # type: ignore[misc]
        return desk

    def _visitors(self, floor: Floor, pictures: Path) -> Callable[[], None]:
        """Those who use the real kiosk, one after another."""
        stage = self.stage
        visitor = KioskVisitor(
            stage.apps["kiosk"], stage.hub.client("citizen-kiosk"), stage.reader, stage.printer, pictures
        )

        def work() -> None:
            for citizen in self.citizens:
                if citizen.at_real_kiosk and floor.wait_until(citizen.arrives):
                    self._begin(floor, visitor.take(floor, citizen))

        return work

    def _others(self, floor: Floor) -> Callable[[], None]:
        """Those at the hall's other kiosks."""
        hub = self.stage.hub.client("citizen-kiosk")

        def work() -> None:
            for citizen in self.citizens:
                if not citizen.at_real_kiosk and floor.wait_until(citizen.arrives):
                    self._begin(floor, take_elsewhere(hub, floor, citizen))

        return work

    def _begin(self, floor: Floor, visit: Visit) -> None:
        hub = self.stage.hub.client("citizen-kiosk")
        self._background(floor, lambda: follow(hub, floor, visit)).start()

    def _watch(self, floor: Floor, pictures: Path) -> None:
        """Say how far the day is, photograph its middle, and see it end."""
        taken_pictures = False
        while floor.now() < OPENING.replace(hour=17, minute=0):
            taken, done = floor.progress()
            _say(f"{floor.now():%H:%M}   {taken} of {len(self.citizens)} citizens came, {done} are done")
            if taken == len(self.citizens) and done == taken:
                break
            if not taken_pictures and taken - done > len(self.citizens) // 5:
                taken_pictures = True
                self._pictures_of_the_day(pictures)
            floor.over.wait(1.0)
        if not taken_pictures:
            self._pictures_of_the_day(pictures)
        _say("", end=True)

    def _pictures_of_the_day(self, pictures: Path) -> None:
        for name in ("hall-board", "counter"):
            grab(self.stage.apps[name], pictures / f"{name}.png")

    def _last_pictures(self, pictures: Path) -> None:
        """A late citizen, with time for the camera: on the phone, over the window, on the slim bar."""
        phone, counter = self.stage.folder, self.stage.apps["counter"]
        late = self.stage.hub.client("citizen-kiosk").call(
            "take_ticket", m.TakeTicket(channel="kiosk", matter=self._matter_of_the_counter())
        )
        photograph(late.url, pictures / "phone-waiting.png", phone)
        counter.key("F12")
        counter.wait("number", "text", is_=late.ticket.number)
        photograph(late.url, pictures / "phone-called.png", phone)
        grab(self.stage.apps["window-board"], pictures / "window-board.png")
        counter.key("F1")
        counter.wait("bar-number")
        grab(counter, pictures / "counter-bar.png", "bar")
        landscape = self.stage.start("kiosk-landscape", "kiosk", "citizen-kiosk", "--size", "1920x1080")
        landscape.wait("search", timeout=60)
        grab(landscape, pictures / "kiosk-landscape.png")

    def _matter_of_the_counter(self) -> str:
        window = next(window for window in self.hall.windows if window.no == COUNTER_WINDOW)
        return next(matter.id for matter in self.hall.matters if matter.lane == window.lanes[0])

    def _background(self, floor: Floor, work: Callable[[], None]) -> threading.Thread:
        def run() -> None:
            try:
                work()
            except HubError as error:
                if not floor.over.is_set():
                    log.warning("%s", error)
            except AssertionError as error:  # the robot could not do what it was told
                log.error("%s", error)

        return threading.Thread(target=run, daemon=True)


def _say(line: str, *, end: bool = False) -> None:
    """One line that is written over on a terminal, plain lines elsewhere."""
    if sys.stdout.isatty():
        print(f"\r{line:<78}", end="\n" if end else "", flush=True)  # noqa: T201
    elif line:
        print(line, flush=True)  # noqa: T201
