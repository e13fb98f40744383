"""Places for appointments: what the clerks on duty can keep, by lane and small slot.

Clerks who can serve several lanes are one pool, and no minute of theirs may be promised twice. Work can be
shared out among them if and only if, for every set of lanes, the work of the set is no more than the time of
the clerks who have any lane of it: Hall's condition (P. Hall, On Representatives of Subsets, 1935; for
amounts instead of heads D. Gale, A Theorem on Flows in Networks, 1957). It holds here twice: of the time up
to each slot, of which appointments get a share, and of the whole time of each slot.

All is counted in whole seconds, so that no place is won or lost by rounding.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import NamedTuple

from shared.domain.capacity_pools import Pools, clusters
from shared.domain.duty import OnDuty
from shared.domain.hours_spans import Access, Spans

LEAST_SLOT, MOST_SLOT = 10, 20
"""Minutes."""
MOST_ABSENCE = 0.3
"""However many stay away, no more places than this part are given a second time."""
TRUSTED_SERVICES = 100
"""Stays at windows after which a lane's own figures stand alone."""
MOST_OF_FEW = {1: 45, 2: 65, 3: 75}
"""Clerks who stand in for each other, and the most per cent of their time in hours for appointments only:
played forward, 98 of 100 on-time appointments of ten minutes are then called within ten minutes."""
_ABSENCE_PRIOR = 20
_LEAST_SERVICE = 0.5
_HIGH_QUANTILE = 0.65
_MINUTE = 60
_DAY_MINUTES = 24 * 60


@dataclass(frozen=True, slots=True)
class Demand:
    """One lane: minutes of a clerk for each citizen, the part of its bookings that is not kept, and how much
    of the work it usually brings (only the proportion between lanes counts)."""

    service: float
    absence: float = 0.0
    weight: float = 1.0

    @property
    def seconds(self) -> int:
        """What a booking is expected to take of a clerk's time."""
        kept = 1 - min(max(self.absence, 0.0), MOST_ABSENCE)
        return ceil(max(self.service, _LEAST_SERVICE) * kept * _MINUTE)


@dataclass(frozen=True, slots=True)
class Terms:
    """What places are worked out with. Shares are per cent of the clerks' time."""

    lanes: Mapping[str, Demand]
    minutes: int = 15
    share: int = 35
    """Where people may walk in too."""
    booked_share: int = 80
    """In hours for appointments only; the rest is for those who take longer. Few clerks give less: see
    MOST_OF_FEW."""

    def __post_init__(self) -> None:
        if not LEAST_SLOT <= self.minutes <= MOST_SLOT:
            raise ValueError(f"a slot of {self.minutes} minutes: it must have {LEAST_SLOT} to {MOST_SLOT}")
        if not (0 <= self.share <= 100 and 0 <= self.booked_share <= 100):
            raise ValueError(f"{self.share} and {self.booked_share} per cent: each must be 0 to 100")


class Offer(NamedTuple):
    """So many places of a lane in the slot that starts so many minutes after midnight."""

    lane: str
    start: int
    places: int


def places(duties: Iterable[OnDuty], hours: Mapping[str, Spans], terms: Terms) -> list[Offer]:
    """The places of one day, by time: as many as its clerks can keep, none for a slot without any.

    `duties` are of that day, `hours` each lane's spans. A slot begins at a multiple of its length after
    midnight and lies wholly within the lane's hours and the duty of every clerk it counts on.
    """
    return list(_Day(_slots(tuple(duties), hours, terms), terms).offers())


def absence(missed: int, ended: int) -> float:
    """The part of bookings to expect as not kept, from `missed` of `ended`: shrunk to none, and bounded."""
    return min(missed / (ended + _ABSENCE_PRIOR), MOST_ABSENCE)


def robust_minutes(spans: Sequence[float], default: float) -> float:
    """Minutes to plan for one citizen: the 65th percentile, which single endless stays do not move.

    Service times lean to the right: for a log-normal one with a coefficient of variation of 0.7 this
    percentile lies just above the mean. Shrunk to `default` until a hundred are known.
    """
    if not spans:
        return default
    trust = min(len(spans) / TRUSTED_SERVICES, 1.0)
    high = sorted(spans)[min(ceil(len(spans) * _HIGH_QUANTILE), len(spans)) - 1]
    return trust * high + (1 - trust) * default


@dataclass(frozen=True, slots=True)
class _Slot:
    """A slot: its open lanes, and how many clerks there are of each group of them, by the share they give."""

    start: int
    lanes: frozenset[str]
    clerks: Mapping[tuple[frozenset[str], int], int]


def _slots(duties: tuple[OnDuty, ...], hours: Mapping[str, Spans], terms: Terms) -> Iterator[_Slot]:
    for start in range(0, _DAY_MINUTES - terms.minutes + 1, terms.minutes):
        end = start + terms.minutes
        opened = {
            lane: access for lane in terms.lanes if (access := _access(hours.get(lane, ()), start, end))
        }
        if opened:
            yield _Slot(start, frozenset(opened), _groups(_there(duties, start, end), opened, terms))


def _access(spans: Spans, start: int, end: int) -> Access | None:
    """For whom a lane is open throughout; None when it is not."""
    found = None
    for span in spans:
        if span.holds(start):
            found = Access.WALK_IN if Access.WALK_IN in (found, span.access) else Access.BOOKED
            start = span.end
        if start >= end:
            return found
    return None


def _there(duties: tuple[OnDuty, ...], start: int, end: int) -> Mapping[str, frozenset[str]]:
    """Who is on duty throughout; a clerk is one, however many duties say so."""
    found: dict[str, frozenset[str]] = {}
    for duty in duties:
        if duty.span.start <= start and end <= duty.span.end:
            found[duty.clerk] = found.get(duty.clerk, frozenset()) | duty.lanes
    return found


def _groups(
    there: Mapping[str, frozenset[str]], opened: Mapping[str, Access], terms: Terms
) -> Mapping[tuple[frozenset[str], int], int]:
    """Whoever could serve a walk-in keeps the rest of the time for walk-ins."""
    able = Counter(lanes for skills in there.values() if (lanes := skills.intersection(opened)))
    found = {}
    for cluster in clusters(able):
        most = MOST_OF_FEW.get(sum(able[lanes] for lanes in cluster), 100)
        for lanes in cluster:
            booked_only = all(opened[lane] is Access.BOOKED for lane in lanes)
            share = min(terms.booked_share, most) if booked_only else terms.share
            found[lanes, share] = able[lanes]
    return found


@dataclass(slots=True)
class _Day:
    """A day's places as they are given out, slot by slot; a place whose time has not come whole yet waits."""

    slots: Iterable[_Slot]
    terms: Terms
    _turns: dict[str, float] = field(default_factory=dict)
    """Per lane the work given so far by its weight: the least is next."""

    def offers(self) -> Iterator[Offer]:
        slots = list(self.slots)
        groups = {lanes for slot in slots for lanes, _ in slot.clerks}
        so_far = Pools(groups)
        before: frozenset[str] = frozenset()
        for slot in slots:
            now = Pools.like(so_far)
            for (lanes, share), clerks in slot.clerks.items():
                so_far.earn(lanes, clerks * share * self.terms.minutes * _MINUTE)
                now.earn(lanes, clerks * self.terms.minutes * _MINUTE)
            self._join(slot.lanes, before)
            before = slot.lanes
            given = self._give(slot, so_far, now)
            yield from (Offer(lane, slot.start, given[lane]) for lane in sorted(given))

    def _join(self, opened: frozenset[str], before: frozenset[str]) -> None:
        """A lane that opens later has no claim on what was given before."""
        level = min((self._turns[lane] for lane in opened & before), default=0.0)
        for lane in opened - before:
            self._turns[lane] = max(self._turns.get(lane, 0.0), level)

    def _give(self, slot: _Slot, so_far: Pools, now: Pools) -> Counter[str]:
        given: Counter[str] = Counter()
        able = set().union(*(lanes for lanes, _ in slot.clerks)) if slot.clerks else set()
        while able:
            lane = min(able, key=self._next_turn)
            work = self.terms.lanes[lane].seconds
            at_once = min(work, self.terms.minutes * _MINUTE)
            if so_far.fits(lane, 100 * work) and now.fits(lane, at_once):
                so_far.take(lane, 100 * work)
                now.take(lane, at_once)
                self._turns[lane] = self._next_turn(lane)[0]
                given[lane] += 1
            else:
                able.discard(lane)
        return given

    def _next_turn(self, lane: str) -> tuple[float, str]:
        demand = self.terms.lanes[lane]
        return self._turns[lane] + demand.seconds / max(demand.weight, 1e-9), lane
