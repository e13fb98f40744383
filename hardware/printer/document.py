"""What can be printed: a sequence of blocks, independent of any printer and of what the slip is for.

Text in a block may come from anywhere: the encoder sanitises it. Sizes are whole multiples (1 to 8) of the
12x24 dot cell, the same across and down.
"""

from dataclasses import dataclass
from enum import StrEnum


class Align(StrEnum):
    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Text:
    """Text wrapped by columns. `spacing` dots (0 to 32, times `size`) stand after each character."""

    text: str
    size: int = 1
    bold: bool = False
    align: Align = Align.LEFT
    spacing: int = 0
    indent: int = 0
    """Columns by which every line but the first is set in."""

    def __post_init__(self) -> None:
        _check(1 <= self.size <= 8, f"a size is 1 to 8, not {self.size}")
        _check(0 <= self.spacing <= 32, f"spacing is 0 to 32 dots, not {self.spacing}")
        _check(0 <= self.indent <= 16, f"an indent is 0 to 16 columns, not {self.indent}")


@dataclass(frozen=True, slots=True)
class Columns:
    """`left` at the left edge and `right` at the right one; on two lines when they do not fit on one."""

    left: str
    right: str
    size: int = 1
    bold: bool = False

    def __post_init__(self) -> None:
        _check(1 <= self.size <= 4, f"columns have size 1 to 4, not {self.size}")


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across the paper; `dashed` for the lighter one."""

    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Qr:
    """A centred QR code with its quiet zone of four modules, at most `width` of the paper wide."""

    content: str
    width: float = 0.5

    def __post_init__(self) -> None:
        _check(bool(self.content), "an empty QR code says nothing")
        _check(0 < self.width <= 1, f"a share of the paper is between 0 and 1, not {self.width}")


@dataclass(frozen=True, slots=True)
class Feed:
    """Blank paper, in dots (8 a millimetre)."""

    dots: int

    def __post_init__(self) -> None:
        _check(0 <= self.dots <= 2000, f"a feed is 0 to 2000 dots, not {self.dots}")


@dataclass(frozen=True, slots=True)
class Cut:
    """Feed past the cutter and cut."""


Block = Text | Columns | Rule | Qr | Feed | Cut


@dataclass(frozen=True, slots=True)
class Document:
    """What is printed in one go, top to bottom."""

    blocks: tuple[Block, ...]


def _check(is_good: bool, otherwise: str) -> None:
    if not is_good:
        raise ValueError(otherwise)
