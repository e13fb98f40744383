"""The idea of a device: its states, and what the notifier needs of a driver."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Sentence:
    """One thing said to a person, Chinese first."""

    zh: str
    en: str


class DeviceState(StrEnum):
    """What is known of a device. `UNKNOWN` is an honest state and never counts as ready."""

    READY = "ready"
    NEAR_END = "near_end"
    PAPER_OUT = "paper_out"
    COVER_OPEN = "cover_open"
    CUTTER = "cutter"
    FROZEN = "frozen"
    BLACK = "black"
    ERROR = "error"
    SILENT = "silent"
    UNKNOWN = "unknown"

    @property
    def sentence(self) -> Sentence:
        return _SENTENCES[self]

    @property
    def is_usable(self) -> bool:
        """True only for a device that said it can work now."""
        return self in (DeviceState.READY, DeviceState.NEAR_END)


_SENTENCES = {
    DeviceState.READY: Sentence("设备正常", "Ready"),
    DeviceState.NEAR_END: Sentence("纸张即将用完，请准备换纸", "Paper is running low"),
    DeviceState.PAPER_OUT: Sentence("打印纸已用完，请换纸", "Out of paper"),
    DeviceState.COVER_OPEN: Sentence("打印机盖未合上，请合上", "The cover is open"),
    DeviceState.CUTTER: Sentence("切纸刀卡住，请检查出纸口", "The cutter is jammed"),
    DeviceState.FROZEN: Sentence(
        "画面停住了，请检查摄像头的连线", "The picture stands still: check the camera's cable"
    ),
    DeviceState.BLACK: Sentence(
        "画面是黑的，请检查镜头盖和灯光", "The picture is black: check lens cap and light"
    ),
    DeviceState.ERROR: Sentence("设备故障，请联系维护人员", "The device reports a fault"),
    DeviceState.SILENT: Sentence("设备没有回应，请检查电源和连线", "No answer: check power and cable"),
    DeviceState.UNKNOWN: Sentence("设备状态未知", "State unknown"),
}


@dataclass(frozen=True, slots=True)
class StateChanged:
    """A device's state is no longer what was last told; `detail` is for the technician's log."""

    state: DeviceState
    detail: str = ""


class Device(Protocol):
    """What `hardware.notifier` needs of a driver. All calls come from one thread.

    `open`, `poll` and jobs raise `hardware.faults.DeviceError`; the notifier then closes the device and
    opens it again later. `poll` never blocks longer than its own deadline and returns what happened since
    the last call, oldest first: `StateChanged` or the driver's own event types. After `close` the device
    may be opened again.
    """

    @property
    def poll_interval(self) -> float:
        """Seconds between two calls of `poll`."""

    def open(self) -> None: ...

    def poll(self) -> Sequence[object]: ...

    def close(self) -> None: ...
