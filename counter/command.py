"""One press of a key: what is asked of the hub, and the id under which it is asked, however often."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from shared.protocol.messages import Request, Ticket
from shared.protocol.request_id import new_request_id

STILL_MEANT = timedelta(seconds=60)
"""A command whose answer was lost is asked for again within this time. After it, the citizen who was meant
may have gone, and the clerk decides anew."""


@dataclass(frozen=True, slots=True)
class Command:
    """A route with its body and parameters, made once per press. `pressed_at` is monotonic seconds."""

    action: str
    route: str
    pressed_at: float
    body: Request | None = None
    params: dict[str, Any] = field(default_factory=dict)
    request_id: str = field(default_factory=new_request_id)

    def is_still_meant(self, monotonic: float) -> bool:
        """Whether it may still be asked for again."""
        return monotonic - self.pressed_at < STILL_MEANT.total_seconds()


def is_seen(answer: object, no: int, current: Ticket | None) -> bool:
    """Whether what this window has (`current`) shows what the hub answered already.

    The answer and the fact travel on two connections; keys wait for both, so that each press is judged by
    the state it was made for.
    """
    if not isinstance(answer, Ticket):
        return True
    if answer.window == no and answer.state in ("called", "serving"):
        return current is not None and (current.id, current.state, current.calls) == (
            answer.id,
            answer.state,
            answer.calls,
        )
    return current is None or current.id != answer.id
