"""Device names, and the drivers behind them."""

import subprocess
import sys

import pytest

from hardware.faults import DeviceUnavailable
from hardware.idcard.driver import SamReader
from hardware.printer.driver import TicketPrinter
from hardware.printer.profile import StatusMode
from hardware.registry import DRIVERS, driver_class, open_id_reader, open_printer
from hardware.spec import DeviceSpec


def test_a_name_has_driver_line_and_options() -> None:
    spec = DeviceSpec.parse("escpos:tcp://127.0.0.1:9100?paper=58&status=asb")
    assert (spec.driver, spec.url) == ("escpos", "tcp://127.0.0.1:9100")
    assert dict(spec.options) == {"paper": "58", "status": "asb"}


def test_the_options_reach_the_driver() -> None:
    printer = open_printer("escpos:serial:///dev/ttyUSB0?baud=9600&paper=58&status=eot4")
    assert isinstance(printer, TicketPrinter)
    assert printer.profile.paper.columns == 32
    assert printer.profile.status is StatusMode.EOT4


@pytest.mark.parametrize("kind", sorted(DRIVERS))
def test_every_driver_of_the_table_can_be_imported(kind: str) -> None:
    for name, (_, attribute) in DRIVERS[kind].items():
        assert driver_class(kind, name).__name__ == attribute


def test_none_is_no_device() -> None:
    assert open_printer("none") is None
    assert open_id_reader("none") is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "escpos",
        "escpos:9100",
        "laser:tcp://127.0.0.1:9100",
        "escpos:tcp://127.0.0.1:9100?paper=70",
        "escpos:tcp://127.0.0.1:9100?papier=80",
        "escpos:tcp://127.0.0.1:9100?baud=fast",
        "escpos:tcp://127.0.0.1:9100?paper",
    ],
)
def test_a_mistake_in_a_name_is_told(text: str) -> None:
    with pytest.raises(DeviceUnavailable):
        open_printer(text)


def test_a_reader_opens_lazily() -> None:
    assert isinstance(open_id_reader("sam:serial:///dev/does-not-exist"), SamReader)


def test_the_registry_imports_no_driver_by_itself() -> None:
    code = "import sys, hardware.registry; print([m for m in sys.modules if 'driver' in m or m == 'escpos'])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
