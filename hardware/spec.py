"""The name of a device in the settings, taken apart.

One string names a device everywhere: `driver:line?option=value`, for example

    escpos:tcp://127.0.0.1:9100?paper=80&status=eot
    sam:serial:///dev/ttyS1?baud=115200
    v4l2:/dev/video0?size=1280x720
    none
"""

import argparse
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Self
from urllib.parse import parse_qsl

from hardware.faults import DeviceUnavailable

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
        if not (driver and colon and (url.startswith("/") or "://" in url)):
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

    def choice(self, name: str, default: str, allowed: Collection[str]) -> str:
        """The option `name`, one of `allowed`; `DeviceUnavailable` when it is another."""
        value = self.options.get(name, default)
        if value not in allowed:
            raise DeviceUnavailable(f"{name}={value}: expected one of {', '.join(allowed)}")
        return value

    def reject_unknown(self, known: frozenset[str]) -> None:
        """A misspelt option is a mistake to be told, not to be ignored."""
        if extra := sorted(set(self.options) - known):
            raise DeviceUnavailable(f"{self.driver}: unknown option {', '.join(extra)}")


def device_name(text: str) -> str:
    """`text`, when it names a device or none; for the options of programs."""
    if text.strip() != NO_DEVICE:
        try:
            DeviceSpec.parse(text)
        except DeviceUnavailable as error:
            raise argparse.ArgumentTypeError(str(error)) from error
    return text
