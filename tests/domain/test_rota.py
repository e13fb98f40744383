"""The values of the rota: what cannot be is refused when it is built, demands are cut to fit one another."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.hours_spans import Span
from shared.domain.rota import Duty, OwedRest, Rota
from shared.domain.rota_plan import Clerk, Demand, Past, RotaPlan, RotaRules, Shift, aligned
from shared.domain.rota_shortage import Shortage, Unmet, gravest_first

MONDAY = date(2026, 11, 30)
SATURDAY = MONDAY + timedelta(days=5)
DAY_SHIFT = Shift("D", "白班", "day", (Span(0, 1440),))
ONE = Clerk("1", "李明", frozenset("A"))


def plan(*demands: Demand, clerks: tuple[Clerk, ...] = (ONE,), days: int = 7) -> RotaPlan:
    last = MONDAY + timedelta(days=days - 1)
    return RotaPlan(MONDAY, last, clerks, (DAY_SHIFT,), demands, frozenset({MONDAY}))


@pytest.mark.parametrize(
    ("build", "told"),
    [
        (lambda: Clerk("1", "李", frozenset("A"), days=6), "1 to 5"),
        (lambda: Demand(MONDAY, Span(0, 60), "BA", 1), "in order"),
        (lambda: Demand(MONDAY, Span(0, 60), "A", 0), "wants 0"),
        (lambda: RotaRules(most_running=7), "out of range"),
        (lambda: plan(days=0), "1 to 92 days"),
        (lambda: plan(clerks=(ONE, ONE)), "there twice"),
        (lambda: plan(clerks=()), "1 to 300 clerks"),
        (lambda: plan(Demand(MONDAY - timedelta(days=1), Span(0, 60), "A", 1)), "is outside"),
        (lambda: plan(Demand(MONDAY, Span(0, 60), "A", 1), Demand(MONDAY, Span(0, 60), "A", 2)), "twice"),
        (lambda: plan(Demand(MONDAY, Span(0, 60), "A", 1), Demand(MONDAY, Span(30, 90), "B", 1)), "overlap"),
    ],
)
def test_what_cannot_be_is_refused(build: Callable[[], object], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        build()


@given(
    st.lists(
        st.builds(
            lambda start, length, lanes, wanted: Demand(MONDAY, Span(start, start + length), lanes, wanted),
            st.integers(0, 20),
            st.integers(1, 10),
            st.sampled_from(["A", "B", "AB"]),
            st.integers(1, 3),
        ),
        max_size=6,
    )
)
def test_aligned_demands_want_the_same_at_every_minute(demands: list[Demand]) -> None:
    pieces = aligned(demands)
    for minute in range(32):
        for lanes in ("A", "B", "AB"):
            before = sum(d.wanted for d in demands if d.lanes == lanes and d.span.holds(minute))
            assert before == sum(d.wanted for d in pieces if d.lanes == lanes and d.span.holds(minute))
    plan(*pieces)


def test_what_is_carried_counts_weekends_from_the_least() -> None:
    two = Clerk("2", "王芳", frozenset("A"), past=Past(weekends=3))
    demands = [Demand(SATURDAY, Span(0, 60), "A", 1)]
    duty = Duty(SATURDAY, Span(0, 60), "1", "D", "A")
    carried = Rota(plan(*demands, clerks=(ONE, two)), (duty,)).carried()
    assert {number: past.weekends for number, past in carried.items()} == {"1": 0, "2": 2}
    assert carried["1"].owed == (SATURDAY,)
    assert carried["1"].worked == {SATURDAY}
    rested = Rota(plan(*demands, clerks=(ONE, two)), (duty,), (OwedRest(MONDAY, "1", SATURDAY),))
    assert rested.carried()["1"].owed == ()


def test_on_duty_says_who_can_serve_what() -> None:
    span = Span(0, 60)
    (found,) = Rota(plan(Demand(MONDAY, span, "A", 1)), (Duty(MONDAY, span, "1", "D", "A"),)).on_duty(MONDAY)
    assert (found.clerk, found.lanes, found.span) == ("1", frozenset("A"), span)


@pytest.mark.parametrize("kind", list(Unmet))
def test_every_lack_has_its_sentences(kind: Unmet) -> None:
    zh, en = Shortage(kind, 2, MONDAY, Span(540, 720), "AH", 3, 2, 1, clerk="1001").in_words()
    assert any("\u4e00" <= letter <= "\u9fff" for letter in zh)
    assert en.isascii()
    assert "2" in zh or kind in (Unmet.REST, Unmet.EVEN)


def test_the_gravest_comes_first() -> None:
    lacks = [Shortage(kind, 1, MONDAY) for kind in reversed(Unmet)]
    assert [one.kind for one in gravest_first(lacks)] == list(Unmet)
