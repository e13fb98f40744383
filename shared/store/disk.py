"""The disk that a hall lies on: how much room is left, and whether something can really be written."""

import os
import shutil
from dataclasses import dataclass

from shared.store.house import House

PROBE_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Room:
    """What is left, in bytes; `log` is the size of the write-ahead log, part of what is used."""

    free: int
    total: int
    log: int


def room_of(house: House) -> Room:
    """Look. Raises OSError when the disk does not answer."""
    usage = shutil.disk_usage(house.folder)
    log = house.database.with_name(house.database.name + "-wal")
    return Room(usage.free, usage.total, log.stat().st_size if log.exists() else 0)


def can_write(house: House) -> bool:
    """Write, sync and remove a file of PROBE_BYTES: more than what a commit of the hall needs."""
    probe = house.folder / "hall.probe"
    try:
        descriptor = os.open(probe, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        try:
            left = memoryview(bytes(PROBE_BYTES))
            while left:
                left = left[os.write(descriptor, left) :]
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
            probe.unlink()
    except OSError:
        return False
    return True
