"""`hall voice build` renders the default voice pack; `hall voice check PACK` names what a pack lacks."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from hardware.faults import DeviceError
from hardware.voice.build import build_pack
from hardware.voice.pack import PackError, default_pack_folder, load_pack
from hardware.voice.phrases import LANGUAGES, required_clips


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command. 0: done, or the pack is whole; 1: the pack lacks clips; 2: a sentence says why not."""
    options = _parser().parse_args(argv)
    try:
        return _build(options.output) if options.command == "build" else _check(options.pack)
    except (DeviceError, OSError) as error:
        print(f"hall voice: {error}", file=sys.stderr)  # noqa: T201
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="hall voice", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    build = commands.add_parser("build", help="render the default pack with espeak-ng")
    build.add_argument("--output", type=Path, metavar="DIR", default=default_pack_folder())
    check = commands.add_parser("check", help="name the clips a pack lacks")
    check.add_argument("pack", type=Path, metavar="PACK", nargs="?", default=default_pack_folder())
    return parser


def _build(folder: Path) -> int:
    manifest = build_pack(folder)
    print(f"{len(manifest.clips)} clips in {folder}")  # noqa: T201
    return 0


def _check(folder: Path) -> int:
    pack = load_pack(folder)
    spoken = [language for language in pack.languages if language in LANGUAGES]
    if not spoken:
        raise PackError(f"{folder}: it speaks neither Chinese (zh) nor English (en)")
    required = required_clips(spoken)
    for fault in pack.faults:
        print(f"unusable: {fault}")  # noqa: T201
    missing = pack.missing(required)
    for clip in missing:
        print(f"missing: {clip} ({required[clip]})")  # noqa: T201
    if missing or pack.faults:
        return 1
    print(f"{folder}: all {len(required)} clips for {', '.join(spoken)}")  # noqa: T201
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
