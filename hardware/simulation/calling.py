"""The simulated end of a line that is not called but calls: it connects to a program that listens."""

import asyncio
import socket
from collections.abc import Callable


class CallingLine:
    """A TCP connection to `host:port`, made when plugged and made again while nobody listens there."""

    def __init__(self, host: str, port: int) -> None:
        self.on_bytes: Callable[[bytes], None] = lambda _: None
        self._host = host
        self._port = port
        self._calling: asyncio.Task[None] | None = None
        self._writer: asyncio.StreamWriter | None = None

    @property
    def address(self) -> str:
        return f"{self._host}:{self._port}"

    async def plug(self) -> None:
        if self._calling is None:
            self._calling = asyncio.get_running_loop().create_task(self._call())

    def unplug(self) -> None:
        calling, self._calling = self._calling, None
        if calling is not None:
            calling.cancel()
        self._hang_up()

    def send(self, data: bytes) -> None:
        if self._writer is not None:
            self._writer.write(data)

    def pause(self, paused: bool) -> None:
        """The other end is never held up."""

    async def _call(self) -> None:
        while True:
            try:
                reader, self._writer = await asyncio.open_connection(self._host, self._port)
                self._writer.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                while data := await reader.read(4096):
                    self.on_bytes(data)
            except OSError:
                pass  # nobody listens yet, or the connection broke: call again
            self._hang_up()
            await asyncio.sleep(0.1)

    def _hang_up(self) -> None:
        writer, self._writer = self._writer, None
        if writer is not None:
            writer.close()
