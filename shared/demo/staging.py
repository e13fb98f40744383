"""The stage: a fresh hall, its hub on a rehearsal clock, devices, and the three apps as processes."""

import os
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from hardware.simulators import SimulatedDevice, simulated_device
from hardware.voice.pack import build_pack
from shared.client.identity import enrol
from shared.config import HallConfig
from shared.domain.moments import HALL_ZONE
from shared.protocol.messages import DeviceOffer, OfferDevice, Role
from shared.qt.robot_driver import RobotDriver
from shared.testing import RunningHub, running_hub

OPENING = datetime(2026, 11, 23, 8, 0, tzinfo=HALL_ZONE)
"""A Monday."""
COUNTER_WINDOW = 3
OFFSCREEN = {"QT_QPA_PLATFORM": "offscreen", "QT_QUICK_BACKEND": "software"}


@dataclass(slots=True)
class Stage:
    """Everything that runs. Apps are started when asked for and end with the stage."""

    folder: Path
    output: Path
    hub: RunningHub
    printer: SimulatedDevice
    reader: SimulatedDevice
    environment: Mapping[str, str]
    apps: dict[str, RobotDriver] = field(default_factory=dict)
    _ending: ExitStack = field(default_factory=ExitStack)

    def start(
        self, name: str, module: str, role: Role, *options: str, window: int | None = None
    ) -> RobotDriver:
        """Enrol and start one app under a name of its own."""
        request = OfferDevice(role=role, name=name, window=window)
        offer = self.hub.operator.ask(DeviceOffer, "offer_device", request)
        state = self.folder / name
        enrol(self.hub.pinned(None), offer.code, state)  # a code lasts seconds at this speed
        common = ("--hub", self.hub.secure_url, "--state", str(state))
        app = RobotDriver(module, *common, *options, environment=self.environment)
        self.apps[name] = self._ending.enter_context(app)
        return app

    def start_kiosk(self, size: str) -> RobotDriver:
        """The kiosk with the simulated printer and reader."""
        devices = ("--printer", self.printer.spec, "--reader", self.reader.spec, "--patience", "120")
        return self.start("kiosk", "kiosk", "citizen-kiosk", "--size", size, *devices)

    def start_counter(self) -> RobotDriver:
        """The counter of COUNTER_WINDOW."""
        return self.start("counter", "counter", "counter", "--size", "1920x1080", window=COUNTER_WINDOW)

    def start_display(self, name: str, *options: str) -> RobotDriver:
        """A board."""
        return self.start(name, "display", "display", "--size", "1920x1080", *options)

    @property
    def complaints(self) -> list[str]:
        """What the apps logged at warning or above."""
        return [f"{name}: {line}" for name, app in self.apps.items() for line in app.warnings]

    def close(self) -> None:
        """End the apps."""
        self._ending.close()


@contextmanager
def staged(
    folder: Path, output: Path, hall: HallConfig, opening: datetime, speed: float, *, screen: bool
) -> Iterator[Stage]:
    """Set the stage: the hub's clock begins at `opening` and runs at `speed`. Nothing stays behind."""
    voice = folder / "voice"
    build_pack(voice)
    slips = output / "slips"
    slips.mkdir(parents=True, exist_ok=True)
    environment = {**os.environ, **({} if screen else OFFSCREEN)}
    clock = ("--start", opening.isoformat(), "--rehearse", str(speed))
    with (
        running_hub(folder / "hall", hall, *clock, founded=opening) as hub,
        simulated_device("printer", "--output", str(slips)) as printer,
        simulated_device("idcard") as reader,
    ):
        stage = Stage(folder, output, hub, printer, reader, environment)
        try:
            yield stage
        finally:
            stage.close()
