"""Makes the golden hall of a release, and its API document, with the code of that release.

    cd CHECKOUT && python /path/to/make.py 0013 /path/to/golden

A small hall whose morning left a little of everything that a file may hold; then NNNN.tar.xz, with the file,
as a hub that was stopped leaves it, and its key, and openapi-NNNN.json.xz. What is here is never made anew: a
release stays as it was.
"""

import json
import lzma
import sys
import tarfile
import tempfile
import urllib.request
from pathlib import Path

from shared.client.errors import HubRefused
from shared.protocol import messages as m
from shared.testing import id_number, running_hub


def morning(hub: "object") -> None:
    """Numbers taken, called, served, missed, given up; a notice; a name; a repeat."""
    kiosk, clerk = hub.client("citizen-kiosk"), hub.clerk("1001", window=1)  # type: ignore[attr-defined]

    def take(lane: str, **more: object) -> m.TakenTicket:
        body = m.TakeTicket(channel="kiosk", lane=lane, **more)  # type: ignore[arg-type]
        return kiosk.call("take_ticket", body)  # type: ignore[no-any-return]

    for serial, lane in enumerate("AABABA", 1):
        take(lane, identity=m.Identity(name="张三", number=id_number(serial=serial)))
    take("A", priority="elderly")
    for ending in ("finish_ticket", "miss_ticket", "hold_ticket", "finish_ticket"):
        called = clerk.call("call_next", m.CallNext(), no=1)
        if ending != "miss_ticket":
            clerk.call("start_ticket", m.Nothing(), id=called.id)
        clerk.call(ending, m.Nothing(), id=called.id)
    called = clerk.call("call_next", m.CallNext(), no=1)
    clerk.call("start_ticket", m.Nothing(), id=called.id)
    clerk.call("transfer_ticket", m.Transfer(lane="C"), id=called.id)
    hub.operator.call("post_notice", m.PostNotice(zh="电梯检修", en="Lift out of order"))  # type: ignore[attr-defined]
    try:
        take("A", identity=m.Identity(name="张三", number=id_number(serial=6)))
    except HubRefused:
        return


def main(name: str, golden: str) -> None:
    """Make both files."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made) / "hall"
        with running_hub(folder) as hub:
            morning(hub)
            with urllib.request.urlopen(hub.url + "/api/v1/openapi.json") as answer:  # noqa: S310
                document = json.load(answer)
        with tarfile.open(Path(golden) / f"{name}.tar.xz", "w:xz") as archive:
            for file in ("hall.db", "hall.key"):
                archive.add(folder / file, file)
    text = json.dumps(document, ensure_ascii=False, sort_keys=True)
    (Path(golden) / f"openapi-{name}.json.xz").write_bytes(lzma.compress(text.encode()))


if __name__ == "__main__":
    main(*sys.argv[1:])
