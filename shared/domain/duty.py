"""Who is on duty when, and for what: what a rota says to whoever counts places or opens windows."""

from dataclasses import dataclass
from datetime import date

from shared.domain.hours_spans import Span


@dataclass(frozen=True, slots=True)
class OnDuty:
    """A clerk at work for one span of one date, able to serve `lanes`.

    `lanes` are letters, the clerk's skills; a clerk takes one person at a time, from any of them.
    """

    day: date
    clerk: str
    lanes: frozenset[str]
    span: Span
