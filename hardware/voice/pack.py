"""A voice pack: a folder of WAV clips and a manifest that says what each one speaks.

manifest.json:

    {"name": "espeak-ng", "rate": 22050, "clips": {"zh/please": {"file": "zh-please.wav", "text": "请"}}}
"""

import json
import os
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from hardware.voice.phrases import TEXTS
from hardware.voice.sound import RATE, Sound, read_wav, write_wav
from hardware.voice.synthesis import speak

MANIFEST = "manifest.json"
RENDERED = "espeak-ng"
"""The name of a pack of our own making, which may be made anew."""


class PackError(ValueError):
    """A folder that is no voice pack, with a sentence."""


@dataclass(frozen=True, slots=True)
class VoicePack:
    """Clips in memory, by id."""

    name: str
    clips: dict[str, Sound]
    broken: dict[str, str] = field(default_factory=dict)
    """Clip -> why its file is not used."""

    def missing(self, wanted: Iterable[str] = TEXTS) -> list[str]:
        """Ids of `wanted` that the pack has no clip for."""
        return [clip for clip in wanted if clip not in self.clips]


def default_pack_folder() -> Path:
    """Where the rendered pack lies (XDG base directory specification)."""
    base = os.environ.get("XDG_DATA_HOME")
    return (Path(base) if base else Path.home() / ".local" / "share") / "service-hall-voice"


def load_pack(folder: Path) -> VoicePack:
    """Read a pack. A clip that cannot be used is `broken`; PackError when there is no manifest."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
        files = {str(clip): folder / Path(entry["file"]).name for clip, entry in manifest["clips"].items()}
        name = str(manifest["name"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise PackError(f"{folder} is no voice pack: {error}") from error
    clips: dict[str, Sound] = {}
    broken: dict[str, str] = {}
    for clip, path in files.items():
        try:
            sound = read_wav(path)
        except FileNotFoundError:
            continue
        except (OSError, ValueError) as error:
            broken[clip] = str(error)
            continue
        if trouble := sound.trouble:
            broken[clip] = f"{path} {trouble}"
        else:
            clips[clip] = sound
    return VoicePack(name, clips, broken)


def build_pack(folder: Path) -> VoicePack:
    """Render the default pack with espeak-ng into `folder`.

    Raises NoSynthesisError, and PackError for a folder that holds anything but a pack rendered before.
    """
    _keep_others(folder)
    folder.mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor() as pool:
        sounds = list(pool.map(_render, TEXTS))
    clips = dict(zip(TEXTS, sounds, strict=True))
    for clip, sound in clips.items():
        write_wav(folder / _file(clip), sound)
    listed = {clip: {"file": _file(clip), "text": text} for clip, text in TEXTS.items()}
    manifest = {"name": RENDERED, "rate": RATE, "clips": listed}
    (folder / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=1), "utf-8")
    return VoicePack(RENDERED, clips)


def _keep_others(folder: Path) -> None:
    """A recorded pack took somebody a day; anything else is none of ours."""
    if not folder.exists() or not any(folder.iterdir()):
        return
    try:
        name = json.loads((folder / MANIFEST).read_text("utf-8"))["name"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise PackError(f"{folder} is not empty and no voice pack: nothing was written") from error
    if name != RENDERED:
        raise PackError(f"{folder} holds the voice pack {name!r}: nothing was written")


def _render(clip: str) -> Sound:
    return speak(TEXTS[clip], clip.partition("/")[0])


def _file(clip: str) -> str:
    return clip.replace("/", "-") + ".wav"
