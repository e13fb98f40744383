"""The technician before the machine: asked and told in two languages, and never waited for without end."""

import os
import select
import sys
from collections.abc import Callable
from typing import Protocol, TextIO

from hardware.device import Sentence
from hardware.transport import Deadline

ANSWER_TIME = 60.0
"""Seconds a question waits; no answer counts as a skip."""


class Person(Protocol):
    """Who can be asked to do something at the machine."""

    is_there: bool

    def tell(self, text: Sentence) -> None:
        """Say what to do now."""

    def show_code(self, text: str) -> None:
        """Show a QR code to be scanned."""

    def saw(self, question: Sentence) -> bool | None:
        """Yes, no, or None when the question was skipped."""

    def skipped(self) -> bool:
        """Whether Enter was pressed since the last question. Never waits."""


class Nobody:
    """Without --interactive: nobody to ask."""

    is_there = False

    def tell(self, text: Sentence) -> None:
        del text

    def show_code(self, text: str) -> None:
        del text

    def saw(self, question: Sentence) -> bool | None:
        del question
        return None

    def skipped(self) -> bool:
        return False


class Technician:
    """Somebody at a terminal."""

    is_there = True

    def __init__(self, answers: TextIO, say: Callable[[str], None], patience: float = ANSWER_TIME) -> None:
        self._answers = answers
        self._say = say
        self._patience = patience
        self._pending = b""

    def tell(self, text: Sentence) -> None:
        self._say(f"  → {text.zh}\n    {text.en}\n    （按回车跳过 / Enter skips）")

    def show_code(self, text: str) -> None:
        import qrcode

        code = qrcode.QRCode(border=2)
        code.add_data(text)
        self._say("\n".join(_half_blocks(code.get_matrix())))

    def saw(self, question: Sentence) -> bool | None:
        self._say(f"  ? {question.zh}  y/n\n    {question.en}  y/n   （按回车跳过 / Enter skips）")
        answer = (self._line(self._patience) or "").strip().lower()
        return {"y": True, "yes": True, "是": True, "n": False, "no": False, "否": False}.get(answer)

    def skipped(self) -> bool:
        return self._line(0.0) is not None

    def _line(self, within: float) -> str | None:
        """One line typed in time, read from the descriptor: a buffered reader hides lines from select."""
        deadline = Deadline.after(within)
        descriptor = self._answers.fileno()
        while b"\n" not in self._pending:
            if not select.select([descriptor], [], [], deadline.remaining)[0]:
                return None
            data = os.read(descriptor, 4096)
            if not data:  # nobody is there any more
                return ""
            self._pending += data
        line, _, self._pending = self._pending.partition(b"\n")
        return line.decode(errors="replace")


def _half_blocks(matrix: list[list[bool]]) -> list[str]:
    """Two rows a line. Dark modules are spaces: terminals are dark, and a scanner wants dark on light."""
    rows = [*matrix, [False] * len(matrix[0])] if len(matrix) % 2 else matrix
    glyphs = {(False, False): "█", (False, True): "▀", (True, False): "▄", (True, True): " "}
    return [
        "".join(glyphs[pair] for pair in zip(upper, lower, strict=True))
        for upper, lower in zip(rows[::2], rows[1::2], strict=True)
    ]


def technician() -> Technician:
    """The one at this terminal."""
    return Technician(sys.stdin, lambda text: print(text, flush=True))  # noqa: T201
