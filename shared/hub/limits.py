"""How much a device or an address may ask for. Generous: a hall at its busiest never meets them.

When the doors open a whole Wi-Fi may load 500 tickets' pages in a minute from one address; a kiosk that
comes back from an outage brings in some hundred numbers at once. This machine's own programs are not counted.
"""

import time
from collections.abc import Callable

from starlette.types import Scope

from shared.domain.refusals import Refused
from shared.hub.guard import Rates
from shared.hub.peer import address_of, is_loopback, source_of
from shared.services.people import Actor

_PAGES_AT_ONCE, _PAGES_PER_SECOND = 300, 30.0
_WRONG_AT_ONCE, _WRONG_PER_SECOND = 60, 1.0
_DEVICE_AT_ONCE, _DEVICE_PER_SECOND = 600, 100.0
_PINS_AT_ONCE, _PINS_PER_SECOND = 20, 20 / (15 * 60)


class Limits:
    """Counts in memory, bounded; raises Refused("too_many_requests") with the seconds to wait.

    `clock` gives seconds that only grow.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._pages = Rates(_PAGES_AT_ONCE, _PAGES_PER_SECOND)
        self._wrong = Rates(_WRONG_AT_ONCE, _WRONG_PER_SECOND)
        self._devices = Rates(_DEVICE_AT_ONCE, _DEVICE_PER_SECOND)
        self._pins = Rates(_PINS_AT_ONCE, _PINS_PER_SECOND)

    def page(self, scope: Scope) -> None:
        """Somebody asks who needs no credential."""
        if not is_loopback(address_of(scope)):
            _require(self._pages.wait(source_of(scope), self._clock()))

    def device(self, scope: Scope, actor: Actor) -> None:
        """A device asks, or who is signed in at it."""
        if not is_loopback(address_of(scope)):
            _require(self._devices.wait(str(actor.device), self._clock()))

    def unknown(self, scope: Scope) -> None:
        """Somebody shows a credential that has to be looked up: not after too many wrong ones."""
        if not is_loopback(address_of(scope)):
            _require(self._wrong.left_to_wait(source_of(scope), self._clock()))

    def wrong(self, scope: Scope) -> None:
        """It was none."""
        self._wrong.wait(source_of(scope), self._clock())

    def pins(self, device: int) -> None:
        """Somebody tries a PIN at a device: not after too many wrong ones, whoever's they were."""
        _require(self._pins.left_to_wait(str(device), self._clock()))

    def wrong_pin(self, device: int) -> None:
        """It was wrong."""
        self._pins.wait(str(device), self._clock())


def _require(seconds: int) -> None:
    if seconds:
        raise Refused("too_many_requests", seconds=seconds)
