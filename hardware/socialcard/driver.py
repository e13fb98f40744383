"""Driver for contact-chip readers through PC/SC (pcscd on Linux), with pyscard."""

import logging
from collections.abc import Sequence
from typing import Self

from hardware.device import DeviceState, Sentence, StateChanged
from hardware.faults import DeviceCannotOpen, DeviceError, DeviceFailed, DeviceUnavailable
from hardware.idcard.card import IdCard
from hardware.idcard.driver import CardEvent, CardNotRead, CardRead, CardRemoved
from hardware.idcard.outcome import CardOutcome
from hardware.socialcard.files import Answer, NoSuchApplication, UnreadableCard, read_card
from hardware.spec import DeviceSpec

try:
    from smartcard import scard
except ImportError as error:
    raise DeviceUnavailable("chip cards need pyscard: install service-hall[card]") from error

_log = logging.getLogger(__name__)
_WAIT_MS = 200
_GONE = frozenset(
    {
        scard.SCARD_W_REMOVED_CARD,
        scard.SCARD_E_NO_SMARTCARD,
        scard.SCARD_W_RESET_CARD,
        scard.SCARD_W_UNPOWERED_CARD,
        scard.SCARD_E_NOT_TRANSACTED,
        scard.SCARD_F_COMM_ERROR,
    }
)
_MUTE = frozenset({scard.SCARD_W_UNRESPONSIVE_CARD, scard.SCARD_W_UNSUPPORTED_CARD})
NO_SERVICE = Sentence(
    "读卡服务没有运行，请启动 pcscd", "The card service does not run: systemctl start pcscd.socket"
)


class _CardGone(Exception):
    """The card was pulled out while it was being read."""


class _CardMute(Exception):
    """A card is in, and it does not answer: upside down, dirty, or no chip."""


class PcscReader:
    """`pcsc:/` for the first reader, `pcsc:/?reader=Virtual` for the first whose name contains that.

    A card is read once when it is put in; `CardRemoved` follows when it is taken out.
    """

    poll_interval = 0.0

    def __init__(self, wanted: str = "") -> None:
        self._wanted = wanted
        self._context: int | None = None
        self._reader = ""
        self._known = scard.SCARD_STATE_UNAWARE
        self._has_card = False
        self._is_new = True

    @classmethod
    def from_spec(cls, spec: DeviceSpec) -> Self:
        spec.reject_unknown(frozenset({"reader"}))
        return cls(spec.options.get("reader", ""))

    def open(self) -> None:
        result, context = scard.SCardEstablishContext(scard.SCARD_SCOPE_USER)
        if result != scard.SCARD_S_SUCCESS:
            raise DeviceCannotOpen(f"{NO_SERVICE.en} ({_name(result)})")
        self._context = context
        self._reader = self._find()
        self._known, self._has_card, self._is_new = scard.SCARD_STATE_UNAWARE, False, True

    def close(self) -> None:
        context, self._context = self._context, None
        if context is not None:
            scard.SCardReleaseContext(context)

    def poll(self) -> Sequence[CardEvent]:
        """What happened at the reader, after at most 0.2 s, or the time of reading a card (under 1 s)."""
        result, states = scard.SCardGetStatusChange(self._opened(), _WAIT_MS, [(self._reader, self._known)])
        events: list[CardEvent] = []
        if result not in (scard.SCARD_S_SUCCESS, scard.SCARD_E_TIMEOUT):
            raise DeviceFailed(f"{self._reader}: {_name(result)}")
        if self._is_new:
            self._is_new = False
            events.append(StateChanged(DeviceState.READY))
        if result == scard.SCARD_S_SUCCESS:
            events += self._follow(states[0][1])
        return events

    def _find(self) -> str:
        result, names = scard.SCardListReaders(self._opened(), [])
        fitting = [name for name in names if self._wanted in name]
        if result != scard.SCARD_S_SUCCESS or not fitting:
            self.close()
            raise DeviceCannotOpen(f"no chip-card reader {self._wanted!r} is plugged in ({_name(result)})")
        return str(fitting[0])

    def _follow(self, state: int) -> list[CardEvent]:
        """The state is not what it was: a card came, went, or was exchanged."""
        if state & (scard.SCARD_STATE_UNKNOWN | scard.SCARD_STATE_UNAVAILABLE):
            raise DeviceFailed(f"{self._reader}: the reader was unplugged")
        before, self._known = self._known, state & ~scard.SCARD_STATE_CHANGED
        is_in = bool(state & scard.SCARD_STATE_PRESENT)
        is_another = state >> 16 != before >> 16  # the high half counts insertions and removals
        events: list[CardEvent] = []
        if self._has_card and (not is_in or is_another):
            self._has_card = False
            events.append(CardRemoved())
        if is_in and not self._has_card:
            self._has_card = True
            events.append(self._read(is_mute=bool(state & scard.SCARD_STATE_MUTE)))
        return events

    def _read(self, *, is_mute: bool) -> CardRead | CardNotRead:
        try:
            if is_mute:
                raise _CardMute
            return CardRead(self._with_card())
        except _CardMute:
            return CardNotRead(CardOutcome.UPSIDE_DOWN)
        except _CardGone:
            return CardNotRead(CardOutcome.MOVED)
        except NoSuchApplication as error:
            _log.info("%s: no social-security card: %s", self._reader, error)
            return CardNotRead(CardOutcome.WRONG_CARD)
        except UnreadableCard as error:
            _log.info("%s: card not understood: %s", self._reader, error)
            return CardNotRead(CardOutcome.UNREADABLE)

    def _with_card(self) -> IdCard:
        result, card, protocol = scard.SCardConnect(
            self._opened(),
            self._reader,
            scard.SCARD_SHARE_SHARED,
            scard.SCARD_PROTOCOL_T0 | scard.SCARD_PROTOCOL_T1,
        )
        _check(result, self._reader)
        try:
            return read_card(lambda command: _transmit(card, protocol, command, self._reader))
        finally:
            scard.SCardDisconnect(card, scard.SCARD_UNPOWER_CARD)

    def _opened(self) -> int:
        if self._context is None:
            raise DeviceFailed("the card reader is not open")
        return self._context


def _transmit(card: int, protocol: int, command: bytes, reader: str) -> Answer:
    result, answer = scard.SCardTransmit(card, protocol, list(command))
    _check(result, reader)
    if len(answer) < 2:
        raise _CardGone  # no status word: the answer was cut off
    data = bytes(byte & 0xFF for byte in answer)
    return Answer(data[:-2], int.from_bytes(data[-2:], "big"))


def _check(result: int, reader: str) -> None:
    if result == scard.SCARD_S_SUCCESS:
        return
    if result in _GONE:
        raise _CardGone
    if result in _MUTE or result == scard.SCARD_E_PROTO_MISMATCH:
        raise _CardMute
    raise DeviceFailed(f"{reader}: {_name(result)}")


def _name(result: int) -> str:
    return str(scard.SCardGetErrorMessage(result))


def readers() -> list[str]:
    """The names of all chip-card readers. Raises `DeviceError` when the service does not run."""
    result, context = scard.SCardEstablishContext(scard.SCARD_SCOPE_USER)
    if result != scard.SCARD_S_SUCCESS:
        raise DeviceError(f"{NO_SERVICE.en} ({_name(result)})")
    try:
        _, names = scard.SCardListReaders(context, [])
        return [str(name) for name in names]
    finally:
        scard.SCardReleaseContext(context)
