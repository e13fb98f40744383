"""Renders the default voice pack with espeak-ng, once, at set-up."""

import os
import shutil
from collections.abc import Iterable
from pathlib import Path

import msgspec

from hardware.voice.espeak import PROGRAM, RATE, speak
from hardware.voice.pack import FORMAT, MANIFEST, ClipEntry, Manifest, PackError, read_manifest
from hardware.voice.phrases import LANGUAGES, language_of, required_clips

NAME = "default"


def build_pack(folder: Path, languages: Iterable[str] = LANGUAGES) -> Manifest:
    """Render every clip that calls in `languages` need into `folder`, replacing a pack rendered before.

    The same espeak-ng gives the same bytes. Raises PackError rather than replace a recorded pack or other
    files, DeviceError when espeak-ng fails, OSError as the disk does; `folder` is then as it was.
    """
    wanted = tuple(languages)
    _refuse_foreign(folder)
    work = folder.with_name(f".{folder.name}.{os.getpid()}")
    try:
        manifest = _render(work, wanted)
        _put_in_place(work, folder)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return manifest


def _render(folder: Path, languages: tuple[str, ...]) -> Manifest:
    entries = {}
    for clip, text in required_clips(languages).items():
        entry = ClipEntry(file=f"{clip}.wav", text=text)
        path = folder / entry.file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(speak(_as_said(clip, text), _speaker(clip)).wav())
        entries[clip] = entry
    manifest = Manifest(FORMAT, NAME, list(languages), RATE, entries, source=PROGRAM)
    content = msgspec.json.format(msgspec.json.encode(manifest), indent=2)
    (folder / MANIFEST).write_bytes(content + b"\n")
    return manifest


def _speaker(clip: str) -> str:
    """Letters are said in English in a Chinese call too."""
    return "en" if len(clip.partition("/")[2]) == 1 and clip[-1].isalpha() else language_of(clip)


def _as_said(clip: str, text: str) -> str:
    # A lone capital A is an article to espeak-ng in a sentence; with a stop it is always the letter.
    return f"{text}." if _speaker(clip) == "en" and len(text) == 1 else text


def _refuse_foreign(folder: Path) -> None:
    if not folder.exists() or not any(folder.iterdir()):
        return
    if read_manifest(folder).source != PROGRAM:
        raise PackError(f"{folder} holds a recorded voice; choose another --output")


def _put_in_place(work: Path, folder: Path) -> None:
    """Swap the folders; a reader in between finds no pack and speaks by the fallback."""
    old = folder.with_name(f".{folder.name}.{os.getpid()}.old")
    if folder.exists():
        folder.rename(old)
    work.rename(folder)
    shutil.rmtree(old, ignore_errors=True)
