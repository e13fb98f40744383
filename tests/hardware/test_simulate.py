"""`hall simulate-device` as a process."""

import json
import subprocess
import sys

import pytest

from hardware.faults import DeviceError, DeviceFailed
from hardware.simulators import simulated_device


@pytest.mark.parametrize("kind", ["idcard", "printer"])
def test_it_says_where_it_is_and_ends_with_its_input(kind: str) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "hardware.simulate", kind],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        ready = json.loads(process.stdout.readline())
        assert ready["kind"] == kind
        assert ready["address"].startswith("socket://127.0.0.1:")
        output, _ = process.communicate("silent\n", timeout=10)
        assert json.loads(output) == {"ok": True}
        assert process.returncode == 0


def test_sigterm_ends_it_well() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "hardware.simulate", "printer"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.terminate()
        assert process.wait(10) == 0


@pytest.mark.parametrize("command", ["dance", "put", "delay soon", "fail read"])
def test_a_mistaken_command_is_told_and_changes_nothing(command: str) -> None:
    with simulated_device("idcard") as device:
        with pytest.raises(DeviceError):
            device.command(command)
        assert device.command("status")["card"] is False


def test_a_simulator_that_cannot_start_says_so() -> None:
    with pytest.raises(DeviceFailed), simulated_device("printer", "--paper", "210"):
        pass
