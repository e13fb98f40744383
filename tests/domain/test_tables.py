"""The tables of the domain are whole: every word they need is there."""

import re
from datetime import timedelta

import pytest

from shared.domain.facts import FACTS, Fact
from shared.domain.refusals import REFUSALS, Refused
from shared.domain.ticket import LIVE, MOVES, Move, State, display_number
from shared.store.tickets import MOVE_ZH, STATE_ZH
from shared.testing import MONDAY_MORNING


def test_every_move_has_an_arrow_and_words() -> None:
    assert set(MOVES) == set(Move) == set(MOVE_ZH)
    assert set(STATE_ZH) == set(State)


def test_only_live_tickets_move() -> None:
    assert {move for move, arrow in MOVES.items() if not arrow.sources <= LIVE} == {Move.REINSTATE}
    assert {arrow.target for arrow in MOVES.values()} | {State.WAITING} == set(State)


@pytest.mark.parametrize("code", sorted(REFUSALS))
def test_a_refusal_says_the_same_in_both_languages(code: str) -> None:
    refusal = REFUSALS[code]
    fields = set(re.findall(r"{(\w+)}", refusal.zh + refusal.en))
    said = Refused(code, **dict.fromkeys(fields, "7"))
    assert re.search(r"[\u4e00-\u9fff]", said.zh)
    assert not re.search(r"[\u4e00-\u9fff]", said.en)
    assert said.zh.endswith("。")
    assert said.en.endswith(".")
    assert 400 <= refusal.status < 600


@pytest.mark.parametrize(
    ("series", "number", "shown"), [("A", 1, "A001"), ("W", 999, "W999"), ("A", 1000, "A1000")]
)
def test_numbers_are_read_with_three_digits(series: str, number: int, shown: str) -> None:
    assert display_number(series, number) == shown


@pytest.mark.parametrize(("series", "number"), [("", 1), ("AB", 1), ("a", 1), ("甲", 1), ("A", 0)])
def test_what_is_no_number_is_refused(series: str, number: int) -> None:
    with pytest.raises(ValueError, match=r"series|start at 1"):
        display_number(series, number)


def test_a_fact_needs_a_known_name_and_an_aware_moment() -> None:
    assert all(re.fullmatch(r"[a-z]+\.[a-z_]+", name) for name in FACTS)
    with pytest.raises(ValueError, match="unknown fact"):
        Fact(1, MONDAY_MORNING, "ticket.vanished", "hub", {})
    with pytest.raises(ValueError, match="naive"):
        Fact(1, MONDAY_MORNING.replace(tzinfo=None) + timedelta(), "ticket.taken", "hub", {})
