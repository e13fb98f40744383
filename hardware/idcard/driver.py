"""Driver for second-generation card readers that speak the SAM protocol."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Protocol, Self

from hardware.device import Device, DeviceState, StateChanged
from hardware.faults import DeviceFailed, DeviceTimedOut
from hardware.idcard.card import IdCard
from hardware.idcard.codec import Command, Reply, ReplyParser, Status, UnreadableReply, encode, parts_of
from hardware.idcard.outcome import CardOutcome
from hardware.idcard.photo import PhotoDecoder, no_photo, photo_decoder
from hardware.idcard.text import UnreadableCardText, parse_address, parse_text
from hardware.spec import DeviceSpec
from hardware.transport import Deadline, Transport, open_transport

_log = logging.getLogger(__name__)
SPEEDS: Mapping[int, Command] = MappingProxyType(
    {
        115200: Command.SPEED_115200,
        57600: Command.SPEED_57600,
        38400: Command.SPEED_38400,
        19200: Command.SPEED_19200,
        9600: Command.SPEED_9600,
    }
)
"""Bits a second -> the command that sets them."""
_REPEATABLE = frozenset({Command.FIND, Command.STATUS, Command.MODULE_NUMBER})


@dataclass(frozen=True, slots=True)
class CardRead:
    """A card was put on and read. `photo` is a picture when a decoder is plugged in; nobody keeps it."""

    card: IdCard
    photo: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class CardNotRead:
    """A card was put on and could not be read; `outcome.sentence` is for the citizen."""

    outcome: CardOutcome


@dataclass(frozen=True, slots=True)
class CardRemoved:
    """The card read before is gone.

    A reader says so only by finding a card anew (the next one, or the same one put on again); between the
    two it answers "no card" whether the old one lies there or not.
    """


CardEvent = CardRead | CardNotRead | CardRemoved | StateChanged


class IdReader(Device, Protocol):
    """A reader of identity cards; `poll` returns `CardEvent`s."""

    def poll(self) -> Sequence[CardEvent]: ...


class SamReader:
    """`sam:serial:///dev/ttyS0?baud=115200`, `sam:socket://host:port`, `sam:hid:///dev/hidraw0`.

    Options: `baud` (115200), `within` seconds to wait for an answer (1.0), `every` seconds a poll (0.3),
    `fingerprint` yes or no (no): read with the command some modules insist on; the prints are dropped at
    once. `address` card or newest (card): ask for the address that was written later, too. `photo` names
    the maker's WLT decoder as `package.module:function`; see `hardware.idcard.photo`.
    """

    def __init__(
        self,
        url: str,
        *,
        baud: int = 115200,
        within: float = 1.0,
        every: float = 0.3,
        with_fingerprint: bool = False,
        newest_address: bool = False,
        decode_photo: PhotoDecoder = no_photo,
    ) -> None:
        self._url = url
        self._baud = baud
        self._within = within
        self._every = every
        self._read = Command.READ_WITH_FINGERPRINT if with_fingerprint else Command.READ
        self._wants_newest_address = newest_address
        self._decode_photo = decode_photo
        self._line: Transport | None = None
        self._parser = ReplyParser()
        self._has_card = False
        self._said_ready = False

    @classmethod
    def from_spec(cls, spec: DeviceSpec) -> Self:
        spec.reject_unknown(frozenset({"baud", "within", "every", "fingerprint", "address", "photo"}))
        return cls(
            spec.url,
            baud=int(spec.number("baud", 115200)),
            within=spec.number("within", 1.0),
            every=spec.number("every", 0.3),
            with_fingerprint=spec.choice("fingerprint", "no", ("yes", "no")) == "yes",
            newest_address=spec.choice("address", "card", ("card", "newest")) == "newest",
            decode_photo=photo_decoder(spec.options.get("photo", "")),
        )

    @property
    def poll_interval(self) -> float:
        return self._every

    def open(self) -> None:
        self._line = open_transport(self._url, baud=self._baud)
        self._parser.clear()
        self._said_ready = False

    def close(self) -> None:
        line, self._line = self._line, None
        if line is not None:
            line.close()

    def poll(self) -> Sequence[CardEvent]:
        """Look once for a card and read it. Takes at most five answers' time."""
        reply = self._ask(Command.FIND)
        events: list[CardEvent] = []
        if not self._said_ready:
            self._said_ready = True
            events.append(StateChanged(DeviceState.READY))
        if reply.status is Status.FOUND:
            events += self._read_found()
        elif reply.status is not Status.FIND_FAILED:
            _log.info("find answered %r", reply)
            outcome = CardOutcome.of(reply.status)
            if outcome is not CardOutcome.AGAIN:  # a garbled question: the next poll asks again
                events.append(CardNotRead(outcome))
        return events

    def _read_found(self) -> list[CardEvent]:
        events: list[CardEvent] = [CardRemoved()] if self._has_card else []
        result = self.read_card()
        self._has_card = isinstance(result, CardRead)
        return [*events, result]

    def read_card(self) -> CardRead | CardNotRead:
        """Select and read the card that was just found.

        A module that has read a card finds it no more until it is lifted, so an answer that is lost here is
        not asked for again: the citizen is asked to lay the card down anew.
        """
        try:
            for command in (Command.SELECT, self._read):
                reply = self._ask(command)
                if reply.status is not Status.OK:
                    return CardNotRead(CardOutcome.of(reply.status))
            text, photo = parts_of(reply.data)
            return CardRead(self._with_newest_address(parse_text(text)), self._decode_photo(photo))
        except DeviceTimedOut as error:
            _log.info("%s", error)
            return CardNotRead(CardOutcome.AGAIN)
        except (UnreadableReply, UnreadableCardText) as error:
            _log.info("card not understood: %s", error)
            return CardNotRead(CardOutcome.UNREADABLE)

    def _with_newest_address(self, card: IdCard) -> IdCard:
        """The card with the address written after it was issued, where the module is asked and has one."""
        if not self._wants_newest_address:
            return card
        try:
            reply = self._ask(Command.READ_NEWEST_ADDRESS)
            newest = parse_address(reply.data) if reply.status is Status.OK else ""
        except (DeviceTimedOut, UnreadableCardText) as error:
            _log.info("no newest address: %s", error)
            return card
        return replace(card, address=newest) if newest else card

    # -- for the technician -----------------------------------------------------------------------------

    def module_number(self) -> bytes:
        """The 16 bytes that name the SAM module."""
        return self._told(Command.MODULE_NUMBER)

    def module_status(self) -> None:
        """The module's self-test. Raises `DeviceFailed` when it did not pass."""
        self._told(Command.STATUS)

    def reset(self) -> None:
        """Start the module anew. Raises `DeviceFailed` when it refuses."""
        self._told(Command.RESET)

    def set_speed(self, baud: int) -> None:
        """Tell the module another speed and reopen the line at it. ValueError for one it does not know."""
        if baud not in SPEEDS:
            raise ValueError(f"{baud}: a module knows {', '.join(map(str, SPEEDS))}")
        self._told(SPEEDS[baud])
        self.close()
        self._baud = baud
        self.open()

    def _told(self, command: Command) -> bytes:
        reply = self._ask(command)
        if reply.status is not Status.OK:
            raise DeviceFailed(f"{self._url}: {command.name} answered {reply!r}")
        return reply.data

    def _ask(self, command: Command) -> Reply:
        """Send one command and return its reply, in at most `within` and the time of the line.

        Questions that change nothing are asked twice in that time, so one lost frame goes unnoticed.
        """
        tries = 2 if command in _REPEATABLE else 1
        for _ in range(tries):
            reply = self._ask_once(command, self._within / tries + _line_time(command, self._baud))
            if reply is not None:
                return reply
        raise DeviceTimedOut(f"{self._url}: no answer to {command.name} in {self._within} s")

    def _ask_once(self, command: Command, seconds: float) -> Reply | None:
        """One try; an answer to an earlier command is flushed first."""
        line = self._line
        if line is None:
            raise DeviceFailed(f"{self._url}: not open")
        deadline = Deadline.after(seconds)
        line.flush_input()
        self._parser.clear()
        line.write(encode(command), deadline)
        while not deadline.is_over:
            if reply := _answer_to(command, self._parser.feed(line.read(deadline))):
                return reply
        return _answer_to(command, self._parser.salvage())


def _answer_to(command: Command, replies: Sequence[Reply]) -> Reply | None:
    """The newest reply that can answer `command`: a late one to an earlier command must not pass for it."""
    of_find = (Status.FOUND, Status.FIND_FAILED)
    if command is Command.FIND:
        fitting = [reply for reply in replies if reply.status is not Status.OK]
    else:
        fitting = [reply for reply in replies if reply.status not in of_find]
    return fitting[-1] if fitting else None


def _line_time(command: Command, baud: int) -> float:
    """Seconds the longest answer to `command` spends on a serial line, 10 bits a byte."""
    size = {Command.READ: 1295, Command.READ_WITH_FINGERPRINT: 2321}.get(command, 32)
    return size * 10 / baud
