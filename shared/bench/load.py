"""The load: clients that take numbers over keep-alive connections, in a process of their own.

python -m shared.bench.load HOST PORT TOKEN CLIENTS SECONDS      prints {"taken": N, "seconds": S}
"""

import asyncio
import json
import sys
import time
from itertools import count

import uvloop

from shared.protocol.request_id import new_request_id

_BODY = b'{"channel":"kiosk","lane":"A"}'
_serial = count()


async def _client(host: str, port: int, token: str, until: float) -> int:
    reader, writer = await asyncio.open_connection(host, port)
    head = (
        f"POST /api/v1/tickets HTTP/1.1\r\nHost: {host}:{port}\r\nAuthorization: Bearer {token}\r\n"
        f"Content-Length: {len(_BODY)}\r\nIdempotency-Key: "
    ).encode()
    taken = 0
    while time.monotonic() < until:
        writer.write(head + new_request_id().encode() + b"\r\n\r\n" + _BODY)
        answer = await reader.readuntil(b"\r\n\r\n")
        if not answer.startswith(b"HTTP/1.1 201"):
            raise RuntimeError(f"no number: {answer!r}")
        length = answer.lower().index(b"content-length:") + 15
        await reader.readexactly(int(answer[length : answer.index(b"\r", length)]))
        taken += 1
    writer.close()
    return taken


async def _run(host: str, port: int, token: str, clients: int, seconds: float) -> None:
    began = time.monotonic()
    taken = await asyncio.gather(*(_client(host, port, token, began + seconds) for _ in range(clients)))
    print(json.dumps({"taken": sum(taken), "seconds": time.monotonic() - began}))  # noqa: T201


if __name__ == "__main__":
    _, host_, port_, token_, clients_, seconds_ = sys.argv
    uvloop.run(_run(host_, int(port_), token_, int(clients_), float(seconds_)))
