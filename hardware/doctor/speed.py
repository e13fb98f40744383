"""Why a card reader's serial line is mute or babbles: its speed, tried out.

Only real serial ports have a speed; a pty or a TCP server passes bytes at any, so nothing is tried there.
"""

from hardware.faults import DeviceError
from hardware.idcard.codec import Command, ReplyParser, encode
from hardware.idcard.driver import SPEEDS
from hardware.transport import Deadline, open_transport

_LISTEN = 0.5


def answers_at(line: str, besides: int) -> int | None:
    """The first other speed at which a reader answers as one; None when there is none."""
    if not line.startswith(
        ("serial:///dev/ttyS", "serial:///dev/ttyUSB", "serial:///dev/ttyACM", "serial://COM")
    ):
        return None
    return next((baud for baud in SPEEDS if baud != besides and _is_reader(line, baud)), None)


def babbles(line: str, baud: int) -> bool:
    """Whether the line answers a question with bytes that no reader would send."""
    said = _asked(line, baud)
    return bool(said) and not _parsed(said)


def _is_reader(line: str, baud: int) -> bool:
    try:
        return _parsed(_asked(line, baud))
    except DeviceError:
        return False


def _parsed(said: bytes) -> bool:
    parser = ReplyParser()
    return bool(parser.feed(said) or parser.salvage())


def _asked(line: str, baud: int) -> bytes:
    transport = open_transport(line, baud=baud)
    try:
        deadline = Deadline.after(_LISTEN)
        transport.write(encode(Command.FIND), deadline)
        said = b""
        while not deadline.is_over and len(said) < 4096:
            said += transport.read(deadline)
        return said
    finally:
        transport.close()
