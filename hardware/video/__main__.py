"""One end of a call on the command line, to try a line between two machines.

    python -m hardware.video --listen 0.0.0.0:5060 --camera v4l2:/dev/video0 --answer
    python -m hardware.video --call 192.168.1.20:5060 --camera file:/path/film.mp4?loop=yes

Tells what happens in JSON lines on standard output and obeys `call HOST:PORT`, `answer`, `hold`, `resume`,
`hang-up`, `mute`, `figures`, `codes` (QR codes in the picture that comes in) and `quit` on standard input.
"""

import argparse
import json
import sys
import time
from collections.abc import Sequence

from hardware.scanner.decode import decode
from hardware.video.media import Samples
from hardware.video.states import CallChanged, CallEvent, CallState, FarHeld
from hardware.video.station import Place, Station, add_options, place


def main(argv: Sequence[str] | None = None) -> int:
    """Run one end until `quit` or the end of standard input; returns the exit code."""
    options = _parser().parse_args(argv)
    end = _End(options)
    try:
        end.run(options.listen, options.call)
    finally:
        end.station.stop()
    return 0


class _End:
    def __init__(self, options: argparse.Namespace) -> None:
        self._loudest = 0.0
        self._answered_at = 0.0
        self.station = Station.from_options(options, tell=self._tell, play=self._hear)

    def run(self, listen: Place, call: Place | None) -> None:
        port = self.station.start(*listen)
        _say(listening=port)
        if call is not None:
            self.station.call(*call)
        for line in sys.stdin:
            if line.strip() == "quit":
                return
            self._obey(line.split())

    def _obey(self, words: list[str]) -> None:
        match words:
            case ["call", where]:
                self.station.call(*place(where))
            case ["answer"]:
                self.station.answer()
            case ["hold"]:
                self.station.hold()
            case ["resume"]:
                self.station.resume()
            case ["hang-up"]:
                self.station.hang_up()
            case ["mute"]:
                self.station.mute(True)
            case ["figures"]:
                self._figures()
            case ["codes"]:
                picture = self.station.far.picture
                _say(codes=[] if picture is None else decode(picture))
            case _:
                _say(error="call HOST:PORT, answer, hold, resume, hang-up, mute, figures, codes or quit")

    def _figures(self) -> None:
        far = self.station.far
        first = None if far.first_picture_at is None else round(far.first_picture_at - self._answered_at, 3)
        _say(pictures=far.pictures, loudest=round(self._loudest, 3), first=first, cpu=time.process_time())

    def _hear(self, samples: Samples) -> None:
        del samples
        self._loudest = max(self._loudest, self.station.far.loudness)

    def _tell(self, event: CallEvent) -> None:
        if isinstance(event, CallChanged):
            _say(state=event.state.value, ending=event.ending and event.ending.value)
            if event.state is CallState.TALKING:
                self._answered_at = time.monotonic()
        elif isinstance(event, FarHeld):
            _say(far_held=event.is_held)
        else:
            _say(lacks=sorted(event.what))


def _say(**what: object) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m hardware.video", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    add_options(parser)
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
