"""Requests and answers about the rota (排班)."""

from datetime import date
from typing import Annotated

from msgspec import Meta, Struct, field

from shared.protocol.messages import Answer, Request, Said

ClerkNumber = Annotated[str, Meta(pattern="^[0-9A-Za-z]{1,12}$")]
ShiftCode = Annotated[str, Meta(pattern="^([A-Z][A-Z0-9]?)?$")]
_MOST_DAYS = 92


class FoundGoal(Struct, frozen=True):
    """What a search sought: the value found, and the bound that no rota goes below."""

    name: Annotated[str, Meta(max_length=20)]
    value: int
    bound: int


class DraftRota(Request, frozen=True):
    """Keep a draft that was made elsewhere: a shift, or none, for each clerk and day of its period."""

    first: date
    last: date
    shifts: dict[ClerkNumber, Annotated[list[ShiftCode], Meta(max_length=_MOST_DAYS)]]
    goals: Annotated[list[FoundGoal], Meta(max_length=8)] = field(default_factory=list)


class SwapDays(Request, frozen=True):
    """`clerk` gives `day` away and takes `other_day` over from `other`, who does the reverse."""

    clerk: ClerkNumber
    day: date
    other: ClerkNumber
    other_day: date


class TakeLeave(Request, frozen=True):
    """Leave from `first` to `last`; `sick` is noted for staff only. `cancel` takes it back."""

    clerk: ClerkNumber
    first: date
    last: date
    sick: bool = False
    cancel: bool = False


class StandInFor(Request, frozen=True):
    """A clerk takes over a shift that nobody has, on a day that is short."""

    clerk: ClerkNumber
    day: date
    shift: ShiftCode


class SetRotaClerk(Request, frozen=True):
    """What a clerk can do: lanes, whether they lead, days a week (0: not in the rota)."""

    clerk: ClerkNumber
    lanes: Annotated[str, Meta(pattern="^[A-Z]{1,26}$")]
    leads: bool = False
    days: Annotated[int, Meta(ge=0, le=5)] = 5


class StandInTold(Struct, frozen=True):
    """Somebody who could stand in, within all rules."""

    clerk: str
    name: str
    shift: str
    reserve: bool
    running: int
    weekends: int


class RotaTold(Answer, frozen=True):
    """A rota after a change, with what is short in it."""

    id: int
    state: str
    first: date
    last: date
    shortages: list[Said]


class LeaveTold(Answer, frozen=True):
    """What leave leaves short, and who could stand in on its first day, best first."""

    shortages: list[Said]
    stand_ins: list[StandInTold] = field(default_factory=list)
