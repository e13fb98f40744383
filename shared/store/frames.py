"""Files for a second medium that tell a thief nothing: frames, packed and sealed one by one (AES-256-GCM).

    file  = MAGIC  random(16)  frame*
    frame = length(4, big-endian)  nonce(12)  ciphertext of zlib(content) with its tag(16)

Each frame is bound to its file and to its place in it, so that one which was changed, moved, left out or
brought from another file does not open. A tail that a crash tore off is told apart from damage: nothing
stands behind it.
"""

import os
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MAGIC = b"service-hall frames 1\n"
_MARK, _NONCE, _TAG = 16, 12, 16
_LARGEST = 1 << 30


class FramesError(ValueError):
    """The file, or what follows in it, is not what was written."""


class TornTailError(FramesError):
    """The last frame was not written whole: what a crash leaves."""


class DamagedFrameError(FramesError):
    """A frame does not open though more stands behind it, or the file is none of ours, or the key is
    another.
    """


class FrameWriter:
    """Writes frames to the beginning of a new file. Nothing is synced here."""

    def __init__(self, file: BinaryIO, key: bytes) -> None:
        self._file = file
        self._cipher = AESGCM(key)
        self._mark = os.urandom(_MARK)
        self._next = 0
        self.size = file.write(MAGIC + self._mark)

    def write(self, content: bytes) -> None:
        """Add a frame, in one write to the file."""
        nonce = os.urandom(_NONCE)
        sealed = self._cipher.encrypt(nonce, zlib.compress(content, 1), _place(self._mark, self._next))
        self.size += self._file.write(len(sealed).to_bytes(4, "big") + nonce + sealed)
        self._next += 1


def read_frames(path: Path, key: bytes) -> Iterator[bytes]:
    """The contents of a file's frames. Raises FramesError where they cease to be as written, OSError."""
    with path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        head = file.read(len(MAGIC) + _MARK)
        if head[: len(MAGIC)] != MAGIC[: len(head)]:
            raise DamagedFrameError(f"{path.name} does not begin as it was written")
        if len(head) < len(MAGIC) + _MARK:
            raise TornTailError(f"{path.name} ends within its first bytes")
        cipher, number = AESGCM(key), 0
        while start := file.read(4):
            yield _read(file, path, cipher, _place(head[len(MAGIC) :], number), start, size)
            number += 1


def _read(file: BinaryIO, path: Path, cipher: AESGCM, place: bytes, start: bytes, size: int) -> bytes:
    at = file.tell() - len(start)
    length = int.from_bytes(start, "big") if len(start) == 4 else 0
    end = at + 4 + _NONCE + length
    if len(start) < 4 or (end > size and length <= _LARGEST):
        raise TornTailError(f"{path.name} ends within the frame at byte {at}")
    nonce, sealed = file.read(_NONCE), b""
    try:
        if not _TAG <= length <= _LARGEST:
            raise InvalidTag
        sealed = file.read(length)
        return zlib.decompress(cipher.decrypt(nonce, sealed, place))
    except (InvalidTag, zlib.error):
        kind = TornTailError if end == size else DamagedFrameError
        raise kind(f"{path.name}: the frame at byte {at} is not as it was written") from None


def _place(mark: bytes, number: int) -> bytes:
    return mark + number.to_bytes(8, "big")
