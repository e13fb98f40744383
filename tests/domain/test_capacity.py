"""Places against brute force: no set of lanes is promised more than its clerks have, and nothing is left."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.domain.capacity import (
    MOST_ABSENCE,
    MOST_OF_FEW,
    Demand,
    Offer,
    Terms,
    absence,
    places,
    robust_minutes,
)
from shared.domain.capacity_pools import Pools
from shared.domain.duty import OnDuty
from shared.domain.hours_spans import Access, Span, SpanKind, Spans

DAY = date(2026, 11, 24)
LANES = "ABCD"
MORNING, AFTERNOON = Span(540, 720), Span(780, 1020)
SATURDAY = Span(540, 720, SpanKind.WEEKEND, Access.BOOKED)

lanes_of_a_clerk = st.frozensets(st.sampled_from(LANES), min_size=1)
hall_of_clerks = st.lists(lanes_of_a_clerk, min_size=1, max_size=5)


def on_duty(skills: Sequence[str | frozenset[str]], *spans: Span) -> list[OnDuty]:
    return [
        OnDuty(DAY, str(1001 + n), frozenset(lanes), span)
        for n, lanes in enumerate(skills)
        for span in spans or (MORNING,)
    ]


def of_lane(offers: list[Offer], lane: str) -> int:
    return sum(offer.places for offer in offers if offer.lane == lane)


# -- Hall's condition against matching ---------------------------------------------------------------


def can_be_seated(booked: tuple[str, ...], clerks: list[frozenset[str]]) -> bool:
    """Whether every booking finds a clerk of its own, by trying them all."""
    if not booked:
        return True
    return any(
        booked[0] in skills and can_be_seated(booked[1:], clerks[:n] + clerks[n + 1 :])
        for n, skills in enumerate(clerks)
    )


def taken_in_turn(clerks: list[frozenset[str]], wanted: str) -> Iterator[tuple[bool, bool]]:
    """Ask for one place after another; for each, what the pools say and what trying says."""
    pools = Pools(set(clerks))
    booked: tuple[str, ...] = ()
    for skills in clerks:
        pools.earn(skills, 1)
    for lane in wanted:
        said, right = pools.fits(lane, 1), can_be_seated((*booked, lane), clerks)
        if right:
            pools.take(lane, 1)
            booked = (*booked, lane)
        yield said, right


@given(hall_of_clerks, st.text(LANES + "E", max_size=8))
def test_a_place_fits_if_and_only_if_everybody_finds_a_clerk(
    clerks: list[frozenset[str]], wanted: str
) -> None:
    assert all(said == right for said, right in taken_in_turn(clerks, wanted))


def test_the_proof_catches_lanes_that_count_the_same_clerk(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: each lane looks at its own clerks alone."""
    alone = {frozenset(lane) for lane in LANES}
    monkeypatch.setattr("shared.domain.capacity_pools._tight_sets", lambda _: list(alone))
    halls = [[frozenset("AB")], [frozenset("AB"), frozenset("BC")], [frozenset("ABCD")] * 2]
    wrong = [(said, right) for hall in halls for said, right in taken_in_turn(hall, "ABCD") if said != right]
    assert wrong
    assert set(wrong) == {(True, False)}, "it promises what nobody can keep"


# -- a whole day -------------------------------------------------------------------------------------


@st.composite
def days(draw: st.DrawFn) -> tuple[list[OnDuty], dict[str, tuple[Span, ...]], Terms]:
    spans = st.sampled_from([(MORNING,), (AFTERNOON,), (MORNING, AFTERNOON)])
    duties = [
        OnDuty(DAY, str(n), skills, span)
        for n, skills in enumerate(draw(hall_of_clerks))
        for span in draw(spans)
    ]
    booked_only = (MORNING, Span(780, 1020, access=Access.BOOKED))
    hours = {lane: draw(spans | st.just(booked_only)) for lane in LANES}
    demand = st.builds(Demand, st.floats(2, 40), st.floats(0, 0.5), st.floats(0.1, 10))
    terms = Terms(
        {lane: draw(demand) for lane in LANES},
        draw(st.sampled_from([10, 12, 15, 20])),
        draw(st.integers(0, 100)),
    )
    return duties, hours, terms


def sets_of_lanes() -> Iterator[frozenset[str]]:
    for size in range(1, len(LANES) + 1):
        yield from map(frozenset, combinations(LANES, size))


def access_at(spans: tuple[Span, ...], minute: int) -> Access | None:
    return next((span.access for span in spans if span.holds(minute)), None)


class Ledger:
    """What a day promises, and the time behind it, counted minute by minute and set by set."""

    def __init__(self, duties: list[OnDuty], hours: Mapping[str, Spans], terms: Terms) -> None:
        self.duties, self.hours, self.terms = duties, hours, terms
        self.starts = range(0, 1440 - terms.minutes + 1, terms.minutes)
        self.there = {start: [self.able(duty, start) for duty in duties] for start in self.starts}

    def able(self, duty: OnDuty, start: int) -> dict[str, Access]:
        """The lanes that a clerk can serve throughout a slot."""
        minutes = range(start, start + self.terms.minutes)
        if not all(duty.span.holds(minute) for minute in minutes):
            return {}
        found = {}
        for lane in duty.lanes:
            seen = {access_at(self.hours[lane], minute) for minute in minutes}
            if None not in seen:
                found[lane] = Access.WALK_IN if Access.WALK_IN in seen else Access.BOOKED
        return found

    def together(self, able: Mapping[str, Access], start: int) -> int:
        """How many clerks there are whom a chain of shared lanes joins to this one."""
        reached: set[str] = set(able)
        while True:
            joined = [other for other in self.there[start] if reached & other.keys()]
            if reached >= set().union(*joined):
                return len(joined)
            reached = reached.union(*joined)

    def time(self, start: int, lanes: frozenset[str], *, whole: bool) -> int:
        """Seconds (times 100) of the clerks who have any of the lanes; the share of them, or the whole."""
        total = 0
        for able in self.there[start]:
            if lanes & able.keys():
                few = MOST_OF_FEW.get(self.together(able, start), 100)
                booked_only = Access.WALK_IN not in able.values()
                share = min(self.terms.booked_share, few) if booked_only else self.terms.share
                total += (100 if whole else share) * self.terms.minutes * 60
        return total

    def broken(self, offers: list[Offer]) -> list[str]:
        """Every place where a set of lanes is promised more than there is."""
        found = []
        for lanes in sets_of_lanes():
            worked = earned = 0
            for start in self.starts:
                here = [offer for offer in offers if offer.start == start and offer.lane in lanes]
                at_once = 0
                for offer in here:
                    seconds = self.terms.lanes[offer.lane].seconds
                    worked += 100 * seconds * offer.places
                    at_once += 100 * min(seconds, self.terms.minutes * 60) * offer.places
                earned += self.time(start, lanes, whole=False)
                if worked > earned or at_once > self.time(start, lanes, whole=True):
                    found.append(f"{start} {''.join(sorted(lanes))}")
        return found


@settings(deadline=None, max_examples=60)
@given(days())
def test_no_set_of_lanes_is_promised_more_than_its_clerks_have(
    day: tuple[list[OnDuty], dict[str, tuple[Span, ...]], Terms],
) -> None:
    duties, hours, terms = day
    offers = places(duties, hours, terms)
    assert Ledger(duties, hours, terms).broken(offers) == []
    assert all(offer.places > 0 for offer in offers)
    assert offers == sorted(offers, key=lambda offer: (offer.start, offer.lane))


@settings(deadline=None, max_examples=30)
@given(days(), st.data())
def test_no_place_is_left_ungiven(
    day: tuple[list[OnDuty], dict[str, tuple[Span, ...]], Terms], data: st.DataObject
) -> None:
    duties, hours, terms = day
    ledger, offers = Ledger(duties, hours, terms), places(duties, hours, terms)
    start = data.draw(st.sampled_from([start for start in ledger.starts if 540 <= start < 1020]))
    until = [offer for offer in offers if offer.start <= start]
    for lane in LANES:
        more = [*until, Offer(lane, start, 1)]
        up_to_now = [broken for broken in ledger.broken(more) if int(broken.split()[0]) <= start]
        assert up_to_now, f"there was another place for {lane} at {start}"


def test_a_day_that_ignores_pooling_is_caught() -> None:
    """The control: the places of each lane worked out as if the shared clerks were its own."""
    duties, hours = on_duty(["AB", "AB"]), dict.fromkeys(LANES, (MORNING,))
    terms = Terms({lane: Demand(8) for lane in LANES}, share=80)
    alone = [
        offer
        for lane in "AB"
        for offer in places(duties, {lane: (MORNING,)}, Terms({lane: Demand(8)}, share=80))
    ]
    ledger = Ledger(duties, hours, terms)
    assert ledger.broken(alone)
    assert ledger.broken(places(duties, hours, terms)) == []


# -- what it says by example -------------------------------------------------------------------------


def test_a_third_of_four_clerks_time_is_offered_and_spread_over_the_morning() -> None:
    offers = places(on_duty(["A"] * 4), {"A": (MORNING,)}, Terms({"A": Demand(10)}))
    assert of_lane(offers, "A") == 4 * 180 * 35 // 100 // 10
    assert {offer.places for offer in offers} == {2, 3}
    assert [offer.start for offer in offers] == list(range(540, 720, 15))


def test_one_clerk_and_a_long_matter_give_a_place_now_and_then() -> None:
    offers = places(on_duty(["A"]), {"A": (MORNING,)}, Terms({"A": Demand(30)}))
    assert [offer.places for offer in offers] == [1, 1]


def test_hours_for_appointments_only_offer_more_of_the_same_time() -> None:
    open_to_all = places(on_duty(["A"] * 4, SATURDAY), {"A": (MORNING,)}, Terms({"A": Demand(10)}))
    booked_only = places(on_duty(["A"] * 4, SATURDAY), {"A": (SATURDAY,)}, Terms({"A": Demand(10)}))
    assert of_lane(booked_only, "A") == 4 * 180 * 80 // 100 // 10 > of_lane(open_to_all, "A")


def test_lanes_share_their_clerks_by_the_work_they_usually_bring() -> None:
    hours = {"A": (MORNING,), "B": (MORNING,)}
    terms = Terms({"A": Demand(10, weight=3), "B": Demand(10, weight=1)}, share=100)
    offers = places(on_duty(["AB"] * 4), hours, terms)
    assert (of_lane(offers, "A"), of_lane(offers, "B")) == (54, 18)


def test_a_lane_that_opens_later_does_not_make_up_for_it() -> None:
    hours = {"A": (MORNING, AFTERNOON), "B": (AFTERNOON,)}
    terms = Terms({"A": Demand(10), "B": Demand(10)}, share=100)
    offers = places(on_duty(["AB"] * 2, MORNING, AFTERNOON), hours, terms)
    after = [offer for offer in offers if offer.start >= 780]
    assert abs(of_lane(after, "A") - of_lane(after, "B")) <= 1


def test_the_clerk_who_falls_ill_takes_places_along() -> None:
    hours, terms = {"A": (MORNING,)}, Terms({"A": Demand(10)})
    all_there, one_ill = (places(on_duty(["A"] * n), hours, terms) for n in (4, 3))
    assert of_lane(all_there, "A") - of_lane(one_ill, "A") == 7
    assert places([], hours, terms) == []


def test_a_slot_that_a_duty_covers_in_part_does_not_count() -> None:
    late = on_duty(["A"], Span(550, 720))
    offers = places(late, {"A": (MORNING,)}, Terms({"A": Demand(5)}, share=100))
    assert offers[0].start == 555


@pytest.mark.parametrize(
    ("missed", "ended", "expected"), [(0, 0, 0.0), (1, 1, 1 / 21), (20, 80, 0.2), (900, 1000, MOST_ABSENCE)]
)
def test_absence_is_believed_slowly_and_within_bounds(missed: int, ended: int, expected: float) -> None:
    assert absence(missed, ended) == pytest.approx(expected)


def test_those_who_stay_away_make_room_but_not_without_end() -> None:
    hours = {"A": (MORNING,)}

    def offered(away: float) -> int:
        return of_lane(places(on_duty(["A"] * 4), hours, Terms({"A": Demand(10, away)})), "A")

    assert offered(0.0) < offered(0.2) < offered(0.3) == offered(0.9)


def test_one_endless_stay_does_not_move_the_minutes() -> None:
    usual = [8.0, 9.0, 10.0, 11.0, 12.0] * 20
    assert robust_minutes([*usual, 600.0], 5.0) == robust_minutes(usual, 5.0) == 11.0
    assert robust_minutes([], 7.0) == 7.0
    assert robust_minutes([20.0] * 50, 10.0) == pytest.approx(15.0)


@pytest.mark.parametrize(
    "wrong", [lambda: Terms({}, minutes=25), lambda: Terms({}, minutes=5), lambda: Terms({}, share=101)]
)
def test_terms_that_cannot_be(wrong: Callable[[], Terms]) -> None:
    with pytest.raises(ValueError, match="must"):
        wrong()
