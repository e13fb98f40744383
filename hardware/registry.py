"""From a device's name in the settings to its driver.

One string names a device everywhere: `driver:line?option=value`, for example

    escpos:tcp://127.0.0.1:9100?paper=80&status=eot
    escpos:serial:///dev/ttyUSB0?baud=9600&paper=58
    sam:serial:///dev/ttyS1?baud=115200
    none
"""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol, Self
from urllib.parse import parse_qsl

from hardware.faults import DeviceUnavailable

if TYPE_CHECKING:
    from hardware.idcard.driver import IdReader
    from hardware.printer.driver import Printer

# kind -> driver -> (module, class); a module is imported only when its driver is chosen.
DRIVERS: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "printer": {"escpos": ("hardware.printer.driver", "TicketPrinter")},
    "idcard": {"sam": ("hardware.idcard.driver", "SamReader")},
}
NO_DEVICE = "none"


@dataclass(frozen=True)
class DeviceSpec:
    """A parsed device name: driver, line, options."""

    driver: str
    url: str
    options: Mapping[str, str]

    @classmethod
    def parse(cls, text: str) -> Self:
        """Raises `DeviceUnavailable` when `text` is not of the form `driver:line?options`."""
        driver, colon, rest = text.strip().partition(":")
        url, _, query = rest.partition("?")
        if not (driver and colon and "://" in url):
            raise DeviceUnavailable(
                f"{text!r} is no device: expected driver:line, as in sam:serial:///dev/ttyS0"
            )
        try:
            options = dict(parse_qsl(query, keep_blank_values=True, strict_parsing=bool(query)))
        except ValueError as error:
            raise DeviceUnavailable(f"{text!r}: unreadable options: {error}") from error
        return cls(driver, url, MappingProxyType(options))

    def number(self, name: str, default: float) -> float:
        """The option `name` as a number; `DeviceUnavailable` when it is none."""
        value = self.options.get(name)
        if value is None:
            return default
        try:
            return float(value)
        except ValueError as error:
            raise DeviceUnavailable(f"{name}={value}: not a number") from error

    def reject_unknown(self, known: frozenset[str]) -> None:
        """A misspelt option is a mistake to be told, not to be ignored."""
        if extra := sorted(set(self.options) - known):
            raise DeviceUnavailable(f"{self.driver}: unknown option {', '.join(extra)}")


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


def open_printer(spec: str) -> "Printer | None":
    """The printer named by `spec`, not yet connected; None for `none`. Raises `DeviceUnavailable`."""
    return _build("printer", spec)  # type: ignore[return-value]  # the table above pairs kind and class


def open_id_reader(spec: str) -> "IdReader | None":
    """The ID-card reader named by `spec`, not yet connected; None for `none`. Raises `DeviceUnavailable`."""
    return _build("idcard", spec)  # type: ignore[return-value]  # the table above pairs kind and class


def _build(kind: str, text: str) -> object | None:
    if text.strip() == NO_DEVICE:
        return None
    spec = DeviceSpec.parse(text)
    return driver_class(kind, spec.driver).from_spec(spec)
