"""Forgetting people: whose ticket or booking it was, once its day is long over; and answers, codes and
messages.

Each step takes a few rows, so that the writer is never held. What stays is what figures need: numbers,
lanes, moments, outcomes. Facts never hold what is forgotten here (shared.domain.facts.PASSING), so the
chain stays whole.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from shared.config.upkeep import RetentionConfig
from shared.domain.moments import HALL_ZONE, to_millis
from shared.services.outbox import KEPT as MESSAGES_KEPT
from shared.services.upkeep import note_outcome
from shared.store.queries import sql
from shared.store.transaction import Transaction

STEP = 200
"""Rows of one step."""
ANSWERS_KEPT = timedelta(days=7)
"""How long a repeat gets the first answer."""
IDS_KEPT = timedelta(days=90)
"""How long a repeat of what made something (a number, a booking) is answered no after that: a machine that
slept through the holidays must not take a number for somebody who left long ago."""
PROOFS_KEPT = timedelta(days=2)
"""How long a code that was sent to a telephone is remembered."""
OF_PEOPLE = ("tickets", "bookings", "wishes")


@dataclass(slots=True)
class Forgetting:
    """One night's forgetting, step by step. `counts` says how many rows of each kind were overwritten.

    `day` is the stored business day: a clock that leaps ahead makes nobody forgotten.
    """

    retention: RetentionConfig
    day: date
    counts: dict[str, int] = field(default_factory=dict)
    _request: bytes = b""

    @property
    def before(self) -> str:
        """People of days before this one are forgotten."""
        return (self.day - timedelta(days=self.retention.people)).isoformat()

    def steps(self) -> Iterator[Callable[[Transaction], bool]]:
        """The kinds, one after another; each is to be called, a transaction each, until it says False."""
        for what in OF_PEOPLE:
            yield lambda tx, what=what: self._people(tx, what)  # type: ignore[misc]
        yield self._requests
        yield self._rest

    def _people(self, tx: Transaction, what: str) -> bool:
        """Some rows of the first day that still knows anybody; True while there is more to do."""
        until = tx.execute(sql("forgotten_until"), (what,)).fetchone()[0]
        day = tx.execute(sql(f"next_day_of_{what}"), (until,)).fetchone()[0]
        if day is None or day >= self.before:
            return False
        changed = tx.execute(sql(f"forget_{what}"), (day, STEP)).rowcount
        self._count(what, changed)
        if changed < STEP:
            tx.execute(sql("forgot_until"), (what, day))
        return True

    def _requests(self, tx: Transaction) -> bool:
        """The next request ids in the order of the table, which is nearly that of time."""
        rows = tx.execute(sql("requests_after"), (self._request, STEP)).fetchall()
        week, quarter = self._ago(tx, ANSWERS_KEPT), self._ago(tx, IDS_KEPT)
        told = [(number,) for number, at, made, _ in rows if at < week and made]
        gone = [(number,) for number, at, made, bare in rows if at < (quarter if bare else week) and not made]
        tx.connection.executemany(sql("forget_answer"), told)
        tx.connection.executemany(sql("forget_request"), gone)
        self._count("requests", len(told) + len(gone))
        if rows:
            self._request = bytes(rows[-1][0])
        return len(rows) == STEP

    def _rest(self, tx: Transaction) -> bool:
        """What is small: codes, contacts that were left, messages that are over."""
        codes = tx.execute(sql("forget_proofs"), (self._ago(tx, PROOFS_KEPT),)).rowcount
        contacts = tx.execute(sql("forget_contacts"), (tx.millis,)).rowcount
        messages = tx.execute(sql("forget_messages"), (self._ago(tx, MESSAGES_KEPT),)).rowcount
        for what, count in (("codes", codes), ("contacts", contacts), ("messages", messages)):
            self._count(what, count)
        return False

    def _ago(self, tx: Transaction, span: timedelta) -> int:
        """A moment so long ago (ms), by the clock, but never later than the business day makes believable."""
        believed = datetime.combine(self.day + timedelta(days=2), time(), HALL_ZONE)
        return to_millis(min(tx.now, believed) - span)

    def _count(self, what: str, count: int) -> None:
        self.counts[what] = self.counts.get(what, 0) + count

    def finish(self, tx: Transaction) -> None:
        """Note what was forgotten: counts alone."""
        told = {what: count for what, count in self.counts.items() if count}
        if told:
            tx.fact("people.forgotten", before=self.before, counts=told)
        note_outcome(tx, "purge", is_good=True, said=_said(told))


def _said(told: Mapping[str, int]) -> str:
    return ", ".join(f"{count} {what}" for what, count in told.items()) or "nothing was due"
