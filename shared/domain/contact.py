"""Where a citizen wants to be told: a mobile number or a WeChat openid. Masked wherever it is shown."""

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

Language = Literal["zh", "en"]
_PHONE = re.compile(r"(?:\+?86)?(1[3-9][0-9]{9})", re.ASCII)
_OPENID = re.compile(r"[A-Za-z0-9_-]{16,64}", re.ASCII)
_BLANKS = re.compile(r"[\s\-()]+")


class Channel(StrEnum):
    """How a message travels behind the gateway."""

    SMS = "sms"
    WECHAT = "wechat"


class ContactError(ValueError):
    """What was typed is no mobile number, or no openid."""


@dataclass(frozen=True, slots=True)
class Contact:
    """One address. `address` appears in no `repr`, and so in no log."""

    channel: Channel
    address: str = field(repr=False)
    language: Language = "zh"

    @property
    def masked(self) -> str:
        """What staff see: `138****5678`, `oAbC****`."""
        return mask(self.channel, self.address)


def phone_contact(typed: str, language: Language = "zh") -> Contact:
    """A mobile number of the mainland as people type it, +86 and blanks or not. Raises ContactError."""
    found = _PHONE.fullmatch(_BLANKS.sub("", typed))
    if found is None:
        raise ContactError("a mobile number has 11 digits and begins with 13 to 19")
    return Contact(Channel.SMS, found[1], language)


def wechat_contact(openid: str, language: Language = "zh") -> Contact:
    """An openid as the gateway knows it. Raises ContactError."""
    if not _OPENID.fullmatch(openid):
        raise ContactError("an openid has 16 to 64 letters, digits, - and _")
    return Contact(Channel.WECHAT, openid, language)


def mask(channel: Channel, address: str) -> str:
    """An address that tells two of them apart for its owner and nothing to anybody else."""
    return f"{address[:3]}****{address[-4:]}" if channel is Channel.SMS else f"{address[:4]}****"
