"""The simulated printer's paper: ESC/POS commands in, dots and words out.

Written from the published command table; shares no code with the encoder. Noto Sans CJK stands in for the
printer's own glyphs, drawn at the final size when smoothing (GS b 1) is on and magnified dot by dot when it
is off, as a print head does. Not modelled: page mode, bar codes, two colours, user-defined characters, code
pages (a byte above 0x7F outside Chinese mode prints `?`).
"""

from dataclasses import dataclass, field
from functools import cache
from typing import Final

import qrcode
from PIL import Image, ImageDraw, ImageFont

_FONT_FILES: Final = {
    False: "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    True: "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc",
}
_MONO_SC: Final = 7  # Noto Sans Mono CJK SC inside the collection
CUTTER_DISTANCE: Final = 96  # dots from print head to cutter (12 mm)
_DEFAULT_SPACING: Final = 30  # dots from line to line (ESC 2)
_QR_LEVELS: Final = {
    48: qrcode.constants.ERROR_CORRECT_L,
    49: qrcode.constants.ERROR_CORRECT_M,
    50: qrcode.constants.ERROR_CORRECT_Q,
    51: qrcode.constants.ERROR_CORRECT_H,
}


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character as it lies in the line buffer, its size in dots."""

    character: str
    width: int
    height: int
    spacing: int
    bold: bool
    scale: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Slip:
    """One piece of paper: its dots (mode "1", black is 0) and its lines of text."""

    image: Image.Image
    text: str


@dataclass
class Mode:
    """Everything ESC @ resets."""

    align: int = 0
    scale: tuple[int, int] = (1, 1)
    bold: bool = False
    smooth: bool = False
    chinese: bool = False
    spacing: int = 0  # ESC SP
    chinese_spacing: tuple[int, int] = (0, 0)  # FS S
    line_spacing: int = _DEFAULT_SPACING


@dataclass
class Paper:
    """The web of paper under the head. `y` is where the head stands; dots are kept from the last cut on."""

    dots: int
    mode: Mode = field(default_factory=Mode)
    y: int = CUTTER_DISTANCE
    _line: list[Glyph] = field(default_factory=list)
    _pieces: list[tuple[int, int, Image.Image]] = field(default_factory=list)
    _words: list[tuple[int, str]] = field(default_factory=list)

    def reset(self) -> None:
        self.mode = Mode()
        self._line.clear()

    def drop_line(self) -> None:
        """Forget the line that is not yet on the paper; the settings stay."""
        self._line.clear()

    @property
    def is_blank(self) -> bool:
        return not self._pieces and not self._line

    # -- text -------------------------------------------------------------------------------------------

    def put(self, character: str, *, is_wide: bool) -> None:
        """One character into the line buffer; a full line is printed first."""
        across, down = self.mode.scale
        width = (24 if is_wide else 12) * across
        left, right = self.mode.chinese_spacing if is_wide else (0, self.mode.spacing)
        spacing = (left + right) * across
        used = sum(glyph.width + glyph.spacing for glyph in self._line)
        if used + width > self.dots:
            self.line_feed()
        self._line.append(Glyph(character, width, 24 * down, spacing, self.mode.bold, self.mode.scale))

    def line_feed(self) -> None:
        """Print the line buffer and feed one line."""
        height = max((glyph.height for glyph in self._line), default=0)
        if self._line:
            self._print_line(height)
        self.y += max(height, self.mode.line_spacing)

    def _print_line(self, height: int) -> None:
        width = sum(glyph.width + glyph.spacing for glyph in self._line)
        x = self._left_of(width)
        self._words.append((self.y, "".join(glyph.character for glyph in self._line)))
        for glyph in self._line:
            self._pieces.append((x, self.y + height - glyph.height, _draw(glyph, smooth=self.mode.smooth)))
            x += glyph.width + glyph.spacing
        self._line.clear()

    def feed(self, dots: int) -> None:
        """Print what is in the buffer and feed `dots`."""
        if self._line:
            self._print_line(max(glyph.height for glyph in self._line))
        self.y += dots

    # -- dots -------------------------------------------------------------------------------------------

    def raster(self, width_bytes: int, height: int, data: bytes) -> None:
        """GS v 0: one bit a dot, 1 is black."""
        image = Image.frombytes("1", (width_bytes * 8, height), bytes(byte ^ 0xFF for byte in data))
        self._print_image(image, f"[image {width_bytes * 8}x{height}]")

    def qr(self, content: bytes, module: int, level: int) -> None:
        """GS ( k, function 181: the symbol alone, without a quiet zone."""
        code = qrcode.QRCode(border=0, box_size=module, error_correction=_QR_LEVELS.get(level, 0))
        code.add_data(content)
        code.make(fit=True)
        self._print_image(code.make_image().get_image().convert("1"), "[qr]")

    def _print_image(self, image: Image.Image, words: str) -> None:
        self._words.append((self.y, words))
        self._pieces.append((self._left_of(image.width), self.y, image))
        self.y += image.height

    def _left_of(self, width: int) -> int:
        return max(0, {0: 0, 1: (self.dots - width) // 2, 2: self.dots - width}[self.mode.align])

    # -- cutting ----------------------------------------------------------------------------------------

    def cut(self) -> Slip:
        """The paper beyond the cutter; what lies between cutter and head stays for the next slip."""
        return self._sever(max(self.y - CUTTER_DISTANCE, 1))

    def tear(self) -> Slip:
        """Everything printed so far: a roll that ended, or a hand that pulled."""
        return self._sever(max(self.y, 1))

    def _sever(self, at: int) -> Slip:
        image = Image.new("1", (self.dots, at), 1)
        for x, y, piece in self._pieces:
            image.paste(piece, (x, y))
        text = "".join(f"{words}\n" for y, words in self._words if y < at)
        self._pieces = [(x, y - at, piece) for x, y, piece in self._pieces if y + piece.height > at]
        self._words = [(y - at, words) for y, words in self._words if y >= at]
        self.y = max(self.y - at, 0)
        return Slip(image, text)


def _draw(glyph: Glyph, *, smooth: bool) -> Image.Image:
    if smooth:
        return _glyph(glyph.character, glyph.width, glyph.height, glyph.bold)
    across, down = glyph.scale
    dots = _glyph(glyph.character, glyph.width // across, glyph.height // down, glyph.bold)
    return dots.resize((glyph.width, glyph.height), Image.Resampling.NEAREST)


@cache
def _font(height: int, bold: bool) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(_FONT_FILES[bold], height, index=_MONO_SC)


@cache
def _glyph(character: str, width: int, height: int, bold: bool) -> Image.Image:
    """One cell, drawn at its height and pressed to its width when the scales differ."""
    natural = height // (1 if character > "\x7f" else 2)
    image = Image.new("1", (natural, height), 1)
    pen = ImageDraw.Draw(image)
    pen.fontmode = "1"
    pen.text((0, round(0.86 * height)), character, 0, _font(height, bold), anchor="ls")
    return image if natural == width else image.resize((width, height), Image.Resampling.NEAREST)
