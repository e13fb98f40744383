"""A disk that can be filled up: a file system in memory. Needs root, and a machine that lets it mount."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SIZE_MB = 32
NEEDS_ROOT = "only root may mount a disk, and not on every machine"


@contextmanager
def small_disk(disk: Path, size_mb: int = SIZE_MB) -> Iterator[bool]:
    """Mount one at `disk`; False where that cannot be done."""
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size_mb}m", "hall", str(disk)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        yield False
        return
    try:
        yield True
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


def fill(disk: Path) -> Path:
    """Take every byte that is left; the file that holds them."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError:
            return ballast
