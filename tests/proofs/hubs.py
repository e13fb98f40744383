"""A hub process for a proof: the product's own, or a deliberately broken one from this folder."""

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from shared.config import HallConfig
from shared.testing import RunningHub, rehearsal

ROOT = Path(__file__).parents[2]
PRODUCT = "shared.hub"


@contextmanager
def hub_of(
    folder: Path, program: Sequence[str] = (PRODUCT,), config: HallConfig | None = None, *arguments: str
) -> Iterator[RunningHub]:
    """`program` (a module and what it takes first) as the hub of a fresh hall; its clock as in `running_hub`.

    Only the product's own hub can be restarted.
    """
    with rehearsal(folder, config) as hall:
        house, start = hall.house, hall.now.isoformat()
    given = arguments or ("--start", start)
    process, url = start_program(folder, program, (*given, "--port", "0"))
    hub = RunningHub(house, url, process, given)
    try:
        yield hub
    finally:
        for client in hub.clients:
            client.close()
        if hub.process.poll() is None:
            hub.kill()


def start_program(
    folder: Path,
    program: Sequence[str],
    arguments: Sequence[str],
    log: Path | None = None,
    **environment: str,
) -> tuple["subprocess.Popen[str]", str]:
    """Run `python -m program` on the hall in `folder` and wait for its address; what it says goes to `log`.

    RuntimeError if it ends.
    """
    given = ("--data", str(folder), "--host", "127.0.0.1", "--quiet", *arguments)
    said = None if log is None else os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    process = subprocess.Popen(
        [sys.executable, "-m", *program, *given],
        stdout=subprocess.PIPE,
        stderr=said,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONPATH": str(ROOT), **environment},
    )
    if said is not None:
        os.close(said)
    if process.stdout is None:
        raise RuntimeError("the hub has no output to read its address from")
    line = process.stdout.readline()
    if "hub ready on" not in line:
        process.kill()
        process.wait()
        process.stdout.close()
        raise RuntimeError(f"the hub did not start: {line!r}")
    return process, line.split()[-1]
