"""`hall demo`, end to end: a small day with the real apps, devices and papers."""

import re
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a day of sixteen citizens leaves; the day itself must end well."""
    folder: Path = tmp_path_factory.mktemp("demo")
    command = [
        sys.executable,
        "-m",
        "shared.cli",
        "demo",
        "--offscreen",
        "--citizens",
        "16",
        "--seconds",
        "45",
    ]
    done = subprocess.run(
        [*command, "--output", str(folder)], capture_output=True, text=True, timeout=240, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "16 of 16 citizens' days ended as they should" in done.stdout
    return folder


def test_every_citizen_has_a_line(output: Path) -> None:
    lines = (output / "citizens.txt").read_text("utf-8").splitlines()
    assert len([line for line in lines if re.match(r"[A-Z]\d{3} ", line)]) == 16


def test_every_screen_has_its_picture(output: Path) -> None:
    names = {path.name for path in (output / "screenshots").glob("*.png")}
    assert {"kiosk-home.png", "kiosk-landscape.png", "kiosk-ticket.png", "kiosk-shown.png"} <= names
    assert {"counter.png", "counter-bar.png", "hall-board.png", "window-board.png"} <= names
    assert {"phone-waiting.png", "phone-called.png"} <= names


def test_the_slips_read_back(output: Path) -> None:
    slips = sorted((output / "slips").glob("*.png"))
    assert slips, "those who used the kiosk have their papers"
    for slip in slips:
        read = subprocess.run(
            ["zbarimg", "-q", "--raw", str(slip)], capture_output=True, text=True, check=True
        )
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/t/\d+-[\w-]{22}", read.stdout.strip())
        words = slip.with_suffix(".txt").read_text("utf-8")
        assert "岳阳市政务服务中心" in words
        assert "过号可在本日内回到窗口或取号机恢复一次" in words


def test_every_call_was_announced(output: Path) -> None:
    called = (output / "citizens.txt").read_text("utf-8").count("served")
    assert len(list((output / "announcements").glob("*.wav"))) >= called
