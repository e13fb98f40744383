"""One press, one request id; and when a press counts as seen."""

from collections.abc import Callable

from counter.command import STILL_MEANT, Command, is_seen
from shared.domain.ticket import State
from shared.protocol.messages import Ticket, Window

TicketMaker = Callable[..., Ticket]


def test_each_press_has_an_id_of_its_own() -> None:
    ids = {Command("next", "call_next", 0.0).request_id for _ in range(100)}
    assert len(ids) == 100


def test_a_command_is_meant_for_a_minute() -> None:
    pressed = Command("next", "call_next", 100.0)
    assert pressed.is_still_meant(100.0 + STILL_MEANT.total_seconds() - 0.01)
    assert not pressed.is_still_meant(100.0 + STILL_MEANT.total_seconds())


def test_a_call_is_seen_when_the_window_has_it(make_ticket: TicketMaker) -> None:
    answer = make_ticket(7, state=State.CALLED, window=3, calls=1)
    assert not is_seen(answer, 3, None)
    assert not is_seen(answer, 3, make_ticket(6, state=State.SERVING, window=3))
    assert is_seen(answer, 3, answer)


def test_a_recall_is_seen_by_its_count(make_ticket: TicketMaker) -> None:
    called = make_ticket(7, state=State.CALLED, window=3, calls=1)
    again = make_ticket(7, state=State.CALLED, window=3, calls=2)
    assert not is_seen(again, 3, called)
    assert is_seen(again, 3, again)


def test_a_ticket_that_leaves_is_seen_when_it_is_gone(make_ticket: TicketMaker) -> None:
    done = make_ticket(7, state=State.DONE, window=3)
    assert not is_seen(done, 3, make_ticket(7, state=State.SERVING, window=3))
    assert is_seen(done, 3, None)


def test_answers_without_a_ticket_are_seen_at_once() -> None:
    assert is_seen(None, 3, None)
    window = Window(no=3, name="", kind="general", place="", lanes=[], state="open")
    assert is_seen(window, 3, None)
