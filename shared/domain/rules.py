"""The parameters of the order, as each hall publishes them, and the place that they give a ticket.

Rules are data: a hall may change each figure, the change is a fact, and a ticket keeps the place that the
rules of its moment gave it. Moments are whole milliseconds since 1970-01-01T00:00Z; figures are minutes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from types import MappingProxyType
from typing import NamedTuple

from shared.domain.ordering import Priority

MINUTE = 60_000
CREDITED = tuple(priority for priority in Priority if priority is not Priority.NONE)
MOST_MINUTES = 240
"""No figure of the rules is longer; above, it is a slip of the pen."""


class FigureError(ValueError):
    """A figure that cannot be, with what could."""

    def __init__(self, name: str, value: object, least: int, most: int) -> None:
        super().__init__(f"{name} is {value!r}; it must be a whole number from {least} to {most}")
        self.name = name
        self.value = value
        self.least = least
        self.most = most


class Standpoint(NamedTuple):
    """The two constants of a place that the rules decide."""

    sort_at: int
    due_at: int | None


def _credits() -> Mapping[Priority, int]:
    return MappingProxyType(dict.fromkeys(CREDITED, 20))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """All figures of the posted order. Raises ValueError for one that cannot be."""

    credits: Mapping[Priority, int] = field(default_factory=_credits)
    """Minutes that each priority takes off the sort time."""
    elderly_from_age: int = 65
    return_penalty: int = 10
    """Back after a missed call, the place is so many minutes after the return."""
    appointment_early: int = 10
    """Checked in early, an appointment sorts by its time minus so many minutes until its time comes."""
    appointment_late: int = 15
    """Checked in later than so many minutes after its time, it sorts by its check-in."""
    appointment_share: int = 35
    """Per cent of a lane's capacity that may be booked."""
    longest_wait: int | None = None
    """Whoever has waited so many minutes, credit included, is due; None where the hall has no such rule."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "credits", MappingProxyType(dict(self.credits)))
        if set(self.credits) != set(CREDITED):
            raise ValueError(f"each of {', '.join(CREDITED)} needs a credit, if only 0")
        minutes = {f"credits.{name}": value for name, value in self.credits.items()}
        minutes |= {name: getattr(self, name) for name in _MINUTES}
        for name, value in minutes.items():
            _require(name, value, 0, MOST_MINUTES)
        _require("elderly_from_age", self.elderly_from_age, 50, 120)
        _require("appointment_share", self.appointment_share, 0, 100)
        if self.longest_wait is not None:
            _require("longest_wait", self.longest_wait, 10, MOST_MINUTES)

    def walk_in(self, taken_at: int, priority: Priority) -> Standpoint:
        """Rule 2: the moment of the ticket, minus the credit of its priority."""
        return self._in_line(taken_at - self.credits.get(priority, 0) * MINUTE)

    def returned(self, returned_at: int) -> Standpoint:
        """Rule 2: back after a missed call, once; an appointment has lost its time."""
        return self._in_line(returned_at + self.return_penalty * MINUTE)

    def appointment(self, booked_for: int, checked_in_at: int) -> Standpoint:
        """Rule 1 from its time on; before that a little ahead of it in line; too late, by its check-in."""
        if checked_in_at > booked_for + self.appointment_late * MINUTE:
            return self._in_line(checked_in_at)
        return Standpoint(booked_for - self.appointment_early * MINUTE, booked_for)

    def priority_by_age(self, age_years: int) -> Priority:
        """The one priority that an ID card proves by itself."""
        return Priority.ELDERLY if age_years >= self.elderly_from_age else Priority.NONE

    def as_data(self) -> dict[str, object]:
        """The rules as JSON has them; `rules_from` reads them back."""
        plain: dict[str, object] = {f.name: getattr(self, f.name) for f in fields(self)}
        return plain | {"credits": {str(name): self.credits[name] for name in CREDITED}}

    def __reduce__(self) -> tuple[object, ...]:
        """Rules travel to another process as their data."""
        return rules_from, (self.as_data(),)

    def _in_line(self, sort_at: int) -> Standpoint:
        longest = self.longest_wait
        return Standpoint(sort_at, None if longest is None else sort_at + longest * MINUTE)


_MINUTES = ("return_penalty", "appointment_early", "appointment_late")


def rules_from(data: Mapping[str, object]) -> Rules:
    """Rules from `as_data`; raises ValueError for a name that is not a rule or a figure that cannot be."""
    unknown = set(data) - {f.name for f in fields(Rules)}
    if unknown:
        raise ValueError(f"there is no rule {', '.join(sorted(unknown))}")
    values = dict(data)
    credits_told = values.pop("credits", None)
    if isinstance(credits_told, Mapping):
        values["credits"] = {_priority(name): minutes for name, minutes in credits_told.items()}
    return Rules(**values)  # type: ignore[arg-type]  # each figure is checked when the value is built


def _priority(name: object) -> Priority:
    try:
        return Priority(str(name))
    except ValueError:
        raise ValueError(f"there is no priority {name}: {', '.join(CREDITED)}") from None


def _require(name: str, value: object, least: int, most: int) -> None:
    if type(value) is not int or not least <= value <= most:
        raise FigureError(name, value, least, most)
