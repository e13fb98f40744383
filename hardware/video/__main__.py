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

import numpy as np

from hardware.notifier import Notifier
from hardware.registry import open_camera
from hardware.scanner.decode import decode
from hardware.spec import NO_DEVICE
from hardware.video.call import Sources, VideoCall
from hardware.video.media import SAMPLE_RATE, SAMPLES, Samples
from hardware.video.newest import NewestPicture
from hardware.video.states import CallChanged, CallEvent, CallState, FarHeld


def main(argv: Sequence[str] | None = None) -> int:
    """Run one end until `quit` or the end of standard input; returns the exit code."""
    options = _parser().parse_args(argv)
    newest = NewestPicture()
    notifier = Notifier(newest.hear)
    camera = open_camera(options.camera)
    if camera is not None:
        notifier.watch("camera", camera)
    end = _End(options.answer, Sources(newest.picture, _tone if options.tone else _nothing))
    try:
        end.run(options.listen, options.call)
    finally:
        end.call.stop()
        notifier.stop()
    return 0


class _End:
    def __init__(self, answers: bool, sources: Sources) -> None:
        self._answers = answers
        self._loudest = 0.0
        self._answered_at = 0.0
        self.call = VideoCall(sources, self._tell, play=self._hear)

    def run(self, listen: tuple[str, int], call: tuple[str, int] | None) -> None:
        port = self.call.start(*listen)
        _say(listening=port)
        if call is not None:
            self.call.call(*call)
        for line in sys.stdin:
            if line.strip() == "quit":
                return
            self._obey(line.split())

    def _obey(self, words: list[str]) -> None:
        match words:
            case ["call", where]:
                self.call.call(*_place(where))
            case ["answer"]:
                self.call.answer()
            case ["hold"]:
                self.call.hold()
            case ["resume"]:
                self.call.resume()
            case ["hang-up"]:
                self.call.hang_up()
            case ["mute"]:
                self.call.mute(True)
            case ["figures"]:
                self._figures()
            case ["codes"]:
                picture = self.call.far.picture
                _say(codes=[] if picture is None else decode(picture))
            case _:
                _say(error="call HOST:PORT, answer, hold, resume, hang-up, mute, figures, codes or quit")

    def _figures(self) -> None:
        far = self.call.far
        first = None if far.first_picture_at is None else round(far.first_picture_at - self._answered_at, 3)
        _say(pictures=far.pictures, loudest=round(self._loudest, 3), first=first, cpu=time.process_time())

    def _hear(self, samples: Samples) -> None:
        del samples
        self._loudest = max(self._loudest, self.call.far.loudness)

    def _tell(self, event: CallEvent) -> None:
        if isinstance(event, CallChanged):
            _say(state=event.state.value, ending=event.ending and event.ending.value)
            if event.state is CallState.TALKING:
                self._answered_at = time.monotonic()
            if event.state is CallState.RINGING and self._answers:
                self.call.answer()
        elif isinstance(event, FarHeld):
            _say(far_held=event.is_held)
        else:
            _say(lacks=sorted(event.what))


def _say(**what: object) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def _nothing() -> Samples:
    return np.zeros(SAMPLES, np.int16)


def _tone() -> Samples:
    """450 Hz: nine whole periods in 20 ms."""
    return (8000 * np.sin(2 * np.pi * 450 * np.arange(SAMPLES) / SAMPLE_RATE)).astype(np.int16)


def _place(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    if not host or not port.isdigit():
        raise argparse.ArgumentTypeError(f"{text!r}: expected HOST:PORT")
    return host, int(port)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m hardware.video", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--listen", type=_place, default=("0.0.0.0", 0), metavar="HOST:PORT")
    parser.add_argument("--call", type=_place, metavar="HOST:PORT")
    parser.add_argument("--camera", default=NO_DEVICE, metavar="SPEC")
    parser.add_argument("--answer", action="store_true", help="take every call at once")
    parser.add_argument("--tone", action="store_true", help="send a tone instead of silence")
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
