"""What every slip printer must do, run on the driver against the simulator process, over a pty and TCP."""

import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from PIL import Image

from hardware.device import DeviceState
from hardware.faults import DeviceError, DeviceTimedOut
from hardware.printer.document import Align, Columns, Cut, Document, Feed, Qr, Rule, Text
from hardware.printer.driver import PrintOutcome, PrintResult, TicketPrinter
from hardware.printer.font import draw_line
from hardware.registry import open_printer
from hardware.simulators import SimulatedDevice, simulated_device

URL = "http://127.0.0.1:8080/t/0123456789abcdefghijkl"
SHORT = Document((Text("号票 A001", size=2), Cut()))
UNCONFIRMED = PrintResult.UNCONFIRMED


@pytest.fixture(scope="module", params=["tcp", "pty"])
def device(request: pytest.FixtureRequest) -> Iterator[SimulatedDevice]:
    with simulated_device("printer", "--line", request.param, "--speed", "0") as device:
        yield device


@pytest.fixture
def printer(device: SimulatedDevice) -> Iterator[TicketPrinter]:
    address = plugged(device)
    for command in ("restart", "cover close", "cutter ok", "paper in"):
        device.command(command)
    with opened(f"escpos:{address}?within=0.5") as printer:
        yield printer


@contextmanager
def opened(spec: str) -> Iterator[TicketPrinter]:
    printer = open_printer(spec)
    assert isinstance(printer, TicketPrinter)
    printer.open()
    try:
        yield printer
    finally:
        printer.close()


def plugged(device: SimulatedDevice) -> str:
    """The device's address now; a pty comes back elsewhere."""
    address: str = device.command("plug")["address"]
    return address.replace("socket:", "tcp:")


def printed(device: SimulatedDevice) -> list[str]:
    slips: list[str] = device.command("slips")["slips"]
    return slips


@pytest.mark.parametrize(
    ("command", "state"),
    [
        ("talk", DeviceState.READY),
        ("paper low", DeviceState.NEAR_END),
        ("paper out", DeviceState.PAPER_OUT),
        ("cover open", DeviceState.COVER_OPEN),
        ("cutter jam", DeviceState.CUTTER),
        ("silent", DeviceState.SILENT),
        ("hang", DeviceState.SILENT),
    ],
)
def test_the_state_is_told_in_time_and_truthfully(
    printer: TicketPrinter, device: SimulatedDevice, command: str, state: DeviceState
) -> None:
    device.command(command)
    begin = time.monotonic()
    assert printer.status() is state
    assert time.monotonic() - begin < 1.5


def test_a_slip_is_confirmed_only_when_it_is_out(printer: TicketPrinter, device: SimulatedDevice) -> None:
    before = len(printed(device))
    assert printer.print(SHORT) == PrintOutcome(PrintResult.CONFIRMED, DeviceState.READY)
    assert printed(device)[before:] == ["号票 A001\n"]


def test_a_low_roll_still_prints(printer: TicketPrinter, device: SimulatedDevice) -> None:
    device.command("paper low")
    assert printer.print(SHORT) == PrintOutcome(PrintResult.CONFIRMED, DeviceState.NEAR_END)


@pytest.mark.parametrize("command", ["paper out", "cover open", "cutter jam", "silent", "hang"])
def test_nothing_is_sent_to_a_printer_that_cannot_print(
    printer: TicketPrinter, device: SimulatedDevice, command: str
) -> None:
    before = len(printed(device))
    device.command(command)
    outcome = printer.print(SHORT)
    assert outcome.result is PrintResult.NOT_PRINTED
    assert not outcome.state.is_usable
    for cure in ("restart", "cover close", "cutter ok", "paper in"):
        device.command(cure)
    assert printed(device)[before:] == []


@pytest.mark.parametrize(
    ("fault", "state"),
    [
        ("out-at", DeviceState.PAPER_OUT),
        ("jam-at", DeviceState.CUTTER),
        ("silent-at", DeviceState.SILENT),
        ("hang-at", DeviceState.SILENT),
        ("close-at", DeviceState.ERROR),
    ],
)
@pytest.mark.parametrize("at", [1, 9, 30])
def test_a_slip_broken_off_is_unconfirmed(
    printer: TicketPrinter, device: SimulatedDevice, fault: str, state: DeviceState, at: int
) -> None:
    printer.print(SHORT)  # the first print of a connection also clears what an earlier one left
    device.command(fault, str(at))
    begin = time.monotonic()
    outcome = printer.print(SHORT)
    assert time.monotonic() - begin < 20, "it hung"
    assert (outcome.result, outcome.state) == (UNCONFIRMED, state)


def test_unplug_at_any_byte(device: SimulatedDevice) -> None:
    """No slip is confirmed that is not out; truly every byte is in `test_every_byte`."""
    device.command("restart")
    device.command("paper in")
    sent = device.command("slips")["worked_off"]
    with opened(f"escpos:{plugged(device)}") as printer:
        assert printer.print(SHORT).result is PrintResult.CONFIRMED
    size = device.command("slips")["worked_off"] - sent
    for at in range(1, size, 5):
        device.command("restart")
        before = len(printed(device))
        with opened(f"escpos:{plugged(device)}?within=0.5") as printer:
            device.command("close-at", str(at))
            result = printer.print(SHORT).result
        is_out = len(printed(device)) > before
        assert result is not PrintResult.CONFIRMED, at
        assert not (is_out and result is PrintResult.NOT_PRINTED), at


def test_a_late_proof_does_not_confirm_the_next_slip(printer: TicketPrinter, device: SimulatedDevice) -> None:
    printer.print(SHORT)
    device.command("out-at", "9")
    assert printer.print(SHORT).result is UNCONFIRMED
    device.command("paper in")  # the rest of the slip comes out now, and its proof with it
    assert printer.status() is DeviceState.READY
    device.command("delay", "100")
    device.command("out-at", "20")
    outcome = printer.print(SHORT)
    device.command("delay", "0")
    assert outcome.result is not PrintResult.CONFIRMED


def test_after_new_paper_the_next_slip_is_confirmed(printer: TicketPrinter, device: SimulatedDevice) -> None:
    printer.print(SHORT)
    device.command("out-at", "9")
    printer.print(SHORT)
    device.command("paper in")
    assert printer.print(Document((Text("【补打】"), Cut()))).result is PrintResult.CONFIRMED
    assert printed(device)[-1] == "【补打】\n"


def test_a_silent_printer_is_a_fault_to_whoever_polls(
    printer: TicketPrinter, device: SimulatedDevice
) -> None:
    device.command("silent")
    with pytest.raises(DeviceTimedOut):
        printer.poll()


def test_unplugged_it_is_a_fault_and_plugged_it_prints_again(
    printer: TicketPrinter, device: SimulatedDevice
) -> None:
    device.command("unplug")
    with pytest.raises(DeviceError):
        printer.poll()
    assert printer.print(SHORT).result is PrintResult.NOT_PRINTED
    printer.close()
    with opened(f"escpos:{plugged(device)}") as back:
        assert back.print(SHORT).result is PrintResult.CONFIRMED


def test_no_field_can_command_the_printer(printer: TicketPrinter, device: SimulatedDevice) -> None:
    before = device.command("slips")
    evil = "张\x1bp\x00\x19\xfa\x1dV\x00\x10\x14\x01\x00\x05三\u202e"
    printer.print(Document((Text(evil), Columns(evil, evil), Text("完"), Cut())))
    after = device.command("slips")
    assert after["drawer_kicks"] == before["drawer_kicks"]
    assert after["unknown"] == before["unknown"] == []
    assert len(after["slips"]) == len(before["slips"]) + 1
    assert after["slips"][-1].endswith("完\n")


@pytest.mark.parametrize("junk", [b"\xff" * 4096, b"\x00" * 4096, b"\x10" * 4096, bytes(range(256)) * 16])
def test_four_kilobytes_of_junk(printer: TicketPrinter, device: SimulatedDevice, junk: bytes) -> None:
    """Before an answer: it costs no more than its time and is soon behind us, answers or not."""
    device.command("paper low")
    device.command("junk", junk.hex())
    begin = time.monotonic()
    printer.status()
    assert time.monotonic() - begin < 1.5
    assert DeviceState.NEAR_END in [printer.status() for _ in range(3)]


def test_garbage_before_the_answer(printer: TicketPrinter, device: SimulatedDevice) -> None:
    device.command("cover open")
    device.command("junk", "ff37a511")
    assert printer.status() is DeviceState.COVER_OPEN


@pytest.mark.parametrize("drop", [b"\xff", b"\x12", b"\x00", b"\x10", b"\x37"])
def test_a_printer_that_drips_bytes_is_answered_for_in_time(drop: bytes) -> None:
    """It says something every few milliseconds, for ever, and never what it was asked."""
    with (
        dripping(drop) as address,
        opened(f"escpos:tcp://{address}?within=1.5") as printer,
    ):
        begin = time.monotonic()
        printer.status()
        assert time.monotonic() - begin < 1.7
        begin = time.monotonic()
        assert printer.print(SHORT).result is not PrintResult.CONFIRMED
        assert time.monotonic() - begin < 1.9


@contextmanager
def dripping(drop: bytes) -> Iterator[str]:
    """A network device that babbles; yields `host:port`."""
    ended = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:

        def drip() -> None:
            line, _ = server.accept()
            with line, suppress(OSError):
                while not ended.wait(0.01):
                    line.sendall(drop)

        thread = threading.Thread(target=drip)
        thread.start()
        try:
            yield f"127.0.0.1:{server.getsockname()[1]}"
        finally:
            ended.set()
            thread.join(5)


@pytest.mark.parametrize("fault", ["out-at 9", "silent-at 9", "hang-at 9", "jam-at 9", "silent-at 1"])
def test_a_slip_ends_within_its_time(printer: TicketPrinter, device: SimulatedDevice, fault: str) -> None:
    """The question before and the clearing after it included; `within` is 0.5 s here."""
    printer.print(SHORT)
    device.command(fault)
    begin = time.monotonic()
    assert printer.print(SHORT).result is UNCONFIRMED
    assert time.monotonic() - begin < 0.8


def test_half_an_automatic_record_and_silence() -> None:
    with (
        simulated_device("printer", "--answers", "asb", "--speed", "0") as device,
        opened(device.spec) as printer,
    ):
        device.command("cut", "2")
        begin = time.monotonic()
        assert printer.status() is DeviceState.SILENT
        assert time.monotonic() - begin < 1.5
        device.command("paper out")
        assert printer.status() is DeviceState.PAPER_OUT


def test_the_rest_of_a_slip_never_follows_the_new_paper(
    printer: TicketPrinter, device: SimulatedDevice
) -> None:
    printer.print(SHORT)
    device.command("out-at", "9")
    assert printer.print(SHORT).state is DeviceState.PAPER_OUT
    before = device.command("slips")["worked_off"]
    device.command("paper in")
    assert printer.status() is DeviceState.READY
    assert device.command("slips")["worked_off"] == before


def test_a_printer_that_cannot_clear_lets_the_rest_out_before_the_copy() -> None:
    with (
        simulated_device("printer", "--clears", "no", "--speed", "0") as device,
        opened(device.spec + "&within=3") as printer,
    ):
        printer.print(SHORT)
        device.command("out-at", "9")
        assert printer.print(SHORT).result is UNCONFIRMED
        device.command("paper in")
        assert printer.print(Document((Text("【补打】"), Cut()))).result is PrintResult.CONFIRMED
        assert printed(device)[1:] == ["号票 A001\n", "以上作废 VOID\n", "【补打】\n"]
        assert device.command("slips")["unknown"] == []


@pytest.mark.parametrize(("answers", "state"), [("eot4", DeviceState.READY), ("none", DeviceState.UNKNOWN)])
def test_a_printer_that_tells_less_is_believed_less(answers: str, state: DeviceState) -> None:
    with (
        simulated_device("printer", "--answers", answers, "--speed", "0") as device,
        opened(device.spec) as printer,
    ):
        assert printer.status() is state
        expected = UNCONFIRMED if answers == "none" else PrintResult.CONFIRMED
        assert printer.print(SHORT).result is expected
        assert printed(device) == ["号票 A001\n"]


def test_a_printer_said_to_tell_all_that_answers_paper_only_is_unknown() -> None:
    with (
        simulated_device("printer", "--answers", "eot4") as device,
        opened(device.spec.replace("eot4", "eot")) as printer,
    ):
        assert printer.status() is DeviceState.UNKNOWN
        assert printer.print(SHORT).result is PrintResult.NOT_PRINTED


def test_automatic_status_follows_every_change() -> None:
    with (
        simulated_device("printer", "--answers", "asb", "--speed", "0") as device,
        opened(device.spec) as printer,
    ):
        assert printer.status() is DeviceState.READY
        for command, state in (
            ("paper out", DeviceState.PAPER_OUT),
            ("paper in", DeviceState.READY),
            ("cover open", DeviceState.COVER_OPEN),
            ("cover close", DeviceState.READY),
        ):
            device.command(command)
            assert printer.status() is state
        assert printer.print(SHORT).result is PrintResult.CONFIRMED
        device.command("silent")
        assert printer.status() is DeviceState.SILENT


def test_a_file_takes_everything_and_proves_nothing(tmp_path: Path) -> None:
    with opened(f"escpos:file://{tmp_path / 'slips.bin'}") as printer:
        assert printer.status() is DeviceState.UNKNOWN
        assert printer.print(SHORT).result is UNCONFIRMED
    assert "号票 A001".encode("gb18030") in (tmp_path / "slips.bin").read_bytes()


# -- what is on the paper ------------------------------------------------------------------------------


@contextmanager
def on_paper(
    document: Document, width: str, output: Path, query: str = ""
) -> Iterator[tuple[str, Image.Image]]:
    """The words and the dots of `document`, printed on paper of this width."""
    with (
        simulated_device("printer", "--paper", width, "--speed", "0", "--output", str(output)) as device,
        opened(device.spec + query) as printer,
    ):
        assert printer.print(document).result is PrintResult.CONFIRMED
        assert device.command("slips")["unknown"] == []
    with Image.open(output / "slip-0001.png") as image:
        yield (output / "slip-0001.txt").read_text(encoding="utf-8"), image


def ink(image: Image.Image) -> Image.Image:
    """The black part of a 1-bit image, cropped."""
    box = image.convert("L").point(lambda value: 255 - value).getbbox()
    assert box is not None
    return image.crop(box)


def test_chinese_reads_back_exactly(tmp_path: Path) -> None:
    lines = ["A001：", "（1）", "〇", "①", "岳阳市政务服务中心", "“引号”—…·℃№", "Tel 0730-1234567"]
    document = Document((*map(Text, lines), Cut()))
    with on_paper(document, "80", tmp_path) as (text, _):
        assert text.splitlines() == lines


def test_a_rare_name_is_drawn_and_not_replaced(tmp_path: Path) -> None:
    with on_paper(Document((Text("𠮷㼆"), Cut())), "80", tmp_path) as (text, image):
        assert text == "[image 48x24]\n"
        assert ink(image).tobytes() == ink(draw_line("𠮷㼆", 1)).tobytes()
        assert ink(image).tobytes() != ink(draw_line("??", 1)).tobytes()


@pytest.mark.parametrize(("width", "columns"), [("58", 32), ("80", 48)])
def test_columns_reach_both_edges(width: str, columns: int, tmp_path: Path) -> None:
    document = Document((Columns("A 综合窗口", "不动产登记"), Text("字" * (columns // 2 + 1)), Cut()))
    with on_paper(document, width, tmp_path) as (text, _):
        first, second, third = text.splitlines()
        assert len(first.encode("gb18030")) == columns
        assert (len(second), len(third)) == (columns // 2, 1)


def test_columns_too_long_for_one_line_take_two(tmp_path: Path) -> None:
    document = Document((Columns("左" * 10, "右" * 10), Cut()))
    with on_paper(document, "58", tmp_path) as (text, _):
        assert text.splitlines() == ["左" * 10, "右" * 10]


@pytest.mark.parametrize("query", ["", "&qr=native"])
@pytest.mark.parametrize("width", ["58", "80"])
def test_the_qr_code_is_read_from_the_paper(width: str, query: str, tmp_path: Path) -> None:
    with on_paper(Document((Text("扫码"), Qr(URL), Rule(), Cut())), width, tmp_path, query):
        pass
    read = subprocess.run(
        ["zbarimg", "--quiet", "--raw", str(tmp_path / "slip-0001.png")],
        capture_output=True,
        text=True,
        check=True,
    )
    assert read.stdout.strip() == URL


def test_sizes_and_alignment_are_seen_on_the_paper(tmp_path: Path) -> None:
    document = Document((Text("国", size=4, align=Align.CENTER), Feed(50), Cut()))
    with on_paper(document, "80", tmp_path) as (_, image):
        box = image.convert("L").point(lambda value: 255 - value).getbbox()
        assert box is not None
        left, _, right, _ = box
        assert 75 <= right - left <= 96
        assert abs((left + right) / 2 - image.width / 2) < 6


@pytest.mark.parametrize("number", ["HH", "H000H"])
def test_a_spaced_number_stands_in_the_middle(number: str, tmp_path: Path) -> None:
    document = Document((Text(number, size=4, align=Align.CENTER, spacing=8), Cut()))
    with on_paper(document, "80", tmp_path) as (text, image):
        box = image.convert("L").point(lambda value: 255 - value).getbbox()
        assert box is not None
        assert abs((box[0] + box[2]) / 2 - image.width / 2) < 3
        assert text == f"{number}\n"


def test_the_paper_takes_its_time() -> None:
    with simulated_device("printer", "--speed", "60") as device, opened(device.spec) as printer:
        begin = time.monotonic()
        assert printer.print(Document((Feed(160), Cut()))).result is PrintResult.CONFIRMED
        assert time.monotonic() - begin > 0.4


def test_a_full_buffer_holds_the_line_up_but_not_for_ever() -> None:
    long = Document((*(Qr(URL + "/" + "x" * 200) for _ in range(12)), Cut()))
    with (
        simulated_device("printer", "--speed", "0", "--buffer", "1000") as device,
        opened(device.spec + "&within=1") as printer,
    ):
        printer.print(SHORT)
        device.command("out-at", "500")
        begin = time.monotonic()
        assert printer.print(long).result is UNCONFIRMED
        assert time.monotonic() - begin < 5  # 1 s for the slip, 1.5 s for the last question, and the drawing
