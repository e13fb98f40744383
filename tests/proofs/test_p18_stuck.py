"""A stuck hub is restarted; one that beats from a thread of its own would not be; the units are right."""

import os
import re
import socket
import subprocess
from pathlib import Path

import pytest

from shared.supervisor import Supervisor as Told
from tests.proofs.p18_stuck import THREAD, falsely_restarted, tried, tried_on_screen

UNITS = Path(__file__).parents[2] / "shared" / "docs" / "systemd"


@pytest.mark.parametrize("fault", ["the process stands", "the writer stands"])
def test_a_stuck_hub_is_restarted_and_serves(tmp_path: Path, fault: str) -> None:
    assert tried(tmp_path / "hall", fault) == []


def test_a_hub_that_works_is_left_alone(tmp_path: Path) -> None:
    assert falsely_restarted(tmp_path / "hall", 1) == []


def test_a_beat_from_its_own_thread_goes_on_although_the_writer_stands(tmp_path: Path) -> None:
    """The control."""
    found = tried(tmp_path / "hall", "the writer stands", THREAD)
    assert found == ["the writer stands: it beat on, and nobody restarted it"]


def test_the_environment_says_whom_to_tell_and_how_often(tmp_path: Path) -> None:
    mine, other = str(os.getpid()), str(os.getpid() + 1)
    assert not Told({}).is_there
    assert Told({"NOTIFY_SOCKET": "/x", "WATCHDOG_USEC": "4000000"}).pause_seconds == 2.0
    assert Told({"WATCHDOG_USEC": "4000000", "WATCHDOG_PID": mine}).pause_seconds == 2.0
    assert Told({"WATCHDOG_USEC": "4000000", "WATCHDOG_PID": other}).pause_seconds > 2.0
    Told({"NOTIFY_SOCKET": str(tmp_path / "gone")}).tell("READY=1")  # nobody there: no error


def test_an_abstract_socket_is_reached() -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as channel:
        channel.bind(f"\0hall-test-{os.getpid()}")
        channel.settimeout(10)
        Told({"NOTIFY_SOCKET": f"@hall-test-{os.getpid()}"}).tell("READY=1", "STATUS=ok")
        assert channel.recv(100) == b"READY=1\nSTATUS=ok"


def test_a_stuck_screen_is_restarted(tmp_path: Path) -> None:
    assert tried_on_screen(tmp_path / "kiosk", "kiosk", "the event loop stands") == []


def test_a_screen_that_beats_from_its_own_thread_is_caught(tmp_path: Path) -> None:
    """The control."""
    found = tried_on_screen(tmp_path / "display", "display", "the event loop stands", THREAD)
    assert found == ["display, the event loop stands: it beat on, and nobody restarted it"]


def verified(
    unit: Path, folder: Path, change: tuple[str, str] = ("", "")
) -> "subprocess.CompletedProcess[str]":
    """Let systemd read a unit, with a program in place of the one that is installed in a hall.

    `shared/setup/system.sh` installs systemd-analyze; FileNotFoundError where it is missing all the same.
    """
    text = re.sub(r"(?m)^ExecStart=\S+", "ExecStart=/bin/true", unit.read_text("utf-8")).replace(*change)
    copy = folder / unit.name
    copy.write_text(text, "utf-8")
    whose = [] if "multi-user.target" in text else ["--user"]
    return subprocess.run(
        ["systemd-analyze", "verify", *whose, "--man=no", str(copy)],
        env={**os.environ, "XDG_RUNTIME_DIR": str(folder)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("unit", sorted(UNITS.glob("*.service")), ids=lambda unit: unit.name)
def test_systemd_accepts_the_unit(tmp_path: Path, unit: Path) -> None:
    good = verified(unit, tmp_path)
    assert (good.returncode, unit.name in good.stderr) == (0, False), good.stderr
    bad = verified(unit, tmp_path, ("Restart=always", "Restart=allways"))
    assert unit.name in bad.stderr, "the check itself can fail"


@pytest.mark.parametrize("unit", sorted(UNITS.glob("*.service")), ids=lambda unit: unit.name)
def test_a_unit_asks_for_the_watchdog_because_its_program_beats(unit: Path) -> None:
    text = unit.read_text("utf-8")
    for line in ("Type=notify", "NotifyAccess=main", "WatchdogSec=", "Restart=always"):
        assert re.search(f"(?m)^{line}", text), line
    assert re.search(r"(?m)^ExecStart=\S+/hall (hub|kiosk|counter|display)\b", text), (
        "each of which is tried above"
    )


def test_when_memory_runs_out_the_hub_is_not_the_first_to_go() -> None:
    unit = (UNITS / "hall-hub.service").read_text("utf-8")
    assert re.search("(?m)^OOMScoreAdjust=-", unit)
