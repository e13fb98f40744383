"""How often somebody may ask: an address that looks bookings up in vain, and anybody anything at all."""

from collections import OrderedDict, deque
from datetime import datetime, timedelta
from math import ceil

from shared.domain.refusals import Refused
from shared.services.access import CODE_LIFE

_MOST = 10
_WITHIN = timedelta(minutes=10)
_ADDRESSES = 4096
CODE_TRIES, ALL_CODE_TRIES = 20, 200
"""Wrong enrolment codes within CODE_LIFE, from one address and from anywhere."""


class LookupGuard:
    """Counts wrong codes of each network address: short codes are short, and are not to be guessed.

    Those of long ago are forgotten.
    """

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._wrong: dict[str, deque[datetime]] = {}

    def admits(self, asker: str, now: datetime) -> bool:
        """Whether it may try again."""
        wrong = self._wrong.get(asker, deque())
        while wrong and wrong[0] <= now - _WITHIN:
            wrong.popleft()
        return len(wrong) < self._most

    def count(self, asker: str, now: datetime) -> None:
        """Note a wrong code. Of very many addresses the oldest is forgotten."""
        if asker not in self._wrong and len(self._wrong) >= _ADDRESSES:
            del self._wrong[next(iter(self._wrong))]
        self._wrong.setdefault(asker, deque(maxlen=self._most)).append(now)


class CodeGuard:
    """Keeps strangers from trying enrolment codes: one address soon, and all of them together."""

    def __init__(self) -> None:
        self._askers = LookupGuard(CODE_TRIES)
        self._wrong: deque[datetime] = deque(maxlen=ALL_CODE_TRIES)

    def check(self, asker: str, now: datetime) -> None:
        """Raise Refused("locked_out") after too many wrong codes."""
        is_full = len(self._wrong) == ALL_CODE_TRIES and now - self._wrong[0] < CODE_LIFE
        if is_full or not self._askers.admits(asker, now):
            raise Refused("locked_out", minutes=CODE_LIFE // timedelta(minutes=1))

    def count(self, asker: str, now: datetime) -> None:
        """A code was wrong."""
        self._wrong.append(now)
        self._askers.count(asker, now)


class Rates:
    """How often somebody may do something: so often at once, then so often a second (a token bucket).

    Moments are seconds of a monotonic clock. Of very many callers, who has not come for longest is forgotten.
    """

    def __init__(self, at_once: int, per_second: float, most: int = _ADDRESSES) -> None:
        self._at_once = at_once
        self._per_second = per_second
        self._most = most
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, who: str, now: float) -> int:
        """0 when `who` may, and it is counted; else the whole seconds until they may again."""
        left = self._now(who, now)
        if left < 1:
            return ceil((1 - left) / self._per_second)
        self._keep(who, left - 1, now)
        return 0

    def is_spent(self, who: str, now: float) -> bool:
        """Whether `who` may not; nothing is counted."""
        return self._now(who, now) < 1

    def _now(self, who: str, now: float) -> float:
        left, at = self._left.get(who, (float(self._at_once), now))
        return min(self._at_once, left + (now - at) * self._per_second)

    def _keep(self, who: str, left: float, now: float) -> None:
        self._left[who] = (left, now)
        self._left.move_to_end(who)
        if len(self._left) > self._most:
            self._left.popitem(last=False)
