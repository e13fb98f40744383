"""A hub that gets stuck when told to, and the control: one that beats from a thread of its own.

python -m tests.proofs.stuck_hub checked|thread OPTIONS

SIGUSR1: the writer stands; SIGUSR2: the event loop stands
"""

import asyncio
import signal
import sys
import threading

from shared.hub import __main__ as hub_program
from shared.hub import app
from shared.hub.core import Hub, refusal_reply
from shared.hub.watchdog import run_watchdog
from shared.store.transaction import Transaction
from shared.store.writer import Command, Reply
from shared.supervisor import Supervisor


def stand(tx: Transaction) -> Reply:
    """A command that never ends, in the writer's thread."""
    del tx
    threading.Event().wait()
    return Reply(204, b"")


def beat_for_ever(supervisor: Supervisor) -> None:
    """The control: alive is whoever has a thread left."""
    while True:
        supervisor.tell("READY=1", "WATCHDOG=1")
        threading.Event().wait(supervisor.pause_seconds)


async def checked(hub: Hub, supervisor: Supervisor) -> None:
    listen(hub)
    await run_watchdog(hub, supervisor)


async def from_a_thread(hub: Hub, supervisor: Supervisor) -> None:
    listen(hub)
    threading.Thread(target=beat_for_ever, args=(supervisor,), daemon=True).start()


def listen(hub: Hub) -> None:
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(
        signal.SIGUSR1, lambda: hub.writer.submit(Command(stand, refusal_reply, "device:1"))
    )
    loop.add_signal_handler(signal.SIGUSR2, lambda: threading.Event().wait() and None)


if __name__ == "__main__":
    app.run_watchdog = {"checked": checked, "thread": from_a_thread}[sys.argv[1]]  # type: ignore[attr-defined]
    sys.exit(hub_program.main(sys.argv[2:]))
