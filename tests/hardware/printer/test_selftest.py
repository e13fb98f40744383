"""The technician's slip, on both papers, as it comes out of the simulated printer."""

import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from hardware.printer.driver import PrintResult, TicketPrinter
from hardware.printer.selftest import self_test_slip
from hardware.simulators import simulated_device
from hardware.spec import DeviceSpec

AT = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(("paper", "columns"), [("58", 32), ("80", 48)])
def test_it_shows_width_characters_and_code(paper: str, columns: int, tmp_path: Path) -> None:
    with simulated_device("printer", "--paper", paper, "--speed", "0", "--output", str(tmp_path)) as device:
        printer = TicketPrinter.from_spec(DeviceSpec.parse(device.spec))
        printer.open()
        try:
            outcome = printer.print(self_test_slip("escpos:tcp://10.0.0.9:9100", AT, printer.profile))
        finally:
            printer.close()
    assert outcome.result is PrintResult.CONFIRMED
    lines = (tmp_path / "slip-0001.txt").read_text("utf-8").splitlines()
    [ones] = [line for line in lines if line.startswith("1234567890")]
    assert (len(ones), ones[-1]) == (columns, str(columns % 10))
    assert "2026-11-23 08:00" in " ".join(lines)
    assert any("岳阳市" in line for line in lines)
    picture = str(tmp_path / "slip-0001.png")
    read = subprocess.run(["zbarimg", "-q", "--raw", picture], capture_output=True, text=True, check=True)
    assert read.stdout.strip() == "escpos:tcp://10.0.0.9:9100 2026-11-23 08:00"
