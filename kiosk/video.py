"""`python -m kiosk.video`: the video window of a kiosk, to try a call. No hub is needed.

python -m kiosk.video --camera v4l2:/dev/video0 --listen 0.0.0.0:5060 --call 192.168.1.20:5060
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

from hardware.faults import DeviceUnavailable
from hardware.video.station import Station, add_options
from shared.qt.launch import CannotStart
from shared.qt.video.window import VideoProgram, run

VIEW = Path(__file__).parent / "views" / "Video.qml"


def main(argv: Sequence[str] | None = None) -> int:
    """Show the window until it is closed. Exit code 2 and a sentence when it cannot start."""
    return run(PROGRAM, argv)


def make_station(options: argparse.Namespace) -> Station:
    """The end of the call that the options ask for. Raises `CannotStart`."""
    try:
        return Station.from_options(options)
    except DeviceUnavailable as error:
        raise CannotStart(str(error)) from error


ABOUT = "The kiosk's video window, to try a call."
PROGRAM = VideoProgram("kiosk.video", ABOUT, VIEW, add_options, make_station)

if __name__ == "__main__":
    raise SystemExit(main())
