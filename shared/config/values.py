"""What a hall is configured to be: frozen values, whole and consistent once `load_hall` returns them.

These values are the contract with the rest of the program; the reading and its messages are beside them.
"""

from dataclasses import dataclass, field
from datetime import time
from typing import Literal

from shared.config.gateway import GatewayConfig
from shared.domain.hours import WeekHours
from shared.domain.rules import Rules
from shared.domain.windows import Takes

WindowKind = Literal["general", "zone", "video", "assisted"]
ClerkRole = Literal["clerk", "manager"]
Audience = Literal["citizen", "business", "both"]

DAY_CHANGE = time(3)
"""The local time of the rollover unless the hall says otherwise: nobody waits then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LaneConfig:
    """A line with a letter. `minutes_per_person` serves until there is history of its own."""

    letter: str
    name: str
    name_en: str
    place: str
    place_en: str
    hours: WeekHours
    minutes_per_person: float = 6.0
    on_kiosk: bool = True
    """False for lanes that only clerks send people to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowConfig:
    """A numbered desk and the letters of the lanes it may call."""

    no: int
    name: str
    kind: WindowKind
    place: str
    lanes: tuple[str, ...]
    """Its own lanes."""
    also: tuple[str, ...] = ()
    """1+X: lanes that it takes as well, by the rule of `also_when`."""
    also_when: Takes = field(default_factory=Takes)
    hours: WeekHours | None = None
    """When somebody is there, within the hours of its lanes; None: in all of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterConfig:
    """Something to have done. `promise_days` are working days; `minutes` is the usual stay at the window."""

    id: str
    name: str
    name_en: str
    lane: str
    department: str
    materials: tuple[str, ...] = ()
    promise_days: int | None = None
    minutes: int = 10
    bundle: bool = False
    """True for 一件事: several matters done at once."""
    audience: Audience = "both"
    note: str = ""
    aliases: tuple[str, ...] = ()
    """Everyday words that people search for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClerkConfig:
    """A person at a window. The PIN never appears in a `repr`, and so in no log and no digest."""

    number: str
    name: str
    role: ClerkRole
    pin: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeConfig:
    """A line for the boards' foot."""

    zh: str
    en: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HallConfig:
    """One hall. `day_change` is the local time of the rollover; `languages` are spoken in calls, in order."""

    name: str
    name_en: str
    sample: bool = False
    public_url: str | None = None
    day_change: time = DAY_CHANGE
    languages: tuple[str, ...] = ("zh", "en")
    lanes: tuple[LaneConfig, ...] = ()
    windows: tuple[WindowConfig, ...] = ()
    matters: tuple[MatterConfig, ...] = ()
    clerks: tuple[ClerkConfig, ...] = ()
    notices: tuple[NoticeConfig, ...] = ()
    rules: Rules = field(default_factory=Rules)
    messages: GatewayConfig | None = None
    """Where messages to citizens go; None for nowhere."""
