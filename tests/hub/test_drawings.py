"""What is made beside the hub for its managers: once a minute, elsewhere, and anew when it failed."""

import asyncio
import os
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from shared.figures.drawn import day_picture, promises_picture, recent_weeks
from shared.hub.manage_waits import KEPT_SECONDS, Drawings
from shared.simulation.worker import WorkerFault
from shared.testing import rehearsal

MONDAY = date(2026, 11, 23)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Path]:
    with rehearsal(tmp_path / "hall") as running:
        yield running.house.database


def test_a_minute_is_answered_once(database: Path) -> None:
    now = [0.0]
    drawings = Drawings(database, seconds=lambda: now[0])

    async def ask() -> list[object]:
        first = await asyncio.gather(*(drawings.ask(recent_weeks, MONDAY) for _ in range(3)))
        now[0] = KEPT_SECONDS - 1
        kept = await drawings.ask(recent_weeks, MONDAY)
        other = await drawings.ask(recent_weeks, MONDAY + timedelta(days=7))
        now[0] = KEPT_SECONDS
        return [*first, kept, other, await drawings.ask(recent_weeks, MONDAY)]

    first, second, third, kept, other, later = asyncio.run(ask())
    assert first is second is third is kept
    assert later == first
    assert later is not first
    assert other != first


def test_what_is_made_is_made_in_another_process(database: Path) -> None:
    """The work yields to the hall's calls; had it been done here, this process would."""
    before = os.nice(0)
    drawings = Drawings(database)
    for question in (recent_weeks, day_picture, promises_picture):
        assert asyncio.run(drawings.ask(question, MONDAY))
    assert os.nice(0) == before


def test_what_fails_is_told_and_asked_again(database: Path) -> None:
    drawings, hidden = Drawings(database), database.with_suffix(".hidden")

    async def ask() -> bytes:
        database.rename(hidden)
        with pytest.raises(WorkerFault, match="unable to open"):
            await drawings.ask(day_picture, MONDAY)
        hidden.rename(database)
        drawn: bytes = await drawings.ask(day_picture, MONDAY)
        return drawn

    assert asyncio.run(ask()).startswith(b"<?xml")
