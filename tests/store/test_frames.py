"""Sealed files: what was written comes back; a torn tail, a flipped bit, a moved frame do not pass."""

from itertools import pairwise
from pathlib import Path

import pytest

from shared.store.frames import DamagedFrameError, FramesError, FrameWriter, TornTailError, read_frames

KEY, OTHER = bytes(32), bytes(31) + b"\x01"
CONTENTS = [b"first", b"second " * 100, b"", b"last"]


def written(path: Path, contents: list[bytes] = CONTENTS) -> list[int]:
    """Write frames; returns where each begins, and where the file ends."""
    with path.open("wb") as file:
        frames = FrameWriter(file, KEY)
        ends = [frames.size]
        for content in contents:
            frames.write(content)
            ends.append(frames.size)
    return ends


def opened(path: Path, key: bytes = KEY) -> tuple[list[bytes], type[FramesError] | None]:
    """What can be read, and how the reading ended."""
    found: list[bytes] = []
    try:
        found.extend(read_frames(path, key))
    except FramesError as error:
        return _partly(path, key), type(error)
    return found, None


def _partly(path: Path, key: bytes) -> list[bytes]:
    found = []
    reading = read_frames(path, key)
    while True:
        try:
            found.append(next(reading))
        except FramesError:
            return found


def test_what_was_written_comes_back(tmp_path: Path) -> None:
    written(tmp_path / "f")
    assert opened(tmp_path / "f") == (CONTENTS, None)
    assert b"second" not in (tmp_path / "f").read_bytes()


def test_a_tail_torn_at_any_byte_is_told_and_what_stands_before_it_holds(tmp_path: Path) -> None:
    ends = written(tmp_path / "f")
    whole = (tmp_path / "f").read_bytes()
    assert ends[-1] == len(whole)
    for cut in range(len(whole)):
        (tmp_path / "cut").write_bytes(whole[:cut])
        kept = sum(end <= cut for end in ends[1:])
        at_an_end = cut in ends
        assert opened(tmp_path / "cut") == (CONTENTS[:kept], None if at_an_end else TornTailError), cut


def test_no_flipped_byte_passes(tmp_path: Path) -> None:
    ends = written(tmp_path / "f")
    whole = (tmp_path / "f").read_bytes()
    for at in range(len(whole)):
        changed = bytearray(whole)
        changed[at] ^= 0x10
        (tmp_path / "flip").write_bytes(changed)
        kept = sum(end <= at for end in ends[1:])
        found, ended = opened(tmp_path / "flip")
        assert (found, ended is None) == (CONTENTS[: kept if at >= ends[0] else 0], False), at


def test_damage_with_more_behind_it_is_no_torn_tail(tmp_path: Path) -> None:
    ends = written(tmp_path / "f")
    content = bytearray((tmp_path / "f").read_bytes())
    content[ends[1] + 30] ^= 1
    (tmp_path / "f").write_bytes(content)
    assert opened(tmp_path / "f") == (CONTENTS[:1], DamagedFrameError)


def test_frames_cannot_change_places_or_files_or_be_left_out(tmp_path: Path) -> None:
    ends = written(tmp_path / "f", [b"a" * 40, b"b" * 40])
    written(tmp_path / "g", [b"a" * 40, b"b" * 40])
    head, one, two = ((tmp_path / "f").read_bytes()[begin:end] for begin, end in pairwise([0, *ends]))
    foreign = (tmp_path / "g").read_bytes()[ends[0] : ends[1]]
    for content in (head + two + one, head + two, head + foreign + two):
        (tmp_path / "mixed").write_bytes(content)
        found, ended = opened(tmp_path / "mixed")
        assert (found, ended is None) == ([], False)


def test_another_key_opens_nothing(tmp_path: Path) -> None:
    written(tmp_path / "f")
    assert opened(tmp_path / "f", OTHER) == ([], DamagedFrameError)


def test_a_file_that_is_none_of_ours_is_refused(tmp_path: Path) -> None:
    (tmp_path / "f").write_bytes(b"SQLite format 3\x00" * 10)
    with pytest.raises(DamagedFrameError, match="does not begin"):
        list(read_frames(tmp_path / "f", KEY))
