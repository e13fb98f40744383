"""What a disk may hold after the power went: rebuilt from a record of calls (tests.proofs.tracing).

A write is on the disk for certain once its file was synced after it, a name once its folder was. What is not
certain may be there whole, not at all, or torn: any of its sectors, in any order; where a file grew, zeros in
their place. After a sync that failed the kernel takes the pages for clean: what they held stays uncertain
whatever is synced later, until it is written anew.
"""

import hashlib
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from pathlib import Path

from tests.proofs.tracing import Call

SECTOR = 512
LOST = "-shm"
"""The index of the write-ahead log lies in shared memory: it is never synced, and a start makes it anew."""


class Fate(Enum):
    """What is known of a change."""

    PENDING = auto()
    KEPT = auto()
    UNCERTAIN = auto()
    """Its sync failed."""


@dataclass(slots=True)
class Change:
    """Bytes at an offset; without bytes, the file ends there."""

    offset: int
    data: bytes | None
    fate: Fate = Fate.PENDING

    def apply(self, content: bytearray) -> None:
        if self.data is None:
            _resize(content, self.offset)
            return
        _resize(content, max(len(content), self.offset + len(self.data)))
        content[self.offset : self.offset + len(self.data)] = self.data

    def tear(self, content: bytearray, chance: random.Random) -> None:
        """As a disk may leave it that had no time."""
        if self.data is None or chance.random() < 0.4:
            if chance.random() < 0.5:
                self.apply(content)
            return
        end = self.offset + len(self.data)
        if chance.random() < 0.5:
            _resize(content, max(len(content), end))
        at = self.offset
        while at < end:
            until = min(end, (at // SECTOR + 1) * SECTOR)
            if chance.random() < 0.5:
                Change(at, self.data[at - self.offset : until - self.offset]).apply(content)
            at = until


def _resize(content: bytearray, size: int) -> None:
    del content[size:]
    content.extend(bytes(size - len(content)))


@dataclass(slots=True)
class File:
    """What is on the disk for certain, and what came after."""

    is_folder: bool = False
    content: bytearray = field(default_factory=bytearray)
    changes: list[Change] = field(default_factory=list)

    def sync(self, *, failed: bool) -> None:
        for change in self.changes:
            if change.fate is Fate.PENDING:
                change.fate = Fate.UNCERTAIN if failed else Fate.KEPT
        while self.changes and self.changes[0].fate is Fate.KEPT:
            self.changes.pop(0).apply(self.content)

    def read(self, how: "How") -> bytes:
        content = bytearray(self.content)
        for change in self.changes:
            if change.fate is Fate.KEPT:
                change.apply(content)
            else:
                how(change, content)
        return bytes(content)


How = Callable[[Change, bytearray], None]
"""What becomes of a change that is not certain."""
Files = dict[str, bytes]
"""The files of a folder by their path below it."""


@dataclass(slots=True)
class Disk:
    """The files below `folder`, through the calls of a run."""

    folder: Path
    _seen: dict[Path, File] = field(default_factory=dict)
    _names: dict[Path, File | None] = field(default_factory=dict)
    """What a folder has for certain."""
    _renamed: list[tuple[Path, File | None]] = field(default_factory=list)
    """Names given and taken away since their folder was synced."""
    _places: dict[int, int] = field(default_factory=dict)

    @classmethod
    def of(cls, folder: Path) -> "Disk":
        """As it stands, all of it certain."""
        disk = cls(folder)
        for path in folder.rglob("*"):
            is_folder = path.is_dir()
            disk._seen[path] = File(is_folder, bytearray(b"" if is_folder else path.read_bytes()))
        disk._seen[folder] = File(is_folder=True)
        disk._names.update(disk._seen)
        return disk

    def take(self, call: Call) -> bool:
        """Carry out a call; whether the disk may be another now."""
        below = self.folder in (call.path, *call.path.parents)
        if not below and not (call.kind == "fsync" and call.path == self.folder.parent):
            return False
        if call.kind in ("fsync", "fdatasync"):
            self._sync(call.path, failed=call.result < 0)
        elif call.result >= 0:
            self._change(call)
        return call.kind != "openat" or "O_CREAT" in call.flags

    def _change(self, call: Call) -> None:
        match call.kind:
            case "openat":
                self._places[call.fd] = 0
                self._open(call)
            case "pwrite64":
                self._write(call.path, call.numbers[-1], call.data[: call.result])
            case "write":
                self._write(call.path, self._places[call.fd], call.data[: call.result])
                self._places[call.fd] += call.result
            case "ftruncate":
                self._seen[call.path].changes.append(Change(call.numbers[-1], None))
            case "unlink" | "unlinkat":
                self._name(call.path, None)
            case "mkdir":
                self._name(call.path, File(is_folder=True))
            case "rename":
                self._name(Path(call.data.decode()), self._seen[call.path])
                self._name(call.path, None)
            case other:
                raise ValueError(f"what does {other} do to a disk?")

    def _open(self, call: Call) -> None:
        if "O_CREAT" in call.flags and call.path not in self._seen:
            self._name(call.path, File())
        elif "O_TRUNC" in call.flags:
            self._seen[call.path].changes.append(Change(0, None))

    def _write(self, path: Path, offset: int, data: bytes) -> None:
        self._seen[path].changes.append(Change(offset, data))

    def _name(self, path: Path, file: File | None) -> None:
        self._renamed.append((path, file))
        if file is None:
            self._seen.pop(path, None)
        else:
            self._seen[path] = file

    def _sync(self, path: Path, *, failed: bool) -> None:
        file = self._seen.get(path)
        if file is not None and not file.is_folder:
            file.sync(failed=failed)
        elif not failed:
            self._names.update((at, file) for at, file in self._renamed if at.parent == path)
            self._renamed = [(at, file) for at, file in self._renamed if at.parent != path]

    # -- after the cut

    def nothing(self) -> Files:
        """Nothing that was not certain was in time."""
        return self._rebuilt(self._names, lambda *_: None)

    def everything(self) -> Files:
        """All was in time."""
        return self._rebuilt({**self._names, **dict(self._renamed)}, Change.apply)

    def torn(self, chance: random.Random) -> Files:
        """Some was in time, in any order; the shared memory is another's rubbish."""
        names = {**self._names, **dict(each for each in self._renamed if chance.random() < 0.5)}
        files = self._rebuilt(names, lambda change, content: change.tear(content, chance))
        rubbish = {str(path.relative_to(self.folder)) for path in self._seen if path.name.endswith(LOST)}
        return files | {name: chance.randbytes(1 << 15) for name in rubbish}

    def _rebuilt(self, names: Mapping[Path, File | None], how: How) -> Files:
        there = {path: file for path, file in names.items() if file is not None}
        return {
            str(path.relative_to(self.folder)): file.read(how)
            for path, file in there.items()
            if not file.is_folder
            and not path.name.endswith(LOST)
            and all(above in there for above in path.parents if above.is_relative_to(self.folder))
        }


def states(
    disk: Disk, calls: Sequence[Call], torn: int, step: int = 1, after: int = 0
) -> Iterator[tuple[str, bytes, Files]]:
    """Every state that the disk may be in when the power goes after any (`step`-th) call of a run, from the
    call `after` on.

    What had been written to standard output by then comes along. `torn` states a call; the same one is not
    yielded twice.
    """
    known: set[tuple[bytes, int]] = set()
    output, n = b"", 0
    for number, call in enumerate(calls):
        if call.kind == "write" and call.fd == 1:
            output += call.data
        elif not disk.take(call):
            continue
        n += 1
        if n % step or number < after:
            continue
        chances = [(f"torn {k}", random.Random(number * 1000 + k)) for k in range(torn)]
        found = [("nothing", disk.nothing()), ("everything", disk.everything())]
        found += [(name, disk.torn(chance)) for name, chance in chances]
        for name, files in found:
            key = (_digest(files), len(output))
            if key not in known:
                known.add(key)
                yield f"power cut after call {number} ({call.kind} {call.path.name}), {name}", output, files


def _digest(files: Files) -> bytes:
    hasher = hashlib.blake2b()
    for name in sorted(files):
        hasher.update(name.encode() + b"\0" + hashlib.blake2b(files[name]).digest())
    return hasher.digest()


def put(files: Files, folder: Path) -> None:
    """Write a state into a fresh folder."""
    folder.mkdir()
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
