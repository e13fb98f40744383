"""How often an address may look a booking up in vain: short codes are short, and are not to be guessed."""

from collections import deque
from datetime import datetime, timedelta

_MOST = 10
_WITHIN = timedelta(minutes=10)
_ADDRESSES = 4096


class LookupGuard:
    """Counts wrong codes of each network address; those of long ago are forgotten."""

    def __init__(self) -> None:
        self._wrong: dict[str, deque[datetime]] = {}

    def admits(self, asker: str, now: datetime) -> bool:
        """Whether it may try again."""
        wrong = self._wrong.get(asker, deque())
        while wrong and wrong[0] <= now - _WITHIN:
            wrong.popleft()
        return len(wrong) < _MOST

    def count(self, asker: str, now: datetime) -> None:
        """Note a wrong code. Of very many addresses the oldest is forgotten."""
        if asker not in self._wrong and len(self._wrong) >= _ADDRESSES:
            del self._wrong[next(iter(self._wrong))]
        self._wrong.setdefault(asker, deque(maxlen=_MOST)).append(now)
