"""The signature of a message to a gateway, as the Standard Webhooks specification 1.0 has it.

The gateway checks HMAC-SHA256 over `id.timestamp.body` with the shared secret, and refuses a timestamp that
is old: what is recorded on the way cannot be played again. `Idempotency-Key` repeats the id for gateways
that look there.
"""

import hmac
from base64 import b64decode, b64encode
from binascii import Error
from collections.abc import Mapping

PREFIX = "whsec_"
LEAST_BYTES, MOST_BYTES = 24, 64


class SecretError(ValueError):
    """What is meant to be a secret is none."""


def parse_secret(text: str) -> bytes:
    """The bytes of `whsec_` and base64. Raises SecretError, which never repeats the text."""
    text = text.strip()
    try:
        secret = b64decode(text.removeprefix(PREFIX), validate=True)
    except (Error, ValueError) as error:
        raise SecretError("a secret is whsec_ followed by base64") from error
    if not text.startswith(PREFIX) or not LEAST_BYTES <= len(secret) <= MOST_BYTES:
        raise SecretError(f"a secret is whsec_ followed by base64 of {LEAST_BYTES} to {MOST_BYTES} bytes")
    return secret


def print_secret(secret: bytes) -> str:
    """The written form of a secret."""
    return PREFIX + b64encode(secret).decode("ascii")


def signed_headers(secret: bytes, name: str, at: int, body: bytes) -> Mapping[str, str]:
    """The headers of a message called `name`, signed at `at` (seconds since 1970)."""
    content = b".".join((name.encode("ascii"), str(at).encode("ascii"), body))
    signature = b64encode(hmac.digest(secret, content, "sha256")).decode("ascii")
    return {
        "content-type": "application/json; charset=utf-8",
        "idempotency-key": name,
        "webhook-id": name,
        "webhook-timestamp": str(at),
        "webhook-signature": f"v1,{signature}",
    }
