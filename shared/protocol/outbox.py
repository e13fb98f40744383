"""What the hub's routes say of messages to citizens. No address is among it but masked."""

from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta

from shared.domain.delivery import Reason
from shared.protocol.messages import Answer, Count, Request

MessageState = Literal["waiting", "sent", "dead", "expired", "withdrawn", "dropped"]


class LeaveContact(Request, frozen=True):
    """Where to tell the holder of a ticket: `phone` as typed, or a WeChat `openid`; exactly one of the two.

    `turn`: when three are ahead. `result`: when the result can be fetched.
    """

    purposes: Annotated[list[Literal["turn", "result"]], Meta(min_length=1, max_length=2)]
    phone: Annotated[str, Meta(max_length=40)] | None = None
    openid: Annotated[str, Meta(max_length=64)] | None = None
    language: Literal["zh", "en"] = "zh"


class GatewayNow(Answer, frozen=True):
    """The gateway as it stands. `host` null: none is configured, and nothing is sent.

    `problem` says what an operator must put right; `resting_seconds` is how long a gateway that does not work
    is left alone yet.
    """

    host: str | None
    problem: str
    resting_seconds: Count


class OutboxMessage(Answer, frozen=True):
    """One message. `reason` and `status` are of the last attempt that failed."""

    id: int
    kind: str
    about: str
    channel: Literal["sms", "wechat"]
    language: Literal["zh", "en"]
    masked: str
    state: MessageState
    attempts: Count
    reason: Reason
    status: int | None
    made_at: datetime
    not_before: datetime
    next_at: datetime
    deadline: datetime
    ended_at: datetime | None


class Outbox(Answer, frozen=True):
    """The gateway, how many messages are in which state; those that failed, wait, were the latest."""

    gateway: GatewayNow
    counts: dict[MessageState, int]
    oldest_due: datetime | None
    dead: list[OutboxMessage]
    waiting: list[OutboxMessage]
    latest: list[OutboxMessage]


class GatewayTried(Answer, frozen=True):
    """What came of a test message. `reason` is empty when the gateway took it."""

    is_taken: bool
    host: str
    reason: Reason
    status: int | None
    seconds: float
