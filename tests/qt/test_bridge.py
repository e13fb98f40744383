"""The bridge to a real hub: everything arrives in the Qt thread, and nothing makes that thread wait."""

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication

from shared.client.api import HubClient, HubRefused
from shared.protocol import messages as m
from shared.protocol.events import SILENT_AFTER_SECONDS
from shared.qt.bridge import HallBridge
from shared.testing import RunningHub

Until = Callable[..., None]


class Recorder:
    """A signal recorder that also notes the thread."""

    def __init__(self, bridge: HallBridge) -> None:
        self.parts: list[frozenset[str]] = []
        self.calls: list[m.Call] = []
        self.refusals: list[HubRefused] = []
        self.threads: set[threading.Thread] = set()
        bridge.changed.connect(lambda parts: self._note(self.parts, parts))
        bridge.called.connect(lambda call: self._note(self.calls, call))
        bridge.refused.connect(lambda refusal: self._note(self.refusals, refusal))

    def _note(self, where: list[Any], what: object) -> None:
        where.append(what)
        self.threads.add(threading.current_thread())


@pytest.fixture
def bridge(app: QGuiApplication, hub: RunningHub) -> Iterator[HallBridge]:
    made = HallBridge(HubClient(hub.url, hub.enrol("counter")), with_queue=True)
    yield made
    made.close()


def test_news_arrive_in_the_qt_thread(bridge: HallBridge, hub: RunningHub, until: Until) -> None:
    seen = Recorder(bridge)
    kiosk, clerk = hub.client("citizen-kiosk"), hub.clerk("1001", window=1)
    kiosk.call("take_ticket", m.TakeTicket(channel="kiosk", lane="A"))
    clerk.call("call_next", m.CallNext(), no=1)
    assert seen.parts == []
    bridge.start()
    until(lambda: bridge.online)
    kiosk.call("take_ticket", m.TakeTicket(channel="kiosk", lane="A"))
    ticket = next(t for t in kiosk.ask(m.Queue, "queue").tickets if t.number == "A001")
    clerk.call("recall_ticket", m.Nothing(), id=ticket.id)
    until(lambda: bool(seen.calls))
    assert [(call.number, call.window, call.again) for call in seen.calls] == [("A001", 1, 1)]
    assert bridge.mirror is not None
    assert bridge.mirror.lanes["A"].waiting == 1
    assert [t.number for t in bridge.mirror.line("A", bridge.now())] == ["A002"]
    assert seen.parts[0] >= {"hall", "lanes", "windows", "link"}
    assert seen.threads == {threading.main_thread()}
    assert bridge.staleSince == ""


def test_the_clock_is_the_hubs(bridge: HallBridge, hub: RunningHub, until: Until) -> None:
    bridge.start()
    until(lambda: bridge.online)
    now = hub.client("display").ask(m.Health, "health").now
    assert abs((bridge.now() - now).total_seconds()) < 1
    assert f"{bridge.now():%Y-%m-%d %z}" == "2026-11-23 +0800"


def test_work_is_answered_in_the_qt_thread_and_never_waits(bridge: HallBridge, until: Until) -> None:
    answers: list[object] = []
    began = time.monotonic()

    def slow(client: HubClient) -> str:
        time.sleep(0.3)
        return client.ask(m.Health, "health").status

    def note(answer: object) -> None:
        answers.append((answer, threading.current_thread() is threading.main_thread()))

    bridge.submit(slow, note, note)
    bridge.submit(lambda client: client.call("my_day"), note, lambda error: note(type(error)))
    bridge.submit(lambda _: 1 / 0, note, lambda error: note(type(error)))
    assert time.monotonic() - began < 0.2
    until(lambda: len(answers) == 3)
    assert sorted(answers, key=str) == sorted(
        [("ok", True), (HubRefused, True), (ZeroDivisionError, True)], key=str
    )


def test_silence_is_noticed_and_dated(bridge: HallBridge, hub: RunningHub, until: Until) -> None:
    seen = Recorder(bridge)
    bridge.start()
    until(lambda: bridge.online)
    mirror = bridge.mirror
    hub.kill()
    killed = time.monotonic()
    until(lambda: not bridge.online, SILENT_AFTER_SECONDS + 2)
    assert SILENT_AFTER_SECONDS - 2.5 < time.monotonic() - killed < SILENT_AFTER_SECONDS + 1
    assert bridge.staleSince == "09:30"
    assert bridge.mirror is mirror
    assert seen.parts[-1] == {"link"}
    hub.restart()
    until(lambda: bridge.online)
    assert bridge.staleSince == ""


def test_a_clerk_sees_what_is_for_staff(bridge: HallBridge, hub: RunningHub, until: Until) -> None:
    bridge.start()
    until(lambda: bridge.online)
    device = bridge.client
    first = hub.clerk("1001", window=1)
    bridge.use_credential(first.credential)
    first.call("pause_window", m.Reason(reason="午餐"), no=1)
    until(lambda: bridge.mirror is not None and bridge.mirror.windows[1].reason == "午餐")
    assert bridge.client.credential == first.credential
    bridge.use_credential(None)
    assert bridge.client is device
    until(lambda: bridge.mirror is not None and bridge.mirror.windows[1].reason == "")


def test_a_refused_device_is_told(app: QGuiApplication, hub: RunningHub, until: Until) -> None:
    bridge = HallBridge(HubClient(hub.url, "no-such-credential"))
    seen = Recorder(bridge)
    bridge.start()
    until(lambda: bool(seen.refusals))
    assert seen.refusals[0].status == 401
    assert not bridge.online
    bridge.close()


def test_closing_takes_less_than_a_second(bridge: HallBridge, until: Until) -> None:
    bridge.start()
    until(lambda: bridge.online)
    answers: list[object] = []
    bridge.submit(lambda _: time.sleep(0.5), answers.append, answers.append)
    began = time.monotonic()
    bridge.close()
    assert time.monotonic() - began < 1
    bridge.submit(lambda _: 1, answers.append, answers.append)
    time.sleep(0.6)
    QGuiApplication.processEvents()
    assert answers == []


def test_an_app_ends_within_a_second_though_the_hub_hangs(hub: RunningHub) -> None:
    script = Path(__file__).with_name("closing_app.py")
    with subprocess.Popen(
        [sys.executable, str(script), hub.url, hub.enrol("counter")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as app:
        assert app.stdout is not None
        assert app.stdout.readline() == "following\n"
        hub.process.send_signal(signal.SIGSTOP)
        try:
            began = time.monotonic()
            closing, errors = app.communicate("\n", timeout=10)
            took = time.monotonic() - began
        finally:
            hub.process.send_signal(signal.SIGCONT)
    assert (app.returncode, errors) == (0, "")
    assert float(closing) < 1
    assert took < 1.5
