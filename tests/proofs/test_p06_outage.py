"""P6, the short form: one outage of 72 hours over a relay, and the kiosks that are careless."""

import pytest

from tests.proofs.links import can_lay_cables
from tests.proofs.p06_outage import CONTROLS, SHORT, control_is_caught, tried_in_a_folder


def test_an_outage_loses_nothing_and_doubles_nothing() -> None:
    tried, violations = tried_in_a_folder(SHORT)
    assert violations == []
    assert tried > SHORT.leaps * SHORT.citizens


@pytest.mark.parametrize("manner", CONTROLS)
def test_a_careless_kiosk_is_caught(manner: str) -> None:
    assert control_is_caught(manner)


def test_asking_for_cables_leaves_none_behind() -> None:
    assert can_lay_cables() == can_lay_cables()
