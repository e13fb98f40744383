"""Gives numbers with the hall's own writer and services, to be killed at any call to the system.

    python -m tests.proofs.issuer FOLDER FIRST COUNT [careful|brief|hasty|normal|deaf]

Each answer is one write(2) to standard output, after its commit: the order `n` and the number, or the code
of the refusal. Everything runs in one thread, so that the n-th call of a run is always the same one.
`brief` ends at the first answer that is a no, without closing the store, as if killed then.
Controls: `hasty` answers before the commit, `normal` does not sync each commit, `deaf` answers though the
commit failed.
"""

import os
import sys
from collections.abc import Callable
from itertools import islice
from pathlib import Path

from shared.clock import RehearsalClock
from shared.domain.estimate import Estimator
from shared.domain.refusals import Refused
from shared.protocol import messages as m
from shared.services import taking
from shared.services.hall import load_plan
from shared.store.house import House
from shared.store.keys import load_keys
from shared.store.sqlite import Connection, Error, connect
from shared.store.tickets import get_ticket
from shared.store.transaction import Transaction
from shared.store.writer import Command, Commit, Reply, Writer
from shared.testing import MONDAY_MORNING

GROUPS = (1, 3, 2, 5, 1, 4)
"""How many orders share a commit, in turn."""
CHECKPOINT_PAGES = 64
"""Small, so that the log is copied back and begun anew several times in a short run."""


def order(n: int) -> bytes:
    """The request id of the n-th order."""
    return n.to_bytes(16, "big")


def answer(n: int, reply: Reply) -> None:
    """To standard output, in one call."""
    os.write(1, b"%d %d %s\n" % (n, reply.status, reply.body))


class Issuer:
    """The writer; what it answers goes to `say`."""

    def __init__(
        self, house: House, mode: str = "careful", say: Callable[[int, Reply], None] = answer
    ) -> None:
        self.mode, self.say = mode, say
        self.connection = connect(house.database)
        self.connection.execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}")
        if mode == "normal":
            self.connection.execute("PRAGMA synchronous = NORMAL")
        self.plan = load_plan(self.connection)
        self.estimator = Estimator({x.letter: x.minutes_per_person for x in self.plan.lanes.values()})
        kind = Deaf if mode == "deaf" else Writer
        self.writer = kind(self.connection, RehearsalClock(MONDAY_MORNING), load_keys(house.key), self.tell)

    def serve(self, orders: list[int]) -> None:
        """Carry out these orders in one commit."""
        for n in orders:
            self.writer.submit(Command(self.take(n), refuse, "device:1", order(n)))
        self.writer._waiting.put(None)
        self.writer._serve()

    def take(self, n: int) -> "Take":
        return Take(self, n)

    def tell(self, commit: Commit) -> None:
        """Answer, unless it was done already."""
        if self.mode != "hasty":
            for command in commit.commands:
                assert isinstance(command.run, Take)
                assert command.reply is not None
                self.say(command.run.n, command.reply)
            if self.mode == "brief" and any(
                command.reply.status > 499 for command in commit.commands if command.reply
            ):
                os._exit(0)


class Take:
    """Take a number of lane A."""

    def __init__(self, issuer: Issuer, n: int) -> None:
        self.issuer, self.n = issuer, n

    def __call__(self, tx: Transaction) -> Reply:
        plan, estimator = self.issuer.plan, self.issuer.estimator
        ticket = taking.take_ticket(tx, plan, estimator, m.TakeTicket(channel="kiosk", lane="A"))
        reply = Reply(201, get_ticket(tx.connection, ticket).display.encode())
        if self.issuer.mode == "hasty":
            self.issuer.say(self.n, reply)
        return reply


class Deaf(Writer):
    """The control: it does not look at what became of the commit."""

    def _abandon(self, batch: list[Command], *_: object) -> None:
        end_transaction(self._connection)
        for command in batch:
            command.reply = command.reply or Reply(201, b"A000")


def end_transaction(connection: Connection) -> None:
    """Go on after a failure, as far as the store lets."""
    try:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
    except Error:
        return


def refuse(refused: Refused) -> Reply:
    return Reply(503, refused.code.encode())


def main(folder: str, first: str, count: str, mode: str = "careful") -> None:
    """Carry out the orders and close the store."""
    issuer = Issuer(House(Path(folder)), mode)
    orders, groups = iter(range(int(first), int(first) + int(count))), 0
    while group := list(islice(orders, GROUPS[groups % len(GROUPS)])):
        groups += 1
        issuer.serve(group)
    issuer.connection.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
