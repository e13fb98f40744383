"""The rota (排班/轮休): who works when and where, who rests, and what could not be met."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from shared.domain.duty import OnDuty
from shared.domain.hours_spans import Span
from shared.domain.rota_plan import DAY, WEEK, Clerk, Past, RotaPlan, fairness_counts
from shared.domain.rota_shortage import Shortage


@dataclass(frozen=True, slots=True, order=True)
class Duty:
    """A clerk at work for one span. `place` are the lanes of the demand it meets; empty in reserve."""

    day: date
    span: Span
    clerk: str
    shift: str
    place: str = ""


@dataclass(frozen=True, slots=True, order=True)
class OwedRest:
    """A workday by law on which a clerk rests, for the day on duty `earned`."""

    day: date
    clerk: str
    earned: date


@dataclass(frozen=True, slots=True)
class Goal:
    """What was sought, in the order of weight: the value found, and the bound that no rota goes below."""

    name: str
    value: int
    bound: int
    seconds: float = field(default=0.0, compare=False)
    """Since the search began, when the value was found."""

    @property
    def is_best(self) -> bool:
        """Whether it is proven that there is no better one."""
        return self.value <= self.bound


@dataclass(frozen=True, slots=True)
class Rota:
    """A rota as made, with what it leaves unmet. `goals` say how good it is; empty when nobody searched."""

    plan: RotaPlan
    duties: tuple[Duty, ...]
    rests: tuple[OwedRest, ...] = ()
    shortages: tuple[Shortage, ...] = ()
    goals: tuple[Goal, ...] = field(default=(), compare=False)

    def on_duty(self, day: date) -> tuple[OnDuty, ...]:
        """Who is at work on a date, for whoever counts places."""
        skills = {clerk.number: clerk.skills for clerk in self.plan.clerks}
        return tuple(
            OnDuty(day, duty.clerk, skills[duty.clerk], duty.span)
            for duty in sorted(self.duties)
            if duty.day == day
        )

    def days_of(self, number: str) -> frozenset[date]:
        """The dates on which a clerk works."""
        return frozenset(duty.day for duty in self.duties if duty.clerk == number)

    def weekend_load(self, number: str) -> int:
        """Weekend days of a clerk, with what was brought from before."""
        clerk = self.plan.clerk(number)
        brought = 0 if clerk is None else clerk.past.weekends
        return brought + len(self.days_of(number) & self.plan.weekend_days)

    def carried(self) -> dict[str, Past]:
        """What each clerk brings to the next rota, which begins the day after this one."""
        loads = {clerk.number: self.weekend_load(clerk.number) for clerk in self.plan.clerks}
        present = [loads[clerk.number] for clerk in fairness_counts(self.plan)] or list(loads.values())
        least = min(present)
        since = self.plan.last - 2 * WEEK * DAY
        return {
            clerk.number: Past(
                frozenset(d for d in self.days_of(clerk.number) | clerk.past.worked if d > since),
                max(0, loads[clerk.number] - least),
                tuple(self._still_owed(clerk)),
            )
            for clerk in self.plan.clerks
        }

    def _still_owed(self, clerk: Clerk) -> Iterator[date]:
        taken = [rest.earned for rest in self.rests if rest.clerk == clerk.number]
        for earned in sorted([*clerk.past.owed, *(self.days_of(clerk.number) & self.plan.weekend_days)]):
            if earned in taken:
                taken.remove(earned)
            else:
                yield earned
