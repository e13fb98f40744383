"""The event stream: server-sent events (WHATWG HTML, section 9.2) that carry facts.

    id: 1042
    event: fact
    data: {"seq":1042,"at":"2026-11-23T10:32:00+08:00","name":"ticket.called","actor":"clerk:1003","data":{}}

`beat` comes every BEAT_SECONDS with the hub's clock and newest seq; `estimates` carries waits that
changed. Both have no id: only facts move a client's place. A client that was away sends the last id
(`Last-Event-ID` header or `?after=`) and gets every later fact.
"""

from datetime import datetime
from typing import Any

import msgspec

from shared.protocol.messages import Estimate

BEAT_SECONDS = 2.0
SILENT_AFTER_SECONDS = 4.0
"""Two beats: a client that heard nothing for so long shows its data as old: within 5 s on a screen."""


class FactEvent(msgspec.Struct, frozen=True, kw_only=True):
    """A fact on the wire."""

    seq: int
    at: datetime
    name: str
    actor: str
    data: dict[str, Any]


class Beat(msgspec.Struct, frozen=True, kw_only=True):
    """The hub's clock: `now`, its `speed` (1 except in a rehearsal), and the newest fact.

    `failing`: the hub cannot write just now. What it shows is true; whatever is asked of it is refused.
    """

    now: datetime
    speed: float
    seq: int
    failing: bool = False


class Estimates(msgspec.Struct, frozen=True, kw_only=True):
    """Waits for a newcomer by lane letter; null where nothing honest can be said."""

    lanes: dict[str, Estimate | None]


Event = FactEvent | Beat | Estimates
EVENT_TYPES: dict[str, type[FactEvent] | type[Beat] | type[Estimates]] = {
    "fact": FactEvent,
    "beat": Beat,
    "estimates": Estimates,
}
