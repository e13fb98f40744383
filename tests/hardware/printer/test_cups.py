"""A printer behind a print queue: a real spooler of our own, with a raw queue to the simulator's socket."""

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from hardware.device import DeviceState
from hardware.faults import DeviceCannotOpen, DeviceError, DeviceUnavailable
from hardware.printer.document import Cut, Document, Text
from hardware.printer.driver import PrintOutcome, PrintResult, TicketPrinter
from hardware.registry import open_printer
from hardware.simulators import SimulatedDevice, simulated_device

SHORT = Document((Text("号票 A001", size=2), Cut()))
UNCONFIRMED = PrintResult.UNCONFIRMED
CUPSD = shutil.which("cupsd") or shutil.which("cupsd", path="/usr/sbin")
WITHIN = 20.0

_FILES = """
ServerRoot {root}
RequestRoot {root}/spool
TempDir {root}/spool/tmp
CacheDir {root}/cache
StateDir {root}/state
AccessLog {root}/access.log
ErrorLog {root}/error.log
PageLog {root}/page.log
"""
_SETTINGS = """
Listen {root}/cups.sock
Browsing Off
DefaultAuthType None
WebInterface No
LogLevel warn
ErrorPolicy retry-job
JobRetryInterval 1
<Location />
Order allow,deny
Allow all
</Location>
<Policy default>
<Limit All>
Order deny,allow
Allow all
</Limit>
</Policy>
"""


@pytest.fixture(scope="module")
def device() -> Iterator[SimulatedDevice]:
    with simulated_device("printer", "--speed", "0") as device:
        yield device


@pytest.fixture(scope="module")
def queue(device: SimulatedDevice) -> Iterator[str]:
    """The queue `slips` of a spooler that nobody else uses."""
    if CUPSD is None or not Path("/usr/lib/cups/backend/socket").exists():
        pytest.skip("cupsd is not installed (Debian: cups, cups-client)")
    with TemporaryDirectory(prefix="cups", dir="/tmp") as folder:  # a socket's path is short
        root = Path(folder)
        root.chmod(0o755)
        (root / "cups-files.conf").write_text(_FILES.format(root=root))
        (root / "cupsd.conf").write_text(_SETTINGS.format(root=root))
        for name in ("spool/tmp", "cache", "state"):
            (root / name).mkdir(parents=True)
        spooler = subprocess.Popen([CUPSD, "-f", "-c", root / "cupsd.conf", "-s", root / "cups-files.conf"])
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("CUPS_SERVER", str(root / "cups.sock"))
            try:
                until(lambda: (root / "cups.sock").exists())
                run("lpadmin", "-p", "slips", "-E", "-v", device.address, "-m", "raw")
                yield "slips"
            finally:
                spooler.terminate()
                spooler.wait(10)


def run(*words: str) -> None:
    subprocess.run(words, check=True, capture_output=True, timeout=WITHIN)


def until(holds: Callable[[], object]) -> None:
    deadline = time.monotonic() + WITHIN
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.05)


@contextmanager
def opened(queue: str, within: float = 8) -> Iterator[TicketPrinter]:
    printer = open_printer(f"escpos:cups://{queue}?within={within}")
    assert isinstance(printer, TicketPrinter)
    printer.open()
    yield printer
    printer.close()


def printed(device: SimulatedDevice) -> list[str]:
    slips: list[str] = device.command("slips")["slips"]
    return slips


def test_a_slip_that_left_the_queue_is_out_but_not_proved(queue: str, device: SimulatedDevice) -> None:
    before = len(printed(device))
    with opened(queue) as printer:
        assert printer.print(SHORT).result is UNCONFIRMED
    until(lambda: printed(device)[before:] == ["号票 A001\n"])


def test_an_idle_queue_is_never_a_ready_printer(queue: str) -> None:
    with opened(queue) as printer:
        assert printer.status() is DeviceState.UNKNOWN


def test_a_stopped_queue_is_a_fault_and_nothing_is_sent(queue: str, device: SimulatedDevice) -> None:
    before = len(printed(device))
    run("cupsdisable", queue)
    try:
        with opened(queue) as printer:
            assert printer.status() is DeviceState.ERROR
            assert printer.print(SHORT).result is PrintResult.NOT_PRINTED
    finally:
        run("cupsenable", queue)
    assert printed(device)[before:] == []


def test_a_job_that_waits_is_cancelled_at_the_deadline(queue: str, device: SimulatedDevice) -> None:
    """Nobody is at the printer's end: the slip must not come out when somebody is there again."""
    before = len(printed(device))
    device.command("unplug")
    begin = time.monotonic()
    with opened(queue, within=2) as printer:
        outcome = printer.print(SHORT)
    assert time.monotonic() - begin < 4
    assert (outcome.result, outcome.state) == (UNCONFIRMED, DeviceState.SILENT)
    device.command("plug")
    listed = subprocess.run(["lpstat", "-o", queue], capture_output=True, text=True, check=True)
    assert listed.stdout == ""
    with opened(queue) as printer:
        printer.print(Document((Text("下一张"), Cut())))
    until(lambda: printed(device)[before:] == ["下一张\n"])


def test_an_unknown_queue_cannot_be_opened(queue: str) -> None:
    del queue
    printer = open_printer("escpos:cups://nowhere")
    assert printer is not None
    with pytest.raises(DeviceCannotOpen):
        printer.open()


@pytest.mark.parametrize("name", ["-x", "a b", "a;b", ""])
def test_no_name_of_a_queue_becomes_an_option_or_a_command(name: str) -> None:
    printer = open_printer(f"escpos:cups://{name}")
    assert printer is not None
    with pytest.raises(DeviceUnavailable):
        printer.open()


def test_without_a_spooler_nothing_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CUPS_SERVER", "/nonexistent/cups.sock")
    printer = open_printer("escpos:cups://slips")
    assert isinstance(printer, TicketPrinter)
    with pytest.raises(DeviceError):
        printer.open()
    outcome: PrintOutcome = printer.print(SHORT)
    assert outcome.result is PrintResult.NOT_PRINTED


def test_a_spooler_that_hangs_ends_at_the_deadline(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command line of a spooler whose commands answer nothing."""
    for name in ("lp", "lpstat"):
        (tmp_path / name).write_text("#!/bin/sh\nexec sleep 60\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    printer = open_printer("escpos:cups://slips?within=1")
    assert isinstance(printer, TicketPrinter)
    begin = time.monotonic()
    assert printer.print(SHORT).result is PrintResult.NOT_PRINTED
    assert time.monotonic() - begin < 4
