"""P4: double tap, resend, duplicate, late or reordered messages make one ticket.

A stateful property test: kiosks and a clerk with the product's own client, a line that loses, doubles, delays
and reorders (tests.proofs.meddler), a hub that is killed and started, numbers given up, nights that pass. For
each request id the hub has one answer and did one thing, whatever arrived when.

The control is a hub that does not know a request again.
"""

import random
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from datetime import timedelta
from pathlib import Path
from tempfile import mkdtemp
from threading import Thread

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from shared.client import api
from shared.client.api import HubClient, HubRefused, HubUnreachable
from shared.protocol import messages as m
from shared.protocol.request_id import new_request_id
from shared.store.audit import audit
from shared.store.keys import load_keys
from shared.store.sqlite import connect
from tests.proofs.forked_hub import HUB, ForkedHub
from tests.proofs.forking import Forks
from tests.proofs.meddler import Fault, Meddler, meddling
from tests.proofs.outcome import Outcome

FORGETFUL = "tests.proofs.forgetful_hub"
NIGHTS = 5
"""Fewer than the hub remembers a request."""
TAKE, NEXT = m.TakeTicket(channel="kiosk", lane="A"), m.CallNext(finish_current=True)
SINGLE = [fault for fault in Fault if fault is not Fault.OVERTAKEN]
meddled = st.lists(st.sampled_from(SINGLE), max_size=api.ATTEMPTS)
"""What becomes of the attempts of one call."""


class Once(RuleBasedStateMachine):
    """The hub, and what each request id was answered. Subclasses say with which hub."""

    forks: Forks
    program: Sequence[str] = ()

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.folder = Path(mkdtemp(prefix="p4-"))
        self.stack.callback(shutil.rmtree, self.folder)
        self.hub = ForkedHub(self.folder / "hall", self.forks, *self.program)
        self.stack.callback(self.hub.kill)
        self.line: Meddler = self.stack.enter_context(meddling(self.hub.url))
        self.kiosk = self.stack.enter_context(closing(self.hub.client(url=self.line.url)))
        self.desk = self.stack.enter_context(closing(self.hub.clerk(url=self.line.url)))
        self.asked: dict[str, Callable[[], object]] = {}
        self.takes: list[str] = []
        self.calls: list[str] = []
        self.nights = 0

    # -- people at kiosks and windows

    @rule(faults=meddled)
    def take(self, faults: list[Fault]) -> None:
        """Somebody takes a number."""
        self.takes.append(new_request_id())
        self.ask(self.takes[-1], self.kiosk, "take_ticket", TAKE, faults)

    @rule(faults=meddled)
    def call_next(self, faults: list[Fault]) -> None:
        """The clerk calls whose turn it is."""
        self.calls.append(new_request_id())
        self.ask(self.calls[-1], self.desk, "call_next", NEXT, faults, no=1)

    @precondition(lambda self: self.takes)
    @rule(pick=st.randoms(use_true_random=False), faults=meddled)
    def give_up(self, pick: random.Random, faults: list[Fault]) -> None:
        """The slip of some number could not be printed."""
        answers = self.line.answers[pick.choice(self.takes)]
        if answers and answers[0][0] == 201:
            taken = api._DECODERS["take_ticket"].decode(answers[0][1])
            body = m.VoidTicket(why="no_slip")
            self.ask(new_request_id(), self.kiosk, "void_ticket", body, faults, id=taken.ticket.id)

    @rule(second=meddled)
    def overtaken(self, second: list[Fault]) -> None:
        """Two take numbers at once, and the one who came later is heard before."""
        self.takes += [new_request_id(), new_request_id()]
        first = Thread(
            target=self.ask, args=(self.takes[-2], self.kiosk, "take_ticket", TAKE, [Fault.OVERTAKEN])
        )
        first.start()
        self.ask(self.takes[-1], self.desk, "take_ticket", TAKE, second)
        first.join()

    # -- what comes again, or late

    @precondition(lambda self: self.asked)
    @rule(pick=st.randoms(use_true_random=False))
    def tap_again(self, pick: random.Random) -> None:
        """Somebody asks again for what they have asked for."""
        pick.choice(list(self.asked.values()))()

    @precondition(lambda self: self.line.seen)
    @rule(pick=st.randoms(use_true_random=False))
    def arrive_again(self, pick: random.Random) -> None:
        """A request of some time ago arrives once more."""
        self.line.again(pick.choice(sorted(self.line.seen)))

    @rule()
    def arrive_late(self) -> None:
        """What was on its way arrives."""
        self.line.let_go()

    # -- what happens to the hub

    @rule()
    def kill(self) -> None:
        """The hub is killed and started."""
        self.hub.kill()
        self.hub.start()

    @precondition(lambda self: self.nights < NIGHTS)
    @rule()
    def night(self) -> None:
        """The business day changes."""
        self.nights += 1
        self.hub.moment += timedelta(days=1)
        self.kill()

    # -- what must hold

    @invariant()
    def every_request_has_one_answer(self) -> None:
        for request_id, answers in self.line.answers.items():
            assert len(set(answers)) == 1, f"{request_id} was answered {set(answers)}"

    def teardown(self) -> None:
        with self.stack:
            self.line.let_go()
            self.every_request_has_one_answer()
            assert list(self.wrong()) == []

    def wrong(self) -> Iterator[str]:
        """As many tickets and calls as there were requests for them that arrived."""
        with closing(connect(self.hub.house.database, read_only=True)) as connection:
            yield from audit(connection, load_keys(self.hub.house.key)).wrong
            (tickets,) = connection.execute("SELECT count(*) FROM tickets").fetchone()
            called = "SELECT count(*) FROM facts WHERE name = 'ticket.called'"
            (calls,) = connection.execute(called).fetchone()
        if tickets != (arrived := self._answered(self.takes, 201)):
            yield f"{arrived} requests made {tickets} tickets"
        if calls != (arrived := self._answered(self.calls, 200)):
            yield f"{arrived} requests made {calls} calls"

    def _answered(self, requests: Sequence[str], status: int) -> int:
        return sum(bool(found := self.line.answers[one]) and found[0][0] == status for one in requests)

    def ask(
        self,
        request_id: str,
        client: HubClient,
        route: str,
        body: m.Request,
        faults: list[Fault],
        **at: object,
    ) -> None:
        """With the product's own client, which tries three times."""

        def again() -> None:
            try:
                client.call(route, body, request_id=request_id, **at)
            except (HubRefused, HubUnreachable):
                return  # what it was told is in the line's answers

        self.asked[request_id] = again
        self.line.script.extend(faults)
        again()
        self.line.script.clear()


@contextmanager
def impatient() -> Iterator[None]:
    """A client that does not wait between its attempts."""
    pauses, api.PAUSES_SECONDS = api.PAUSES_SECONDS, (0.01, 0.01)
    try:
        yield
    finally:
        api.PAUSES_SECONDS = pauses


def once(examples: int, steps: int, *program: str) -> None:
    """Run so many histories of so many steps. AssertionError with the shortest that was found."""
    with Forks(program[0] if program else HUB, log=Path("/dev/null")) as forks, impatient():
        machine = type("Machine", (Once,), {"forks": forks, "program": program})
        run_state_machine_as_test(
            machine,
            settings=settings(
                max_examples=examples,
                stateful_step_count=steps,
                deadline=None,
                database=None,
                derandomize=True,
                phases=(Phase.generate,),
                suppress_health_check=list(HealthCheck),
            ),
        )


def prove() -> Outcome:
    """80 histories of 40 steps; the controls with and without the key of the kept answers."""
    wrong: list[str] = []
    caught = 0
    try:
        once(80, 40)
    except AssertionError as error:
        wrong.append(str(error))
    for mode in ("keyed", "forgetful"):
        try:
            once(20, 30, FORGETFUL, mode)
        except AssertionError:
            caught += 1
    return Outcome("P4", 80, wrong, caught == 2)
