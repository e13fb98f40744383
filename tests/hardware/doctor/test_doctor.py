"""`hall doctor` with every simulator up, then with each one broken: it names the device and the next step."""

import json
import os
import pty
import threading
import time
import tty
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from hardware.doctor.__main__ import main
from hardware.simulators import SimulatedDevice, simulated_device

NUMBER = "430602199001011235"
Devices = dict[str, SimulatedDevice]


@pytest.fixture(scope="module")
def devices(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Devices]:
    """One of each, all up."""
    pipe = tmp_path_factory.mktemp("camera") / "pipe"
    with ExitStack() as stack:
        yield {
            "printer": stack.enter_context(simulated_device("printer")),
            "idcard": stack.enter_context(simulated_device("idcard", "--line", "pty")),
            "scanner": stack.enter_context(simulated_device("scanner", "--line", "pty")),
            "keypad": stack.enter_context(simulated_device("keypad", "--line", "pty")),
            "ledbar": stack.enter_context(simulated_device("ledbar", "--line", "pty")),
            "camera": stack.enter_context(simulated_device("camera", "--line", "pipe", "--link", str(pipe))),
        }


def doctor(*arguments: str) -> tuple[int, list[dict[str, object]]]:
    """The exit code and the findings of one run."""
    said: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("hardware.doctor.__main__._say", said.append)
        code = main([*arguments, "--json"])
    findings: list[dict[str, object]] = json.loads(said[-1])["findings"]
    return code, findings


@contextmanager
def repeatedly(device: SimulatedDevice, command: str) -> Iterator[None]:
    """A person who does the same thing again and again beside the doctor."""
    done = threading.Event()

    def work() -> None:
        while not done.wait(0.3):
            device.command(command)

    person = threading.Thread(target=work)
    person.start()
    try:
        yield
    finally:
        done.set()
        person.join()


def test_all_is_fine_when_all_simulators_are_up(devices: Devices, capsys: pytest.CaptureFixture[str]) -> None:
    devices["idcard"].command(f"put 张三 {NUMBER}")
    before = len(devices["printer"].command("slips")["slips"])
    seen = {kind: device for kind, device in devices.items() if kind != "ledbar"}
    with repeatedly(devices["scanner"], "scan HALL-DOCTOR"), repeatedly(devices["keypad"], "press 1 next"):
        code = main([f"{kind}={device.spec}" for kind, device in seen.items()])
    devices["idcard"].command("lift")
    said = capsys.readouterr().out
    assert code == 0, said
    assert said.count("✓") == len(seen)
    assert "All 5 are fine" in said
    slips = devices["printer"].command("slips")["slips"]
    assert len(slips) == before + 1
    assert "打印自检" in slips[-1]
    assert NUMBER not in said, "nothing personal is written"
    assert "430602********1235" in said


BROKEN = [
    ("printer", "silent", "talk", "silent", "电源"),
    ("printer", "paper out", "paper in", "paper_out", "新纸卷"),
    ("printer", "paper low", "paper in", "near_end", "新纸"),
    ("printer", "cover open", "cover close", "cover_open", "咔嗒"),
    ("printer", "cutter jam", "cutter ok", "cutter", "碎纸"),
    ("printer", "unplug", "plug", "nobody_listens", "端口"),
    ("idcard", "silent", "talk", "silent", "电源"),
    ("idcard", "unplug", "plug", "no_port", "插好设备"),
    ("scanner", "unplug", "plug", "no_port", "插好设备"),
    ("scanner", "silent", "talk", "nothing_scanned", "扫屏幕上的码"),
    ("keypad", "silent", "talk", "nothing_pressed", "address="),
    ("keypad", "unplug", "plug", "no_port", "插好设备"),
    ("ledbar", "unplug", "plug", "no_port", "插好设备"),
    ("camera", "scene black", "scene disc", "black", "镜头盖"),
    ("camera", "scene still", "scene disc", "frozen", "USB"),
    ("camera", "silent", "talk", "silent|frozen", "线"),
]


@pytest.mark.parametrize(
    ("kind", "breaking", "mending", "fault", "step"),
    BROKEN,
    ids=[f"{kind}-{breaking.replace(' ', '-')}" for kind, breaking, *_ in BROKEN],
)
def test_a_broken_device_is_named_with_the_next_step(
    devices: Devices, kind: str, breaking: str, mending: str, fault: str, step: str
) -> None:
    device = devices[kind]
    device.command(breaking)
    try:
        code, findings = doctor(f"{kind}={device.spec}", "--wait", "0.5")
    finally:
        device.command(mending)
    assert code == 1
    (found,) = findings
    assert found["kind"] == kind
    assert found["fault"] in fault.split("|"), found
    assert step in str(found["zh"])


@pytest.fixture
def babbler() -> Iterator[str]:
    """A pty that answers every question with bytes of the wrong speed."""
    ours, theirs = pty.openpty()
    tty.setraw(theirs)
    ended = threading.Event()

    def babble() -> None:
        while not ended.is_set():
            if os.read(ours, 256):
                os.write(ours, bytes([0x80, 0xF8, 0x00, 0x78] * 6))

    thread = threading.Thread(target=babble, daemon=True)
    thread.start()
    yield os.ttyname(theirs)
    ended.set()
    os.write(theirs, b"\n")
    thread.join(5)
    os.close(theirs)
    os.close(ours)


def test_bytes_of_another_speed_hint_at_the_speed(babbler: str) -> None:
    code, (found,) = doctor(f"reader=sam:serial://{babbler}")
    assert (code, found["fault"]) == (1, "garbage")
    assert "baud" in str(found["en"])


def test_a_slip_without_proof_is_not_called_fine(devices: Devices) -> None:
    """A printer that says nothing of itself and confirms nothing: only a person can tell."""
    spec = devices["printer"].spec.replace("status=eot", "status=none")
    code, (found,) = doctor(f"printer={spec}")
    assert (code, found["fault"]) == (1, "slip_unproved")


def test_no_slip_is_printed_when_none_is_wanted(devices: Devices) -> None:
    before = devices["printer"].command("slips")["slips"]
    code, _ = doctor(f"printer={devices['printer'].spec}", "--no-print")
    assert code == 0
    assert devices["printer"].command("slips")["slips"] == before


def test_a_driver_that_hangs_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    from hardware.doctor import checks
    from hardware.doctor.person import Nobody

    monkeypatch.setattr(checks, "DEADLINE", 0.2)
    monkeypatch.setattr(checks, "CHECKS", {"printer": lambda _spec, _visit: time.sleep(3600)})
    finding = checks.examine("printer", "escpos:tcp://x:1", checks.Visit(Nobody(), wait=0.0))
    assert finding.fault == "silent"


@pytest.mark.parametrize("wrong", ["printer", "toaster=x:tcp://h:1", "printer="])
def test_a_mistake_in_the_command_is_code_2(wrong: str) -> None:
    with pytest.raises(SystemExit) as ended:
        main([wrong])
    assert ended.value.code == 2


def test_a_voice_pack_that_lacks_clips_is_named(tmp_path: Path) -> None:
    pack = tmp_path / "pack"
    pack.mkdir()
    code, (found,) = doctor(f"voice={pack}")
    assert (code, found["fault"]) == (1, "pack_missing")
    (pack / "manifest.json").write_text('{"name": "empty", "rate": 22050, "clips": {}}')
    code, (found,) = doctor(f"voice={pack}")
    assert (code, found["fault"]) == (1, "clips_missing")
    assert "zh/" in str(found["zh"])


def test_a_bar_is_fine_only_when_a_person_saw_it(devices: Devices) -> None:
    """A bar never answers: 888 is sent to it, and whether it shows is for somebody to say."""
    code, (found,) = doctor(f"ledbar={devices['ledbar'].spec}")
    assert (code, found["fault"]) == (1, "untold")
    assert "--interactive" in str(found["en"])


def test_a_card_service_that_does_not_run_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hardware.doctor.machine._PCSCD", tmp_path / "none")
    code, (found,) = doctor("socialcard=pcsc:/")
    assert (code, found["kind"], found["fault"]) == (1, "idcard", "pcscd_down")
    assert "systemctl" in str(found["en"])
