"""What the hub asks a process beside it: rotas and their files. The hub itself loads no library of theirs."""

import os
from datetime import datetime

from shared.domain.rota import Rota
from shared.domain.rota_plan import RotaPlan

_YIELDING = 10
"""Niceness: the calls of the hall go first."""


def rota_aside(plan: RotaPlan, seconds: float) -> Rota:
    """The best rota found in the time."""
    from shared.rota.solver import Search, make_rota

    os.nice(_YIELDING)
    return make_rota(plan, Search(seconds))


def sheet_aside(rota: Rota, title: str, made: datetime) -> bytes:
    """The rota as a sheet for Excel."""
    from shared.rota.sheet import rota_sheet

    os.nice(_YIELDING)
    return rota_sheet(rota, title, made)


def calendar_aside(rota: Rota, hall: str, made: datetime) -> bytes:
    """The rota as one calendar of all."""
    from shared.rota.calendar import rota_calendar

    os.nice(_YIELDING)
    return rota_calendar(rota, hall, made)
