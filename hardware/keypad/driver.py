"""Driver for call keypads and evaluator pads on one bus."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, Self

from hardware.device import Device, DeviceState, StateChanged
from hardware.faults import DeviceFailed, DeviceUnavailable
from hardware.keypad.protocol import FF68, Key, Packet, PacketParser, encode
from hardware.spec import DeviceSpec
from hardware.transport import Deadline, Transport, open_transport

_log = logging.getLogger(__name__)
_LISTEN = 0.2  # seconds one poll waits for the first byte
_GAP = 0.05  # seconds of silence inside a frame after which its rest will not come
_QUIET = 0.02  # seconds of silence before we speak: another pad may be in the middle of a frame
_WRITE = 1.0
_BABBLE = 0.5  # seconds one poll may spend on a line that never falls silent


@dataclass(frozen=True, slots=True)
class KeyPressed:
    """A clerk pressed a key of the pad at `address`."""

    address: int
    key: Key


@dataclass(frozen=True, slots=True)
class Rated:
    """A citizen rated at the pad at `address`: `level` from 5, very satisfied, to 1."""

    address: int
    level: int


KeypadEvent = KeyPressed | Rated | StateChanged


class Keypad(Device, Protocol):
    """Pads on a bus; `poll` returns `KeypadEvent`s."""

    def poll(self) -> Sequence[KeypadEvent]: ...

    def invite(self, address: int) -> None:
        """Ask the evaluator at `address` to invite the citizen."""


class BusKeypad:
    """`ff68:serial:///dev/ttyUSB0?address=3`, `ff68:socket://host:port?address=3`.

    Options: `baud` (9600), `address` of the only pad to hear (all), `levels`: the levels that the pad's
    buttons 1, 2, 3 ... mean, as digits (54321). A TCP serial server that sends every byte to all its clients
    lets several counters share one bus, each with its own address.

    A pad says nothing until a key is pressed, so READY means no more than that the line is open. Two hosts
    that speak at the same moment can spoil each other's frame; nothing repeats an `invite`.
    """

    poll_interval = 0.0

    def __init__(
        self, url: str, *, baud: int = 9600, address: int | None = None, levels: str = "54321"
    ) -> None:
        self._url = url
        self._baud = baud
        self._address = address
        self._levels = levels
        self._line: Transport | None = None
        self._parser = PacketParser()
        self._waiting: list[Packet] = []  # heard while we waited for our turn to speak
        self._is_new = True

    @classmethod
    def from_spec(cls, spec: DeviceSpec) -> Self:
        spec.reject_unknown(frozenset({"baud", "address", "levels"}))
        levels = spec.options.get("levels", "54321")
        if not levels or set(levels) - set("12345"):
            raise DeviceUnavailable(f"levels={levels}: expected digits from 1 to 5, one a button")
        address = int(spec.number("address", -1))
        if not -1 <= address <= 255:
            raise DeviceUnavailable(f"address={address}: expected 0 to 255")
        return cls(
            spec.url,
            baud=int(spec.number("baud", 9600)),
            address=None if address < 0 else address,
            levels=levels,
        )

    def open(self) -> None:
        self._line = open_transport(self._url, baud=self._baud)
        self._parser.clear()
        self._waiting.clear()
        self._is_new = True

    def close(self) -> None:
        line, self._line = self._line, None
        if line is not None:
            line.close()

    def poll(self) -> Sequence[KeypadEvent]:
        """What was pressed, after at most a quarter of a second of silence."""
        events: list[KeypadEvent] = [StateChanged(DeviceState.READY, "line open")] if self._is_new else []
        self._is_new = False
        packets, self._waiting = [*self._waiting, *self._listen(_LISTEN)], []
        told = [self._event(packet) for packet in packets if self._address in (None, packet.address)]
        return events + [event for event in told if event is not None]

    def invite(self, address: int) -> None:
        """See `Keypad.invite`. Speaks when the bus has been quiet; nothing answers."""
        self._waiting += self._listen(_QUIET)
        self._opened().write(encode(Packet(address, FF68.invite)), Deadline.after(_WRITE))

    def _listen(self, within: float) -> list[Packet]:
        line, longest = self._opened(), Deadline.after(within + _BABBLE)
        packets = self._parser.feed(line.read(Deadline.after(within)))
        while self._parser.is_waiting and not longest.is_over:
            data = line.read(Deadline.after(_GAP))
            packets += self._parser.feed(data) if data else self._parser.salvage()
        return packets

    def _event(self, packet: Packet) -> KeypadEvent | None:
        if packet.function == FF68.rating:
            button = packet.data[0] if packet.data else 0
            if 1 <= button <= len(self._levels):
                return Rated(packet.address, int(self._levels[button - 1]))
        elif (key := FF68.key(packet)) is not None:
            return KeyPressed(packet.address, key)
        _log.info("%s: pad %d sent function %02X, which has no meaning here", self._url, *_names(packet))
        return None

    def _opened(self) -> Transport:
        if self._line is None:
            raise DeviceFailed(f"{self._url}: not open")
        return self._line


def _names(packet: Packet) -> tuple[int, int]:
    return packet.address, packet.function
