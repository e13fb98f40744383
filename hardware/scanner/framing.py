"""From the bytes of a serial scanner to codes.

Scanners end a code with CR, LF or CRLF, wrap it in STX and ETX, or simply stop sending; which of these is set
by scanning a page of the maker's manual, so all of them are understood at once. Text is UTF-8; scanners set
for Chinese send GB18030.
"""

from dataclasses import dataclass, field

LONGEST = 2048
"""Bytes of one code; a QR code holds at most 2,953, and ours far fewer."""
QUIET = 0.065
"""Seconds of silence that end a code without a suffix (50 to 80 ms are seen)."""

_STX, _ETX = 0x02, 0x03
_ENDS = frozenset(b"\r\n\x03")


@dataclass
class CodeParser:
    """Cuts a stream of bytes into codes, however it is chunked. What is too long or no text is dropped.

    `feed` gives the codes that a suffix ends, `end` the one that silence ends. A scanner that
    was seen to send suffixes always does: what silence ends is then half a code, and dropped.
    """

    dropped: int = 0  # for the technician
    _pending: bytearray = field(default_factory=bytearray)
    _is_too_long: bool = False
    _has_suffix: bool = False

    @property
    def is_waiting(self) -> bool:
        """Whether bytes of an unfinished code are held."""
        return bool(self._pending) or self._is_too_long

    def feed(self, data: bytes) -> list[str]:
        found = []
        for byte in data:
            if byte == _STX:
                self.clear()
            elif byte in _ENDS:
                self._has_suffix |= self.is_waiting
                found += self._take(is_whole=True)
            else:
                self._keep(byte)
        return found

    def end(self) -> list[str]:
        """The code that silence ended, as a list of none or one."""
        return self._take(is_whole=not (self._has_suffix and self.is_waiting))

    def _take(self, *, is_whole: bool) -> list[str]:
        data, is_whole = bytes(self._pending), is_whole and not self._is_too_long
        self.clear()
        text = decode_text(data) if is_whole else None
        if text is None:
            self.dropped += 1
        return [text] if text else []

    def clear(self) -> None:
        self._pending.clear()
        self._is_too_long = False

    def _keep(self, byte: int) -> None:
        if len(self._pending) < LONGEST:
            self._pending.append(byte)
        else:
            self._is_too_long = True


def decode_text(data: bytes) -> str | None:
    """The text in `data`, stripped; None when it is neither UTF-8 nor GB18030 or holds control characters."""
    for encoding in ("utf-8", "gb18030"):
        try:
            text = data.decode(encoding).strip()
        except UnicodeDecodeError:
            continue
        return text if text.isprintable() else None
    return None
