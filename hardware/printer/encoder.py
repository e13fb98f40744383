"""From a document to ESC/POS bytes.

Text goes out as `FS &` (Chinese mode) and GB18030 bytes of our own; images, QR codes and the cut are built
by python-escpos. A line with a character outside GBK is sent as an image, so a rare name is printed and not
a `?`. No byte below 0x20 ever comes from a field.
"""

import qrcode
from PIL import Image, ImageDraw

from hardware.printer.document import Align, Block, Columns, Cut, Document, Feed, Qr, Rule, Text
from hardware.printer.font import draw_line
from hardware.printer.library import QR_LEVEL_M, command_builder
from hardware.printer.profile import DOTS_PER_COLUMN, Profile
from hardware.printer.text import column_width, is_gbk, sanitise, wrap

_RESET = b"\x1b@"
_CHINESE = b"\x1c&"
_SMOOTH = b"\x1db\x01"
_ALIGN = {Align.LEFT: b"\x1ba\x00", Align.CENTER: b"\x1ba\x01", Align.RIGHT: b"\x1ba\x02"}
_CELL = 24
_LEADING = 10  # dots between two lines of size 1: line spacing 1.4
_QUIET_ZONE = 4  # modules, ISO/IEC 18004
_RULE_HEIGHT = 26
_RULE_STROKE = 2


def encode(document: Document, profile: Profile) -> bytes:
    """The bytes that print `document` on a printer of this profile."""
    return Encoder(profile).encode(document)


class Encoder:
    """Encodes one document; `profile` decides widths and how a QR code is drawn."""

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self._dots = profile.paper.dots
        self._builder = command_builder(self._dots)

    def encode(self, document: Document) -> bytes:
        self._raw(_RESET + _CHINESE + _SMOOTH)
        for block in document.blocks:
            self._block(block)
        return bytes(self._builder.output)

    def _block(self, block: Block) -> None:
        match block:
            case Text():
                self._text(block)
            case Columns():
                self._columns(block)
            case Rule():
                self._rule(dashed=block.dashed)
            case Qr():
                self._qr(block)
            case Feed():
                self._feed(block.dots)
            case Cut():
                self._builder.cut(feed=False)  # GS V 66: feeds to the cutter, wastes no paper

    def _raw(self, data: bytes) -> None:
        self._builder._raw(data)  # python-escpos' own door for bytes it cannot build

    def _feed(self, dots: int) -> None:
        """ESC J takes at most 255 dots."""
        while dots > 0:
            self._raw(b"\x1bJ" + bytes([min(dots, 255)]))
            dots -= 255

    # -- text -------------------------------------------------------------------------------------------

    def _text(self, block: Text) -> None:
        for line in _lines(block, self._room(block)):
            self._line(line, block)

    def _room(self, block: Text) -> int:
        """Columns on one line, with the spacing after each of them counted as paper that is gone."""
        return max(2, self._dots // ((DOTS_PER_COLUMN + block.spacing) * block.size))

    def _columns(self, block: Columns) -> None:
        left, right = (sanitise(side).replace("\n", " ") for side in (block.left, block.right))
        room = self._dots // (DOTS_PER_COLUMN * block.size)
        gap = room - column_width(left) - column_width(right)
        style = Text("", size=block.size, bold=block.bold)
        if gap >= 1 or not (left and right):
            self._line(left + " " * max(gap, 0) + right, style)
            return
        for side, align in ((left, Align.LEFT), (right, Align.RIGHT)):
            self._text(Text(side, size=block.size, bold=block.bold, align=align))

    def _line(self, line: str, style: Text) -> None:
        """One line that is known to fit, with its leading."""
        self._raw(_ALIGN[style.align])
        if all(map(is_gbk, line)):
            self._native_line(line, style)
        else:
            self._image(draw_line(line, style.size, bold=style.bold, spacing=style.spacing))
        self._feed(_LEADING)

    def _native_line(self, line: str, style: Text) -> None:
        scale = style.size - 1
        self._raw(
            b"\x1b3"
            + bytes([_CELL * style.size])
            + b"\x1d!"
            + bytes([scale << 4 | scale])
            + (b"\x1bE\x01" if style.bold else b"\x1bE\x00")
            + _spaced(line, style.spacing)
            + b"\n"
        )

    # -- dots -------------------------------------------------------------------------------------------

    def _image(self, image: Image.Image) -> None:
        self._builder.image(image, impl="bitImageRaster")

    def _rule(self, *, dashed: bool) -> None:
        image = Image.new("1", (self._dots, _RULE_HEIGHT), 1)
        pen = ImageDraw.Draw(image)
        top = (_RULE_HEIGHT - _RULE_STROKE) // 2
        step, length = (12, 6) if dashed else (self._dots, self._dots)
        for x in range(0, self._dots, step):
            pen.rectangle((x, top, x + length - 1, top + _RULE_STROKE - 1), fill=0)
        self._raw(_ALIGN[Align.LEFT])
        self._image(image)

    def _qr(self, block: Qr) -> None:
        code = qrcode.QRCode(border=_QUIET_ZONE, error_correction=qrcode.constants.ERROR_CORRECT_M)
        code.add_data(block.content)
        code.make(fit=True)
        modules = code.modules_count + 2 * _QUIET_ZONE
        size = min(16, max(2, int(self._dots * block.width) // modules))
        self._raw(_ALIGN[Align.CENTER])
        if self._profile.native_qr:
            self._feed(_QUIET_ZONE * size)
            self._builder.qr(block.content, ec=QR_LEVEL_M, size=size, native=True)
            self._feed(_QUIET_ZONE * size)
            return
        code.box_size = size
        self._image(code.make_image().get_image().convert("1"))


def _spaced(line: str, spacing: int) -> bytes:
    """The bytes of a line with `spacing` dots between its characters; none after the last, so it centres."""
    last = _spacing(0) if spacing else b""
    return _spacing(spacing) + line[:-1].encode("gb18030") + last + line[-1:].encode("gb18030")


def _spacing(dots: int) -> bytes:
    """Dots to the right of each character: ESC SP for ASCII, FS S for Chinese."""
    return b"\x1b " + bytes([dots]) + b"\x1cS\x00" + bytes([dots])


def _lines(block: Text, room: int) -> list[str]:
    """The lines of a block, those after the first set in by its indent."""
    text = sanitise(block.text).lstrip()
    if block.indent == 0 or room - block.indent < 2:
        return wrap(text, room)
    first, *rest = wrap(text, room)
    if not rest:
        return [first]
    remainder = text[len(first) :].lstrip()
    return [first, *(" " * block.indent + line for line in wrap(remainder, room - block.indent))]
