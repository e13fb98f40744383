"""A kiosk's start and memory; a call's way from the counter to a drawn frame."""

import time
from pathlib import Path

from shared.bench.events import resident_mb
from shared.client.api import HubClient
from shared.client.identity import enrol
from shared.config import load_hall, sample_path
from shared.figures.table import Figure, middle, quantile
from shared.protocol import messages as m
from shared.qt.robot_driver import RobotDriver
from shared.testing import RunningHub, running_hub

_READY_SECONDS = 3.0
_MOST_MB = 350
_DRAWN_MS = 150.0
_FASTER = ("--turn", "0.2", "--voice", "none")
"""A call is drawn when its turn comes: the turns are short here, so that none waits for another."""


def measure(folder: Path, calls: int) -> list[Figure]:
    """Offscreen, with the software renderer; no limit of the machine stands beside a screen."""
    with running_hub(folder / "hall", load_hall(sample_path("yueyang"))) as hub:
        return [*_kiosk(hub, folder), _drawn(hub, folder, calls)]


def _kiosk(hub: RunningHub, folder: Path) -> list[Figure]:
    seconds, memory = [], 0.0
    _enrolled(hub, folder / "kiosk", "citizen-kiosk")
    for _ in range(5):
        began = time.monotonic()
        with _app(hub, "kiosk", folder / "kiosk", "--size", "1080x1920") as kiosk:
            kiosk.wait("lane-A", timeout=60)
            seconds.append(time.monotonic() - began)
            kiosk.click("search")
            kiosk.click("key-y")
            kiosk.wait("query")
            memory = max(memory, resident_mb(kiosk.process.pid))
    ready = middle(seconds)
    return [
        Figure("kiosk ready for touch", f"{ready:.1f} s (median of {len(seconds)})", "", "within 3 s",
               ready < _READY_SECONDS),
        Figure("kiosk memory", f"{memory:.0f} MB", "", f"under {_MOST_MB} MB", memory < _MOST_MB),
    ]  # fmt: skip


def _drawn(hub: RunningHub, folder: Path, calls: int) -> Figure:
    _enrolled(hub, folder / "board", "display")
    kiosk, clerk = hub.client("citizen-kiosk"), _clerk(hub)
    seconds = []
    with _app(hub, "display", folder / "board", "--size", "1920x1080", *_FASTER) as board:
        board.wait("board", "visible", is_=True, timeout=60)
        board.gone("connecting", timeout=60)
        for _ in range(calls):
            kiosk.call("take_ticket", m.TakeTicket(channel="kiosk", lane="A"))
            time.sleep(0.3)
            pressed = time.monotonic()
            ticket = clerk.call("call_next", m.CallNext(), no=1)
            seq = hub.operator.call("board").calls[0].seq
            board.wait("drawn", "seq", at_least=seq)
            seconds.append(board.get("drawn", "at") - pressed)
            clerk.call("miss_ticket", m.Nothing(), id=ticket.id)
    p99 = quantile(seconds, 0.99) * 1000
    return Figure(
        "counter pressed -> drawn frame on a display",
        f"p99 {p99:.0f} ms, median {middle(seconds) * 1000:.0f} ms over {calls} calls",
        "",
        f"p99 under {_DRAWN_MS:.0f} ms",
        p99 < _DRAWN_MS,
    )


def _clerk(hub: RunningHub) -> HubClient:
    """A clerk of the sample hall at window 1."""
    clerk = load_hall(sample_path("yueyang")).clerks[0]
    signed_in = hub.client("counter").call("sign_in", m.SignIn(clerk=clerk.number, pin=clerk.pin))
    client = hub.with_credential(signed_in.token)
    client.call("open_window", m.Nothing(), no=1)
    return client


def _enrolled(hub: RunningHub, state: Path, role: m.Role) -> None:
    offer = hub.operator.ask(m.DeviceOffer, "offer_device", m.OfferDevice(role=role, name=role))
    enrol(hub.with_credential(None), offer.code, state)


def _app(hub: RunningHub, module: str, state: Path, *options: str) -> RobotDriver:
    return RobotDriver(module, "--hub", hub.url, "--state", str(state), *options)
