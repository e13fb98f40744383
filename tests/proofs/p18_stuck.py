"""P18: a hub that is stuck is restarted, and serves again.

A supervisor as systemd is one: it starts the hub with NOTIFY_SOCKET and WATCHDOG_USEC, and kills it when no
`WATCHDOG=1` came for that long. The hub is stopped as a whole, its writer stands, or its event loop stands.
The control beats from a thread of its own: with its writer stuck it beats on, and nobody restarts it.
"""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from shared.client.api import HubClient
from shared.client.errors import HubError
from shared.protocol import messages as m
from shared.store.house import House
from shared.testing import rehearsal
from tests.proofs.hubs import start_program
from tests.proofs.outcome import Outcome

CHECKED, THREAD = "checked", "thread"
SILENCE_SECONDS = 3.0
"""WatchdogSec of the supervisor here."""
_PATIENCE_SECONDS = 60.0


class Supervisor:
    """Starts a hub in `folder` and listens to its beats."""

    def __init__(self, folder: Path, mode: str) -> None:
        self._folder, self._mode = folder, mode
        self.house = House(folder)
        self._channel = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._channel.bind(str(folder / "notify"))
        self.process: subprocess.Popen[str]
        self.url = ""
        self.start()

    def start(self) -> None:
        """Run the hub; returns once it says that it is ready. TimeoutError if it never does."""
        usec = str(int(SILENCE_SECONDS * 1e6))
        environment = {"NOTIFY_SOCKET": str(self._folder / "notify"), "WATCHDOG_USEC": usec}
        program, log = ("tests.proofs.stuck_hub", self._mode), self._folder / "hub.log"
        self.process, self.url = start_program(self._folder, program, ("--port", "0"), log, **environment)
        while "READY=1" not in self.hear(_PATIENCE_SECONDS):
            pass

    def hear(self, seconds: float) -> str:
        """The next message. TimeoutError after so long a silence."""
        self._channel.settimeout(seconds)
        return self._channel.recv(4096).decode()

    def falls_silent(self, within: float) -> bool:
        """Whether the beats stop for SILENCE_SECONDS before `within` seconds are over."""
        end = time.monotonic() + within
        while time.monotonic() < end:
            try:
                self.hear(SILENCE_SECONDS)
            except TimeoutError:
                return True
        return False

    def kill(self) -> None:
        """As systemd does in the end."""
        self.process.kill()
        self.process.wait()
        if self.process.stdout is not None:
            self.process.stdout.close()

    def close(self) -> None:
        """End what runs."""
        if self.process.poll() is None:
            self.kill()
        self._channel.close()

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
def supervised(folder: Path, mode: str = CHECKED) -> Iterator[Supervisor]:
    """A hub of a fresh hall under a supervisor."""
    with rehearsal(folder):
        pass
    supervisor = Supervisor(folder, mode)
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


def tried(folder: Path, fault: str, mode: str = CHECKED) -> list[str]:
    """What is wrong after this fault: not noticed, or not serving after the restart."""
    with supervised(folder, mode) as supervisor:
        if not supervisor.serves():
            return [f"{fault}: the hub did not serve before"]
        os.kill(supervisor.process.pid, FAULTS[fault])
        if supervisor.serves():
            return [f"{fault}: the hub serves all the same: nothing was tried"]
        if not supervisor.falls_silent(4 * SILENCE_SECONDS if mode == THREAD else _PATIENCE_SECONDS):
            return [f"{fault}: it beat on, and nobody restarted it"]
        supervisor.kill()
        supervisor.start()
        return [] if supervisor.serves() else [f"{fault}: after the restart it does not serve"]


def falsely_restarted(folder: Path, silences: int) -> list[str]:
    """A hub without a fault is left alone."""
    with supervised(folder) as supervisor:
        silent = supervisor.falls_silent(silences * SILENCE_SECONDS)
    return ["a hub that worked fell silent"] if silent else []


def prove() -> Outcome:
    """Every fault five times, a minute without any, and the control."""
    with TemporaryDirectory(prefix="p18-") as made:
        folder = Path(made)
        wrong = [
            sentence
            for n in range(5)
            for k, fault in enumerate(FAULTS)
            for sentence in tried(folder / f"{n}-{k}", fault)
        ]
        wrong += falsely_restarted(folder / "well", 20)
        caught = tried(folder / "control", "the writer stands", THREAD)
    return Outcome("P18", 5 * len(FAULTS) + 1, wrong, any("beat on" in sentence for sentence in caught))
