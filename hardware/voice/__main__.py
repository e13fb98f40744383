"""`hall voice build` renders the default pack; `hall voice check PACK` names missing and broken clips."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from hardware.voice.pack import PackError, build_pack, default_pack_folder, load_pack
from hardware.voice.phrases import TEXTS
from hardware.voice.synthesis import NoSynthesisError


def main(argv: Sequence[str] | None = None) -> int:
    """Exit code 0, or 1 with what is missing."""
    parser = argparse.ArgumentParser(prog="hall voice", description="Build or check a voice pack.")
    verbs = parser.add_subparsers(dest="verb", required=True)
    build = verbs.add_parser("build", help="render the default pack with espeak-ng")
    build.add_argument("--output", type=Path, default=default_pack_folder(), metavar="DIR")
    check = verbs.add_parser("check", help="name the clips that a pack lacks")
    check.add_argument("pack", type=Path, nargs="?", default=default_pack_folder())
    options = parser.parse_args(argv)
    try:
        return _build(options.output) if options.verb == "build" else _check(options.pack)
    except (PackError, NoSynthesisError, OSError) as error:
        print(f"hall voice: {error}", file=sys.stderr)  # noqa: T201
        return 1


def _build(folder: Path) -> int:
    pack = build_pack(folder)
    print(f"{len(pack.clips)} clips in {folder}")  # noqa: T201
    return 0


def _check(folder: Path) -> int:
    pack = load_pack(folder)
    missing = [clip for clip in pack.missing() if clip not in pack.broken]
    for clip in missing:
        print(f"missing: {clip} ({TEXTS[clip]})")  # noqa: T201
    for clip, why in pack.broken.items():
        print(f"broken: {clip}: {why}")  # noqa: T201
    print(f"{pack.name}: {len(pack.clips)} clips, {len(missing)} missing, {len(pack.broken)} broken")  # noqa: T201
    return 1 if missing or pack.broken else 0


if __name__ == "__main__":
    sys.exit(main())
