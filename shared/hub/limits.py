"""How much a device or an address may ask for. Generous: a hall at its busiest never meets them.

When the doors open a whole Wi-Fi may load 500 tickets' pages in a minute from one address; a kiosk that
comes back from an outage brings in some hundred numbers at once. This machine's own programs are not counted.
"""

import time

from starlette.types import Scope

from shared.domain.refusals import Refused
from shared.hub.guard import Rates
from shared.hub.peer import address_of, is_loopback
from shared.services.people import Actor

_PAGES_AT_ONCE, _PAGES_PER_SECOND = 300, 30.0
_WRONG_AT_ONCE, _WRONG_PER_SECOND = 60, 1.0
_DEVICE_AT_ONCE, _DEVICE_PER_SECOND = 600, 100.0
_PINS_AT_ONCE, _PINS_PER_SECOND = 20, 20 / (15 * 60)


class Limits:
    """Counts in memory, bounded; raises Refused("too_many_requests") with the seconds to wait."""

    def __init__(self) -> None:
        self._pages = Rates(_PAGES_AT_ONCE, _PAGES_PER_SECOND)
        self._wrong = Rates(_WRONG_AT_ONCE, _WRONG_PER_SECOND)
        self._devices = Rates(_DEVICE_AT_ONCE, _DEVICE_PER_SECOND)
        self._pins = Rates(_PINS_AT_ONCE, _PINS_PER_SECOND)

    def page(self, scope: Scope) -> None:
        """Somebody asks who needs no credential."""
        self._count(self._pages, address_of(scope))

    def device(self, scope: Scope, actor: Actor) -> None:
        """A device asks, or who is signed in at it."""
        if not is_loopback(address_of(scope)):
            self._spend(self._devices, str(actor.device))

    def stranger(self, scope: Scope) -> None:
        """Somebody came with a credential that is none; each look at it costs a read."""
        self._count(self._wrong, address_of(scope))

    def pins(self, device: int) -> None:
        """Whether somebody may try a PIN at a device, after so many wrong ones, whoever's they were."""
        if self._pins.is_spent(str(device), time.monotonic()):
            raise Refused("too_many_requests", seconds=self._pins.wait(str(device), time.monotonic()))

    def wrong_pin(self, device: int) -> None:
        """One was wrong."""
        self._pins.wait(str(device), time.monotonic())

    def _count(self, rates: Rates, address: str) -> None:
        if not is_loopback(address):
            self._spend(rates, address)

    def _spend(self, rates: Rates, who: str) -> None:
        if seconds := rates.wait(who, time.monotonic()):
            raise Refused("too_many_requests", seconds=seconds)
