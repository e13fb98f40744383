"""One check per kind of device: open it, ask it, let it work, and say what was seen.

Every check runs in a thread of its own under a deadline, so a driver that hangs is a finding and no hang.
"""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from hardware.device import Device, DeviceState, Sentence, StateChanged
from hardware.doctor.advice import BY_STATE, Fault
from hardware.doctor.diagnosis import diagnose, line_of
from hardware.doctor.finding import Finding
from hardware.doctor.machine import pcscd_runs
from hardware.doctor.person import Person
from hardware.faults import DeviceError, DeviceUnavailable
from hardware.registry import DRIVERS, open_device, open_id_reader, open_ledbar, open_printer
from hardware.spec import DeviceSpec

if TYPE_CHECKING:
    from hardware.ledbar.driver import LedBar

DEADLINE = 30.0
"""Seconds a check may take without a person; a person may take ATTENDED seconds."""
ATTENDED = 240.0
_LOOK = 3.0
_PERSON = 60.0


@dataclass(frozen=True, slots=True)
class Visit:
    """How this run tests: with whom, how long it waits for a scan or a card, and whether it prints."""

    person: Person
    wait: float = 5.0
    prints: bool = True

    def patience(self) -> float:
        """Seconds to wait for something that a person must do."""
        return _PERSON if self.person.is_there else self.wait


Check = Callable[[str, Visit], Finding]


def examine(kind: str, spec: str, visit: Visit) -> Finding:
    """Test one device. Raises nothing of the device's: the finding tells it."""
    found: list[Finding] = []
    bugs: list[Exception] = []

    def work() -> None:
        try:
            found.append(CHECKS.get(kind, check_any(kind))(spec, visit))
        except DeviceError as error:
            found.append(_closer(diagnose(kind, spec, error), spec))
        except Exception as error:  # noqa: BLE001 - told in the caller's thread
            bugs.append(error)

    thread = threading.Thread(target=work, name=f"doctor {kind}", daemon=True)
    thread.start()
    thread.join(ATTENDED if visit.person.is_there else DEADLINE + visit.wait)
    if bugs:
        raise bugs[0]
    return found[0] if found else Finding(kind, spec, Fault.SILENT, "the driver did not come back")


@contextlib.contextmanager
def _opened(device: Device) -> Iterator[None]:
    try:
        device.open()
        yield
    finally:
        with contextlib.suppress(DeviceError):
            device.close()


# -- printer ------------------------------------------------------------------------------------------


def check_printer(spec: str, visit: Visit) -> Finding:
    """Its state, then a test slip with the printer's own proof."""
    from hardware.printer.driver import PrintResult
    from hardware.printer.selftest import self_test_slip

    printer = open_printer(spec)
    if printer is None:
        return _none("printer", spec)
    with _opened(printer):
        state = printer.status()
        if not (state.is_usable or (state is DeviceState.UNKNOWN and printer.profile.is_blind)):
            return _judged("printer", spec, state)
        if not visit.prints:
            return _judged("printer", spec, state)
        outcome = printer.print(
            self_test_slip(spec.partition("?")[0], datetime.now(UTC).astimezone(), printer.profile)
        )
    seen = f"state {state}, slip {outcome.result}"
    if outcome.result is PrintResult.NOT_PRINTED:
        return _judged("printer", spec, outcome.state, seen)
    answer = visit.person.saw(Sentence("小票打印完整吗？", "Did the test slip come out whole? Tear it off."))
    if answer is False:
        return Finding("printer", spec, Fault.NOT_SEEN, seen)
    if outcome.result is PrintResult.CONFIRMED:
        return _judged("printer", spec, state, seen)
    if answer:
        return Finding("printer", spec, Fault.FINE, f"{seen}, seen by a person")
    if not outcome.state.is_usable and outcome.state is not DeviceState.UNKNOWN:
        return _judged("printer", spec, outcome.state, seen)
    return Finding("printer", spec, Fault.SLIP_UNPROVED, seen)


# -- readers ------------------------------------------------------------------------------------------


def check_idcard(spec: str, visit: Visit) -> Finding:
    """The module's number, then a card if one lies there or somebody lays one down."""
    from hardware.idcard.driver import CardNotRead, CardRead, SamReader

    if spec.startswith("pcsc:") and not pcscd_runs():
        return Finding("idcard", spec, Fault.PCSCD_DOWN)
    reader = open_id_reader(spec)
    if reader is None:
        return _none("idcard", spec)
    with _opened(reader):
        seen = f"module {reader.module_number().hex()}" if isinstance(reader, SamReader) else "answers"
        if visit.person.is_there:
            visit.person.tell(
                Sentence("请把卡放在读卡器上（或插入读卡器）", "Lay the card on the reader, or put it in")
            )
        event = _first(reader, (CardRead, CardNotRead), visit, _PERSON if visit.person.is_there else 0.0)
    match event:
        case CardRead(card=card):
            shown = card.masked()
            return Finding("idcard", spec, Fault.FINE, f"{seen}; card {' '.join(shown.values())}")
        case CardNotRead(outcome=outcome):
            return Finding("idcard", spec, Fault.CARD_UNREAD, f"{seen}; {outcome}")
    return Finding("idcard", spec, Fault.FINE, f"{seen}; no card tried")


def check_scanner(spec: str, visit: Visit) -> Finding:
    """A scanner says nothing until it scans: only a scan proves it."""
    from hardware.scanner.events import Scanned

    scanner = _device("scanner", spec)
    with _opened(scanner):
        visit.person.tell(Sentence("请用扫码器扫下面的码", "Scan this code with the scanner"))
        visit.person.show_code("HALL-DOCTOR")
        event = _first(scanner, (Scanned,), visit, visit.patience())
    if isinstance(event, Scanned):
        return Finding("scanner", spec, Fault.FINE, f"a code of {len(event.text)} characters")
    return Finding("scanner", spec, Fault.NOTHING_SCANNED, "line open")


def check_keypad(spec: str, visit: Visit) -> Finding:
    """A pad says nothing until a key is pressed: only a key proves it."""
    from hardware.keypad.driver import KeyPressed, Rated

    keypad = _device("keypad", spec)
    with _opened(keypad):
        visit.person.tell(Sentence("请按键盘上的任意一个键", "Press any key of the pad"))
        event = _first(keypad, (KeyPressed, Rated), visit, visit.patience())
    if event is None:
        return Finding("keypad", spec, Fault.NOTHING_PRESSED, "line open")
    return Finding("keypad", spec, Fault.FINE, f"{type(event).__name__}")


# -- pictures, sound, the rest ------------------------------------------------------------------------


def check_camera(spec: str, visit: Visit) -> Finding:
    """Long enough to tell a live picture from a frozen or a black one."""
    from hardware.camera.frame import Frame

    del visit
    camera = _device("camera", spec)
    state, size, count = DeviceState.UNKNOWN, "", 0
    with _opened(camera):
        ends = time.monotonic() + _LOOK
        while time.monotonic() < ends:
            for event in camera.poll():
                if isinstance(event, StateChanged):
                    state = event.state
                if isinstance(event, Frame):
                    count += 1
                    size = f"{event.image.shape[1]}x{event.image.shape[0]}"
            time.sleep(camera.poll_interval)
    return _judged("camera", spec, state, f"{count} pictures {size}".strip())


def check_voice(spec: str, visit: Visit) -> Finding:
    """`auto` or a pack's folder, and after a comma the sink: the pack is whole, and a sentence is heard."""
    from hardware.voice.pack import PackError, default_pack_folder, load_pack
    from hardware.voice.phrases import call_phrases
    from hardware.voice.sinks import SinkError, open_sink
    from hardware.voice.splice import splice

    folder, _, sink_spec = spec.partition(",")
    try:
        pack = load_pack(default_pack_folder() if folder == "auto" else Path(folder))
    except PackError as error:
        return Finding("voice", spec, Fault.PACK_MISSING, str(error))
    if missing := pack.missing():
        named = ", ".join(missing[:5]) + (" ..." if len(missing) > 5 else "")
        return Finding("voice", spec, Fault.CLIPS_MISSING, fields={"missing": named})
    try:
        sink = open_sink(sink_spec or "auto")
        if not sink.audible:
            return Finding("voice", spec, Fault.NO_SOUND, "no sound card or no player")
        sink.play(splice(pack, list(call_phrases("A001", 1, ["zh", "en"]))), threading.Event())
    except (SinkError, ValueError) as error:
        return Finding("voice", spec, Fault.NO_SOUND, str(error))
    answer = visit.person.saw(Sentence("听到“请 A001 号到 1 号窗口”了吗？", "Did you hear the call of A001?"))
    return Finding("voice", spec, Fault.NOT_SEEN if answer is False else Fault.FINE, f"pack {pack.name}")


def check_ledbar(spec: str, visit: Visit) -> Finding:
    """A bar gives no answer: it shows 888, and only a person can say so."""
    bar = open_ledbar(spec)
    if bar is None:
        return _none("ledbar", spec)
    with _opened(bar):
        shown = _show_eights(bar)
        answer = visit.person.saw(Sentence(f"窗口屏上显示 {shown} 了吗？", f"Does the bar show {shown}?"))
        bar.show(None)
    fault = {True: Fault.FINE, False: Fault.NOT_SEEN, None: Fault.UNTOLD}[answer]
    return Finding("ledbar", spec, fault, f"{shown} was sent")


def _show_eights(bar: "LedBar") -> int:
    """As many as have room: every segment lit."""
    for number in (8888, 888, 88):
        with contextlib.suppress(ValueError):
            bar.show(number)
            return number
    bar.show(8)
    return 8


def check_any(kind: str) -> Check:
    """The check of a kind that has none of its own: its driver is asked for its state."""

    def check(spec: str, visit: Visit) -> Finding:
        del visit
        device, state = _device(kind, spec), DeviceState.UNKNOWN
        with _opened(device):
            ends = time.monotonic() + _LOOK
            while state is DeviceState.UNKNOWN and time.monotonic() < ends:
                told = [event.state for event in device.poll() if isinstance(event, StateChanged)]
                state = told[-1] if told else state
                time.sleep(device.poll_interval)
        return _judged(kind, spec, state)

    return check


CHECKS: Mapping[str, Check] = {
    "printer": check_printer,
    "idcard": check_idcard,
    "scanner": check_scanner,
    "camera": check_camera,
    "keypad": check_keypad,
    "ledbar": check_ledbar,
    "voice": check_voice,
}


def known_kinds() -> frozenset[str]:
    """What can be named on the command line."""
    return frozenset(DRIVERS) | frozenset(CHECKS)


def _device(kind: str, spec: str) -> Device:
    device = open_device(kind, spec)
    if device is None:
        raise DeviceUnavailable(f"{kind}: none is set")
    return device  # type: ignore[return-value]  # every driver of the table is a Device


def _none(kind: str, spec: str) -> Finding:
    return Finding(kind, spec, Fault.SKIPPED, "none is set")


def _judged(kind: str, spec: str, state: DeviceState, seen: str = "") -> Finding:
    return Finding(kind, spec, BY_STATE[state], seen or f"state {state}")


def _first(device: Device, wanted: tuple[type, ...], visit: Visit, within: float) -> object | None:
    """The first event of a wanted type within so many seconds; at least one poll is made."""
    ends = time.monotonic() + within
    while True:
        events: Sequence[object] = device.poll()
        for event in events:
            if isinstance(event, wanted):
                return event
        if time.monotonic() >= ends or visit.person.skipped():
            return None
        time.sleep(device.poll_interval)


def _closer(finding: Finding, spec: str) -> Finding:
    """Silence on a serial line may be the wrong speed: look whether anything at all comes, and at which."""
    if finding.fault not in (Fault.SILENT, Fault.BROKE_OFF) or finding.kind != "idcard":
        return finding
    from hardware.doctor.speed import answers_at, babbles

    parsed = DeviceSpec.parse(spec)
    baud = int(parsed.number("baud", 115200))
    with contextlib.suppress(DeviceError):
        other = answers_at(line_of(spec), besides=baud)
        if other is not None:
            return Finding(finding.kind, spec, Fault.WRONG_BAUD, finding.seen, {"baud": other})
        if babbles(line_of(spec), baud):
            return Finding(finding.kind, spec, Fault.GARBAGE, finding.seen)
    return finding
