"""One question to the hub at a time for the panel of bookings: what it says stands beside the form."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from counter.booking import Once
from counter.viewmodels import words as w
from counter.viewmodels.book_rows import Outcome
from counter.viewmodels.seat import Seat
from shared.client.api import HubClient
from shared.client.errors import HubRefused
from shared.domain.refusals import Refused

_Answer = TypeVar("_Answer")


class BookTalk(QObject):
    """`busy` while an answer is on its way, `problem` in words, `outcome` when something was done."""

    changed = Signal()
    refused = Signal()
    """The hub said no: what the panel shows of places may be old."""

    def __init__(self, seat: Seat, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.seat = seat
        self.problem = ""
        self.busy = False
        self.outcome: Outcome | None = None
        self._once = Once()
        self._asked = 0

    def ask(
        self,
        wish: object,
        work: Callable[[HubClient, str], _Answer],
        take: Callable[[_Answer], Outcome | None],
    ) -> None:
        """Do `work` in a worker. The same `wish` asked again after a lost answer has the same request id;
        `take` gives what was done, or None for a mere look."""
        if self.busy:
            return
        self._asked += 1
        asked, request_id = self._asked, self._once.id_of(wish)
        self.busy, self.problem = True, ""
        self.seat.bridge.submit(
            lambda client: work(client, request_id),
            lambda answer: self._take(asked, take, answer),
            lambda error: self._fail(asked, error),
        )
        self.changed.emit()

    def say(self, problem: str | Refused) -> None:
        """A no of the desk itself."""
        self.problem = w.pair(problem.zh, problem.en) if isinstance(problem, Refused) else w.say(problem)
        self.changed.emit()

    def tell(self, error: Exception) -> None:
        """A no to a question beside this one."""
        self.problem = w.problem(error)
        self.changed.emit()

    def hush(self) -> None:
        """The clerk goes on: an old no is no longer meant."""
        if self.problem:
            self.problem = ""
            self.changed.emit()

    def forget(self) -> None:
        """Nothing of it was ever said; an answer that is still to come is nobody's."""
        self._asked += 1
        self._once.over()
        self.busy, self.problem, self.outcome = False, "", None
        self.changed.emit()

    def _take(self, asked: int, take: Callable[[_Answer], Outcome | None], answer: _Answer) -> None:
        if asked == self._asked:
            self._once.over()
            self.busy = False
            self.outcome = take(answer)
            self.changed.emit()

    def _fail(self, asked: int, error: Exception) -> None:
        if asked != self._asked:
            return
        self.busy, self.problem = False, w.problem(error)
        if isinstance(error, HubRefused):
            self._once.over()
            self.refused.emit()
        self.changed.emit()
