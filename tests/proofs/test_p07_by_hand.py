"""P7, the short form: one outage with kills and a hub that starts again, and those who merge or forget."""

import pytest

from tests.proofs.p07_by_hand import CONTROLS, SHORT, control_is_caught, tried_in_a_folder


def test_nothing_noted_is_lost_doubled_or_merged() -> None:
    tried, violations = tried_in_a_folder(SHORT)
    assert violations == []
    assert tried > 20


@pytest.mark.parametrize("name", CONTROLS)
def test_who_merges_or_forgets_is_caught(name: str) -> None:
    assert control_is_caught(name)
