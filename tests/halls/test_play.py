"""With a screen, the three windows stand open and obey the terminal (on a virtual screen, Xvfb)."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import ImageGrab


@pytest.fixture
def screen() -> Iterator[str]:
    """A virtual screen's name."""
    command = ["Xvfb", "-displayfd", "1", "-screen", "0", "1920x1080x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        number = server.stdout.readline().strip() if server.stdout else ""
        yield f":{number}"
        server.terminate()


def test_one_can_play(screen: str, tmp_path: Path) -> None:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("QT_")} | {"DISPLAY": screen}
    command = [sys.executable, "-u", "-m", "shared.cli", "demo", "--output", str(tmp_path)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    ) as demo:
        if demo.stdin is None or demo.stdout is None:
            raise RuntimeError("the demo has no terminal")
        try:
            said = ""
            while "Slips are drawn into" not in said:
                line = demo.stdout.readline()
                assert line, said
                said += line
            assert re.search(r"sign in with 101 and \d{6}", said)
            demo.stdin.write("card 李四 1950\nlift\n")
            demo.stdin.flush()
            colours = wait_for_windows(screen)
            assert colours > 50, "the screen shows the hall"
        finally:
            demo.stdin.write("quit\n")
            demo.stdin.close()
            assert demo.wait(60) == 0


def wait_for_windows(screen: str) -> int:
    """How many colours the screen shows once something is on it."""
    for _ in range(120):
        seen = ImageGrab.grab(xdisplay=screen).getcolors(1 << 24) or []
        if len(seen) > 50:
            return len(seen)
        time.sleep(0.25)
    return len(seen)
