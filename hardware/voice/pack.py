"""A voice pack: a folder of WAV clips and a `manifest.json` that says what each of them says.

    {"format": 1, "name": "...", "languages": ["zh", "en"], "sample_rate": 22050, "source": "recorded",
     "clips": {"zh/please": {"file": "zh/please.wav", "text": "请"}}}

A clip's id begins with its language. The ids that calls need are in `hardware.voice.phrases.CLIPS`; a pack may
have more, and such a clip is used for a notice or a zone name with exactly its words.
"""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

import msgspec

from hardware.faults import DeviceUnavailable
from hardware.voice.phrases import LANGUAGES, Part, language_of
from hardware.voice.sound import Sound

MANIFEST = "manifest.json"
FORMAT = 1
SPARE_RATE = 22050
"""Samples per second of speech without a pack."""


class PackError(DeviceUnavailable, ValueError):
    """The folder is no usable voice pack; the sentence says where and why."""


class ClipEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One clip in the manifest: its file within the pack, and its words."""

    file: str
    text: str


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The content of `manifest.json`; `source` tells who speaks ("espeak-ng" for the rendered default)."""

    format: int
    name: str
    languages: list[str]
    sample_rate: int
    clips: dict[str, ClipEntry]
    source: str = "recorded"


@dataclass(frozen=True, eq=False)
class VoicePack:
    """The clips of a pack in memory, all at `rate`. `faults` are sentences on clips that cannot be used."""

    name: str
    languages: tuple[str, ...]
    rate: int
    clips: Mapping[str, Sound]
    faults: tuple[str, ...] = ()
    _said: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def missing(self, required: Iterable[str]) -> list[str]:
        """The ids among `required` for which there is no usable clip, in their order."""
        return [clip for clip in required if clip not in self.clips]

    def clip_for(self, part: Part) -> Sound | None:
        """The clip that says `part`: by its id, else one with exactly its words."""
        found = self.clips.get(part.clip)
        return found or self.clips.get(self._said.get((part.language, part.text), ""))


def no_pack() -> VoicePack:
    """A pack without clips: everything is left to the fallback."""
    return VoicePack("none", LANGUAGES, SPARE_RATE, {})


def default_pack_folder() -> Path:
    """`service-hall/voice` in the user's data folder (XDG Base Directory Specification)."""
    base = os.environ.get("XDG_DATA_HOME")
    return (Path(base) if base else Path.home() / ".local" / "share") / "service-hall" / "voice"


def read_manifest(folder: Path) -> Manifest:
    """The manifest of the pack in `folder`. Raises PackError."""
    path = folder / MANIFEST
    try:
        manifest = msgspec.json.decode(path.read_bytes(), type=Manifest)
    except FileNotFoundError as error:
        raise PackError(f"{folder} is no voice pack: it has no {MANIFEST}") from error
    except (OSError, msgspec.DecodeError) as error:
        raise PackError(f"{path}: {error}") from error
    if manifest.format != FORMAT:
        raise PackError(f"{path}: format {manifest.format} is unknown, expected {FORMAT}")
    if not 8000 <= manifest.sample_rate <= 96000:
        raise PackError(f"{path}: a sample rate of {manifest.sample_rate} is not between 8000 and 96000")
    return manifest


def load_pack(folder: Path) -> VoicePack:
    """The pack in `folder`. Raises PackError when its manifest is unusable.

    One bad clip does not silence a hall: it counts as missing and is named in `faults`.
    """
    manifest = read_manifest(folder)
    clips, faults = {}, []
    for clip, entry in manifest.clips.items():
        try:
            clips[clip] = _load_clip(folder, manifest, clip, entry)
        except (OSError, ValueError) as error:
            faults.append(f"{clip} ({entry.file}): {error}")
    said = {(language_of(clip), manifest.clips[clip].text): clip for clip in clips}
    languages = tuple(manifest.languages)
    return VoicePack(
        manifest.name, languages, manifest.sample_rate, MappingProxyType(clips), tuple(faults), said
    )


def _load_clip(folder: Path, manifest: Manifest, clip: str, entry: ClipEntry) -> Sound:
    if language_of(clip) not in manifest.languages:
        raise ValueError("its id does not begin with a language of the pack")
    path = (folder / entry.file).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise ValueError("the file lies outside the pack")
    sound = Sound.read(path)
    if sound.rate != manifest.sample_rate:
        raise ValueError(f"{sound.rate} samples per second, the pack has {manifest.sample_rate}")
    if not sound.rms:
        raise ValueError("it is silent")
    return sound
