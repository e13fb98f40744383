"""P14: a slot is never oversold.

Eight processes on the file, and five hundred citizens at once through the hub, which is killed in the middle.
The control counts before the lock is held and inserts after it.
"""

from tests.contracts.test_never_oversold import CROWD, PROCESSES, TRIES
from tests.proofs.outcome import Outcome
from tests.proofs.suites import run_suite

CONTROL = "test_the_proof_catches_counting_before_the_lock"
CROWDS = 4
ROUNDS = 3


def prove() -> Outcome:
    """All of it three times over; tried are the bookings that were asked for."""
    rounds = [run_suite("tests/contracts/test_never_oversold.py") for _ in range(ROUNDS)]
    asked = ROUNDS * (PROCESSES * TRIES + CROWDS * CROWD)
    failed = [f"round {n}: {name}" for n, each in enumerate(rounds, 1) for name in each.failed]
    return Outcome("P14", asked, failed, all(each.proves(CONTROL) for each in rounds))
