"""A slip is valid at most once, whichever byte the printer fails at.

For a number, a fault at byte k and what a kiosk does about it, the outcome is exactly one of: printed,
reprinted with the mark, or given up. What really came out of the simulated printer is held against it.

Connection loss is tried at every byte; the slower faults at every twelfth and around the ends of commands.
`HALL_EVERY_BYTE=1` tries everything everywhere.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pytest

from hardware.printer.dialogue import Dialogue
from hardware.printer.document import Cut, Document, Text
from hardware.printer.driver import PrintOutcome, PrintResult, TicketPrinter
from hardware.printer.encoder import encode
from hardware.printer.profile import Profile
from hardware.simulators import SimulatedDevice, simulated_device
from hardware.spec import DeviceSpec
from hardware.transport import Deadline

MARK, VOID, END = "补打", "作废", "完"
WITHIN = 0.4
PROOF = 3  # bytes of GS r 1 after the slip


def slip(number: str, *, copy: bool = False) -> Document:
    return Document((Text(f"{MARK if copy else ''}{number}{END}"), Cut()))


SIZE = len(encode(slip("A0001"), Profile()))
EVERY_BYTE = range(1, SIZE + PROOF + 1)
ENDS = (1, 2, SIZE - 4, SIZE - 1, SIZE, SIZE + 1, SIZE + PROOF)
SOME_BYTES = EVERY_BYTE if os.environ.get("HALL_EVERY_BYTE") else sorted({*range(1, SIZE, 12), *ENDS})


class Hasty(TicketPrinter):
    """The control: it marks a slip printed before its bytes have left."""

    def _await_proof(self, dialogue: Dialogue, state: object, deadline: Deadline) -> None:
        del dialogue, state, deadline


class Forgetful(TicketPrinter):
    """The control of the clearing: what broke off stays in the printer, and the next slip goes behind it."""

    def _clear(self, deadline: Deadline, *, after_error: bool = False) -> None:
        del deadline, after_error

    def _sync(self, dialogue: Dialogue, deadline: Deadline) -> None:
        del dialogue, deadline


@pytest.fixture(scope="module")
def device() -> Iterator[SimulatedDevice]:
    with simulated_device("printer", "--speed", "0") as device:
        yield device


@contextmanager
def plugged(device: SimulatedDevice, kind: type[TicketPrinter]) -> Iterator[TicketPrinter]:
    for cure in ("restart", "cover close", "cutter ok", "paper in", "plug"):
        device.command(cure)
    printer = kind.from_spec(DeviceSpec.parse(f"{device.spec}&within={WITHIN}"))
    printer.open()
    try:
        assert printer.print(Document((Text("试"), Cut()))).result is PrintResult.CONFIRMED
        yield printer
    finally:
        printer.close()


def cure(device: SimulatedDevice, fault: str) -> None:
    """What somebody does about it. Only a printer that hangs is switched off, which empties it."""
    device.command(
        {"out-at": "paper in", "jam-at": "cutter ok", "silent-at": "talk", "close-at": "plug"}.get(
            fault, "restart"
        )
    )


def came_out(device: SimulatedDevice, number: str) -> list[str]:
    """Every piece of paper that bears the number whole, to its last character, and is not marked void."""
    pieces: Sequence[str] = device.command("slips")["slips"]
    return [text for text in pieces if f"{number}{END}" in text and VOID not in text]


def worked_off_by(device: SimulatedDevice) -> int:
    count: int = device.command("slips")["worked_off"]
    return count


def prove(device: SimulatedDevice, printer: TicketPrinter, fault: str, at: int, number: str) -> str:
    """Give `number` with a fault at byte `at`; returns the outcome, held against the paper."""
    device.command(fault, str(at))
    first = printer.print(slip(number))
    before_cure, worked_off = came_out(device, number), worked_off_by(device)
    cure(device, fault)
    if fault != "close-at":  # a printer that can be reached works off nothing of a slip that we gave up
        assert worked_off_by(device) == worked_off, (fault, at)
    if first.result is PrintResult.CONFIRMED:
        assert before_cure == came_out(device, number) == [f"{number}{END}\n"], (fault, at)
        return "printed"
    again = again_after(printer, first, number)
    pieces = came_out(device, number)
    if again.result is PrintResult.CONFIRMED:
        assert pieces[-1] == f"{MARK}{number}{END}\n", (fault, at, pieces)
        assert [MARK in piece for piece in pieces] in ([True], [False, True]), (fault, at, pieces)
        return "reprinted"
    assert not any(MARK in piece for piece in pieces), (fault, at, pieces)
    return "voided"


def again_after(printer: TicketPrinter, first: PrintOutcome, number: str) -> PrintOutcome:
    """No byte left: nobody holds anything, and the number is given up. Else the same number, marked."""
    return first if first.result is PrintResult.NOT_PRINTED else printer.print(slip(number, copy=True))


FAULTS = {"out-at": SOME_BYTES, "silent-at": SOME_BYTES, "hang-at": SOME_BYTES, "jam-at": SOME_BYTES}


@pytest.mark.parametrize(("fault", "where"), [("close-at", EVERY_BYTE), *FAULTS.items()])
def test_at_every_byte_the_outcome_is_one_of_three(
    device: SimulatedDevice, fault: str, where: Sequence[int]
) -> None:
    with plugged(device, TicketPrinter) as printer:
        outcomes = [prove(device, printer, fault, at, f"{fault[0].upper()}{at:04}") for at in where]
    assert set(outcomes) <= {"printed", "reprinted"}
    assert outcomes.count("reprinted") >= len(outcomes) - PROOF


@pytest.mark.parametrize("kind", [Hasty, Forgetful])
def test_the_same_proof_catches_a_driver_that_lies(
    device: SimulatedDevice, kind: type[TicketPrinter]
) -> None:
    with plugged(device, kind) as printer, pytest.raises(AssertionError):  # noqa: PT012  # one of three
        for at in (3, SIZE // 2, SIZE - 3):
            prove(device, printer, "out-at", at, f"{kind.__name__[0]}{at:04}")
