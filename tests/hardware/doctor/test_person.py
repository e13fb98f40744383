"""The walk with a technician: asked at a terminal, answered, skipped; and nothing waits for ever."""

import os
import pty
import subprocess
import sys
import time
from collections.abc import Iterator
from io import StringIO, TextIOWrapper

import cv2
import numpy as np
import pytest
import zxingcpp

from hardware.device import Sentence
from hardware.doctor.person import Technician
from hardware.simulators import simulated_device

QUESTION = Sentence("完整吗？", "Is it whole?")


class Terminal:
    """Both ends of a terminal."""

    def __init__(self) -> None:
        self.ours, theirs = pty.openpty()
        self.input = os.fdopen(theirs, "r")
        self.said = StringIO()

    def person(self, patience: float = 5.0) -> Technician:
        return Technician(self.input, lambda text: print(text, file=self.said), patience)

    def type(self, text: str) -> None:
        os.write(self.ours, text.encode())


@pytest.fixture
def terminal() -> Iterator[Terminal]:
    found = Terminal()
    yield found
    found.input.close()
    os.close(found.ours)


@pytest.mark.parametrize(("typed", "answer"), [("y\n", True), ("n\n", False), ("是\n", True), ("\n", None)])
def test_a_question_is_answered_or_skipped(terminal: Terminal, typed: str, answer: bool | None) -> None:
    terminal.type(typed)
    assert terminal.person().saw(QUESTION) is answer
    assert "完整吗？" in terminal.said.getvalue()
    assert "Is it whole?" in terminal.said.getvalue()


def test_no_answer_is_a_skip_in_the_end(terminal: Terminal) -> None:
    began = time.monotonic()
    assert terminal.person(patience=0.2).saw(QUESTION) is None
    assert time.monotonic() - began < 3.0


def test_enter_skips_a_wait(terminal: Terminal) -> None:
    person = terminal.person()
    assert not person.skipped()
    terminal.type("\n")
    time.sleep(0.1)
    assert person.skipped()
    assert not person.skipped()


def test_the_code_on_the_terminal_can_be_scanned(terminal: Terminal) -> None:
    terminal.person().show_code("HALL-DOCTOR")
    picture = _drawn(terminal.said.getvalue().splitlines())
    assert [code.text for code in zxingcpp.read_barcodes(picture)] == ["HALL-DOCTOR"]


def _drawn(lines: list[str]) -> np.ndarray:
    """As a terminal with light letters on black draws it."""
    halves = {"█": (255, 255), "▀": (255, 0), "▄": (0, 255), " ": (0, 0)}
    rows = [[halves[glyph][half] for glyph in line] for line in lines for half in (0, 1)]
    drawn = np.kron(np.array(rows, np.uint8), np.ones((8, 8), np.uint8)).astype(np.uint8)
    return np.asarray(cv2.copyMakeBorder(drawn, 40, 40, 40, 40, cv2.BORDER_CONSTANT, value=0))


def test_a_technician_is_walked_through_the_printer() -> None:
    """The real command at a terminal: the slip comes, the question is asked, `n` makes it a finding."""
    with simulated_device("printer") as printer:
        ours, theirs = pty.openpty()
        command = [sys.executable, "-m", "hardware.doctor", "--interactive", f"printer={printer.spec}"]
        with subprocess.Popen(command, stdin=theirs, stdout=subprocess.PIPE, text=True) as running:
            os.write(ours, b"n\n")
            assert isinstance(running.stdout, TextIOWrapper)
            said, _ = running.communicate(timeout=30)
        os.close(ours)
        os.close(theirs)
    assert running.returncode == 1
    assert "小票打印完整吗" in said
    assert "现场的人说没有做到" in said
