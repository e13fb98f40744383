"""Simulated devices for tests, the demo and training: each a process of its own, ended with its block.

with simulated_device("idcard", "--line", "pty") as device:
    reader = open_id_reader(device.spec)
    device.command("put 张三 430602199001011234")
"""

import json
import os
import select
import shlex
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hardware.faults import DeviceError, DeviceFailed, DeviceTimedOut

_START_TIME = 20.0  # seconds; a cold start beside a busy test run
_STOP_TIME = 5.0
_ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class SimulatedDevice:
    """A running simulator: `spec` opens its driver, `address` is its line, `control` its control port."""

    kind: str
    spec: str
    address: str
    control: str

    def command(self, *words: str, within: float = 10.0) -> Mapping[str, Any]:
        """Run one control line (given whole, or word by word); returns its answer or raises `DeviceError`."""
        text = words[0] if len(words) == 1 else shlex.join(words)
        host, _, port = self.control.rpartition(":")
        with socket.create_connection((host, int(port)), timeout=within) as line:
            line.sendall(f"{text}\n".encode())
            with line.makefile("rb") as answers:
                answer: Mapping[str, Any] = json.loads(answers.readline())
        if not answer["ok"]:
            raise DeviceError(f"{text}: {answer['error']}")
        return answer


@contextmanager
def simulated_device(kind: str, *options: str) -> Iterator[SimulatedDevice]:
    """Start `hall simulate-device kind options` and end it when the block is left."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(_ROOT), os.environ.get("PYTHONPATH", "")])}
    process = subprocess.Popen(
        [sys.executable, "-m", "hardware.simulate", kind, *options],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment,
    )
    try:
        yield _ready(process)
    finally:
        _end(process)


def _ready(process: subprocess.Popen[bytes]) -> SimulatedDevice:
    if process.stdout is None:
        raise DeviceFailed("the simulator has no output")
    if not select.select([process.stdout], [], [], _START_TIME)[0]:
        raise DeviceTimedOut(f"the simulator did not start in {_START_TIME} s")
    line = process.stdout.readline()
    if not line:
        raise DeviceFailed(f"the simulator ended with code {process.wait(_STOP_TIME)}")
    return SimulatedDevice(**json.loads(line))


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.communicate(timeout=_STOP_TIME)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
