"""The handlers by the names of their routes; modules of handlers register themselves here."""

from collections.abc import Awaitable, Callable

from shared.hub.core import Call, Hub
from shared.protocol import messages as m
from shared.store.transaction import Transaction
from shared.store.writer import Reply

Read = Callable[[Hub, Call], m.Answer]
Write = Callable[[Hub, Call, Transaction], m.Answer | None]
Direct = Callable[[Hub, Call], Awaitable[Reply]]

READS: dict[str, Read] = {}
WRITES: dict[str, Write] = {}
DIRECTS: dict[str, Direct] = {}


def read(handler: Read) -> Read:
    """Register a handler that changes nothing."""
    READS[handler.__name__] = handler
    return handler


def write(handler: Write) -> Write:
    """Register a handler that runs in the writer."""
    WRITES[handler.__name__] = handler
    return handler


def direct(handler: Direct) -> Direct:
    """Register a handler that goes its own way, for the most part outside the writer."""
    DIRECTS[handler.__name__] = handler
    return handler
