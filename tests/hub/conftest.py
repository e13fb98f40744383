"""A real hub for each module that asks for one."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from shared.client.api import HubClient
from shared.testing import MONDAY_MORNING, RunningHub, put_slots, running_hub
from shared.testing_gateway import GatewayDouble, configure, gateway_double
from shared.testing_phone import Phone


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHub]:
    """A running hub on the small hall."""
    folder: Path = tmp_path_factory.mktemp("hub") / "hall"
    with running_hub(folder) as running:
        yield running


@pytest.fixture(scope="module")
def gateway() -> Iterator[GatewayDouble]:
    """A gateway that takes every message."""
    with gateway_double() as double:
        yield double


@pytest.fixture(scope="module")
def booking_hall(tmp_path_factory: pytest.TempPathFactory, gateway: GatewayDouble) -> Iterator[RunningHub]:
    """A running hub that sends messages, with eight times tomorrow morning."""
    folder: Path = tmp_path_factory.mktemp("book") / "hall"
    configure(folder, gateway.address)
    with running_hub(folder) as running:
        put_slots(running.house, "A", MONDAY_MORNING + timedelta(hours=23, minutes=30), places=[40] * 8)
        yield running


@pytest.fixture(scope="module")
def kiosk(booking_hall: RunningHub) -> HubClient:
    """A kiosk of that hall."""
    return booking_hall.client("citizen-kiosk")


@pytest.fixture
def phone(booking_hall: RunningHub, kiosk: HubClient, gateway: GatewayDouble) -> Iterator[Phone]:
    """Somebody at the booking pages."""
    made = Phone(booking_hall.url, kiosk, gateway)
    yield made
    made.web.close()


@pytest.fixture
def other(booking_hall: RunningHub, kiosk: HubClient, gateway: GatewayDouble) -> Iterator[Phone]:
    """Somebody else."""
    made = Phone(booking_hall.url, kiosk, gateway)
    yield made
    made.web.close()
