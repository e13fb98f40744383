"""The limit: a bare asyncio server with the hub's own writer and the very same transaction.

No routing, no access check, no decoding, no event stream: what is left is the price of the hub's frame.

    python -m shared.bench.bare FOLDER      prints its port
"""

import asyncio
import sys
import uuid
from pathlib import Path

import msgspec
import uvloop

from shared.clock import SystemClock
from shared.domain.estimate import Estimator
from shared.hub.core import refusal_reply
from shared.protocol import messages as m
from shared.services import taking, viewing
from shared.services.hall import load_plan
from shared.store.house import House
from shared.store.keys import load_keys
from shared.store.sqlite import connect
from shared.store.tickets import get_ticket
from shared.store.transaction import Transaction
from shared.store.writer import Command, Commit, Reply, Writer

_REQUEST = m.TakeTicket(channel="kiosk", lane="A")


class BareServer:
    """Takes a number for whatever is sent."""

    def __init__(self, house: House) -> None:
        self._loop = asyncio.get_running_loop()
        connection = connect(house.database)
        self._plan = load_plan(connection)
        self._estimator = Estimator({x.letter: x.minutes_per_person for x in self._plan.lanes.values()})
        self.writer = Writer(connection, SystemClock(), load_keys(house.key), self._committed)
        self.writer.start()

    def _committed(self, commit: Commit) -> None:
        self._loop.call_soon_threadsafe(self._answer, commit)

    def _answer(self, commit: Commit) -> None:
        for command in commit.commands:
            command.done(command)

    def _take(self, tx: Transaction) -> Reply:
        row = get_ticket(tx.connection, taking.take_ticket(tx, self._plan, self._estimator, _REQUEST))
        taken = m.TakenTicket(
            ticket=viewing.ticket_as_taken(row),
            url="http://127.0.0.1" + viewing.phone_path(row),
        )
        return Reply(201, msgspec.json.encode(taken))

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one connection until it closes."""
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                await reader.readexactly(30)
                answered: asyncio.Future[Command] = self._loop.create_future()
                key = head[head.index(b"Idempotency-Key: ") + 17 :][:36]
                request_id = uuid.UUID(key.decode()).bytes
                self.writer.submit(
                    Command(
                        self._take, refusal_reply, "device:1", request_id, bytes(16), done=answered.set_result
                    )
                )
                reply = (await answered).reply
                if reply is None:
                    return
                writer.write(b"HTTP/1.1 201 X\r\ncontent-length: %d\r\n\r\n" % len(reply.body) + reply.body)
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()


async def _run(folder: Path) -> None:
    server = await asyncio.start_server(BareServer(House(folder)).serve, "127.0.0.1", 0, backlog=256)
    print(server.sockets[0].getsockname()[1], flush=True)  # noqa: T201
    await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(_run(Path(sys.argv[1])))
