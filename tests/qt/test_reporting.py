"""The heartbeat of an app: at once, at each change, and again when the hub was away."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtGui import QGuiApplication

from shared.client.api import HubClient
from shared.protocol.messages import PartReport, PartState, Unit, Units
from shared.qt import reporting
from shared.qt.bridge import HallBridge
from shared.qt.reporting import Reporting
from shared.testing import RunningHub

Until = Callable[..., None]


class Part:
    """One part whose state the test sets."""

    def __init__(self) -> None:
        self.state: PartState = "unknown"

    def report(self) -> list[PartReport]:
        return [PartReport(kind="printer", state=self.state)]


@pytest.fixture
def client(hub: RunningHub) -> HubClient:
    return hub.with_credential(hub.enrol("citizen-kiosk", "一号取号机"))


@pytest.fixture
def beating(
    app: QGuiApplication, client: HubClient, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Reporting, Part]]:
    monkeypatch.setattr(reporting, "REPORT_SECONDS", 1)
    bridge = HallBridge(client)
    part, told = Part(), Reporting(bridge, app)
    told.sources.append(part.report)
    told.start()
    yield told, part
    told.deleteLater()
    bridge.close()


def unit(hub: RunningHub) -> Unit:
    return next(one for one in hub.operator.ask(Units, "devices_state").units if one.name == "一号取号机")


def states(hub: RunningHub) -> list[str]:
    return [part.state for part in unit(hub).parts]


def test_the_first_report_is_honest_and_a_change_follows_at_once(
    hub: RunningHub, beating: tuple[Reporting, Part], until: Until
) -> None:
    told, part = beating
    until(lambda: states(hub) == ["unknown"])
    part.state = "ready"
    told.look()
    until(lambda: states(hub) == ["ready"])


def test_it_beats_by_itself_and_comes_back_with_the_hub(
    hub: RunningHub, beating: tuple[Reporting, Part], until: Until
) -> None:
    _, part = beating
    part.state = "paper_out"
    until(lambda: states(hub) == ["paper_out"])
    hub.kill()
    hub.restart()
    until(lambda: states(hub) == ["paper_out"], seconds=20)
    assert unit(hub).link == "heard"
