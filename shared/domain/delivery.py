"""How messages are sent to a gateway that may be slow, busy, or dead: when to try again, and when to stop.

Moments and spans are milliseconds; `draw` is a random number from 0 to 1, so that many halls and many
messages that failed together do not come back together.
"""

from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from enum import StrEnum
from typing import Literal

from shared.domain.moments import aware

SECOND = 1000
MOST_ATTEMPTS = 12
_FIRST_PAUSE, _LONGEST_PAUSE = 5 * SECOND, 15 * 60 * SECOND
_LONGEST_ASKED = 3600 * SECOND
"""A gateway that asks for more is asked again after an hour."""
_BACKWARD = frozenset({401, 403})
_AGAIN = frozenset({408, 425, 429})


Reason = Literal["", "timeout", "unreachable", "tls", "cut", "status"]
"""Why an attempt failed: no answer in time, no connection, no trust, an answer that broke off, a status."""


class Verdict(StrEnum):
    """What an attempt means for its message."""

    SENT = "sent"
    AGAIN = "again"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Attempt:
    """What came of one attempt. `reason` is a word of ours; `status` None when no answer came (HTTP else).

    `asked` is the pause the gateway asks for (ms); `hurts` says that the gateway itself is at fault, which
    its next message would meet as well.
    """

    verdict: Verdict
    reason: Reason = ""
    status: int | None = None
    asked: int | None = None
    hurts: bool = False


def answered(status: int, asked: int | None = None) -> Attempt:
    """What a status means (RFC 9110): 2xx taken; 408, 425, 429 and 5xx later; all else never."""
    if 200 <= status < 300:
        return Attempt(Verdict.SENT, status=status)
    again = status in _AGAIN or status >= 500
    verdict = Verdict.AGAIN if again else Verdict.REFUSED
    return Attempt(verdict, "status", status, asked if again else None, again or status in _BACKWARD)


def unanswered(reason: Reason) -> Attempt:
    """No answer: whether the gateway took the message is not known, so it is sent again under its own id."""
    return Attempt(Verdict.AGAIN, reason, hurts=True)


def asked_pause(header: str | None, now: datetime) -> int | None:
    """The pause that `Retry-After` asks for (RFC 9110, 10.2.3): seconds, or a date. None for nonsense."""
    if header is None:
        return None
    text = header.strip()
    if text.isascii() and text.isdecimal():
        return min(int(text[:9]) * SECOND, _LONGEST_ASKED)
    try:
        moment = aware(parsedate_to_datetime(text))
    except ValueError:
        return None
    return min(max(0, round((moment - aware(now)).total_seconds() * SECOND)), _LONGEST_ASKED)


def pause_after(attempts: int, asked: int | None, draw: float) -> int:
    """The pause before the next attempt: doubled each time, half of it chance; at least what was asked."""
    pause = min(_FIRST_PAUSE << min(attempts - 1, 16), _LONGEST_PAUSE)
    return max(asked or 0, round(pause * (1 + draw) / 2))


@dataclass(slots=True)
class Breaker:
    """Stops sending to a gateway that does not work: closed, open, or one message to try it.

    It opens after `threshold` failures in a row, for a pause that doubles as long as trials fail.
    """

    threshold: int = 5
    first_pause: int = 30 * SECOND
    longest_pause: int = 600 * SECOND
    failures: int = 0
    opened: int = field(default=0, init=False)
    open_until: int | None = field(default=None, init=False)

    def room(self, now: int) -> int | None:
        """How many messages may go now; None for any number."""
        if self.open_until is None:
            return None
        return 0 if now < self.open_until else 1

    def succeeded(self) -> None:
        """The gateway works."""
        self.failures = self.opened = 0
        self.open_until = None

    def failed(self, now: int, draw: float, asked: int | None = None) -> None:
        """The gateway does not work, or asks to be left alone for a while."""
        self.failures += 1
        if self.open_until is not None and now < self.open_until:
            return  # it went off before the breaker opened
        pause = asked or 0
        if self.failures >= self.threshold or self.open_until is not None:
            spread = round((self.first_pause << min(self.opened, 16)) * (1 + draw) / 2)
            pause = max(pause, min(spread, self.longest_pause))
            self.opened += 1
        if pause:
            self.open_until = now + pause


@dataclass(slots=True)
class Pace:
    """At most so many messages a minute: a bucket that fills evenly and holds five seconds' worth."""

    per_minute: int
    _room: float = field(default=-1.0, init=False)
    _at: int = field(default=0, init=False)

    @property
    def most(self) -> float:
        """What the bucket holds; one message at least."""
        return max(1.0, self.per_minute / 12)

    def take(self, now: int, wanted: int) -> int:
        """How many of `wanted` may go now; they count as gone."""
        passed = max(0, now - self._at)
        self._room = (
            self.most
            if self._room < 0
            else min(self.most, self._room + passed * self.per_minute / (60 * SECOND))
        )
        self._at = now
        given = min(wanted, int(self._room))
        self._room -= given
        return given
