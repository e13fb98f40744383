"""Server-sent events, read as WHATWG HTML, section 9.2.6 says (fields id, event, data, retry; comments)."""

import codecs
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Message:
    """One dispatched event. `id` is the last id seen on the stream, empty before the first."""

    event: str
    data: str
    id: str


class SseParser:
    """Takes the bytes of a stream in any pieces and gives its messages.

    Lines end with LF, CR or CRLF; a CR at the end of a piece may be half of a CRLF. What stands after the
    last empty line is no message yet.
    """

    def __init__(self) -> None:
        self._decode = codecs.getincrementaldecoder("utf-8-sig")(errors="replace").decode
        self._rest = ""
        self._after_cr = False
        self._event = ""
        self._data: list[str] = []
        self.last_id = ""
        self.retry_ms: int | None = None
        """The server's wish for the pause before a new connection."""

    def feed(self, piece: bytes) -> list[Message]:
        """The messages that `piece` completes."""
        messages = (self._line(line) for line in self._lines(self._decode(piece)))
        return [message for message in messages if message is not None]

    def _lines(self, text: str) -> Iterator[str]:
        if self._after_cr and text:
            text = text.removeprefix("\n")
            self._after_cr = False
        self._after_cr = self._after_cr or text.endswith("\r")
        text = self._rest + text.replace("\r\n", "\n").replace("\r", "\n")
        *lines, self._rest = text.split("\n")
        yield from lines

    def _line(self, line: str) -> Message | None:
        if not line:
            return self._dispatch()
        name, _, value = line.partition(":")
        value = value.removeprefix(" ")
        match name:
            case "event":
                self._event = value
            case "data":
                self._data.append(value)
            case "id" if "\0" not in value:
                self.last_id = value
            case "retry" if value.isascii() and value.isdecimal():
                self.retry_ms = int(value)
        return None  # an empty name is a comment; other names are ignored

    def _dispatch(self) -> Message | None:
        event, data = self._event or "message", self._data
        self._event, self._data = "", []
        return Message(event, "\n".join(data), self.last_id) if data else None
