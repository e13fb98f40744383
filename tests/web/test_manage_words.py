"""The managers' words: every state and every part of the hardware has its own, in both languages."""

import re
from typing import get_args

import pytest

from hardware.registry import DRIVERS
from shared.protocol.messages import PartState, Role
from shared.web.manage_words import KINDS, MANAGE, STATES

CHINESE = re.compile(r"[\u4e00-\u9fff]")


def test_every_state_kind_and_role_has_words() -> None:
    assert set(STATES) == set(get_args(PartState))
    assert set(DRIVERS) <= set(KINDS)
    assert set(get_args(Role)) - {"manager"} <= set(MANAGE)


@pytest.mark.parametrize("pair", [*MANAGE.items(), *STATES.items(), *KINDS.items()], ids=lambda pair: pair[0])
def test_words_are_complete(pair: tuple[str, tuple[str, str]]) -> None:
    key, (zh, en) = pair
    assert sorted(re.findall(r"{\w+}", zh)) == sorted(re.findall(r"{\w+}", en))
    if key != "other_language":
        assert CHINESE.search(zh)
        assert not CHINESE.search(en)
