"""A real hub for each test, counters on it, and a citizen who takes numbers."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_QUICK_BACKEND", "software")

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication

from counter.testing import CounterInHand, counter_at
from shared.client.api import HubClient
from shared.domain.ordering import Priority
from shared.domain.ticket import State
from shared.protocol import messages as m
from shared.testing import RunningHub, running_hub


@pytest.fixture(scope="session")
def app() -> QGuiApplication:
    existing = QGuiApplication.instance()
    return existing if isinstance(existing, QGuiApplication) else QGuiApplication([])


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[RunningHub]:
    with running_hub(tmp_path / "hall") as running:
        yield running


@pytest.fixture
def new_desk(app: QGuiApplication, hub: RunningHub, tmp_path: Path) -> Iterator[Callable[..., CounterInHand]]:
    """Makes counters, each an enrolled device of its own; `url` may lead to the hub through a bad line."""
    with ExitStack() as stack:

        def make(*, url: str = hub.url, timeout: float = 3.0) -> CounterInHand:
            client = HubClient(url, hub.enrol("counter"), timeout=timeout)
            return stack.enter_context(counter_at(client, tmp_path / "state"))

        yield make


@pytest.fixture
def take(hub: RunningHub) -> Callable[..., m.Ticket]:
    """A citizen takes a number at the kiosk."""
    kiosk = hub.client("citizen-kiosk")

    def take(lane: str | None = "A", **more: Any) -> m.Ticket:
        body = m.TakeTicket(channel="kiosk", lane=None if "matter" in more else lane, **more)
        return kiosk.ask(m.TakenTicket, "take_ticket", body).ticket

    return take


@pytest.fixture(scope="session")
def noon() -> datetime:
    return datetime(2026, 11, 23, 4, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def make_ticket(noon: datetime) -> Callable[..., m.Ticket]:
    """A ticket as the wire tells it."""

    def make(id: int = 1, **more: Any) -> m.Ticket:  # noqa: A002 - the field's own name
        plain: dict[str, Any] = {
            "number": f"A{id:03d}",
            "lane": "A",
            "state": State.WAITING,
            "taken_at": noon,
            "sort_at": noon,
            "priority": Priority.NONE,
        }
        return m.Ticket(id=id, **plain | more)

    return make
