"""An app for test_bridge: follows the hub, and on a line of input asks it something and closes."""

import sys
import threading
import time

from PySide6.QtCore import QCoreApplication

from shared.client.api import HubClient
from shared.protocol.messages import Board
from shared.qt.bridge import HallBridge


def main(url: str, credential: str) -> None:
    """Print `following`, wait for a line, ask, close, print the seconds that closing took."""
    app = QCoreApplication([])
    bridge = HallBridge(HubClient(url, credential), with_queue=True)
    bridge.start()
    while not bridge.online:
        app.processEvents()
        time.sleep(0.01)
    tell("following")
    sys.stdin.readline()
    asked = threading.Event()

    def ask(client: HubClient) -> Board:
        asked.set()
        return client.ask(Board, "board")

    bridge.submit(ask, tell, tell)
    asked.wait()
    began = time.monotonic()
    bridge.close()
    tell(time.monotonic() - began)


def tell(what: object) -> None:
    """Say it to the test."""
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
