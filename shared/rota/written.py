"""Plans and rotas as JSON, for the hall's file and for the way to the hub."""

from dataclasses import dataclass
from datetime import date

import msgspec

from shared.domain.rota import Goal, Rota
from shared.domain.rota_assembly import assembled, shifts_of
from shared.domain.rota_plan import RotaPlan

Roster = dict[str, list[str]]
"""Clerk number -> the code of a shift for each day of the period; empty where the clerk does not work."""

_encode = msgspec.json.Encoder(order="deterministic").encode


def plan_text(plan: RotaPlan) -> str:
    """A plan as JSON."""
    return _encode(plan).decode()


def plan_from(text: str) -> RotaPlan:
    """The plan that `plan_text` wrote. Raises ValueError for anything else."""
    return msgspec.json.decode(text, type=RotaPlan)


def goals_text(goals: tuple[Goal, ...]) -> str:
    """How good a rota was found to be, as JSON."""
    return _encode(goals).decode()


def goals_from(text: str) -> tuple[Goal, ...]:
    """The goals that `goals_text` wrote."""
    return msgspec.json.decode(text, type=tuple[Goal, ...])


def roster_of(rota: Rota) -> Roster:
    """Who is on which shift each day: all that a rota decides."""
    on = shifts_of(rota)
    return {
        clerk.number: [on[day].get(clerk.number, "") for day in rota.plan.days] for clerk in rota.plan.clerks
    }


def rota_from(plan: RotaPlan, roster: Roster, goals: tuple[Goal, ...] = ()) -> Rota:
    """The rota of a roster. Raises ValueError when it names what is not in the plan, or not each day."""
    numbers = {clerk.number for clerk in plan.clerks}
    codes = {"", *(shift.code for shift in plan.shifts)}
    on: dict[date, dict[str, str]] = {day: {} for day in plan.days}
    for number, shifts in roster.items():
        if number not in numbers or len(shifts) != len(plan.days) or not codes.issuperset(shifts):
            raise ValueError(f"the shifts of clerk {number} do not fit the plan")
        for day, code in zip(plan.days, shifts, strict=True):
            if code:
                on[day][number] = code
    return assembled(plan, on, goals)


@dataclass(frozen=True, slots=True)
class _Document:
    """A rota's file: what it was made for, who is on which shift, and how good it was found to be."""

    plan: RotaPlan
    shifts: Roster
    goals: tuple[Goal, ...] = ()


def rota_document(rota: Rota) -> bytes:
    """A rota as a file of its own."""
    return msgspec.json.format(_encode(_Document(rota.plan, roster_of(rota), rota.goals)), indent=1)


def rota_of_document(data: bytes) -> Rota:
    """The rota that `rota_document` wrote. Raises ValueError for anything else."""
    found = msgspec.json.decode(data, type=_Document)
    return rota_from(found.plan, found.shifts, found.goals)
