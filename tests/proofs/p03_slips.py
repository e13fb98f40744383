"""P3: a slip is valid at most once, and no number waits that nobody holds.

The printer simulator goes away, out of paper, silent, hung or jammed at every byte of a slip, and every new
number's fate is followed to one of three ends. The controls are a driver that calls a slip printed before its
bytes have left, and one that leaves in the printer what broke off.
"""

from tests.hardware.printer.test_every_byte import EVERY_BYTE, FAULTS
from tests.proofs.outcome import Outcome
from tests.proofs.suites import run_suite

CONTROL = "test_the_same_proof_catches_a_driver_that_lies"


def prove() -> Outcome:
    """Each of five faults at each byte, and every end of a number at the kiosk."""
    bytes_ = run_suite("tests/hardware/printer/test_every_byte.py", HALL_EVERY_BYTE="1")
    fates = run_suite("tests/kiosk/test_slip_fates.py")
    faults = (1 + len(FAULTS)) * len(EVERY_BYTE)
    return Outcome("P3", faults + len(fates.passed), [*bytes_.failed, *fates.failed], bytes_.proves(CONTROL))
