"""What stands in a hall's folder beside its file: the authority's key, the operator's credential,
configuration.

It goes to the second medium with each backup, sealed as that is, so that a new machine needs `hall.key`
alone.
"""

from pathlib import Path

import msgspec

from shared.store.durable import PART, whole_file
from shared.store.frames import FrameWriter, read_frames
from shared.store.house import House
from shared.store.keys import Keys
from shared.store.medium import Medium

_NEVER = frozenset({"hall.key", "hall.lock", "hub.address", "hall.db", "hall.db-wal", "hall.db-shm"})
_LARGEST = 1 << 20
_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(dict[str, bytes]).decode


def keep_belongings(house: House, keys: Keys, medium: Medium) -> None:
    """Seal them to the medium, in the place of those of the backup before. Raises OSError."""
    found = {path.name: path.read_bytes() for path in house.folder.iterdir() if _belongs(path)}
    with whole_file(medium.belongings) as file:
        FrameWriter(file, keys.medium_key).write(_encode(found))


def bring_belongings(house: House, keys: Keys, medium: Medium) -> tuple[str, ...]:
    """Put those that the folder lacks back; their names. Raises FramesError, OSError."""
    if not medium.belongings.exists():
        return ()
    brought = []
    for frame in read_frames(medium.belongings, keys.medium_key):
        for name, content in _decode(frame).items():
            path = house.folder / Path(name).name
            if name not in _NEVER and not path.exists():
                with whole_file(path) as file:
                    file.write(content)
                brought.append(path.name)
    return tuple(sorted(brought))


def _belongs(path: Path) -> bool:
    if path.name in _NEVER or PART in path.name or path.is_symlink() or not path.is_file():
        return False
    return path.stat().st_size <= _LARGEST
