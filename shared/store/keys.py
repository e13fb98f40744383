"""The hall's secrets: one master key in a file of its own, and what is derived from it.

The file stands beside the database, readable by the hub's user only, and is backed up apart from it:
whoever has the database alone can neither name a person nor forge the chain of facts.
"""

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from shared.store.durable import write_private


class KeyFileError(RuntimeError):
    """The key file is missing or not a key."""


@dataclass(frozen=True, slots=True)
class Keys:
    """Keys for one purpose each, derived from the master by HKDF-SHA256 (RFC 5869)."""

    person_key: bytes = field(repr=False)
    chain_key: bytes = field(repr=False)
    digest_key: bytes = field(repr=False)
    code_key: bytes = field(repr=False)
    booking_key: bytes = field(repr=False)
    medium_key: bytes = field(repr=False)
    seal_key: Fernet = field(repr=False)

    @classmethod
    def derive(cls, master: bytes) -> "Keys":
        """Derive all keys from a 32-byte master."""

        def purpose(name: str) -> bytes:
            return HKDF(SHA256(), 32, None, f"service-hall/{name}".encode()).derive(master)

        return cls(
            purpose("person"),
            purpose("chain"),
            purpose("digest"),
            purpose("code"),
            purpose("booking"),
            purpose("medium"),
            Fernet(urlsafe_b64encode(purpose("seal"))),
        )

    def person(self, id_number: str) -> bytes:
        """A person's pseudonym: the same for the same ID number, worthless without the key (32 bytes)."""
        return hmac.digest(self.person_key, id_number.encode(), "sha256")

    def link(self, previous: bytes, content: bytes) -> bytes:
        """The next link of the chain of facts (32 bytes)."""
        return hmac.digest(self.chain_key, previous + content, "sha256")

    def digest(self, *parts: bytes) -> bytes:
        """Tells two requests apart without keeping what they said (16 bytes)."""
        hasher = hashlib.blake2b(key=self.digest_key, digest_size=16)
        for part in parts:
            hasher.update(len(part).to_bytes(4, "big"))
            hasher.update(part)
        return hasher.digest()

    def code(self, code: str) -> bytes:
        """An enrolment code as it is stored (32 bytes)."""
        return hmac.digest(self.code_key, code.encode(), "sha256")

    def booking(self, content: bytes) -> bytes:
        """What a booking's code proves: HMAC-SHA256 of the content (32 bytes)."""
        return hmac.digest(self.booking_key, content, "sha256")

    def seal(self, text: str) -> bytes:
        """Encrypt a text that only the serving clerk may see."""
        return self.seal_key.encrypt(text.encode())

    def unseal(self, sealed: bytes) -> str:
        """The text that `seal` was given."""
        return self.seal_key.decrypt(sealed).decode()


def create_key_file(path: Path) -> None:
    """Write a new master key, readable by this user only. Raises FileExistsError when there is one."""
    write_private(path, secrets.token_hex(32) + "\n")


def load_keys(path: Path) -> Keys:
    """Read the master key. Raises KeyFileError with a sentence when that is not possible."""
    try:
        master = bytes.fromhex(path.read_text(encoding="ascii"))
    except (OSError, ValueError) as error:
        raise KeyFileError(f"the hall's key cannot be read from {path}: {error}") from error
    if len(master) != 32:
        raise KeyFileError(f"{path} does not hold a key of 32 bytes")
    return Keys.derive(master)


def token_digest(token: str) -> bytes:
    """A bearer credential as it is stored and looked up: SHA-256 (the token has 256 random bits)."""
    return hashlib.sha256(token.encode()).digest()


def new_token() -> str:
    """A bearer credential with 256 random bits."""
    return secrets.token_urlsafe(32)
