"""P13: a display never lies.

Displays in processes of their own (tests.proofs.recorded_display) hang on a line that is cut, on a hub that
is killed and started again, and are killed themselves while calls wait for their turn. Then what they said
and showed is compared with the hub's file: every call announced exactly once and in order, a silent hub's
last state grey and dated within 5 s, never an empty board. One cut lasts longer than the rule of late calls
(display.announcing): what was called at its beginning is shown and not announced.

The long form also lets a hundred other clients follow the hub: none misses a fact, none gets one twice.

The controls: a display without a record of what it announced, and one that keeps its colours.
"""

import json
import os
import random
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from display.announcing import ANNOUNCED_WITHIN
from shared.client.api import HubClient
from shared.client.errors import HubUnreachable
from shared.protocol import messages as m
from shared.qt.robot_driver import OFFSCREEN
from shared.store.sqlite import connect
from shared.testing import MONDAY_MORNING, RunningHub, running_hub
from tests.proofs.followers import Listener, caught_up, listening, until
from tests.proofs.hubs import ROOT
from tests.proofs.links import Relay, linked
from tests.proofs.outcome import Outcome
from tests.proofs.recorded_display import CAREFUL, FORGETFUL, LIVELY

STALE_WITHIN_SECONDS = 5.0
NEAR_SECONDS = 10.0
"""So near to the edge of the rule of late calls nothing is judged."""
WINDOWS = (1, 2)
_PATIENCE_SECONDS = 90.0
Line = dict[str, Any]


@dataclass
class Screen:
    """One display: its process, its memory and its record. `window` None is the hall board."""

    folder: Path
    url: str
    code: str
    window: int | None = None
    mode: str = CAREFUL
    process: "subprocess.Popen[bytes] | None" = None
    cut_short: set[int] = field(default_factory=set)
    """Newest fact that it had noted when it was killed: the call then in its turn may not have been heard."""
    dead: list[tuple[float, float]] = field(default_factory=list)
    """From each kill to the start after it."""
    _killed_at: float | None = None

    def start(self) -> None:
        enrol = () if (self.folder / "device.json").exists() else ("--enrol", self.code)
        shows = () if self.window is None else ("--window", str(self.window))
        command = [
            sys.executable,
            "-m",
            "tests.proofs.recorded_display",
            self.mode,
            str(self.folder / "record"),
        ]
        options = ("--hub", self.url, "--state", str(self.folder), "--turn", "0.3", "--size", "960x540")
        self.folder.mkdir(exist_ok=True)
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [*command, *options, *enrol, *shows],
                stderr=log,
                env={**os.environ, **OFFSCREEN, "PYTHONPATH": str(ROOT)},
            )
        seen = len(self.record())
        until(lambda: self._has_ended() or any(x["what"] == "shown" for x in self.record()[seen:]))
        if self._has_ended():
            raise RuntimeError(f"the display ended: {(self.folder / 'log').read_text()[-2000:]}")
        if self._killed_at is not None:
            self.dead.append((self._killed_at, time.monotonic()))

    def _has_ended(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def kill(self) -> None:
        self._killed_at = time.monotonic()
        if self.process is not None:
            self.process.kill()
            self.process.wait()
        with suppress(OSError, ValueError):
            name = "hall" if self.window is None else f"window-{self.window}"
            self.cut_short.add(json.loads((self.folder / f"heard-{name}.json").read_text())["seen"])

    def record(self) -> list[Line]:
        path = self.folder / "record"
        return [json.loads(line) for line in path.read_bytes().splitlines()] if path.exists() else []

    def told(self, what: str) -> list[int]:
        """Fact numbers of the calls that were begun, or ended."""
        return [line["seq"] for line in self.record() if line["what"] == what]

    def shows(self, **wanted: object) -> bool:
        shown = [line for line in self.record() if line["what"] == "shown"]
        return bool(shown) and all(shown[-1][key] == value for key, value in wanted.items())


@dataclass(frozen=True, slots=True)
class Called:
    """A call in the hub's file, and when it was made by the machine's monotonic clock."""

    seq: int
    number: str
    window: int


@dataclass
class Hall:
    """A hub, its clerks, the screens behind one line, and what was done to them."""

    hub: RunningHub
    line: Relay
    screens: list[Screen]
    kiosk: HubClient
    clerks: dict[int, HubClient]
    chance: random.Random
    silences: list[tuple[float, float]] = field(default_factory=list)
    called_at: dict[str, float] = field(default_factory=dict)
    """When each number was called, where the answer came."""
    faults: int = 0
    base: datetime = MONDAY_MORNING
    began: float = field(default_factory=time.monotonic)

    def call(self, count: int = 1) -> None:
        """Take and call so many, at windows by chance; one whose answer is lost is in the file or is not."""
        for _ in range(count):
            no = self.chance.choice(WINDOWS)
            with suppress(HubUnreachable):
                self.kiosk.call("take_ticket", m.TakeTicket(channel="kiosk", lane="A"))
                self._clear(no)
                ticket = self.clerks[no].ask(m.Ticket, "call_next", m.CallNext(), no=no)
                self.called_at[ticket.number] = time.monotonic()
                if self.chance.random() < 0.2:
                    self.clerks[no].call("recall_ticket", m.Nothing(), id=ticket.id)

    def _clear(self, no: int) -> None:
        """Whoever stands at the window is missed, also one whose call was not answered."""
        for ticket in self.clerks[no].ask(m.Queue, "queue").tickets:
            if ticket.state == "called" and ticket.window == no:
                self.clerks[no].call("miss_ticket", m.Nothing(), id=ticket.id)

    @contextmanager
    def silence(self) -> Iterator[None]:
        """The screens do not hear the hub while the block runs."""
        began = time.monotonic()
        self.faults += 1
        yield
        self.silences.append((began, time.monotonic()))

    def wait_grey(self) -> None:
        """Long enough for the promise; a screen that keeps it not is left to the record."""
        with suppress(TimeoutError):
            until(lambda: all(each.shows(grey=True) for each in self.screens), 3 * STALE_WITHIN_SECONDS)

    def restart_hub(self) -> None:
        """On the same port; its clock went on."""
        now = self.base + timedelta(seconds=time.monotonic() - self.began)
        self.hub.arguments = ("--start", now.isoformat())
        self.hub.restart()

    def calls(self) -> list[Called]:
        """All calls of the hub's file, in order."""
        with closing(connect(self.hub.house.database, read_only=True)) as connection:
            rows = connection.execute(
                "SELECT seq, data ->> 'number', data ->> 'window' FROM facts "
                "WHERE name IN ('ticket.called', 'ticket.recalled') ORDER BY seq"
            )
            return [Called(seq, number, window) for seq, number, window in rows]

    def mine(self, screen: Screen) -> list[Called]:
        """The calls that are this screen's business."""
        return [call for call in self.calls() if screen.window in (None, call.window)]

    def delay(self, screen: Screen, call: Called) -> float | None:
        """Seconds from the call until it could reach the screen; None when that is not known."""
        at = self.called_at.get(call.number)
        if at is None:
            return None
        reached = at
        for began, ended in sorted((*self.silences, *screen.dead)):
            reached = ended if began <= reached < ended else reached
        if reached == at:
            return 0.0
        live = [
            x["at"] for x in screen.record() if x["what"] == "shown" and not x["grey"] and x["at"] >= reached
        ]
        return live[0] - at if live else None

    def settle(self) -> None:
        """Wait until all is announced and all is live; what never comes is found in the records."""
        for screen in self.screens:
            with suppress(TimeoutError):
                until(lambda s=screen: s.shows(grey=False, note=""), 30)  # type: ignore[misc]
                last = self.mine(screen)[-1].seq
                until(lambda s=screen, n=last: n in s.told("ended"), 30)  # type: ignore[misc]


@contextmanager
def hall_of(
    folder: Path, seed: int, mode: str = CAREFUL, windows: Sequence[int | None] = (None,)
) -> Iterator[Hall]:
    """A small hall with a screen for each of `windows`, all live and none yet called to."""
    with ExitStack() as stack:
        hub = stack.enter_context(running_hub(folder / "hall"))
        line = stack.enter_context(linked(Relay, hub.url))
        assert isinstance(line, Relay)
        screens = []
        for n, window in enumerate(windows):
            code = hub.operator.call("offer_device", m.OfferDevice(role="display", name=f"屏{n}")).code
            screens.append(Screen(folder / f"screen{n}", line.url, code, window, mode))
            stack.callback(screens[-1].kill)
        clerks = {no: hub.clerk(f"100{no}", window=no) for no in WINDOWS}
        hall = Hall(hub, line, screens, hub.client("citizen-kiosk"), clerks, random.Random(seed))
        for screen in screens:
            screen.start()
        until(lambda: all(each.shows(grey=False, connecting=False) for each in screens), _PATIENCE_SECONDS)
        yield hall


# -- what is done to it -------------------------------------------------------------------------------------


def cut_line(hall: Hall) -> None:
    """Nothing passes; the clerks go on."""
    with hall.silence():
        hall.line.cut()
        hall.call(3)
        hall.wait_grey()
    hall.line.heal()


def lose_answers(hall: Hall) -> None:
    """The line is half dead: the hub hears the screens, they do not hear the hub."""
    with hall.silence():
        hall.line.deafen()
        hall.call(2)
        hall.wait_grey()
    hall.line.heal()


def kill_hub(hall: Hall) -> None:
    """In the middle of its work."""
    working = threading.Thread(target=hall.call, args=(3,))
    working.start()
    time.sleep(hall.chance.uniform(0.0, 0.1))
    with hall.silence():
        hall.hub.kill()
        hall.wait_grey()
    hall.restart_hub()
    working.join()


def kill_screens(hall: Hall) -> None:
    """While calls wait for their turn."""
    hall.faults += 1
    hall.call(4)
    time.sleep(hall.chance.uniform(0.0, 1.0))
    for screen in hall.screens:
        screen.kill()
    hall.call(1)
    for screen in hall.screens:
        screen.start()


def start_without_hub(hall: Hall) -> None:
    """The screens die and come back while there is no hub: the last board is on them, grey."""
    with hall.silence():
        hall.hub.kill()
        for screen in hall.screens:
            screen.kill()
        for screen in hall.screens:
            screen.start()
        hall.wait_grey()
    hall.restart_hub()


def cut_for_long(hall: Hall) -> None:
    """Longer than the rule of late calls: the first are shown only, the last are announced."""
    hall.settle()
    with hall.silence():
        hall.line.cut()
        hall.call(2)
        time.sleep(ANNOUNCED_WITHIN.total_seconds() + 1.5 * NEAR_SECONDS)
        hall.call(2)
    hall.line.heal()
    until(lambda: all(each.shows(grey=False) for each in hall.screens), _PATIENCE_SECONDS)


FAULTS = (cut_line, kill_screens, kill_hub, start_without_hub, lose_answers)


# -- what must hold -----------------------------------------------------------------------------------------


def violations(hall: Hall) -> Iterator[str]:
    if len(hall.calls()) < 2 * hall.faults:
        yield f"{hall.faults} faults, but {len(hall.calls())} calls only: too little was tried"
    for screen in hall.screens:
        where = "the hall board" if screen.window is None else f"the board of window {screen.window}"
        for wrong in (*_announced(hall, screen), *_stale(hall, screen), *_empty(screen)):
            yield f"{where}: {wrong}"


def _announced(hall: Hall, screen: Screen) -> Iterator[str]:
    """Each once, in order, and the late ones shown only."""
    begun, mine, edge = screen.told("begun"), hall.mine(screen), ANNOUNCED_WITHIN.total_seconds()
    numbers = {call.seq: call.number for call in mine}
    yield from (
        f"{numbers[seq]} was announced {begun.count(seq)} times" for seq in set(begun) if begun.count(seq) > 1
    )
    once = list(dict.fromkeys(begun))
    if once != sorted(once):
        yield f"announced out of order: {', '.join(numbers[seq] for seq in begun)}"
    seen = {number for line in screen.record() if line["what"] == "shown" for number in line["numbers"]}
    for call in mine:
        if call.number not in seen and screen.window is None:  # a window's own board shows who is there now
            yield f"{call.number} was never shown"
        delay = hall.delay(screen, call)
        if delay is not None and delay > edge + NEAR_SECONDS and call.seq in begun:
            yield f"{call.number} was announced {delay:.0f} s late"
        is_due = (
            delay is not None and delay < edge - NEAR_SECONDS and call.seq not in _cut_short(screen, mine)
        )
        if is_due and call.seq not in begun:
            yield f"{call.number} (fact {call.seq}) was never announced"


def _cut_short(screen: Screen, mine: Sequence[Called]) -> set[int]:
    """The calls in whose turn the screen was killed: noted, and about to be spoken."""
    return {max((call.seq for call in mine if call.seq <= noted), default=0) for noted in screen.cut_short}


def _stale(hall: Hall, screen: Screen) -> Iterator[str]:
    """From 5 s of silence on, every state is grey and has its sentence."""
    record = screen.record()
    shown = [line for line in record if line["what"] == "shown"]
    for began, ended in hall.silences:
        looks = [line for line in record if line["what"] == "blind" and began < line["at"] < ended]
        blind = max((line["seconds"] for line in looks), default=0.0)
        until_then = began + STALE_WITHIN_SECONDS + blind
        if ended <= until_then:
            continue
        held = [line for line in shown if line["at"] <= until_then][-1:]
        if any(line["at"] < killed < until_then for line in held for killed, _ in screen.dead):
            held = []
        for line in (*held, *(line for line in shown if until_then < line["at"] < ended)):
            if not line["grey"] or "数据更新于" not in line["note"]:
                yield f"after {STALE_WITHIN_SECONDS:.0f} s of silence it showed {line}"


def _empty(screen: Screen) -> Iterator[str]:
    """Once something was called, there is never nothing on the board."""
    is_known = False
    for line in screen.record():
        if line["what"] == "shown":
            if is_known and (line["connecting"] or not line["large"]):
                yield f"an empty board: {line}"
            is_known = is_known or bool(line["large"])


# -- both forms ---------------------------------------------------------------------------------------------


def tried(folder: Path, seed: int, faults: Sequence[Any], mode: str = CAREFUL) -> list[str]:
    """What is wrong after these faults, on one hall board."""
    with hall_of(folder, seed, mode) as hall:
        hall.call(2)
        for fault in faults:
            fault(hall)
        hall.settle()
        return list(violations(hall))


def controls_caught(folder: Path) -> bool:
    """Both broken displays, through what should find each."""
    twice = tried(folder / "forgetful", 13, (kill_screens,), FORGETFUL)
    lively = tried(folder / "lively", 13, (cut_line,), LIVELY)
    return any(" times" in wrong for wrong in twice) and any("of silence" in wrong for wrong in lively)


def long_form(folder: Path, rounds: int, per_role: int) -> tuple[int, list[str]]:
    """All faults in an order by chance, again and again, on two boards, with the crowd of listeners."""
    seed = random.randrange(1000)
    with hall_of(folder, seed, windows=(None, 1)) as hall, listening(hall.hub, per_role) as listeners:
        hall.call(4)
        for _ in range(rounds):
            for fault in hall.chance.sample(FAULTS, len(FAULTS)):
                fault(hall)
                hall.call(2)
        cut_for_long(hall)
        hall.settle()
        wrong = [*violations(hall), *_unheard(hall, listeners)]
        return hall.faults + len(hall.calls()), [f"{each} (seed {seed})" for each in wrong]


def _unheard(hall: Hall, listeners: Sequence[Listener]) -> Iterator[str]:
    head = caught_up(hall.hub, listeners)
    with closing(connect(hall.hub.house.database, read_only=True)) as connection:
        rows = connection.execute(
            "SELECT seq FROM facts WHERE name = 'ticket.called' ORDER BY seq"
        ).fetchall()
    for each in listeners:
        yield from each.wrong(head, [seq for (seq,) in rows])


def prove() -> Outcome:
    """Four rounds of all faults on two boards, a cut of more than a minute, 120 listeners, both controls."""
    with TemporaryDirectory(prefix="p13-") as made:
        folder = Path(made)
        count, wrong = long_form(folder / "long", rounds=4, per_role=40)
        return Outcome("P13", count, wrong, controls_caught(folder))
