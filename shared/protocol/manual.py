"""What the hub's routes say of calls that windows made by hand while the hub was away (应急手动叫号)."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta

from shared.domain.manual import Conflict, Step
from shared.protocol.messages import Answer, Letter, Line, Request

CallState = Literal["noted", "awaits", "done", "withdrawn", "conflict", "settled"]
"""`noted`: not judged yet; `awaits`: a kiosk that is still away may know the number; `done`: carried out."""
Verdict = Literal["noted", "hall"]
"""Which side a manager believes."""


class NotedStep(Request, frozen=True):
    """One thing that the clerk noted, at a moment by the window's clock."""

    step: Step
    at: datetime


class NoteManualCall(Request, frozen=True, kw_only=True):
    """A call by hand with all that was noted of it so far. `key` is the counter's own name for it.

    `proved`: the clerk had signed in with a PIN before the hub was lost.
    """

    key: UUID
    day: date
    series: Letter
    number: Annotated[int, Meta(ge=1, le=999_999)]
    clerk: Line
    proved: bool
    steps: Annotated[list[NotedStep], Meta(min_length=1, max_length=5)]


class JudgeManualCalls(Request, frozen=True):
    """Ask what came of these calls. What any window noted and nobody judged is judged first."""

    keys: Annotated[list[UUID], Meta(max_length=500)]


class Settlement(Answer, frozen=True):
    """How a person decided."""

    at: datetime
    by: str
    verdict: Verdict
    reason: str


class ManualCall(Answer, frozen=True, kw_only=True):
    """A call by hand as the hub has it. `conflict` says why it was not carried out, also in words."""

    id: int
    key: UUID
    number: str
    window: int
    state: CallState
    conflict: Conflict | None = None
    zh: str = ""
    en: str = ""


class JudgedManualCalls(Answer, frozen=True):
    """`more`: not everything could be judged in one go; ask again."""

    calls: list[ManualCall]
    more: bool


class StepSeen(Answer, frozen=True):
    """A noted step, and whether it was carried out."""

    step: Step
    at: datetime
    carried: bool


class Known(Answer, frozen=True):
    """What the hall knows of the ticket now; `window` has or had it, `clerk` is who called it there."""

    state: str
    window: int | None
    clerk: str
    since: datetime


class ManualCallSeen(Answer, frozen=True, kw_only=True):
    """A call by hand for whoever decides: what was noted, and what the hall has."""

    call: ManualCall
    day: date
    clerk: str
    clerk_name: str
    proved: bool
    steps: list[StepSeen]
    known: Known | None
    settled: Settlement | None = None


class ManualCalls(Answer, frozen=True):
    """Open conflicts, calls that wait for their number, and what was settled last. `conflicts` counts all."""

    conflicts: int
    awaiting: int
    open: list[ManualCallSeen]
    waits: list[ManualCallSeen]
    settled: list[ManualCallSeen]


class SettleManualCall(Request, frozen=True):
    """A manager's verdict on a conflict, and why."""

    verdict: Verdict
    reason: Annotated[str, Meta(min_length=1, max_length=200)]
