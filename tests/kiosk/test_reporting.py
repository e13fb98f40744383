"""What a kiosk's devices are is known at the hub: while nobody uses it, and as soon as it changes."""

from hardware.simulators import SimulatedDevice
from kiosk.testing import KioskInHand
from shared.protocol.messages import Units


def states(kiosk: KioskInHand) -> dict[str, str]:
    """The parts of this kiosk, as a manager sees them."""
    units = kiosk.hub.operator.ask(Units, "devices_state").units
    return {part.kind: part.state for unit in units if unit.link == "heard" for part in unit.parts}


def simulator(device: SimulatedDevice | None) -> SimulatedDevice:
    assert device is not None
    return device


def test_every_device_is_reported_and_a_change_at_once(kiosk: KioskInHand) -> None:
    kiosk.until(lambda: states(kiosk) == {"printer": "ready", "idcard": "ready", "scanner": "ready"})
    printer = simulator(kiosk.printer)
    printer.command("cover open")
    try:
        kiosk.until(lambda: states(kiosk)["printer"] == "cover_open")
    finally:
        printer.command("cover close")
    kiosk.until(lambda: states(kiosk)["printer"] == "ready")


def test_a_reader_that_nobody_needs_is_not_called_ready_when_it_is_gone(kiosk: KioskInHand) -> None:
    kiosk.until(lambda: states(kiosk)["idcard"] == "ready")
    reader = simulator(kiosk.reader)
    reader.command("silent")
    try:
        kiosk.until(lambda: states(kiosk)["idcard"] in ("error", "silent"))
    finally:
        reader.command("talk")
    kiosk.until(lambda: states(kiosk)["idcard"] == "ready")
