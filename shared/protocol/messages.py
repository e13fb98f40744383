"""Requests and answers of the hub as typed JSON. Moments are ISO 8601 with an offset.

Requests refuse unknown fields, so a misspelt one is told and not ignored. Answers may grow: a client
ignores what it does not know.
"""

from datetime import date, datetime
from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from shared.domain.ordering import Priority
from shared.domain.rating import RatingReason
from shared.domain.rules import Rules
from shared.domain.ticket import State
from shared.domain.why import Code
from shared.domain.workdays import DayKind

Letter = Annotated[str, Meta(pattern="^[A-Z]$")]
Line = Annotated[str, Meta(min_length=1, max_length=60)]
Text = Annotated[str, Meta(max_length=200)]
Count = Annotated[int, Meta(ge=0)]
WindowNo = Annotated[int, Meta(ge=1, le=999)]
Role = Literal["citizen-kiosk", "counter", "display", "manager"]
WindowState = Literal["closed", "open", "paused"]
PartState = Literal[
    "ready",
    "near_end",
    "paper_out",
    "cover_open",
    "cutter",
    "frozen",
    "black",
    "error",
    "silent",
    "unknown",
]
"""The states of `hardware.device.DeviceState`, as reports carry them."""
SlipEvent = Literal["printed", "unconfirmed", "reprinted", "received", "shown"]


class Request(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Base of every request body."""


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """Base of every answer body."""


# -- requests ---------------------------------------------------------------------------------------


class Nothing(Request, frozen=True):
    """An empty body `{}`."""


class Identity(Request, frozen=True):
    """What an ID card says, or what a citizen typed. The hub keeps the number as a keyed HMAC only."""

    number: Annotated[str, Meta(min_length=18, max_length=18)]
    name: Annotated[str, Meta(max_length=60)] = ""
    source: Literal["card", "typed"] = "card"


class TakeTicket(Request, frozen=True):
    """Take a number for a matter or for a lane (exactly one of the two)."""

    channel: Literal["kiosk", "desk", "phone"]
    lane: Letter | None = None
    matter: Line | None = None
    identity: Identity | None = None
    priority: Priority = Priority.NONE


class FindTickets(Request, frozen=True):
    """Find the live tickets of the person before the kiosk."""

    identity: Identity


class ReadCode(Request, frozen=True):
    """Ask how the ticket is whose code was scanned: its address, or the bare token."""

    code: Annotated[str, Meta(min_length=1, max_length=2048)]


class RecordSlip(Request, frozen=True):
    """What became of the slip: `unconfirmed` means the printer gave no proof; `received`, that the citizen
    said it came out all the same.
    """

    outcome: SlipEvent


class VoidTicket(Request, frozen=True):
    """Why nobody holds the number: its slip did not come out, or the citizen left before it was known."""

    why: Literal["no_slip", "no_answer"]


class CallNext(Request, frozen=True):
    """Call the next ticket; `finish_current` finishes the one being served in the same transaction."""

    finish_current: bool = False


class CallTicket(Request, frozen=True):
    """Call one chosen ticket out of order; the reason is a fact."""

    reason: Line


class Transfer(Request, frozen=True):
    """Send a ticket to a lane or to a window (exactly one). `and_back`: it returns to this window after."""

    lane: Letter | None = None
    window: WindowNo | None = None
    note: Text = ""
    and_back: bool = False


class Reason(Request, frozen=True):
    """Why."""

    reason: Line


class RateTicket(Request, frozen=True):
    """What the citizen says of the service at `window`: 5 very satisfied to 1 very dissatisfied.

    `reasons` (codes of shared.domain.rating) go with 1 and 2 only, and may be empty.
    """

    window: WindowNo
    level: Annotated[int, Meta(ge=1, le=5)]
    reasons: Annotated[list[RatingReason], Meta(max_length=len(RatingReason))] = []


class SignIn(Request, frozen=True):
    """A clerk's number and PIN."""

    clerk: Line
    pin: Annotated[str, Meta(max_length=64)]


class OfferDevice(Request, frozen=True):
    """Ask for a short-lived code with which one device may enrol."""

    role: Role
    name: Line
    window: WindowNo | None = None


class Enrol(Request, frozen=True):
    """Exchange a code for a credential of one's own."""

    code: Annotated[str, Meta(max_length=32)]


class PostNotice(Request, frozen=True):
    """A notice for the boards' foot."""

    zh: Annotated[str, Meta(min_length=1, max_length=120)]
    en: Annotated[str, Meta(max_length=240)] = ""


class RollDay(Request, frozen=True):
    """Move the business day on to `day`, which must be later than the stored one."""

    day: date


class ChangeRules(Request, frozen=True):
    """Change figures of the posted order; those left out stay. `longest_wait` null: no such rule."""

    credits: dict[Priority, int] = {}
    elderly_from_age: int | UnsetType = UNSET
    return_penalty: int | UnsetType = UNSET
    appointment_early: int | UnsetType = UNSET
    appointment_late: int | UnsetType = UNSET
    appointment_share: int | UnsetType = UNSET
    longest_wait: int | UnsetType | None = UNSET


class ChangeWorkdays(Request, frozen=True):
    """Change the work calendar: `text` is a file workdays.toml; empty for the calendar as published."""

    text: Annotated[str, Meta(max_length=64_000)]


class PartReport(Request, frozen=True):
    """How one part (printer, idcard, scanner, voice ...) of a device is. `detail` is for the technician."""

    kind: Annotated[str, Meta(pattern="^[a-z_]{1,24}$")]
    state: PartState
    detail: Text = ""


class ReportParts(Request, frozen=True):
    """All parts of the device that reports; one that is left out is no longer there."""

    parts: Annotated[list[PartReport], Meta(max_length=16)]


# -- answers ----------------------------------------------------------------------------------------


class Estimate(Answer, frozen=True):
    """A wait in minutes (10 % to 90 % interval), or `long` without minutes above 50 ahead or two hours."""

    kind: Literal["minutes", "long"]
    low: int = 0
    high: int = 0


class Ticket(Answer, frozen=True):
    """One place in a lane, as any enrolled device may see it. `holder` is masked (张*)."""

    id: int
    number: str
    lane: str
    state: State
    taken_at: datetime
    sort_at: datetime
    priority: Priority
    due_at: datetime | None = None
    """From then on it goes first: an appointment's time, or the longest wait of the rules."""
    booked_for: datetime | None = None
    """The appointment's time; null for a walk-in."""
    matter: str | None = None
    holder: str = ""
    ahead: int | None = None
    """People waiting before this one; null unless it waits."""
    estimate: Estimate | None = None
    window: int | None = None
    """The window that has it (called, serving, held, missed, done)."""
    for_window: int | None = None
    """The only window that may call it, after a transfer to a window."""
    back_to: int | None = None
    calls: Count = 0
    called_at: datetime | None = None
    started_at: datetime | None = None
    returned: bool = False
    note: str = ""
    """The note of a transfer; empty for anyone but clerks."""


class TakenTicket(Answer, frozen=True):
    """A ticket with the address of its phone page (for the QR); only the device that took it sees this."""

    ticket: Ticket
    url: str


class FoundTickets(Answer, frozen=True):
    """The live tickets of one person."""

    tickets: list[TakenTicket]


class FullName(Answer, frozen=True):
    """The holder's full name; each look at it is a fact."""

    name: str


class Lane(Answer, frozen=True):
    """A line with a letter. `opens_at` is the next opening when it is not open."""

    letter: str
    name: str
    name_en: str
    place: str
    """Where its windows are, as printed on the slip: `二楼 东区 1-10 号窗口`."""
    place_en: str
    waiting: Count
    estimate: Estimate | None
    open: bool
    closes_at: datetime | None
    opens_at: datetime | None
    closed_reason: str = ""
    windows: list[int] = []
    hours: str = ""
    """The week's hours in words: `周一至周五 09:00-12:00 13:00-17:00`."""
    on_kiosk: bool = True
    """False for lanes that only clerks send people to."""


class Matter(Answer, frozen=True):
    """Something one can have done. `promise_days` counts working days."""

    id: str
    name: str
    name_en: str
    lane: str
    department: str
    materials: list[str]
    promise_days: int | None
    minutes: int
    """Usual minutes at the window."""
    bundle: bool = False
    """True for 一件事: several matters done at once."""
    audience: Literal["citizen", "business", "both"] = "both"
    note: str = ""


class Window(Answer, frozen=True):
    """A numbered desk. `ticket` is the number before it now."""

    no: int
    name: str
    kind: Literal["general", "zone", "video", "assisted"]
    place: str
    lanes: list[str]
    state: WindowState
    clerk: str = ""
    """Name of the clerk on duty; empty when closed."""
    reason: str = ""
    """Why it is paused."""
    ticket: str = ""
    ticket_state: str = ""
    hours: str = ""
    """Its own hours in Chinese words; empty when it is there whenever its lanes are open."""


class Call(Answer, frozen=True):
    """One call as the boards show and speak it. `seq` is the fact's, `again` counts recalls."""

    seq: int
    at: datetime
    number: str
    window: int
    lane: str
    holder: str
    again: Count


class Notice(Answer, frozen=True):
    """A notice at the boards' foot."""

    id: int
    zh: str
    en: str


class Said(Answer, frozen=True):
    """A sentence for people."""

    zh: str
    en: str


class SpecialDay(Answer, frozen=True):
    """A date that is not what its weekday says; `kind` as `shared.domain.workdays.DayKind`.

    `reason` says why the hall changed it against the published calendar; empty when it did not.
    """

    date: date
    kind: DayKind
    name: str
    name_en: str
    reason: str


class Workdays(Answer, frozen=True):
    """The special days of one year, and the file of changes that the hall keeps, empty without one."""

    year: int
    days: list[SpecialDay]
    text: str


class PostedRules(Answer, frozen=True):
    """The figures of the posted order in minutes, as `shared.domain.rules.Rules` has them."""

    credits: dict[Priority, int]
    elderly_from_age: int
    return_penalty: int
    appointment_early: int
    appointment_late: int
    appointment_share: int
    longest_wait: int | None


class FigureChange(Answer, frozen=True):
    """One figure that was changed, with what people call it. Null stands for no such rule."""

    name: str
    zh: str
    en: str
    before: int | None
    after: int | None


class RulesChange(Answer, frozen=True):
    """Who changed which figures; without `changes` it is how the hall was founded."""

    at: datetime
    who: str
    changes: list[FigureChange]


class RulesPosted(Answer, frozen=True):
    """The posted order: its figures, the numbered sentences of the wall, and its history, newest first."""

    rules: PostedRules
    wall: list[Said]
    history: list[RulesChange]


AS_SHIPPED = msgspec.convert(Rules().as_data(), PostedRules)


class HallInfo(Answer, frozen=True):
    """The hall itself, and how its clock runs: `now` at the answer, `speed` 1 except in a rehearsal."""

    name: str
    name_en: str
    sample: bool
    now: datetime
    speed: float
    day: date
    languages: list[str]
    """Languages spoken in calls, in order."""
    rules: PostedRules = AS_SHIPPED
    public_url: str | None = None
    """Where phones reach the hub, when the hall has set it; its screens' own address need not be one."""
    day_change: str = "00:00"
    """hh:mm at which the business day ends, for clients that go on without the hub."""


class Board(Answer, frozen=True):
    """The whole hall as a screen needs it, true at fact `seq`; follow the event stream from there."""

    seq: int
    hall: HallInfo
    lanes: list[Lane]
    windows: list[Window]
    calls: list[Call]
    """The latest calls, newest first, at most 12."""
    notices: list[Notice]


class Queue(Answer, frozen=True):
    """All live tickets (waiting, called, serving, held, missed), true at fact `seq`."""

    seq: int
    tickets: list[Ticket]


class Before(Answer, frozen=True):
    """One ticket that goes, or was called, before another, and why: a code of shared.domain.why."""

    number: str
    lane: str
    code: Code
    zh: str
    en: str
    window: int | None = None
    """The window that called it, and when; null for one that still waited."""
    called_at: datetime | None = None


class Why(Answer, frozen=True):
    """Why a ticket waited at the moment `at`. Lists hold 50 at most; the counts say how many there are.

    Sentences speak to the holder (您), to staff they give the number.
    """

    number: str
    lane: str
    at: datetime
    own: Said
    """Its own place, or how it stood when it did not wait."""
    ahead: list[Before]
    """Before it in its line, the next first."""
    ahead_count: Count
    beside: list[Before]
    """Before it in other lines that its windows call as well."""
    beside_count: Count
    called: list[Before]
    """Called while it waited, the latest first."""
    called_count: Count
    windows: list[Said]
    """What the windows do that call its line and others."""


class MyDay(Answer, frozen=True):
    """A clerk's own figures of the business day. Minutes are means."""

    served: Count
    missed: Count
    transferred: Count
    serving_minutes: float
    waiting_minutes: float
    rated: Count = 0
    """Ratings in full lots of five, so that no figure points at one citizen."""
    rating: float | None = None
    """Mean level of those (5 best); null before the first lot."""


class Lanes(Answer, frozen=True):
    """All lanes."""

    lanes: list[Lane]


class Windows(Answer, frozen=True):
    """All windows."""

    windows: list[Window]


class Matters(Answer, frozen=True):
    """Matters that fit a search, best first."""

    matters: list[Matter]


class SignedIn(Answer, frozen=True):
    """A clerk's session; `token` is its bearer credential, to be kept in memory only."""

    token: str
    clerk: str
    name: str
    role: Literal["clerk", "manager"]


class DeviceOffer(Answer, frozen=True):
    """A code for one enrolment, good until `expires_at`."""

    code: str
    expires_at: datetime


class Enrolled(Answer, frozen=True):
    """A device's own bearer credential; the hub keeps only its hash."""

    device: int
    token: str
    role: Role
    name: str
    window: int | None


class Device(Answer, frozen=True):
    """An enrolled device."""

    id: int
    name: str
    role: Role
    window: int | None
    enrolled_at: datetime
    revoked_at: datetime | None


class Devices(Answer, frozen=True):
    """All devices that were ever enrolled."""

    devices: list[Device]


class Part(Answer, frozen=True):
    """One part of a device. `since`: by the hub's clock, when this state was first heard of."""

    kind: str
    state: PartState
    detail: str
    since: datetime


class Unit(Answer, frozen=True):
    """A device with its parts. Of one that is not `heard` nothing is known: its parts are `unknown`."""

    id: int
    name: str
    role: Role
    window: int | None
    link: Literal["heard", "silent", "revoked"]
    heard_at: datetime | None
    """Its latest report; null when there was none since the hub's start."""
    parts: list[Part]


class Units(Answer, frozen=True):
    """All devices, worst first. `all_fine`: each was heard lately, and each part of it is ready."""

    now: datetime
    all_fine: bool
    units: list[Unit]


class DayRolled(Answer, frozen=True):
    """The business day after a rollover, and how many tickets ended with the old one."""

    day: date
    expired: Count


class Advice(Answer, frozen=True):
    """One thing that would help in the next hour. Waits in minutes; `zh` and `en` say it."""

    action: Literal["open", "close", "move"]
    window: int
    from_window: int | None
    """For a move: where its clerk comes from."""
    lanes: list[str]
    longest_before: float
    longest_after: float
    mean_before: float
    mean_after: float
    minutes_saved: int
    """Of all people together."""
    zh: str
    en: str


class PastAdvice(Answer, frozen=True):
    """Advice that was given, and what came of it once its hour was over (null before)."""

    at: datetime
    advice: Advice
    followed: bool | None
    came_true: bool | None
    """Whether the longest wait became about what was foreseen, with the advice or without it."""
    longest: float | None


class AdviceNow(Answer, frozen=True):
    """What would help now, best first (empty: nothing would), and the latest advice given."""

    at: datetime | None
    """When the hall was last looked at; null before the first look."""
    now: list[Advice]
    past: list[PastAdvice]


class Health(Answer, frozen=True):
    """How the hub is. `writer_lag_ms`: age of the oldest command not yet on disk.

    `disk_free_mb` and `log_mb` (the write-ahead log) are null when the disk does not answer,
    `checked_seconds` (age of the last self-check that went through) before the first. `backup`: whether the
    second medium has what it should, and since when at worst.
    """

    status: Literal["ok", "degraded"]
    version: str
    sqlite: str
    seq: int
    day: date
    now: datetime
    store: Literal["ok", "failing"]
    writer_lag_ms: float
    subscribers: Count
    devices: Count
    disk_free_mb: Count | None
    log_mb: float | None
    checked_seconds: float | None
    backup: Literal["none", "ok", "failing"]
    last_backup_at: datetime | None


class Problem(Answer, frozen=True):
    """A refusal on the wire (RFC 9457 problem+json with the hall's own code and sentences)."""

    code: str
    status: int
    title: str
    zh: str
    en: str
    fields: dict[str, str] = {}
