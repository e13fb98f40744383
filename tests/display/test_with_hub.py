"""A board on a real hub: each call once, also across a restart of the hub; old data says so."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication

from display.heard import Heard
from display.stage import Pace
from display.viewmodels.calls import CallsModel, Setting
from display.viewmodels.status import StatusModel
from display.viewmodels.words import Words
from display.voice import Sound, Told
from shared.protocol import messages as m
from shared.qt.bridge import HallBridge
from shared.testing import running_hub

QUICK = Pace(moment=0.05, least=0.01, voice_gives_up=5.0)


class Recorder:
    """Speaks into a list."""

    sound = Sound.FINE

    def __init__(self) -> None:
        self.spoken: list[str] = []

    def speak(self, call: m.Call, told: Told) -> None:
        self.spoken.append(call.number)
        told(call.seq)

    def close(self) -> None:
        """Nothing to end."""


def until(true: Callable[[], bool], seconds: float = 15.0) -> None:
    began = time.monotonic()
    while not true():
        assert time.monotonic() - began < seconds, "it did not come"
        QCoreApplication.processEvents()
        time.sleep(0.005)


def test_each_call_is_announced_once_across_a_restart_of_the_hub(
    app: Any, memory: Path, tmp_path: Path
) -> None:
    voice, words = Recorder(), Words(english=True)
    with running_hub(tmp_path / "hub") as hub:
        kiosk, clerk = hub.client("citizen-kiosk"), hub.clerk(window=1)
        numbers = [
            kiosk.ask(m.TakenTicket, "take_ticket", m.TakeTicket(channel="kiosk", lane="A")).ticket.number
            for _ in range(3)
        ]
        bridge = HallBridge(hub.client("display"))
        calls = CallsModel(bridge, voice, words, Setting(pace=QUICK), Heard(memory))
        status = StatusModel(bridge, words, lambda: Sound.FINE)
        bridge.start()
        try:
            until(lambda: bridge.mirror is not None)
            call_and_finish(clerk)
            until(lambda: voice.spoken == numbers[:1])
            hub.kill()
            until(lambda: bool(status.property("stale")))
            assert calls.property("number") == numbers[0], "the last state stays"
            assert status.property("ageNote").startswith("数据更新于 ")
            hub.restart()
            call_and_finish(clerk)
            until(lambda: not status.property("stale"))
            call_and_finish(clerk)
            until(lambda: len(voice.spoken) >= 3)
            until(lambda: not calls.property("lively"))
            assert voice.spoken == numbers
        finally:
            bridge.close()


def call_and_finish(clerk: Any) -> None:
    ticket = clerk.ask(m.Ticket, "call_next", m.CallNext(), no=1)
    clerk.call("start_ticket", m.Nothing(), id=ticket.id)
    clerk.call("finish_ticket", m.Nothing(), id=ticket.id)
