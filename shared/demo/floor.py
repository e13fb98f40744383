"""The floor of the hall: which citizen holds which ticket, what has become of them, and the hub's clock."""

import threading
import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from shared.demo.story import Citizen, Turn
from shared.protocol.messages import TakenTicket

END_STATES = {"done", "cancelled", "expired"}


@dataclass(slots=True)
class Visit:
    """A citizen's day as it went."""

    citizen: Citizen
    taken: TakenTicket
    taken_at: datetime
    called_at: datetime | None = None
    window: int | None = None
    outcome: str = ""
    twisted: bool = False
    """Whether what the story has for them has happened."""

    @property
    def as_intended(self) -> bool:
        """Whether the day ended as the story has it."""
        if self.citizen.turn is Turn.CANCELS:  # unless a clerk was quicker
            return self.outcome in ("cancelled", "served")
        return self.outcome == "served"

    def summary(self) -> str:
        """One line for citizens.txt."""
        ticket = self.taken.ticket
        waited = (
            ""
            if self.called_at is None
            else f"{(self.called_at - self.taken_at).total_seconds() / 60:5.1f} min"
        )
        window = f"window {self.window:>2}" if self.window else "-"
        return (
            f"{ticket.number:<6}{self.citizen.name[0]}*  {self.taken_at:%H:%M}  waited {waited:>9}  "
            f"{window:<10} {self.outcome or 'left waiting':<13} {self.citizen.matter.name}"
            + (f"  ({self.citizen.turn})" if self.citizen.turn is not Turn.PLAIN else "")
        )


@dataclass(slots=True)
class Fate:
    """What became of a ticket so far."""

    called_at: datetime | None = None
    window: int | None = None
    outcome: str = ""


@dataclass(slots=True)
class Floor:
    """Shared by all actors; its methods may be called from any thread."""

    opened: datetime
    speed: float
    visits: dict[int, Visit] = field(default_factory=dict)
    early: dict[int, Fate] = field(default_factory=dict)
    """What befell tickets whose citizen is still at the kiosk."""
    over: threading.Event = field(default_factory=threading.Event)
    _began: float = field(default_factory=time.monotonic)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def now(self) -> datetime:
        """The hall's time, as the hub's clock has it within a second or two."""
        return self.opened + timedelta(seconds=(time.monotonic() - self._began) * self.speed)

    def wait_until(self, minute: int) -> bool:
        """Wait until so many minutes after midnight of the hall's day; False when the day is over."""
        midnight = self.opened.replace(hour=0, minute=0, second=0)
        left = (midnight + timedelta(minutes=minute) - self.now()).total_seconds() / self.speed
        return not self.over.wait(max(0.0, left))

    def pass_minutes(self, minutes: float) -> bool:
        """Let the hall's minutes pass; False when the day is over."""
        return not self.over.wait(minutes * 60 / self.speed)

    def enter(self, citizen: Citizen, taken: TakenTicket) -> Visit:
        """A citizen holds a number; a quick clerk may have called it before they left the kiosk."""
        with self._lock:
            visit = Visit(citizen, taken, taken.ticket.taken_at)
            known = self.early.pop(taken.ticket.id, Fate())
            visit.called_at, visit.window, visit.outcome = known.called_at, known.window, known.outcome
            self.visits[taken.ticket.id] = visit
            return visit

    def find(self, ticket: int) -> Visit | None:
        """Whose ticket this is."""
        with self._lock:
            return self.visits.get(ticket)

    def called(self, ticket: int, window: int) -> None:
        """A window called the ticket."""
        fate = self._fate(ticket)
        fate.called_at = fate.called_at or self.now()
        fate.window = window

    def ended(self, ticket: int, outcome: str) -> None:
        """The visit is over."""
        self._fate(ticket).outcome = outcome

    def _fate(self, ticket: int) -> "Visit | Fate":
        with self._lock:
            return self.visits.get(ticket) or self.early.setdefault(ticket, Fate())

    def progress(self) -> tuple[int, int]:
        """How many hold or held a number, and how many are done."""
        with self._lock:
            return len(self.visits), sum(bool(visit.outcome) for visit in self.visits.values())
