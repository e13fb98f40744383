"""Characters the printer has no glyph for, drawn as dots."""

from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from hardware.faults import DeviceUnavailable
from hardware.printer.text import column_width

# The file of each system's Chinese font, and the face inside it whose Latin letters are half as wide as a
# Chinese character, as the printer's own are.
_FONTS = (
    (Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"), 7),  # Noto Sans Mono CJK SC
    (Path("/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc"), 7),
    (Path("C:/Windows/Fonts/simsun.ttc"), 1),  # NSimSun
)
_CELL = 24


@cache
def _font(height: int) -> ImageFont.FreeTypeFont:
    for path, index in _FONTS:
        if path.exists():
            return ImageFont.truetype(str(path), height, index=index)
    raise DeviceUnavailable("no Chinese font is installed (Debian: fonts-noto-cjk)")


def draw_line(text: str, size: int, *, bold: bool = False, spacing: int = 0) -> Image.Image:
    """`text` on one line, black on white, mode "1", `24 * size` dots high, each character in its own cell."""
    width = sum(_advance(character, size, spacing) for character in text)
    image = Image.new("1", (max(width, 1), _CELL * size), 1)
    pen = ImageDraw.Draw(image)
    pen.fontmode = "1"
    x = 0
    for character in text:
        # The baseline of the face stands at 0.88 of the em.
        for shift in range(size if bold else 1):
            pen.text((x + shift, round(0.86 * _CELL * size)), character, 0, _font(_CELL * size), anchor="ls")
        x += _advance(character, size, spacing)
    return image


def _advance(character: str, size: int, spacing: int) -> int:
    columns = column_width(character)
    return (columns * _CELL // 2 + spacing * (columns > 0)) * size
