"""What the hall tells citizens who are not there: its kinds, and their texts in two languages.

A text names no person and no matter: it may be read by whoever holds the telephone. Gateways for SMS want
approved templates, so each kind keeps its fields apart from its text (see shared/docs/messages.md).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from shared.domain.contact import Contact, Language
from shared.domain.moments import aware


class Kind(StrEnum):
    """Why a message is sent."""

    BOOKED = "booked"
    MOVED = "moved"
    CANCELLED = "cancelled"
    WITHDRAWN = "withdrawn"
    OFFERED = "offered"
    DAY_BEFORE = "day_before"
    THREE_AHEAD = "three_ahead"
    RESULT_READY = "result_ready"
    PROOF = "proof"
    TEST = "test"


MOST_PARTS = 2
"""SMS parts of the longest text, whatever its fields hold."""

FIELD_LENGTHS: Mapping[str, int] = MappingProxyType(
    {"number": 8, "lane": 28, "place": 48, "day": 24, "time": 5, "until": 24, "code": 12}
)
"""The fields of all texts, and the most characters of each: what a hall's file allows for them."""

TEMPLATES: Mapping[Kind, tuple[str, str]] = MappingProxyType(
    {
        Kind.BOOKED: (
            "预约成功：{day} {time}，{lane}，预约码 {code}。到后请先在取号机签到。",
            "Booked: {day} {time}, {lane}, code {code}. Please check in at a kiosk when you arrive.",
        ),
        Kind.MOVED: (
            "预约已改到 {day} {time}，{lane}，预约码 {code}。原来的时间不再保留。",
            "Moved to {day} {time}, {lane}, code {code}. Your earlier time is no longer kept.",
        ),
        Kind.CANCELLED: (
            "您 {day} {time} 的{lane}预约已取消。",
            "Your booking of {day} {time}, {lane}, is cancelled.",
        ),
        Kind.WITHDRAWN: (
            "抱歉，您 {day} {time} 的{lane}预约受窗口安排影响，请凭预约码 {code} 另选时间。",
            "Sorry, we cannot keep {day} {time}, {lane}. Please choose another time with code {code}.",
        ),
        Kind.OFFERED: (
            "候补有位：{day} {time}，{lane}。请在 {until} 前凭预约码 {code} 确认，逾时将让给下一位。",
            "A place is free: {day} {time}, {lane}. Confirm with code {code} by {until}, or it goes on.",
        ),
        Kind.DAY_BEFORE: (
            "提醒：您预约了明天 {day} {time}，{lane}，预约码 {code}。不来请提前取消。",
            "You are booked tomorrow, {day} {time}, {lane}, code {code}. Please cancel if you cannot come.",
        ),
        Kind.THREE_AHEAD: (
            "{number} 号：前面不到 4 人，请到{place}等候。",
            "{number}: three people or fewer ahead of you. Please come to {place}.",
        ),
        Kind.RESULT_READY: (
            "您以 {number} 号办理的事项已有结果，请带有效证件到{place}领取。",
            "The result of your visit {number} is ready. Please bring your ID card to {place}.",
        ),
        Kind.PROOF: (
            "预约验证码 {code}，5 分钟内有效。请勿告诉他人。",
            "Your booking code is {code}, good for 5 minutes. Do not give it to anyone.",
        ),
        Kind.TEST: ("这是一条测试消息。", "This is a test message."),
    }
)


@dataclass(frozen=True, slots=True)
class Message:
    """One thing to tell one person.

    `about` says what it is about (`ticket:17`, `booking:4`): of one kind about one thing there is one message
    for each `occasion`, such as the time it was moved to. It is not sent before `not_before`, nor after
    `deadline`, from which on it would only confuse.
    """

    kind: Kind
    contact: Contact
    about: str
    fields: Mapping[str, str]
    deadline: datetime
    not_before: datetime | None = None
    occasion: str = ""

    def __post_init__(self) -> None:
        aware(self.deadline)
        if self.not_before is not None and aware(self.not_before) >= self.deadline:
            raise ValueError("a message must have time between its first moment and its deadline")
        text_of(self.kind, self.contact.language, self.fields)


def text_of(kind: Kind, language: Language, fields: Mapping[str, str]) -> str:
    """The text. Raises ValueError for a field that is missing, too long, or of more than one line."""
    wanted = fields_of(kind)
    if set(fields) != wanted:
        raise ValueError(
            f"{kind} has the fields {', '.join(sorted(wanted))}, not {', '.join(sorted(fields))}"
        )
    for name, value in fields.items():
        if not value or len(value) > FIELD_LENGTHS[name] or not value.isprintable():
            raise ValueError(f"{name} of {kind} is one line of 1 to {FIELD_LENGTHS[name]} characters")
    return _template(kind, language).format(**fields)


def fields_of(kind: Kind) -> frozenset[str]:
    """The fields that a kind's texts have, in both languages."""
    return frozenset(name for name in FIELD_LENGTHS if f"{{{name}}}" in TEMPLATES[kind][0])


def _template(kind: Kind, language: Language) -> str:
    return TEMPLATES[kind][0 if language == "zh" else 1]
