"""A supervisor as systemd is one: starts a process with a socket to be notified on, and hears its beats."""

import socket
import subprocess
import time
from collections.abc import Callable, Mapping
from pathlib import Path

SILENCE_SECONDS = 3.0
"""WatchdogSec of the supervisor here."""
PATIENCE_SECONDS = 60.0
Launch = Callable[[Mapping[str, str]], "subprocess.Popen[str]"]


class Supervisor:
    """Starts what `launch` makes of an environment, with its socket in `folder`."""

    def __init__(self, folder: Path, launch: Launch) -> None:
        self.folder, self._launch = folder, launch
        self._channel = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._channel.bind(str(folder / "notify"))
        self.process: subprocess.Popen[str]
        self.start()

    def start(self) -> None:
        """Run it; returns once it says that it is ready. TimeoutError if it never does."""
        usec = str(int(SILENCE_SECONDS * 1e6))
        environment = {"NOTIFY_SOCKET": str(self.folder / "notify"), "WATCHDOG_USEC": usec}
        self.process = self._launch(environment)
        while "READY=1" not in self.hear(PATIENCE_SECONDS):
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
