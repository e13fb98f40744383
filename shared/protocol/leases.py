"""What the hub's routes say of numbers lent to kiosks: blocks of them, and what was given of them."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta

from shared.domain.ordering import Priority
from shared.protocol.messages import Answer, Letter, Line, Request, SlipEvent


class HeldBlock(Request, frozen=True):
    """A block that the kiosk has stored, and the first of its numbers that it has not used."""

    lease: int
    unused: int


class LeaseNumbers(Request, frozen=True):
    """Ask for numbers. `held` are all blocks in the kiosk's store: any other is over."""

    held: Annotated[list[HeldBlock], Meta(max_length=500)]


class Opening(Answer, frozen=True):
    """A span in which a lane gives numbers."""

    start: datetime
    end: datetime


class Block(Answer, frozen=True):
    """Numbers `first` to `last` of a lane on a business day, for this device alone."""

    lease: int
    day: date
    lane: Letter
    first: int
    last: int


class LaneDay(Answer, frozen=True):
    """When a lane gives numbers on a business day."""

    day: date
    lane: Letter
    open: list[Opening]


class LeasedNumbers(Answer, frozen=True):
    """Every block that the kiosk may give from, and when. `day_change` is hh:mm; `now` is the hub's clock."""

    now: datetime
    day: date
    day_change: str
    blocks: list[Block]
    lanes: list[LaneDay]


class ReconcileNumber(Request, frozen=True, kw_only=True):
    """A number that was given without the hub. `instead_of` is the request id of a `take_ticket` that got no
    answer: it is undone. `slip` `voided`: nobody holds the number.
    """

    number: Annotated[int, Meta(ge=1)]
    taken_at: datetime
    priority: Priority = Priority.NONE
    matter: Line | None = None
    slip: SlipEvent | Literal["voided"]
    instead_of: UUID | None = None
