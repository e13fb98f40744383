"""`hall demo`: a day at the sample hall. With a screen one can play; without one it runs by itself."""

import argparse
import logging
import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from shared.config import HallConfig, load_hall, sample_path
from shared.demo.day import Day
from shared.demo.floor import Visit
from shared.demo.pictures import keep_small
from shared.demo.play import play
from shared.demo.staging import OPENING, Stage, staged
from shared.demo.story import write_story
from shared.journal import configure

_MINUTES = 9 * 60
README_PICTURES = {
    "kiosk-home.png": "kiosk-home.png",
    "kiosk-ticket.png": "kiosk-ticket.png",
    "counter.png": "counter-desk.png",
    "counter-bar.png": "counter-bar.png",
    "hall-board.png": "hall-board.png",
    "window-board.png": "window-board.png",
    "phone-called.png": "phone-called.png",
}
"""A picture of the day -> the same in the README."""


def main(argv: Sequence[str] | None = None) -> int:
    """Exit code 0 only if every citizen's day ended as it should and nothing complained."""
    options = _parser().parse_args(argv)
    configure(logging.WARNING, "%(levelname)s %(name)s: %(message)s")
    logging.getLogger("httpx").setLevel(logging.WARNING)
    hall = load_hall(sample_path("yueyang"))
    with tempfile.TemporaryDirectory(prefix="hall-demo-") as folder:
        if _has_screen() and not (options.offscreen or options.screenshots):
            return play(Path(folder), options.output, hall)
        return _run(Path(folder), hall, options)


def _run(folder: Path, hall: HallConfig, options: argparse.Namespace) -> int:
    output: Path = folder / "output" if options.screenshots else options.output
    for part in ("screenshots", "slips", "announcements"):
        shutil.rmtree(output / part, ignore_errors=True)
    speed = _MINUTES * 60 / options.seconds
    with staged(folder, output, hall, OPENING, speed, screen=False) as stage:
        day = Day(stage, hall, write_story(hall, options.citizens, options.seed), speed)
        visits = day.play()
        stage.close()
        code = _report(output, visits, options.citizens, stage)
    if options.screenshots:
        _keep_pictures(output, options.screenshots)
    return code


def _report(output: Path, visits: list[Visit], expected: int, stage: Stage) -> int:
    unserved = [visit for visit in visits if not visit.as_intended]
    missing = expected - len(visits)
    closing = f"{len(visits) - len(unserved)} of {expected} citizens' days ended as they should"
    lines = [*(visit.summary() for visit in visits), "", closing]
    (output / "citizens.txt").write_text("\n".join(lines) + "\n", "utf-8")
    print(f"{closing}; see {output}/")  # noqa: T201
    for visit in unserved:
        print(f"NOT AS INTENDED  {visit.summary()}")  # noqa: T201
    for complaint in stage.complaints:
        print(f"COMPLAINT  {complaint}")  # noqa: T201
    return 1 if unserved or missing or stage.complaints else 0


def _keep_pictures(output: Path, target: Path) -> None:
    target.mkdir(parents=True, exist_ok=True)
    for source, name in README_PICTURES.items():
        if (output / "screenshots" / source).exists():
            shutil.copy(output / "screenshots" / source, target / name)
    slips = sorted((output / "slips").glob("*.png"))
    if slips:
        shutil.copy(slips[0], target / "slip.png")
    for picture in target.glob("*.png"):
        keep_small(picture)


def _has_screen() -> bool:
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="hall demo", description="A day at the sample hall.")
    parser.add_argument("--citizens", type=int, default=80, help="how many come (80)")
    parser.add_argument("--seconds", type=float, default=110.0, help="how long the day takes (110)")
    parser.add_argument("--seed", type=int, default=2019, help="another number, other people")
    parser.add_argument("--offscreen", action="store_true", help="run by itself even where there is a screen")
    parser.add_argument(
        "--output", type=Path, default=Path("demo-output"), help="where pictures and papers go"
    )
    parser.add_argument(
        "--screenshots", type=Path, metavar="DIR", help="make just the README's pictures, there"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
