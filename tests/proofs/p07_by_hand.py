"""P7: counters go on serving through an outage, and what their clerks noted by hand is never silently merged.

Counters in processes of their own (tests.proofs.counter_alone) lose their lines (tests.proofs.links) with a
service under way. Their clerks call by hand: some the same number, some a number that a window with a line
has called, some that nobody has, some of a kiosk that is away too; some take a wrong number back. The
processes are killed before and after every commit, a line holds for part of the way back, the hub is killed
and started again hours later, also on the next day. Then every step that any clerk saw is looked for in the
hub's file.

The controls are a hub that lets the last writer win, one that drops what contradicts it
(tests.proofs.merging_hub), and a counter that shows a step before it is stored.
"""

import json
import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from shared.client.api import HubClient
from shared.domain.manual import Step
from shared.protocol import manual as h
from shared.protocol import messages as m
from shared.store.audit import audit
from shared.store.keys import load_keys
from shared.store.sqlite import connect
from shared.testing import RunningHub, small_hall
from tests.proofs.alone import Alone
from tests.proofs.hubs import PRODUCT, hub_of
from tests.proofs.links import Relay, linked
from tests.proofs.outcome import Outcome
from tests.proofs.p06_outage import Clock, Kiosk

DESKS = (1, 2, 3)
ONLINE = 4
"""The window whose line holds."""
KILLS_WHILE_NOTING = ("note:uncommitted", "note:committed", "call:uncommitted", "call:committed")
KILLS_WHILE_BACK = (
    "catch-up:uncommitted",
    "catch-up:committed",
    "hand-over:uncommitted",
    "have-judged:committed",
)
Seen = list[str]
"""The number of a call and its steps, as a clerk saw them."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How long the form is. `leaps` are hours; `hub` is a program that is not the product's in a control."""

    calls: int
    """By hand, of each window, after each leap."""
    leaps: Sequence[float]
    kill_one_in: int
    seed: int
    hub: Sequence[str] = (PRODUCT,)
    manner: str = "careful"


@dataclass
class Desk(Alone):
    """A counter's process and its clerk, who remembers every step the screen ever showed."""

    module: str = "tests.proofs.counter_alone"
    window: int = 0
    is_cut: bool = False
    seen: dict[str, Seen] = field(default_factory=dict)
    shown: list[Seen] = field(default_factory=list)
    before: tuple[str, str] | None = None

    @property
    def clerk(self) -> str:
        return f"10{self.window:02d}"

    def do(self, do: str, kill: str = "", **more: object) -> None:
        """One command, and a look at the screen; whose computer died starts it again and sits down."""
        answer = self.tell(do, kill, **more)
        if answer is not None and kill == "shown" and self.manner == "late" and "shown" in answer:
            self.shown.append(answer["shown"])
            self.kills += 1
            self._expect("died")
            self._expect("ready")
            answer = None
        if answer is None and self.is_cut:
            answer = self.tell("sit alone", window=self.window, clerk=self.clerk)
        self._learn(answer or self.tell("look") or {})

    def _learn(self, answer: dict[str, Any]) -> None:
        for key, seen in answer["seen"].items():
            if len(seen) > len(self.seen.get(key, [])):
                self.seen[key] = seen
        self.before = None if answer["before"] is None else tuple(answer["before"])

    def bring_in(self) -> None:
        """Everything, whatever kills it took before."""
        for _ in range(20):
            self.do("catch up")
            answer = self.tell("look") or {}
            if answer.get("untold") == 0:
                return
        raise RuntimeError("what was noted could not be brought in")


@dataclass
class Hall:
    """A hub, three counters and a kiosk on lines that fail, and a window and a kiosk whose lines hold."""

    hub: RunningHub
    clock: Clock
    desks: list[Desk]
    kiosk: Kiosk
    steady: HubClient
    clerk: HubClient
    chance: random.Random
    plan: Plan
    waiting: list[str] = field(default_factory=list)
    """Numbers that may still be called by hand."""
    called: list[str] = field(default_factory=list)
    """By the window that has a line."""
    judged: set[str] = field(default_factory=set)
    """Keys of calls that were brought in before all came back."""

    def take(self, count: int) -> None:
        for _ in range(count):
            body = m.TakeTicket(channel="kiosk", lane=self.chance.choice("AB"))
            self.waiting.append(self.steady.ask(m.TakenTicket, "take_ticket", body).ticket.number)

    def call_online(self) -> None:
        ticket = self.clerk.call("call_next", m.CallNext(finish_current=True), no=ONLINE)
        if ticket is not None:
            self.clerk.call("start_ticket", m.Nothing(), id=ticket.id)
            self.called.append(ticket.number)

    def begin(self, desk: Desk) -> None:
        """Its clerk serves somebody when the line is cut, or has just called."""
        clerk = self.hub.clerk(desk.clerk, window=desk.window)
        ticket = clerk.ask(m.Ticket, "call_next", m.CallNext(), no=desk.window)
        if desk.window != DESKS[-1]:
            ticket = clerk.ask(m.Ticket, "start_ticket", m.Nothing(), id=ticket.id)
        self.waiting.remove(ticket.number)
        since = ticket.started_at or ticket.called_at or ticket.taken_at
        desk.do("catch up")
        shown = [ticket.number, ticket.state, since.isoformat()]
        desk.do("sit", window=desk.window, clerk=desk.clerk, ticket=shown)

    def cut(self, desk: Desk) -> None:
        desk.link.cut()
        desk.is_cut = True
        desk.do("lose")

    def heal(self, desk: Desk) -> None:
        desk.link.heal()
        desk.is_cut = False

    def work(self, desk: Desk) -> None:
        """One call by hand, as far as it comes."""
        self._clear(desk)
        number = self._number()
        desk.do("call", self._kill(desk), series=number[0], number=int(number[1:]))
        step = self.chance.choices((Step.STARTED, Step.MISSED, Step.WITHDRAWN), (8, 2, 1))[0]
        self._note(desk, step)
        if self.chance.random() < 0.5:
            self._note(desk, Step.FINISHED)

    def _clear(self, desk: Desk) -> None:
        """Whoever was only called is dealt with first."""
        if desk.before is not None and desk.before[1] == "called":
            self._note(desk, self.chance.choice((Step.STARTED, Step.MISSED)))

    def _note(self, desk: Desk, step: Step) -> None:
        desk.do("note", self._kill(desk), step=step)

    def _kill(self, desk: Desk) -> str:
        if self.chance.randrange(self.plan.kill_one_in):
            return ""
        if self.plan.manner == "late":
            return "shown"
        return KILLS_WHILE_NOTING[desk.kills % len(KILLS_WHILE_NOTING)]

    def _number(self) -> str:
        """One of the line; or one that others may call too, of the kiosk, of the window online, or none."""
        lent = [slip["number"] for slip in self.kiosk.paper() if slip["offline"]]
        dice = self.chance.random()
        if dice < 0.12:
            return f"A{self.chance.randrange(900, 950)}"
        if dice < 0.30 and lent:
            return str(self.chance.choice(lent))
        if dice < 0.40 and self.called:
            return self.chance.choice(self.called)
        if dice < 0.60 or len(self.waiting) < 2:
            return self.chance.choice(self.waiting)
        return self.waiting.pop()

    def go_on(self) -> None:
        """Clerks by hand, a citizen at the kiosk that is away, and the window that has a line."""
        for _ in range(self.plan.calls):
            for desk in self.desks:
                self.work(desk)
            self.call_online()
        self.kiosk.take("A", online=False)

    def come_back_shortly(self) -> None:
        """One counter hands over what it has and dies of it, is heard for once, and is lost again."""
        desk = self.chance.choice(self.desks)
        self.heal(desk)
        desk.do("catch up", self.chance.choice(KILLS_WHILE_BACK[:2]))
        desk.link.deafen()
        desk.do("hand over")
        self.heal(desk)
        desk.do("catch up")
        self.judged |= set(desk.seen)
        if desk.tell("look") is not None:
            desk.do("sit", window=desk.window, clerk=desk.clerk, ticket=None)
        self.cut(desk)

    def come_back(self) -> None:
        """Everybody hands over, then asks; some die of it. The kiosk comes last."""
        for desk in self.desks:
            self.heal(desk)
        with ThreadPoolExecutor() as pool:
            list(pool.map(lambda desk: desk.do("hand over", KILLS_WHILE_BACK[2]), self.desks[:1]))
            list(pool.map(lambda desk: desk.do("hand over"), self.desks))
            list(pool.map(lambda desk: desk.do("have judged", KILLS_WHILE_BACK[3]), self.desks[:1]))
            list(pool.map(Desk.bring_in, self.desks))
        self.kiosk.link.heal()
        self._all_again()
        if self.plan.leaps:
            self.clock.leap(self.hub, timedelta(days=5))
            self._wait_for_the_day()
            self._all_again()

    def _all_again(self) -> None:
        self.kiosk.catch_up()
        for desk in self.desks:
            desk.bring_in()

    def _wait_for_the_day(self) -> None:
        """Until the hub has moved on to its clock's day: what was lent for days past comes to its end."""
        for _ in range(600):
            if self.hub.operator.ask(m.Board, "board").hall.day >= self.clock.now().date():
                return
            time.sleep(0.1)
        raise RuntimeError("the day does not move on")


def outage(folder: Path, plan: Plan) -> tuple[int, list[str]]:
    """One outage; how many steps, kills and leaps were tried, and what went wrong."""
    clock = Clock()
    with ExitStack() as stack:
        start = ("--start", clock.base.isoformat())
        hub = stack.enter_context(
            hub_of(folder / "hall", plan.hub, small_hall(windows=ONLINE, clerks=ONLINE), *start)
        )
        kiosk_link, *links = (stack.enter_context(linked(Relay, hub.secure_url)) for _ in (0, *DESKS))
        chance, nothing, pinned = random.Random(plan.seed), timedelta(0), hub.authority.pem
        desks = [
            Desk(
                link, hub.enrol("counter", f"窗口{no}"), folder / f"counter{no}", plan.manner, clock,
                timedelta(hours=5) if no == DESKS[-1] else nothing, authority=pinned, window=no,
            )
            for no, link in zip(DESKS, links, strict=True)
        ]  # fmt: skip
        token = hub.enrol("citizen-kiosk", "取号机")
        kiosk = Kiosk(kiosk_link, token, folder / "kiosk", "careful", clock, nothing, authority=pinned)
        for each in (kiosk, *desks):
            stack.callback(each.end)
        with ThreadPoolExecutor() as pool:
            list(pool.map(Alone.start, (kiosk, *desks)))
        steady, clerk = hub.client("citizen-kiosk"), hub.clerk("1004", window=ONLINE)
        hall = Hall(hub, clock, desks, kiosk, steady, clerk, chance, plan)
        kept = _play(hall)
        tried = sum(len(seen) for desk in desks for seen in desk.seen.values())
        return tried + sum(desk.kills for desk in desks) + len(plan.leaps), list(_violations(hall, kept))


Fact = tuple[Any, ...]


def _play(hall: Hall) -> list[Fact]:
    """Gives the hub's own facts, as they stood before anything was brought in by all."""
    hall.kiosk.tell("catch up")
    hall.take(4 + 6 * len(DESKS) * max(1, len(hall.plan.leaps)))
    for desk in hall.desks:
        hall.begin(desk)
    hall.kiosk.link.cut()
    hall.kiosk.take("A", online=False)
    for desk in hall.desks:
        hall.cut(desk)
    for n, hours in enumerate((0, *hall.plan.leaps)):
        if hours:
            hall.clock.leap(hall.hub, timedelta(hours=hours))
        hall.go_on()
        if n % 2 == 1:
            hall.come_back_shortly()
    with closing(connect(hall.hub.house.database, read_only=True)) as connection:
        kept = _facts(connection)
    hall.come_back()
    return kept


# -- what must hold ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Known:
    """A call by hand in the hub's file."""

    id: int
    key: str
    number: str
    window: int
    state: str
    ticket: int | None
    steps: tuple[str, ...]
    began: int


def _facts(connection: Any) -> list[Fact]:
    rows: list[Fact] = connection.execute(
        "SELECT seq, at, name, actor, data FROM facts ORDER BY seq"
    ).fetchall()
    return rows


def _of_tickets(facts: Sequence[Fact]) -> list[Fact]:
    """The hub does other things by itself, such as advice."""
    return [fact for fact in facts if fact[2].startswith(("ticket.", "manual."))]


def _calls(connection: Any) -> list[Known]:
    rows = connection.execute(
        "SELECT id, lower(hex(key)), series || substr('00' || number, -max(3, length(number))), "
        "window, state, ticket FROM manual_calls ORDER BY id"
    ).fetchall()
    found = []
    for call, key, number, window, state, ticket in rows:
        steps = connection.execute("SELECT step, at FROM manual_steps WHERE call = ? ORDER BY n", (call,))
        noted = steps.fetchall()
        names = tuple(step for step, _ in noted)
        found.append(Known(call, key, number, window, state, ticket, names, noted[0][1]))
    return found


def _violations(hall: Hall, kept: Sequence[Fact]) -> Iterator[str]:
    with closing(connect(hall.hub.house.database, read_only=True)) as connection:
        calls, facts = _calls(connection), _facts(connection)
        yield from _nothing_is_missing(hall, calls)
        yield from _each_once(hall, calls, facts)
        yield from _as_carried_out(connection, calls)
        yield from _one_window_each(facts)
        yield from _the_first_goes_first(hall, calls)
        if facts[: len(kept)] != list(kept):
            yield "the hub's own facts are not what they were"
        for line in audit(connection, load_keys(hall.hub.house.key)).wrong:
            yield f"hall check: {line}"
    for desk in hall.desks:
        desk.bring_in()
    with closing(connect(hall.hub.house.database, read_only=True)) as connection:
        if _of_tickets(_facts(connection)) != _of_tickets(facts):
            yield "bringing in once more changed something"


def _nothing_is_missing(hall: Hall, calls: Sequence[Known]) -> Iterator[str]:
    """Every step that a clerk saw is in the hub's file, and nothing else is."""
    known = {call.key: call for call in calls}
    seen = {key.replace("-", ""): (desk, one) for desk in hall.desks for key, one in desk.seen.items()}
    for key, (desk, (number, *steps)) in seen.items():
        found = known.get(key)
        if steps and (found is None or (found.number, *found.steps) != (number, *steps)):
            has = "nothing" if found is None else f"{found.number} {found.steps}"
            yield f"window {desk.window} saw {number} {steps}, the hub has {has}"
    for call in calls:
        if call.key not in seen:
            yield f"the hub has {call.number} of window {call.window}, which nobody noted"
    for desk in hall.desks:
        for number, step in desk.shown:
            if not any(c.number == number and c.window == desk.window and step in c.steps for c in calls):
                yield f"window {desk.window} saw {number} {step}, which the hub never heard of"


def _each_once(hall: Hall, calls: Sequence[Known], facts: Sequence[Fact]) -> Iterator[str]:
    """Carried out once, in the list once, or taken back by its own clerk."""
    told: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for _, _, name, _, data in facts:
        if name in ("manual.carried_out", "manual.conflicted"):
            fact = json.loads(data)
            told[fact["call"]][fact.get("step", "conflict")] += 1
    listed = Counter(one.call.id for one in hall.hub.operator.ask(h.ManualCalls, "manual_calls").open)
    for call in calls:
        done = {"done": Counter(call.steps), "withdrawn": Counter[str]()}.get(call.state)
        if call.state == "conflict":
            done = told[call.id] & Counter(call.steps) | Counter(conflict=1)
        if done is None or told[call.id] != done or listed[call.id] != (call.state == "conflict"):
            yield (
                f"{call.number} of window {call.window} is {call.state}: {call.steps}, told {told[call.id]}, "
                f"listed {listed[call.id]} times"
            )
        if call.state == "withdrawn" and Step.WITHDRAWN not in call.steps:
            yield f"{call.number} of window {call.window} was dropped: {call.steps}"


def _as_carried_out(connection: Any, calls: Sequence[Known]) -> Iterator[str]:
    """A ticket stands as the last call by hand that was carried out left it, or its day ended."""
    ends = {"called": "called", "started": "serving", "finished": "done", "missed": "missed"}
    last = {call.ticket: call for call in calls if call.state == "done"}
    for ticket, call in last.items():
        row = connection.execute("SELECT state, window FROM tickets WHERE id = ?", (ticket,)).fetchone()
        end = ends[call.steps[-1]]
        if tuple(row) not in {(end, call.window), ("expired" if end == "missed" else end, call.window)}:
            yield f"{call.number} was {call.steps[-1]} at window {call.window}, but is {row[0]} at {row[1]}"


def _one_window_each(facts: Sequence[Fact]) -> Iterator[str]:
    """Nobody is sent on in this hall, so each ticket belongs to the one window that called it."""
    windows: defaultdict[tuple[int, str], set[int]] = defaultdict(set)
    for _, _, name, _, data in facts:
        if name in ("ticket.called", "ticket.called_by_hand", "ticket.started", "ticket.finished"):
            fact = json.loads(data)
            windows[fact["ticket"], fact["number"]].add(fact["window"])
    for (_, number), at in windows.items():
        if len(at) > 1:
            yield f"{number} was called or served at windows {sorted(at)}"


def _the_first_goes_first(hall: Hall, calls: Sequence[Known]) -> Iterator[str]:
    """Of those that came back together, the first by noted time is carried out."""
    together = [call for call in calls if call.key not in {key.replace("-", "") for key in hall.judged}]
    done: dict[int | None, Known] = {}
    for call in together:
        if call.state == "done":
            done.setdefault(call.ticket, call)
    for call in together:
        first = done.get(call.ticket)
        is_elsewhere = call.state == "conflict" and first is not None and first.window != call.window
        if is_elsewhere and first is not None and call.began < first.began:
            yield f"{call.number}: window {first.window} was carried out, but {call.window} called it before"


# -- both forms ----------------------------------------------------------------------------------------------

SHORT = Plan(calls=2, leaps=(2,), kill_one_in=5, seed=7)
CONTROLS = {
    "overwriting": Plan(2, (), 99, 7, hub=("tests.proofs.merging_hub", "overwriting")),
    "forgetting": Plan(2, (), 99, 7, hub=("tests.proofs.merging_hub", "forgetting")),
    "late": Plan(1, (), 2, 7, manner="late"),
}


def tried_in_a_folder(plan: Plan) -> tuple[int, list[str]]:
    with TemporaryDirectory(prefix="p07-") as folder:
        tried, violations = outage(Path(folder), plan)
    return tried, [f"{violation} (seed {plan.seed})" for violation in violations]


def control_is_caught(name: str) -> bool:
    """The broken hub or counter, through the same outage."""
    return bool(tried_in_a_folder(CONTROLS[name])[1])


def prove() -> Outcome:
    """Four outages, two of them over the end of the day."""
    tried, violations = 0, []
    for seed, leaps in enumerate(((1, 3), (2, 2, 16), (0.5, 0.5, 0.5, 0.5), (4, 14))):
        count, found = tried_in_a_folder(Plan(calls=5, leaps=leaps, kill_one_in=6, seed=seed))
        tried += count
        violations += found
    return Outcome("P7", tried, violations, control_caught=all(map(control_is_caught, CONTROLS)))


if __name__ == "__main__":
    sys.exit(0 if prove().holds else 1)
