"""The open event stream: batches of events as they arrive, until it ends or somebody cuts it."""

import socket
from collections.abc import Iterator
from contextlib import suppress

import httpx
import msgspec

from shared.client.errors import HubMisunderstood
from shared.client.sse import Message, SseParser
from shared.protocol.events import EVENT_TYPES, Event

_DECODERS = {name: msgspec.json.Decoder(kind) for name, kind in EVENT_TYPES.items()}


class EventStream:
    """Iterating blocks until something arrives; `cut` from another thread ends it at once."""

    def __init__(self, response: httpx.Response) -> None:
        self._response = response

    def __iter__(self) -> Iterator[list[Event]]:
        parser = SseParser()
        for piece in self._response.iter_raw():
            events = [event for event in map(_event, parser.feed(piece)) if event is not None]
            if events:
                yield events

    def cut(self) -> None:
        """Shut the socket, so that a read that waits in another thread returns."""
        network = self._response.extensions.get("network_stream")
        found = None if network is None else network.get_extra_info("socket")
        if isinstance(found, socket.socket):
            with suppress(OSError):  # gone already
                socket.socket.shutdown(found, socket.SHUT_RDWR)  # of a TLS socket too, below its records


def _event(message: Message) -> Event | None:
    """The typed event; None for kinds of a newer hub."""
    decoder = _DECODERS.get(message.event)
    if decoder is None:
        return None
    try:
        return decoder.decode(message.data)
    except msgspec.DecodeError as error:
        raise HubMisunderstood(f"event {message.event}: {error}") from error
