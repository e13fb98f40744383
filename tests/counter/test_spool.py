"""The counter's own file: what it keeps over its own end, and what it refuses to note."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from counter.outage import Standby
from counter.spool import FILE, Chair, NotPossibleError, Spool
from shared.domain.manual import Step
from shared.domain.ticket import State
from shared.protocol import messages as m
from shared.protocol.manual import ManualCall
from shared.testing import MONDAY_MORNING as NOW

LATER = NOW + timedelta(minutes=5)


def board(now: datetime = NOW) -> m.Board:
    hall = m.HallInfo(
        name="小厅", name_en="", sample=True, now=now, speed=1, day=now.date(), languages=["zh"],
        day_change="03:00",
    )  # fmt: skip
    return m.Board(seq=1, hall=hall, lanes=[], windows=[], calls=[], notices=[])


@pytest.fixture
def spool(tmp_path: Path) -> Iterator[Spool]:
    """A counter at window 2 whose clerk serves A007 when the hub is lost."""
    made = Spool(tmp_path)
    made.find_hub(board(), NOW)
    chair = Chair(2, "1001", "李明1", ticket=("A007", State.SERVING, NOW))
    made.keep_chair(chair, board().hall, NOW, NOW)
    yield made
    made.close()


def steps(spool: Spool) -> list[tuple[str, list[str]]]:
    return [(call.display, [str(step) for step, _ in call.steps]) for call in reversed(spool.look.latest)]


def restarted(spool: Spool, folder: Path) -> Spool:
    spool.close()
    return Spool(folder)


def test_who_is_before_the_window_is_the_first_by_hand(spool: Spool) -> None:
    spool.lose_hub(LATER)
    current = spool.look.current
    assert current is not None
    assert (current.display, current.state, current.before) == ("A007", State.SERVING, True)
    assert spool.look.lost_at == LATER
    assert not spool.pending(), "nothing was noted of it yet"
    spool.note(Step.FINISHED, LATER)
    assert steps(spool) == [("A007", ["finished"])]
    assert spool.look.current is None


def test_the_next_number_finishes_the_one_that_is_served(spool: Spool) -> None:
    spool.lose_hub(LATER)
    spool.call("A", 12, LATER)
    assert steps(spool) == [("A007", ["finished"]), ("A012", ["called"])]
    with pytest.raises(NotPossibleError):
        spool.call("A", 13, LATER)
    with pytest.raises(NotPossibleError):
        spool.note(Step.FINISHED, LATER)
    spool.note(Step.WITHDRAWN, LATER)
    with pytest.raises(NotPossibleError):
        spool.note(Step.STARTED, LATER)
    assert steps(spool)[1] == ("A012", ["called", "withdrawn"])


def test_it_knows_everything_after_its_own_end_but_nobody_is_proved(spool: Spool, tmp_path: Path) -> None:
    spool.lose_hub(LATER)
    spool.call("A", 12, LATER)
    again = restarted(spool, tmp_path)
    try:
        look = again.look
        assert look.chair is not None
        assert (look.chair.window, look.chair.name, look.chair.present) == (2, "李明1", False)
        assert (look.lost_at, look.current and look.current.display) == (LATER, "A012")
        with pytest.raises(NotPossibleError):
            again.note(Step.FINISHED, LATER)
        again.sit_down(2, "1001", LATER)
        again.note(Step.STARTED, LATER)
        again.call("A", 13, LATER)
        assert [(one.display, one.proved) for one in again.look.latest] == [
            ("A013", False),
            ("A012", True),
            ("A007", True),
        ]
    finally:
        again.close()


def test_killed_before_it_noticed_the_loss_it_still_knows_who_was_served(
    spool: Spool, tmp_path: Path
) -> None:
    again = restarted(spool, tmp_path)
    again.sit_down(2, "1002", LATER)
    assert again.look.current is not None
    assert (again.look.current.display, again.look.current.clerk) == ("A007", "1002")
    again.close()


def test_whoever_was_before_the_window_on_another_day_is_gone(spool: Spool, tmp_path: Path) -> None:
    again = restarted(spool, tmp_path)
    again.sit_down(2, "1001", NOW + timedelta(days=1))
    assert again.look.current is None
    again.call("A", 1, NOW + timedelta(days=1))
    assert again.look.latest[0].day == date(2026, 11, 24)
    again.close()


def test_moments_never_go_back(spool: Spool) -> None:
    spool.lose_hub(LATER)
    spool.call("A", 12, LATER)
    spool.note(Step.STARTED, LATER - timedelta(days=4000))
    moments = [at for _, at in spool.look.latest[0].steps]
    assert moments == sorted(moments)
    standby = Standby(spool, lambda _: None, lambda: LATER - timedelta(days=4000))
    assert standby.now() > LATER


def test_a_repeat_is_told_under_the_same_id_until_there_is_more_to_tell(spool: Spool) -> None:
    spool.lose_hub(LATER)
    spool.call("A", 12, LATER)
    first = spool.pending()
    assert spool.pending() == first
    spool.told(first[0][0])
    spool.told(first[1][0])
    assert spool.pending() == []
    spool.note(Step.STARTED, LATER)
    ((call, request_id),) = spool.pending()
    assert request_id not in {each for _, each in first}
    assert [one.step for one in call.body().steps] == [Step.CALLED, Step.STARTED]


def test_what_the_hub_carried_out_is_its_own_again(spool: Spool) -> None:
    spool.lose_hub(LATER)
    spool.call("A", 12, LATER)
    for call, _ in spool.pending():
        spool.told(call)
    current = spool.look.current
    assert current is not None
    done = ManualCall(id=1, key=UUID(current.key), number="A012", window=2, state="done")
    spool.note(Step.STARTED, LATER)
    spool.decided([done])
    assert spool.look.current is not None, "the hub has not heard of the last step"
    spool.told(spool.pending()[0][0])
    spool.decided([done])
    spool.find_hub(board(LATER), LATER)
    after = spool.look
    assert (after.current, after.lost_at, after.untold) == (None, None, 0)


def test_an_untouched_ticket_is_the_hubs_when_it_is_back(spool: Spool) -> None:
    spool.lose_hub(LATER)
    spool.find_hub(board(LATER), LATER)
    assert spool.look.latest == ()


def test_old_calls_are_forgotten_once_they_are_taken_in(spool: Spool) -> None:
    spool.lose_hub(LATER)
    spool.call("A", 12, LATER)
    spool.note(Step.MISSED, LATER)
    untold = spool.look.untold
    spool.find_hub(board(NOW + timedelta(days=30)), NOW)
    assert spool.look.untold == untold, "what was not told is never forgotten"
    for call, _ in spool.pending():
        spool.told(call)
    for call in spool.undecided():
        spool.decided([ManualCall(id=1, key=UUID(call.key), number="A1", window=2, state="done")])
    spool.find_hub(board(NOW + timedelta(days=30)), NOW)
    assert spool.look.latest == ()


def test_a_damaged_file_is_set_aside(spool: Spool, tmp_path: Path) -> None:
    spool.close()
    (tmp_path / FILE).write_bytes(b"\xff" * 4096)
    again = Spool(tmp_path)
    assert again.look.chair is None
    assert list(tmp_path.glob(f"*-aside-{FILE}"))
    again.close()
