"""The only place where a kiosk is put together."""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import cast

from PySide6.QtCore import QTimer, QUrl
from PySide6.QtQuick import QQuickWindow

from hardware.spec import NO_DEVICE, device_name
from kiosk.outage import Standby
from kiosk.spool import Spool
from kiosk.stillness import VISIT, Patience
from kiosk.viewmodels import qr  # registers QrCode with QML
from kiosk.viewmodels.devices import DeviceSpecs
from kiosk.viewmodels.guide import Guide, Manner
from kiosk.viewmodels.kiosk import KioskModel
from kiosk.viewmodels.stillness import StillnessModel
from shared.qt.launch import Program, Stage, launch

VIEWS = Path(__file__).parent / "views"


def main(argv: Sequence[str] | None = None) -> int:
    """Run one kiosk until its window closes. Exit code 2 and a sentence when it cannot start."""
    return launch(PROGRAM, argv)


@dataclass(frozen=True, slots=True)
class Kiosk:
    """A kiosk on its screen, with the view-model that QML does not own."""

    window: QQuickWindow
    model: KioskModel


def set_up(stage: Stage) -> QQuickWindow:
    """The kiosk's window, for `launch`."""
    return put_up(stage).window


def put_up(stage: Stage) -> Kiosk:
    """Make the view-models and load the views; the devices start when the first frame is on the screen.

    Raises RuntimeError when QML refuses the views (its messages are in the log).
    """
    options = stage.options
    guide = Guide(Manner(language=options.lang), stage.application)
    specs = DeviceSpecs(printer=options.printer, reader=options.reader, scanner=options.scanner)
    patience = Patience(options.patience, VISIT.answer)
    spool = Spool(stage.state, owner=sha256(stage.identity.token.encode()).hexdigest())
    stage.at_end.append(spool.close)
    standby = Standby(spool)
    kiosk = KioskModel(guide, stage.bridge, specs, standby, patience, stage.application)
    if (board := spool.recall()) is not None:
        stage.bridge.recall(board, standby.now())
    guide.manner_changed.connect(lambda: _speak(stage, guide.manner))
    stage.application.installEventFilter(cast(StillnessModel, kiosk.stillness))
    stage.application.installEventFilter(kiosk.wedge)
    stage.at_end.append(kiosk.devices.stop)
    stage.reporting.sources.append(kiosk.devices.report)
    kiosk.devices.changed.connect(stage.reporting.look)
    window = _load(stage, kiosk)
    QTimer.singleShot(_AFTER_THE_FIRST_FRAME_MS, kiosk.devices, kiosk.devices.start)
    return Kiosk(window, kiosk)


def add_options(parser: argparse.ArgumentParser) -> None:
    """The kiosk's own options."""
    parser.add_argument(
        "--printer",
        type=device_name,
        default=NO_DEVICE,
        metavar="SPEC",
        help="the slip printer, as escpos:tcp://192.168.1.50:9100?paper=80 (none)",
    )
    parser.add_argument(
        "--reader",
        type=device_name,
        default=NO_DEVICE,
        metavar="SPEC",
        help="the identity-card reader, as sam:serial:///dev/ttyS0 (none)",
    )
    parser.add_argument(
        "--scanner",
        type=device_name,
        default=NO_DEVICE,
        metavar="SPEC",
        help="the scanner, as line:serial:///dev/ttyACM0?baud=9600; one that types needs none (none)",
    )
    parser.add_argument(
        "--patience",
        type=_seconds,
        default=VISIT.still,
        metavar="SECONDS",
        help="stillness before the kiosk asks whether anyone is there (%(default)g)",
    )


PROGRAM = Program("kiosk", "A self-service kiosk: take a number.", "citizen-kiosk", set_up, add_options)
_AFTER_THE_FIRST_FRAME_MS = 300


def _load(stage: Stage, kiosk: KioskModel) -> QQuickWindow:
    stage.engine.setInitialProperties({"kiosk": kiosk})
    stage.engine.load(QUrl.fromLocalFile(str(VIEWS / "Main.qml")))
    windows = [root for root in stage.engine.rootObjects() if isinstance(root, QQuickWindow)]
    if not windows:
        raise RuntimeError("the kiosk's views did not load")
    return windows[0]


def _speak(stage: Stage, manner: Manner) -> None:
    if stage.language.current != manner.language:
        stage.use_language(manner.language)


def _seconds(text: str) -> float:
    seconds = float(text)
    if seconds <= 0:
        raise argparse.ArgumentTypeError(f"seconds are more than 0, not {text}")
    return seconds


__all__ = ["PROGRAM", "Kiosk", "add_options", "main", "put_up", "qr", "set_up"]
