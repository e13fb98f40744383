"""The one writer: a thread that runs commands in order and lets those that wait share a commit.

Each command runs in a savepoint of its own inside BEGIN IMMEDIATE. Its answer, its facts and its
request id are on disk (synchronous FULL) before anyone hears of them. A command that is refused
leaves nothing but its answer; a commit that fails refuses every command in it: for good, or, when
nobody can say what the next start will find, with `outcome_unknown`.
"""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue

from shared.clock import Clock
from shared.domain.facts import Fact
from shared.domain.moments import to_millis
from shared.domain.refusals import Refused
from shared.store.constraints import refusal_of
from shared.store.keys import Keys
from shared.store.queries import sql
from shared.store.sqlite import Connection, Error, IntegrityError, is_io_error
from shared.store.touched import Touched
from shared.store.transaction import Chain, Transaction, touch

log = logging.getLogger(__name__)

MAX_BATCH = 128
"""Commands that may share one commit: bounds how long the first of them waits."""

_FIND_REQUEST = sql("find_request")
_KEEP_ANSWER = sql("keep_answer")


@dataclass(frozen=True, slots=True)
class Reply:
    """What a command answered: an HTTP status and a JSON body."""

    status: int
    body: bytes


@dataclass(slots=True)
class Command:
    """One change to the hall.

    `run` does the work and answers; `refuse` words a refusal. With a `request_id`, a repeat gets the
    first answer, and the same id with another `digest` is refused. `sealed` answers carry a secret:
    they are kept encrypted.
    """

    run: Callable[[Transaction], Reply]
    refuse: Callable[[Refused], Reply]
    actor: str
    request_id: bytes | None = None
    digest: bytes = b""
    sealed: bool = False
    submitted: float = field(default_factory=time.monotonic)
    reply: Reply | None = None
    done: Callable[["Command"], None] = lambda _: None


@dataclass(frozen=True, slots=True)
class Commit:
    """What one commit made true: the commands it answered and the facts it left, in order."""

    commands: Sequence[Command]
    facts: Sequence[Fact]


class Writer:
    """Owns the writing connection. `on_commit` is called in the writer's thread, in commit order.

    `touched` watches the same connection, for a journal to follow.
    """

    def __init__(
        self,
        connection: Connection,
        clock: Clock,
        keys: Keys,
        on_commit: Callable[[Commit], None],
        touched: Touched | None = None,
    ) -> None:
        self._connection = connection
        self._touched = touched
        self._clock = clock
        self._keys = keys
        self._on_commit = on_commit
        self._waiting: SimpleQueue[Command | None] = SimpleQueue()
        self._chain = Chain.load(connection)
        self._oldest: float | None = None
        self._thread = threading.Thread(target=self._serve, name="hall-writer", daemon=True)
        self.failing = False

    def start(self) -> None:
        """Begin to serve commands."""
        self._thread.start()

    def stop(self) -> None:
        """Finish what is waiting, then end the thread."""
        self._waiting.put(None)
        self._thread.join()

    def submit(self, command: Command) -> None:
        """Hand a command over; `command.done` is the caller's to set before."""
        self._waiting.put(command)

    @property
    def lag_seconds(self) -> float:
        """Age of the oldest command that is not on disk yet."""
        oldest = self._oldest
        return 0.0 if oldest is None else time.monotonic() - oldest

    def _serve(self) -> None:
        while (first := self._waiting.get()) is not None:
            batch = [first]
            ended = self._gather(batch)
            self._oldest = first.submitted
            self._commit(batch)
            self._oldest = None
            if ended:
                return

    def _gather(self, batch: list[Command]) -> bool:
        """Add what waits already; True when the end was among it."""
        try:
            while len(batch) < MAX_BATCH:
                command = self._waiting.get_nowait()
                if command is None:
                    return True
                batch.append(command)
        except Empty:
            pass
        return False

    def _commit(self, batch: list[Command]) -> None:
        facts: list[Fact] = []
        after: list[Callable[[], None]] = []
        before = (self._chain.seq, self._chain.link)
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            for command in batch:
                self._answer(command, facts, after)
            if facts:
                self._chain.save(self._connection)
            if self._touched is not None:
                self._touched.keep()
            self._connection.execute("COMMIT")
            self.failing = False
            if self._touched is not None:
                self._touched.committed()
        except Error as error:
            log.exception("the commit failed; %d commands are refused", len(batch))
            self._abandon(batch, before, error)
            facts, after = [], []
        for callback in after:
            callback()
        self._on_commit(Commit(batch, facts))

    def _abandon(self, batch: list[Command], chain: tuple[int, bytes], error: Exception) -> None:
        self.failing = True
        self._chain.seq, self._chain.link = chain
        self._roll_back()
        code = "outcome_unknown" if is_io_error(error) and not self._overwrite() else "store_unavailable"
        for command in batch:
            command.reply = command.refuse(Refused(code))

    def _overwrite(self) -> bool:
        """Put a commit of nothing where the failed one began; True when that is on disk.

        When only its sync failed, all of a commit stands in the log, and a start after a crash would take it
        for true. A commit that follows in the same place ends that.
        """
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            touch(self._connection)
            self._connection.execute("COMMIT")
        except Error:
            self._roll_back()
            return False
        self._forget_touched()
        return True

    def _roll_back(self) -> None:
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")
        self._forget_touched()

    def _forget_touched(self) -> None:
        if self._touched is not None:
            self._touched.undone()

    def _answer(self, command: Command, facts: list[Fact], after: list[Callable[[], None]]) -> None:
        known = self._known_reply(command)
        if known is not None:
            command.reply = known
            return
        tx = Transaction(self._connection, self._clock.now(), command.actor, self._keys, self._chain)
        command.reply = self._run(command, tx)
        facts += tx.facts
        after += tx.after_commit
        if command.request_id is not None and command.reply.status < 500:
            self._keep(command, command.reply, tx)

    def _run(self, command: Command, tx: Transaction) -> Reply:
        """Run inside a savepoint; a refusal or a bug undoes everything the command wrote."""
        seq, link = self._chain.seq, self._chain.link
        self._connection.execute("SAVEPOINT command")
        try:
            reply = command.run(tx)
        except Refused as refused:
            reply = command.refuse(refused)
        except IntegrityError as error:
            log.exception("the schema refused what a service allowed")
            reply = command.refuse(refusal_of(error))
        except Error:
            raise  # the store itself fails: the whole commit does
        except Exception:
            log.exception("a command failed")
            reply = command.refuse(Refused("internal"))
        else:
            self._connection.execute("RELEASE command")
            return reply
        self._connection.execute("ROLLBACK TO command")
        self._connection.execute("RELEASE command")
        self._chain.seq, self._chain.link = seq, link
        tx.facts.clear()
        tx.after_commit.clear()
        return reply

    def _known_reply(self, command: Command) -> Reply | None:
        if command.request_id is None:
            return None
        row = self._connection.execute(_FIND_REQUEST, (command.request_id,)).fetchone()
        if row is None:
            return None
        digest, status, answer = row
        if bytes(digest) != command.digest:
            return command.refuse(Refused("request_id_reused"))
        body = bytes(answer)
        return Reply(status, self._keys.unseal(body).encode() if command.sealed and body else body)

    def _keep(self, command: Command, reply: Reply, tx: Transaction) -> None:
        body = self._keys.seal(reply.body.decode()) if command.sealed and reply.body else reply.body
        self._connection.execute(
            _KEEP_ANSWER, (command.request_id, command.digest, to_millis(tx.now), reply.status, body)
        )
