"""How large the board's snapshot is when three hundred wait."""

from pathlib import Path

import httpx

from shared.config import load_hall, sample_path
from shared.figures.table import Figure
from shared.protocol import messages as m
from shared.testing import running_hub

WAITING = 300
_MOST_BYTES = 20_000


def measure(folder: Path) -> list[Figure]:
    """The sample hall, with people in every lane."""
    with running_hub(folder / "sizes", load_hall(sample_path("yueyang"))) as hub:
        credential = hub.enrol("citizen-kiosk")
        kiosk = hub.with_credential(credential)
        lanes = [lane.letter for lane in kiosk.call("board").lanes if lane.open]
        for n in range(WAITING):
            kiosk.call("take_ticket", m.TakeTicket(channel="kiosk", lane=lanes[n % len(lanes)]))
        headers = {"Authorization": f"Bearer {credential}"}
        size = len(httpx.get(f"{hub.url}/api/v1/board", headers=headers).content)
    met = size < _MOST_BYTES
    return [Figure(f"board snapshot with {WAITING} waiting", f"{size / 1000:.1f} kB", "", "under 20 kB", met)]
