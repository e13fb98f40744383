"""With a screen: the three windows stand open, devices are simulated, and one can play."""

import sys
import threading
from pathlib import Path

from hardware.faults import DeviceError
from shared.config import HallConfig
from shared.demo.citizens import identity_of
from shared.demo.staging import COUNTER_WINDOW, OPENING, Stage, staged
from shared.demo.story import write_story
from shared.protocol import messages as m
from shared.testing import id_number

_OPENING = OPENING.replace(hour=9, minute=30)
_WAITING = 40

_HELP = """
The hall is open: a kiosk, the counter of window {window}, and the hall board.
  counter   sign in with {clerk} and {pin}, open window {window}, F12 calls the next
  here      card            lay a card on the kiosk's reader     lift   take it away
            card 李四 1950  somebody born in that year           out    the printer has no paper
            in              new paper                            quit   close the hall
Slips are drawn into {slips}.
"""


def play(folder: Path, output: Path, hall: HallConfig) -> int:
    """Open the windows and obey the terminal; ends with `quit`, Ctrl-C, or when the kiosk is closed."""
    clerk = hall.clerks[0]
    with staged(folder, output, hall, _OPENING, 1.0, screen=True) as stage:
        _let_some_wait(stage, hall)
        kiosk = stage.start_kiosk("540x960")
        stage.start("counter", "counter", "counter", "--size", "1366x768", window=COUNTER_WINDOW)
        stage.start("board", "display", "display", "--size", "1280x720", "--voice", "auto",
                    "--voice-pack", str(folder / "voice"))  # fmt: skip
        slips = output / "slips"
        print(_HELP.format(window=COUNTER_WINDOW, clerk=clerk.number, pin=clerk.pin, slips=slips))  # noqa: T201
        threading.Thread(target=_obey, args=(stage,), daemon=True).start()
        try:
            kiosk.process.wait()
        except KeyboardInterrupt:
            print("the hall closes")  # noqa: T201
    return 0


def _let_some_wait(stage: Stage, hall: HallConfig) -> None:
    """A few citizens are there already."""
    kiosk = stage.hub.client("citizen-kiosk")
    for citizen in write_story(hall, _WAITING, seed=1):
        body = m.TakeTicket(channel="kiosk", matter=citizen.matter.id, identity=identity_of(citizen))
        kiosk.call("take_ticket", body)


def _obey(stage: Stage) -> None:
    for line in sys.stdin:
        word, *rest = line.split() or [""]
        try:
            if word == "quit":
                break
            _do(stage, word, rest)
        except DeviceError as error:
            print(error)  # noqa: T201
    stage.apps["kiosk"].process.terminate()


def _do(stage: Stage, word: str, rest: list[str]) -> None:
    if word == "card":
        name, year = (rest + ["张三", "1990"][len(rest) :])[:2]
        stage.reader.command("put", name, id_number(f"{year}0615", 11))
    elif word == "lift":
        stage.reader.command("lift")
    elif word in ("out", "in"):
        stage.printer.command(f"paper {word}")
    elif word:
        print("card, lift, out, in, quit")  # noqa: T201
