"""P18: a hub or a screen that is stuck is restarted, and works again.

A supervisor as systemd is one (tests.proofs.supervising) kills what is silent for too long. The hub is
stopped as a whole, its writer stands, or its event loop stands; a kiosk, a counter and a display are stopped,
or their Qt event loop stands. The controls beat from a thread of their own: they beat on, and nobody restarts
them.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from shared.client.api import HubClient
from shared.client.errors import HubError
from shared.client.identity import DeviceIdentity, save_identity
from shared.protocol import messages as m
from shared.qt.robot_driver import OFFSCREEN
from shared.store.house import House
from shared.testing import rehearsal
from tests.proofs.hubs import ROOT, start_program
from tests.proofs.outcome import Outcome
from tests.proofs.supervising import PATIENCE_SECONDS, SILENCE_SECONDS, Supervisor

CHECKED, THREAD = "checked", "thread"
APPS: Mapping[str, m.Role] = {"kiosk": "citizen-kiosk", "counter": "counter", "display": "display"}


class HubSupervisor(Supervisor):
    """For the hub of the hall in `folder`."""

    def __init__(self, folder: Path, mode: str) -> None:
        self.house, self._mode, self.url = House(folder), mode, ""
        super().__init__(folder, self._run)

    def _run(self, environment: Mapping[str, str]) -> "subprocess.Popen[str]":
        program, log = ("tests.proofs.stuck_hub", self._mode), self.folder / "hub.log"
        process, self.url = start_program(self.folder, program, ("--port", "0"), log, **environment)
        return process

    def serves(self) -> bool:
        """Whether it does what it is there for: a command, answered."""
        client = HubClient(self.url, self.house.operator_token.read_text("ascii").strip(), timeout=0.5)
        try:
            client.call("offer_device", m.OfferDevice(role="display", name="屏"))
        except HubError:
            return False
        finally:
            client.close()
        return True


@contextmanager
def supervised(folder: Path, mode: str = CHECKED) -> Iterator[HubSupervisor]:
    """A hub of a fresh hall under a supervisor."""
    with rehearsal(folder):
        pass
    supervisor = HubSupervisor(folder, mode)
    try:
        yield supervisor
    finally:
        supervisor.close()


@contextmanager
def supervised_screen(folder: Path, app: str, mode: str = CHECKED) -> Iterator[Supervisor]:
    """A screen of a hall whose hub is away: that is no reason to restart it."""
    who = DeviceIdentity(
        hub="http://127.0.0.1:1", device=1, token="none", role=APPS[app], name="屏", window=None
    )
    save_identity(folder, who)

    def run(environment: Mapping[str, str]) -> "subprocess.Popen[str]":
        command = [sys.executable, "-m", "tests.proofs.stuck_screen", mode, app]
        with (folder / "log").open("ab") as log:
            return subprocess.Popen(
                [*command, "--state", str(folder), "--size", "960x540"],
                stderr=log,
                text=True,
                env={**os.environ, **OFFSCREEN, "PYTHONPATH": str(ROOT), **environment},
            )

    supervisor = Supervisor(folder, run)
    try:
        yield supervisor
    finally:
        supervisor.close()


FAULTS = {
    "the process stands": signal.SIGSTOP,
    "the writer stands": signal.SIGUSR1,
    "the event loop stands": signal.SIGUSR2,
}
"""And the signal that does it to `stuck_hub`."""
SCREEN_FAULTS = {"the process stands": signal.SIGSTOP, "the event loop stands": signal.SIGUSR1}


def tried(folder: Path, fault: str, mode: str = CHECKED) -> list[str]:
    """What is wrong after this fault of the hub: not noticed, or not serving after the restart."""
    with supervised(folder, mode) as supervisor:
        if not supervisor.serves():
            return [f"{fault}: the hub did not serve before"]
        os.kill(supervisor.process.pid, FAULTS[fault])
        if supervisor.serves():
            return [f"{fault}: the hub serves all the same: nothing was tried"]
        if not supervisor.falls_silent(_within(mode)):
            return [f"{fault}: it beat on, and nobody restarted it"]
        supervisor.kill()
        supervisor.start()
        return [] if supervisor.serves() else [f"{fault}: after the restart it does not serve"]


def tried_on_screen(folder: Path, app: str, fault: str, mode: str = CHECKED) -> list[str]:
    """What is wrong after this fault of a screen: not noticed, or not ready again after the restart."""
    with supervised_screen(folder, app, mode) as supervisor:
        if supervisor.falls_silent(SILENCE_SECONDS):
            return [f"{app}: it fell silent without a fault"]
        os.kill(supervisor.process.pid, SCREEN_FAULTS[fault])
        if not supervisor.falls_silent(_within(mode)):
            return [f"{app}, {fault}: it beat on, and nobody restarted it"]
        supervisor.kill()
        supervisor.start()  # ready, or TimeoutError
        return []


def _within(mode: str) -> float:
    return 4 * SILENCE_SECONDS if mode == THREAD else PATIENCE_SECONDS


def falsely_restarted(folder: Path, silences: int) -> list[str]:
    """A hub without a fault is left alone."""
    with supervised(folder) as supervisor:
        silent = supervisor.falls_silent(silences * SILENCE_SECONDS)
    return ["a hub that worked fell silent"] if silent else []


def prove() -> Outcome:
    """Every fault of the hub five times, a minute without any, those of each screen, and the controls."""
    with TemporaryDirectory(prefix="p18-") as made:
        folder = Path(made)
        wrong = [
            sentence
            for n in range(5)
            for k, fault in enumerate(FAULTS)
            for sentence in tried(folder / f"{n}-{k}", fault)
        ]
        wrong += falsely_restarted(folder / "well", 20)
        for app in APPS:
            for k, fault in enumerate(SCREEN_FAULTS):
                wrong += tried_on_screen(folder / f"{app}{k}", app, fault)
        caught = tried(folder / "control", "the writer stands", THREAD)
        caught_on_screen = tried_on_screen(folder / "screen", "display", "the event loop stands", THREAD)
    count = 5 * len(FAULTS) + 1 + len(APPS) * len(SCREEN_FAULTS)
    is_caught = all("beat on" in "".join(each) for each in (caught, caught_on_screen))
    return Outcome("P18", count, wrong, is_caught)
