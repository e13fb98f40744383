"""Request ids: UUID version 7 (RFC 9562, section 5.7), made by the client and carried in `Idempotency-Key`.

A repeat of a command with the same id gets the first answer, so the id is made once, when a person
presses the key, and kept through every retry.
"""

import secrets
import time
import uuid


def new_request_id() -> str:
    """A new UUIDv7: 48 bits of Unix milliseconds, then 74 random bits around version and variant."""
    millis = time.time_ns() // 1_000_000 & (1 << 48) - 1
    random_a, random_b = secrets.randbits(12), secrets.randbits(62)
    return str(uuid.UUID(int=millis << 80 | 0x7 << 76 | random_a << 64 | 0b10 << 62 | random_b))
