"""Whatever is drawn, the loop keeps its promises: everyone is accounted for, and time runs one way."""

import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields, replace
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from shared.domain.ordering import Place, Priority
from shared.domain.rules import CREDITED, MINUTE, Rules
from shared.domain.windows import Desk, Takes, When
from shared.simulation.checks import Referee
from shared.simulation.engine import Observer, SimulatedHall, simulate
from shared.simulation.model import End, Leg, Scene, Shift, Visit, Visitor

HOUR = 60 * MINUTE
DESKS = (
    Desk(1, ("A",), ("B", "C"), Takes(When.LONGER_THAN, 1)),
    Desk(2, ("A",), ("C",), Takes(When.OWN_EMPTY)),
    Desk(3, ("B",)),
    Desk(4, ("C",), ("A",)),
)
THOROUGH = settings(max_examples=120, deadline=None)


def minutes(most: int) -> st.SearchStrategy[int]:
    """Spans in steps of ten seconds, so that much happens at one moment."""
    return st.integers(0, most * 6).map(lambda tens: tens * MINUTE // 6)


legs = st.builds(
    Leg,
    st.sampled_from("ABC"),
    minutes(20),
    st.none() | st.none() | st.none() | st.sampled_from([1, 2, 3, 4]),
)
visitors = st.builds(
    Visitor,
    at=minutes(120) | st.integers(0, 2 * HOUR),
    legs=st.lists(legs, min_size=1, max_size=3).map(tuple),
    priority=st.sampled_from([*[Priority.NONE] * 3, Priority.ELDERLY, Priority.SOLDIER]),
    booked_for=st.none() | minutes(120),
    patience=st.none() | st.none() | minutes(30),
    comes=st.sampled_from([True, True, False]),
    returns_after=st.none() | minutes(20),
)
crowds = st.lists(visitors, max_size=25, unique_by=lambda visitor: visitor.at).map(tuple)
rules = st.builds(
    Rules,
    credits=st.integers(0, 30).map(lambda credit: dict.fromkeys(CREDITED, 20) | {Priority.SOLDIER: credit}),
    longest_wait=st.none() | st.integers(10, 60),
)


@st.composite
def shifts(draw: st.DrawFn) -> tuple[Shift, ...]:
    """Up to two shifts of each window, one after the other, the second at once or after a break."""
    found = []
    for desk in DESKS:
        bounds = sorted(draw(st.lists(minutes(180), min_size=2, max_size=4, unique=True)))
        found += [
            Shift(desk, start, end)
            for at, (start, end) in enumerate(pairwise(bounds))
            if at != 1 or draw(st.booleans())
        ]
    return tuple(found)


scenes = st.builds(
    Scene,
    crowds,
    shifts(),
    rules,
    no_show=minutes(2),
    until=st.none() | minutes(180),
)


@dataclass(frozen=True)
class Stay:
    """One visit at one window."""

    visit: int
    no: int
    leg: int
    start: int
    end: int


@dataclass
class Notes(Observer):
    """What happened, in order."""

    joined_at: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    called_at: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    stays: list[Stay] = field(default_factory=list)

    def joined(self, hall: SimulatedHall, visit: Visit, place: Place) -> None:  # noqa: ARG002
        self.joined_at[visit.id].append(hall.now)

    def called(self, hall: SimulatedHall, visit: Visit, no: int) -> None:  # noqa: ARG002
        self.called_at[visit.id].append(hall.now)

    def freed(self, hall: SimulatedHall, visit: Visit, no: int) -> None:
        since = hall.busy[no][1]
        self.stays.append(Stay(visit.id, no, visit.leg, since, hall.now))


def noted(scene: Scene) -> tuple[Notes, list[Visit]]:
    notes = Notes()
    return notes, simulate(scene, notes)


def told(visits: Iterable[Visit]) -> list[tuple[object, ...]]:
    """All that a run says of each visit, but for what only observers want counted."""
    names = [f.name for f in fields(Visit) if f.name != "ahead"]
    return [tuple(getattr(visit, name) for name in names) for visit in visits]


def is_consistent(visit: Visit, scene: Scene) -> bool:
    """Whether how a visit ended fits its times."""
    visitor = visit.visitor
    last = len(visitor.legs) - 1
    match visit.end:
        case End.LEFT:
            return visit.called_at is None and visit.ended_at == visitor.at + (visitor.patience or 0)
        case End.DONE:
            return visit.leg == last and visit.ended_at is not None and visit.called_at is not None
        case End.MISSED:
            return not visitor.comes and not visit.returned and visit.leg == 0
        case End.AT_WINDOW:
            return scene.until is not None and visit.window is not None
        case End.WAITING:
            return (visit.called_at is None) == (visit.leg == 0 and not visit.returned)


@THOROUGH
@given(scenes)
def test_everyone_is_accounted_for(scene: Scene) -> None:
    visits = simulate(scene)
    until = float("inf") if scene.until is None else scene.until
    came = [visitor for visitor in scene.visitors if visitor.at <= until]
    assert [visit.visitor for visit in visits] == sorted(came, key=lambda visitor: visitor.at)
    for visit in visits:
        assert is_consistent(visit, scene), visit
        if visit.visitor.patience is not None and visit.wait is not None:
            assert visit.wait <= visit.visitor.patience


@THOROUGH
@given(scenes)
def test_a_missed_call_is_followed_by_the_return(scene: Scene) -> None:
    scene = replace(scene, until=None)
    for visit in simulate(scene):
        if visit.end is End.MISSED:
            assert visit.visitor.returns_after is None
        if visit.returned:
            assert not visit.visitor.comes


@THOROUGH
@given(scenes)
def test_no_window_serves_two_at_once_or_calls_outside_its_shifts(scene: Scene) -> None:
    notes, visits = noted(scene)
    by_id = {visit.id: visit for visit in visits}
    by_window: dict[int, list[Stay]] = defaultdict(list)
    for stay in notes.stays:
        by_window[stay.no].append(stay)
        leg = by_id[stay.visit].visitor.legs[stay.leg]
        open_then = [s for s in scene.shifts if s.desk.no == stay.no and s.start <= stay.start <= s.end]
        if leg.for_window is None:
            assert any(leg.lane in shift.desk.lanes for shift in open_then)
        else:
            assert open_then
            assert leg.for_window == stay.no
    for stays in by_window.values():
        assert all(one.end <= other.start for one, other in pairwise(stays))


@THOROUGH
@given(scenes)
def test_the_legs_come_in_order_and_take_their_time(scene: Scene) -> None:
    notes, visits = noted(scene)
    for visit in visits:
        stays = [stay for stay in notes.stays if stay.visit == visit.id]
        missed = [stays.pop(0)] if stays and not visit.visitor.comes else []
        assert [stay.end - stay.start for stay in missed] in ([], [scene.no_show])
        assert [stay.leg for stay in stays] == list(range(len(stays)))
        spans = [leg.service for leg in visit.visitor.legs]
        assert [stay.end - stay.start for stay in stays] == spans[: len(stays)]
        assert (len(stays) == len(spans)) == (visit.end is End.DONE)


@THOROUGH
@given(scenes)
def test_nobody_is_called_before_they_joined_or_twice(scene: Scene) -> None:
    notes, visits = noted(scene)
    for visit in visits:
        joined, called = notes.joined_at[visit.id], notes.called_at[visit.id]
        assert joined[0] == visit.visitor.at
        assert len(joined) - 1 <= len(called) <= len(joined)
        assert all(join <= call for join, call in zip(joined, called, strict=False))
        assert all(call <= join for call, join in zip(called, joined[1:], strict=False))
        assert visit.called_at == (called[0] if called else None)


@THOROUGH
@given(scenes)
def test_the_referee_has_nothing_to_say(scene: Scene) -> None:
    referee = Referee(scene.rules)
    simulate(scene, referee)
    assert not referee.violations


@THOROUGH
@given(scenes, st.randoms(use_true_random=False))
def test_the_same_scene_gives_the_same_day(scene: Scene, chance: random.Random) -> None:
    """Twice, watched, and with the visitors told in another order."""
    day = told(simulate(scene))
    assert told(simulate(scene)) == day
    assert told(simulate(scene, Notes(), Referee(scene.rules))) == day
    shuffled = tuple(chance.sample(scene.visitors, len(scene.visitors)))
    assert told(simulate(replace(scene, visitors=shuffled))) == day


@THOROUGH
@given(scenes, st.integers(0, 400 * 24 * HOUR))
def test_another_clock_gives_the_same_calls(scene: Scene, by: int) -> None:
    later = Scene(
        tuple(replace(v, at=v.at + by, booked_for=_plus(v.booked_for, by)) for v in scene.visitors),
        tuple(replace(s, start=s.start + by, end=s.end + by) for s in scene.shifts),
        scene.rules,
        scene.no_show,
        _plus(scene.until, by),
    )
    mine = [(v.end, v.window, _plus(v.called_at, by), _plus(v.ended_at, by)) for v in simulate(scene)]
    assert mine == [(v.end, v.window, v.called_at, v.ended_at) for v in simulate(later)]


def _plus(moment: int | None, by: int) -> int | None:
    return None if moment is None else moment + by


def test_at_one_moment_a_window_is_free_before_somebody_joins() -> None:
    """Who has waited so long is called, and not the newcomer with a credit who would go before them."""
    served, waiting = (Visitor(at, (Leg("B", 10 * MINUTE),)) for at in (0, MINUTE))
    ahead = replace(waiting, at=10 * MINUTE, priority=Priority.ELDERLY)
    visits = simulate(Scene((served, waiting, ahead), (Shift(DESKS[2], 0, HOUR),)))
    assert [visit.called_at for visit in visits] == [0, 10 * MINUTE, 20 * MINUTE]


plain = st.builds(
    Visitor,
    st.integers(0, 2 * HOUR),
    st.builds(Leg, st.sampled_from("ABC"), minutes(20)).map(lambda leg: (leg,)),
)
ALWAYS = tuple(Shift(replace(desk, takes=Takes()), 0, 2**60) for desk in DESKS)


@THOROUGH
@given(st.lists(plain, max_size=25, unique_by=lambda visitor: visitor.at), plain)
def test_a_later_walk_in_makes_nobody_wait_longer(crowd: list[Visitor], more: Visitor) -> None:
    before = _waits_until(more.at, simulate(Scene(tuple(crowd), ALWAYS)))
    after = _waits_until(more.at, simulate(Scene((*crowd, more), ALWAYS)))
    assert before == after


def _waits_until(moment: int, visits: Sequence[Visit]) -> list[int | None]:
    return [visit.wait for visit in visits if visit.visitor.at < moment]


# -- places and windows, as posted --------------------------------------------------------------------


class Posted(Observer):
    """Compares each place with the rule in words."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self.last: dict[int, Place] = {}
        self.wrong: list[Visit] = []

    def joined(self, hall: SimulatedHall, visit: Visit, place: Place) -> None:
        before = self.last.get(visit.id)
        self.last[visit.id] = place
        if visit.returned and visit.leg == 0:
            right = place.sort_at == hall.now + self.rules.return_penalty * MINUTE
        elif visit.leg:
            right = place == before
        else:
            right = self._is_right(visit.visitor, place)
        if not right or place.number != visit.number:
            self.wrong.append(visit)

    def _is_right(self, visitor: Visitor, place: Place) -> bool:
        booked = visitor.booked_for
        if booked is not None and visitor.at <= booked + self.rules.appointment_late * MINUTE:
            return place[:2] == (booked - self.rules.appointment_early * MINUTE, booked)
        credit = 0 if booked is not None else self.rules.credits.get(visitor.priority, 0)
        longest = self.rules.longest_wait
        sort_at = visitor.at - credit * MINUTE
        return place[:2] == (sort_at, None if longest is None else sort_at + longest * MINUTE)


@THOROUGH
@given(scenes)
def test_every_place_is_as_posted(scene: Scene) -> None:
    posted = Posted(scene.rules)
    simulate(scene, posted)
    assert not posted.wrong


def test_back_after_a_missed_call_one_stands_ten_minutes_later() -> None:
    """Back at 12 minutes: behind who came at 20, and before who comes at 23."""
    absent = Visitor(0, (Leg("B", MINUTE),), comes=False, returns_after=11 * MINUTE)
    others = [Visitor(at * MINUTE, (Leg("B", 10 * MINUTE),)) for at in (2, 3, 20, 23)]
    visits = simulate(Scene((absent, *others), (Shift(DESKS[2], 0, HOUR),)))
    assert visits[0].returned
    assert [visit.called_at for visit in visits] == [at * MINUTE for at in (0, 2, 12, 22, 33)]
    assert visits[0].ended_at == 33 * MINUTE


def test_of_idle_windows_the_one_with_the_fewest_skills_calls_then_the_longest_idle() -> None:
    desks = [Desk(1, ("A",), ("B",)), Desk(2, ("A",)), Desk(3, ("A",)), Desk(4, ("A", "C"))]
    opened = zip(desks, (0, 2, 1, 0), strict=True)
    open_late = [Shift(desk, at * MINUTE, HOUR) for desk, at in opened]
    come = tuple(Visitor((3 + n) * MINUTE, (Leg("A", 20 * MINUTE),)) for n in range(4))
    visits = simulate(Scene(come, tuple(open_late)))
    assert [visit.window for visit in visits] == [3, 2, 1, 4]
