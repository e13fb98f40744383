"""A kiosk in the test's own process: real views offscreen, a real hub, real simulated devices."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_QUICK_BACKEND", "software")

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from PySide6.QtGui import QGuiApplication

from hardware.simulators import simulated_device
from kiosk.testing import KioskInHand, kiosk_at
from shared.testing import RunningHub, running_hub


@pytest.fixture(scope="session")
def application() -> QGuiApplication:
    existing = QGuiApplication.instance()
    return existing if isinstance(existing, QGuiApplication) else QGuiApplication(["kiosk"])


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory, application: QGuiApplication) -> Iterator[RunningHub]:
    with running_hub(tmp_path_factory.mktemp("hall")) as running:
        yield running


@pytest.fixture(scope="module")
def shop(hub: RunningHub, tmp_path_factory: pytest.TempPathFactory) -> Iterator[KioskInHand]:
    """A kiosk with a printer and a reader, set up once: many engines in one process do not go well."""
    folder = tmp_path_factory.mktemp("kiosk")
    with ExitStack() as stack:
        printer = stack.enter_context(
            simulated_device("printer", "--speed", "0", "--output", str(folder / "paper"))
        )
        reader = stack.enter_context(simulated_device("idcard"))
        scanner = stack.enter_context(simulated_device("scanner"))
        yield stack.enter_context(kiosk_at(hub, folder, printer=printer, reader=reader, scanner=scanner))


@pytest.fixture
def kiosk(shop: KioskInHand) -> KioskInHand:
    """The kiosk at its first screen, paper in the printer, no card on the reader."""
    shop.begin()
    return shop
