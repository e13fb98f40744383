"""A screen whose event loop gets stuck when told to, and the control, which beats from a thread of its own.

python -m tests.proofs.stuck_screen checked|thread kiosk|counter|display OPTIONS

SIGUSR1: the Qt event loop stands.
"""

import signal
import sys
import threading
from importlib import import_module

from shared.qt import launch as launching
from shared.qt.bridge import HallBridge
from shared.supervisor import Supervisor
from tests.proofs.stuck_hub import beat_for_ever


class FromAThread:
    """The control: alive is whoever has a thread left."""

    def __init__(self, bridge: HallBridge, supervisor: Supervisor) -> None:
        del bridge
        threading.Thread(target=beat_for_ever, args=(supervisor,), daemon=True).start()

    def stop(self) -> None:
        """Nothing ends it."""


if __name__ == "__main__":
    mode, app, *options = sys.argv[1:]
    if mode == "thread":
        vars(launching).update(Heartbeat=FromAThread)
    signal.signal(signal.SIGUSR1, lambda *_: threading.Event().wait() and None)
    sys.exit(import_module(f"{app}.app").main(options))
