"""Small files that are to outlast a power cut: written, and named, on the disk."""

import errno
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

PART = ".part"
"""Ends the name of a file that is not whole yet."""


def write_private(path: Path, text: str) -> None:
    """Make a file that only this user can read, on the disk when this returns; its name is `sync_folder`'s.

    Raises FileExistsError when there is one, OSError when it cannot be written.
    """
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A new file that only this user can read. It gets its name once the block has ended well and all of it
    is on disk; otherwise nothing is left.
    """
    part = path.with_name(path.name + PART)
    file = os.fdopen(os.open(part, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "w+b")
    try:
        with file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.rename(path)
        sync_folder(path.parent)
    except BaseException:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise


def make_folder(path: Path) -> Sequence[Path]:
    """Make a folder that only this user can read, and those above it; which were made, the topmost first."""
    made = [each for each in reversed((path, *path.parents)) if not each.exists()]
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return made


def sync_folder(path: Path) -> None:
    """Put the names in a folder on the disk: what was made in it, replaced and removed. Raises OSError."""
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno != errno.EINVAL:  # file systems that know no such thing say so
            raise
    finally:
        os.close(descriptor)
