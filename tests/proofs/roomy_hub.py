"""The hub with another door, and no more files than many systems allow.

python -m tests.proofs.roomy_hub MODE --data FOLDER ...

`few` is the product's own door; `roomy` the control, which lets everybody in and waits for ever. Both count
the callers from this machine as well, for a flood that has no namespace to come from.
"""

import sys
from resource import RLIMIT_NOFILE, getrlimit, setrlimit

from shared.hub import __main__ as program
from shared.hub import door
from shared.hub.door import Room

FILES = 1024
ROOMS = {
    "few": Room(per_address=600, spares_loopback=False),
    "roomy": Room(10**6, 10**6, 1e6, 10**6, silent_seconds=1e6, spares_loopback=False),
}


def patch(mode: str) -> None:
    program._take_files = lambda: setrlimit(RLIMIT_NOFILE, (FILES, getrlimit(RLIMIT_NOFILE)[1]))
    program.Server.ROOM = ROOMS[mode]
    if mode == "roomy":
        door.REQUEST_SECONDS = 1e6


if __name__ == "__main__":
    patch(sys.argv[1])
    sys.exit(program.main(sys.argv[2:]))
