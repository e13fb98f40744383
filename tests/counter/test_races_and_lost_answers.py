"""Two counters at once, and a line to the hub that loses answers: told in words, never done twice."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest

from counter.command import STILL_MEANT
from counter.testing import CounterInHand
from counter.viewmodels import words as w
from counter.viewmodels.orders import Orders
from shared.protocol import messages as m
from shared.testing import RunningHub

NewDesk = Callable[..., CounterInHand]
Take = Callable[..., m.Ticket]


class LossyLine:
    """A line to the hub. While `loses`, requests go through and their answers are cut off; the event
    stream runs on. It does not model delay or damaged bytes."""

    def __init__(self, hub_url: str) -> None:
        host, port = hub_url.removeprefix("http://").split(":")
        self._hub = (host, int(port))
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self.loses = False
        self.lost = 0
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._listener.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                threading.Thread(target=self._serve, args=(near,), daemon=True).start()

    def _serve(self, near: socket.socket) -> None:
        with suppress(OSError), near, socket.create_connection(self._hub) as far:
            is_stream = threading.Event()
            threading.Thread(target=self._answers, args=(far, near, is_stream), daemon=True).start()
            while data := near.recv(65536):
                if b" /api/v1/events" in data:
                    is_stream.set()
                far.sendall(data)

    def _answers(self, far: socket.socket, near: socket.socket, is_stream: threading.Event) -> None:
        with suppress(OSError):
            while data := far.recv(65536):
                if self.loses and not is_stream.is_set():
                    self.lost += 1
                    near.shutdown(socket.SHUT_RDWR)
                    return
                near.sendall(data)
            near.shutdown(socket.SHUT_RDWR)


@pytest.fixture
def line(hub: RunningHub) -> Iterator[LossyLine]:
    lossy = LossyLine(hub.url)
    yield lossy
    lossy.close()


def test_the_loser_of_a_race_is_told_who_won(new_desk: NewDesk, take: Take) -> None:
    wanted = take()
    desks = [new_desk().open(1), new_desk().open(2, clerk="1002")]
    for desk in desks:
        desk.until(lambda desk=desk: desk.line == [wanted.number])  # type: ignore[misc]
        desk.counter.pick.begin("pick")
    for desk in desks:  # both presses are on their way before either answer is read
        desk.counter.pick.choose(wanted.id, "行动不便")
    for desk in desks:
        desk.wait_idle()
    winners = [desk for desk in desks if desk.now == (wanted.number, "called")]
    losers = [desk for desk in desks if desk.now == ("", "")]
    assert (len(winners), len(losers)) == (1, 1)
    window, clerk = (1, "李明1") if winners[0] is desks[0] else (2, "李明2")
    assert losers[0].note == ("pick", f"{wanted.number} 已由 {window} 号窗口 {clerk} 办理。")


def test_two_windows_that_call_at_once_get_two_citizens(
    new_desk: NewDesk, take: Take, hub: RunningHub
) -> None:
    numbers = {take().number for _ in range(6)}
    desks = [new_desk().open(1), new_desk().open(2, clerk="1002")]
    called: list[str] = []
    for desk in desks:
        desk.until(lambda desk=desk: len(desk.line) == 6)  # type: ignore[misc]
    for _ in range(3):
        for desk in desks:
            desk.counter.actions.press("next")
        for desk in desks:
            desk.wait_idle()
            called.append(desk.now[0])
            desk.press("start")
    assert len(called) == 6
    assert set(called) == numbers, "nobody twice, nobody left out"


def test_an_answer_that_was_lost_is_asked_for_again_and_done_once(
    new_desk: NewDesk, take: Take, line: LossyLine, hub: RunningHub
) -> None:
    first = take()
    take()
    desk = new_desk(url=line.url, timeout=0.5).open(1)
    desk.until(lambda: len(desk.line) == 2)
    line.loses = True
    desk.counter.actions.press("next")
    desk.until(lambda: line.lost >= 3, "the client does not ask again by itself")
    desk.until(lambda: desk.note == ("next", w.say(w.ASKING_AGAIN)))
    assert desk.counter.orders.is_busy, "what is unknown is not pretended, and no key makes it worse"
    keys = desk.counter.actions.property("states")
    assert keys["next"]["hint"] == w.say(w.WAIT), "an answer that takes long is seen on its key"
    assert not [key for key, state in keys.items() if state["enabled"]]
    line.loses = False
    desk.wait_idle()
    assert desk.now == (first.number, "called")
    tickets = hub.operator.ask(m.Queue, "queue").tickets
    assert [(t.number, t.calls) for t in tickets if t.state == "called"] == [(first.number, 1)]


def test_a_command_is_not_repeated_when_it_is_no_longer_meant(
    new_desk: NewDesk, take: Take, line: LossyLine
) -> None:
    take()
    desk = new_desk(url=line.url, timeout=0.5).open(1)
    late = [0.0]
    orders = Orders(desk.counter.seat, desk.bridge, monotonic=lambda: late[0])
    line.loses = True
    assert orders.run("next", "call_next", m.CallNext(), no=1)
    desk.until(lambda: orders.property("noteText") == w.say(w.ASKING_AGAIN))
    late[0] = STILL_MEANT.total_seconds()
    desk.until(lambda: not orders.is_busy)
    assert orders.property("noteText") == w.say(w.UNSURE), "the clerk is told to look"


def test_a_press_while_the_hub_is_gone_is_not_pretended(
    new_desk: NewDesk, take: Take, hub: RunningHub
) -> None:
    take()
    desk = new_desk().open(1)
    desk.until(lambda: desk.line)
    hub.kill()
    desk.until(lambda: not desk.bridge.online)
    desk.press("next")
    assert desk.note in {("next", w.say(w.CUT)), ("", "")}, "not done; at the latest it leads to the number"
    assert desk.now == ("", "")
    assert "数据更新于" in desk.counter.status.property("age")
    hub.restart()
    desk.until(lambda: desk.bridge.online, "the hub is not found again")
    desk.counter.orders.hush()
    desk.until(lambda: not desk.counter.manual.is_active, "it goes on by hand")
    desk.until(lambda: desk.counter.actions.property("states")["next"]["enabled"])
    desk.press("next")
    assert desk.now[1] == "called"


def test_a_kill_between_press_and_answer_is_settled_after_the_restart(
    new_desk: NewDesk, take: Take, line: LossyLine, hub: RunningHub
) -> None:
    first = take()
    take()
    desk = new_desk(url=line.url, timeout=0.5).open(1)
    desk.until(lambda: len(desk.line) == 2)
    line.loses = True
    desk.counter.actions.press("next")
    desk.until(lambda: line.lost >= 1)
    hub.kill()
    line.loses = False
    desk.until(lambda: desk.note[0] == "next")
    assert desk.note != ("next", w.say(w.NOT_DONE)), "it may have been done: nobody knows yet"
    hub.restart()
    desk.wait_idle()
    desk.until(lambda: desk.now == (first.number, "called"))


def test_a_session_that_was_ended_elsewhere_leads_back_to_the_door(
    new_desk: NewDesk, take: Take, hub: RunningHub
) -> None:
    take()
    desk = new_desk().open(1)
    desk.until(lambda: desk.line)
    for device in hub.operator.ask(m.Devices, "devices").devices:
        if device.role == "counter":
            hub.operator.call("revoke_device", m.Nothing(), id=device.id)
    desk.press("next")
    desk.until(lambda: desk.step == "sign-in")
    assert desk.problem
