"""What `hall enrol` prints: a code for the hub, and the fingerprint of the hall's authority for the device.

Eight digits are the code, good once. Sixteen characters of Crockford's base 32 are the fingerprint: the first
80 bits of SHA-256 over the authority's public key (SubjectPublicKeyInfo, RFC 5280). Two more check all of it,
so that a slip of the finger is told before anything is sent: `4821-3907-7K3M-0QXA-9TFH-2B5E-8D`.
"""

import hashlib
import hmac
from dataclasses import dataclass

from shared.domain import crockford
from shared.domain.refusals import Refused

HUB_NAME = "hub.service-hall.internal"
"""The name in every hub's certificate that devices ask for: it holds wherever the hub is found."""
DIGITS = 8
_MARKS, _CHECK = 16, 2
_WHOLE = DIGITS + _MARKS + _CHECK


@dataclass(frozen=True, slots=True)
class EnrolmentCode:
    """A whole code, taken apart: what the hub is told, and whom it is told to."""

    digits: str
    fingerprint: str

    def __str__(self) -> str:
        """As people type it, in groups of four."""
        whole = self.digits + self.fingerprint + _check(self.digits, self.fingerprint)
        return grouped(whole)


def fingerprint_of(public_key: bytes) -> str:
    """The fingerprint of a public key (DER of its SubjectPublicKeyInfo)."""
    return crockford.write(int.from_bytes(hashlib.sha256(public_key).digest()[:10]), _MARKS)


def matches(fingerprint: str, public_key: bytes) -> bool:
    """Whether the key is the one that the fingerprint was taken of."""
    return hmac.compare_digest(fingerprint, fingerprint_of(public_key))


def read_code(typed: str) -> EnrolmentCode:
    """A code as typed. Raises Refused: "enrolment_code_short" or "enrolment_code_mistyped"."""
    letters = crockford.clean(typed)
    if len(letters) < _WHOLE:
        raise Refused("enrolment_code_short", length=_WHOLE, typed=len(letters))
    code = EnrolmentCode(letters[:DIGITS], letters[DIGITS : DIGITS + _MARKS])
    if letters != crockford.clean(str(code)):
        raise Refused("enrolment_code_mistyped")
    return code


def digits_of(typed: str) -> str:
    """What the hub looks at: the digits, whether or not the rest was typed."""
    return crockford.clean(typed)[:DIGITS]


def grouped(letters: str) -> str:
    """In groups of four, joined so that a shell takes them as one word."""
    return "-".join(letters[at : at + 4] for at in range(0, len(letters), 4))


def _check(digits: str, fingerprint: str) -> str:
    spread = hashlib.sha256(f"{digits}{fingerprint}".encode()).digest()
    return crockford.write(int.from_bytes(spread[:2]), _CHECK)
