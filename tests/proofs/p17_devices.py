"""P17: devices may vanish, babble or come back elsewhere.

Every parser on any bytes in any chunks, two thousand examples for each property, and every simulated device
unplugged, silenced and brought back elsewhere. The control is a parser that believes the length it reads: the
properties of the ID-card reader's parser are run over it.
"""

import pytest
from hypothesis import HealthCheck, settings

from hardware.idcard.codec import PREAMBLE, Reply, ReplyParser
from tests.hardware.idcard import test_codec
from tests.proofs.outcome import Outcome
from tests.proofs.suites import run_suite


class Believing(ReplyParser):
    """The control: it waits for as many bytes as any length promises, and looks for no other beginning."""

    def _next(self) -> Reply | None:
        at = self._buffer.find(PREAMBLE)
        end = at + 7 + int.from_bytes(self._buffer[at + 5 : at + 7], "big")
        if at < 0 or len(self._buffer) < end:
            return None
        counted = bytes(self._buffer[at + 5 : end])
        del self._buffer[:end]
        return Reply(code=counted[4], data=counted[5:-1])


def control_caught() -> bool:
    """Whether a property of the parser fails for the one that believes."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(test_codec, "ReplyParser", Believing)
        quiet = settings(database=None, suppress_health_check=list(HealthCheck), report_multiple_bugs=False)
        try:
            quiet(test_codec.test_it_resynchronises_after_false_beginnings)()
        except (AssertionError, IndexError):
            return True
    return False


def prove() -> Outcome:
    """The tests of all devices, each property as one of those tried."""
    found = run_suite("tests/hardware", HALL_PROPERTIES="long")
    return Outcome("P17", len(found.passed), found.failed, control_caught())
