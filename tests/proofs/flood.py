"""A stranger who opens very many connections and says nothing on them, or a byte a second.

python -m tests.proofs.flood HOST PORT COUNT SOURCE

Says `ready` once all were tried; opens anew what is closed, until its input ends.
"""

import asyncio
import sys
from contextlib import suppress
from resource import RLIMIT_NOFILE, getrlimit, setrlimit

DRIP = b"GET /book HTTP/1.1\r\nHost: x\r\nX-Patience: " + b"y" * 10_000
_PAUSE_SECONDS = 0.5
"""Between two attempts on one line: strangers have time."""


async def hold(host: str, port: int, source: str, drips: bool, tried: asyncio.Semaphore) -> None:
    """One line, again and again."""
    while True:
        with suppress(OSError):
            async with asyncio.timeout(5):
                reader, writer = await asyncio.open_connection(host, port, local_addr=(source, 0))
            tried.release()
            for at in range(len(DRIP)):
                if drips:
                    writer.write(DRIP[at : at + 1])
                with suppress(TimeoutError):
                    async with asyncio.timeout(1):
                        if not await reader.read(1):
                            break
            writer.close()
        tried.release()
        await asyncio.sleep(_PAUSE_SECONDS)


async def flood(host: str, port: int, count: int, source: str) -> None:
    tried = asyncio.Semaphore(0)
    lines = [asyncio.create_task(hold(host, port, source, n % 4 == 0, tried)) for n in range(count)]
    for _ in range(count):
        await tried.acquire()
    print("ready", flush=True)  # noqa: T201 - the proof reads it
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    for line in lines:
        line.cancel()


if __name__ == "__main__":
    _, hard = getrlimit(RLIMIT_NOFILE)
    setrlimit(RLIMIT_NOFILE, (min(8192, hard), hard))
    asyncio.run(flood(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]))
