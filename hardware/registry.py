"""From a device's name in the settings (see `hardware.spec`) to its driver."""

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Protocol

from hardware.faults import DeviceUnavailable
from hardware.spec import NO_DEVICE, DeviceSpec

if TYPE_CHECKING:
    from hardware.camera.driver import Camera
    from hardware.idcard.driver import IdReader
    from hardware.keypad.driver import Keypad
    from hardware.ledbar.driver import LedBar
    from hardware.printer.driver import Printer
    from hardware.scanner.line import Scanner

# kind -> driver -> (module, class); a module is imported only when its driver is chosen.
DRIVERS: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "printer": {"escpos": ("hardware.printer.driver", "TicketPrinter")},
    "idcard": {
        "sam": ("hardware.idcard.driver", "SamReader"),
        "pcsc": ("hardware.socialcard.driver", "PcscReader"),
    },
    "camera": dict.fromkeys(("v4l2", "file", "fifo", "rtsp"), ("hardware.camera.driver", "SourceCamera")),
    "keypad": {"ff68": ("hardware.keypad.driver", "BusKeypad")},
    "ledbar": dict.fromkeys(("sum4", "head7"), ("hardware.ledbar.driver", "LineLedBar")),
    "scanner": {
        "line": ("hardware.scanner.line", "LineScanner"),
        "camera": ("hardware.scanner.camera", "CameraScanner"),
    },
}


class _Driver(Protocol):
    @classmethod
    def from_spec(cls, spec: DeviceSpec) -> object: ...


def driver_class(kind: str, name: str) -> type[_Driver]:
    """The driver class for `kind` and `name`, imported now. Raises `DeviceUnavailable`."""
    try:
        module, attribute = DRIVERS[kind][name]
    except KeyError as error:
        raise DeviceUnavailable(f"no {kind} driver called {name!r}") from error
    try:
        found: type[_Driver] = getattr(import_module(module), attribute)
    except ImportError as error:
        raise DeviceUnavailable(f"{kind} driver {name}: {error}") from error
    return found


def open_device(kind: str, text: str) -> object | None:
    """The device of `kind` named by `text`, not yet connected; None for `none`.

    Raises `DeviceUnavailable`.
    """
    if text.strip() == NO_DEVICE:
        return None
    spec = DeviceSpec.parse(text)
    return driver_class(kind, spec.driver).from_spec(spec)


# The table pairs kind and class, so each of these gives what its name says; raises as `open_device`.


def open_printer(spec: str) -> "Printer | None":
    """A slip printer: `escpos:tcp://host:9100?paper=80`."""
    return open_device("printer", spec)  # type: ignore[return-value]


def open_id_reader(spec: str) -> "IdReader | None":
    """A reader of identity cards, `sam:serial:///dev/ttyS0`, or of social-security cards, `pcsc:/`."""
    return open_device("idcard", spec)  # type: ignore[return-value]


def open_scanner(spec: str) -> "Scanner | None":
    """A scanner of codes: `line:serial:///dev/ttyACM0?baud=9600`, `camera:v4l2:///dev/video0`."""
    return open_device("scanner", spec)  # type: ignore[return-value]


def open_camera(spec: str) -> "Camera | None":
    """A camera: `v4l2:/dev/video0?size=1280x720`."""
    return open_device("camera", spec)  # type: ignore[return-value]


def open_keypad(spec: str) -> "Keypad | None":
    """Call keypads and evaluator pads: `ff68:serial:///dev/ttyUSB0?address=3`."""
    return open_device("keypad", spec)  # type: ignore[return-value]


def open_ledbar(spec: str) -> "LedBar | None":
    """An LED bar above a window: `sum4:serial:///dev/ttyUSB0?address=5`."""
    return open_device("ledbar", spec)  # type: ignore[return-value]
