"""S7's part of the wire: a stranger who takes all the room there is does not keep the hall from working.

From a namespace of its own, where root may make one, a stranger (tests.proofs.flood) opens two thousand
connections, says nothing on most and a byte a second on the others, and opens anew what is closed. Meanwhile
a kiosk takes numbers over new connections, pinned, and each must be given.

The control is a hub that lets everybody in and waits for ever (tests.proofs.roomy_hub).
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from shared.client.api import HubClient
from shared.client.errors import HubError
from shared.protocol import messages as m
from shared.testing import MONDAY_MORNING, RunningHub
from tests.proofs.hubs import PRODUCT, ROOT, hub_of
from tests.proofs.links import Cable, can_make_namespaces
from tests.proofs.outcome import Outcome

LINES = 2000
LOOPBACK = "127.0.0.1"
START = ("--start", MONDAY_MORNING.isoformat(), "--host", "0.0.0.0")


def program_of(mode: str, *, has_cables: bool) -> Sequence[str]:
    """The product itself, where a stranger can come from elsewhere than this machine."""
    return (PRODUCT,) if has_cables and mode == "few" else ("tests.proofs.roomy_hub", mode)


def flooded(folder: Path, mode: str, seconds: float) -> tuple[int, list[str]]:
    """How many numbers were asked for during the flood, and which were not given."""
    has_cables = can_make_namespaces()
    with ExitStack() as stack:
        hub = stack.enter_context(hub_of(folder, program_of(mode, has_cables=has_cables), None, *START))
        token, port = hub.enrol("citizen-kiosk"), urlsplit(hub.url).port or 0
        if not has_cables:
            stack.enter_context(_flood((), LOOPBACK, port, "127.0.0.9"))
            return _served(hub, f"https://127.0.0.1:{port}", token, seconds)
        cable = Cable(hub.url)
        stack.callback(cable.close)
        here = urlsplit(cable.url).hostname or ""
        stack.enter_context(_flood(cable.prefix, here, port))
        return _served(hub, f"https://{here}:{port}", token, seconds)


@contextmanager
def _flood(prefix: Sequence[str], host: str, port: int, source: str = "0.0.0.0") -> Iterator[None]:
    with subprocess.Popen(
        [*prefix, sys.executable, "-m", "tests.proofs.flood", host, str(port), str(LINES), source],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as process:
        try:
            if process.stdout is None or process.stdout.readline() != "ready\n":
                raise RuntimeError("the flood did not begin")
            yield
        finally:
            process.kill()


def _served(hub: RunningHub, url: str, token: str, seconds: float) -> tuple[int, list[str]]:
    """A number every now and then, each over a connection of its own."""
    asked, wrong, until = 0, [], time.monotonic() + seconds
    while time.monotonic() < until:
        asked += 1
        with closing(HubClient(url, token, authority=hub.authority.pem)) as kiosk:
            try:
                kiosk.call("take_ticket", m.TakeTicket(channel="kiosk", lane="A"))
            except HubError as error:
                wrong.append(f"number {asked} was not given: {error}")
        time.sleep(0.2)
    return asked, wrong


def is_caught(folder: Path) -> bool:
    """The hub with room for everybody."""
    return bool(flooded(folder, "roomy", 1.0)[1])


def prove() -> Outcome:
    """Half a minute: longer than anything that the hub waits for."""
    with TemporaryDirectory(prefix="s07-") as made:
        asked, wrong = flooded(Path(made, "product"), "few", 30.0)
        return Outcome("S7", asked, wrong, is_caught(Path(made, "control")))


if __name__ == "__main__":
    sys.exit(0 if prove().holds else 1)
