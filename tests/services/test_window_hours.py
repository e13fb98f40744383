"""Windows with hours of their own: within those of their lanes; places and rotas follow them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from shared.domain.hours import parse_hours
from shared.domain.refusals import Refused
from shared.domain.rota_plan import Demand
from shared.services import hours as service
from shared.services.capacity import duties_of
from shared.services.hall import load_plan
from shared.services.places import terms_of, work_out
from shared.services.rota_plan import demands_on
from shared.store.audit import audit
from shared.testing import Rehearsal, rehearsal, small_hall

WEEK = ("Mon-Fri 09:00-12:00 13:00-17:00", "Mon-Fri 12:00-13:00 lunch booked", "Sat 09:00-12:00 weekend")
MORNINGS = ("Mon-Fri 09:00-12:30",)
TUESDAY = date(2026, 11, 24)


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Rehearsal]:
    """Three windows: 2 is there in the mornings only, 3 has lane C beside A and B."""
    config = small_hall(hours=WEEK)
    windows = tuple(
        replace(window, hours=parse_hours(MORNINGS)) if window.no == 2 else window
        for window in config.windows
    )
    with rehearsal(tmp_path / "hall", replace(config, windows=windows)) as found:
        yield found


def change(hall: Rehearsal, no: int, lines: tuple[str, ...], known: tuple[str, ...] = ()) -> int:
    made = hall.run(lambda tx: service.change_hours(tx, hall.plan, {no: lines}, {no: known}), "clerk:9001")
    hall.plan = load_plan(hall.connection)
    return made


def there(hall: Rehearsal, no: int, day: date = TUESDAY) -> str:
    return " ".join(span.times for span in hall.plan.hours_of_window(no).spans_on(day))


def demands(hall: Rehearsal, day: date = TUESDAY) -> list[Demand]:
    return list(demands_on(hall.plan, day))


def wanted(found: list[Demand], lanes: str) -> list[tuple[str, int]]:
    return [(str(each.span), each.wanted) for each in found if each.lanes == lanes]


def test_it_is_there_within_its_lanes_hours_and_its_own(hall: Rehearsal) -> None:
    assert there(hall, 1) == "09:00-17:00"
    assert there(hall, 2) == "09:00-12:30"
    assert there(hall, 2, TUESDAY + timedelta(days=4)) == ""
    with pytest.raises(Refused, match="unknown_window"):
        hall.plan.hours_of_window(9)


def test_rotas_ask_for_its_clerk_in_its_hours_only(hall: Rehearsal) -> None:
    assert wanted(demands(hall), "AB") == [
        ("09:00-12:00", 1), ("13:00-17:00", 1), ("09:00-12:00", 1),
    ]  # fmt: skip
    assert wanted(demands(hall), "ABC") == [("09:00-12:00", 1), ("13:00-17:00", 1)]


def test_other_hours_count_the_windows_that_are_there(hall: Rehearsal) -> None:
    """All of three windows at once would be 3 clerks; the third has gone for the second half of lunch."""
    found = list(demands_on(hall.plan, TUESDAY, extended_percent=100))
    assert wanted(found, "A") == [("12:00-12:30 lunch booked", 3), ("12:30-13:00 lunch booked", 2)]
    assert wanted(list(demands_on(hall.plan, TUESDAY, 25)), "C") == [("12:00-13:00 lunch booked", 1)]


def test_a_lane_whose_only_window_is_away_has_no_places(hall: Rehearsal) -> None:
    assert "C" in offered(hall)
    change(hall, 3, ("Sat 09:00-12:00",))
    assert "C" not in offered(hall)
    assert all("C" not in duty.lanes for duty in duties_of(hall.connection, hall.plan, TUESDAY)[0])


def offered(hall: Rehearsal) -> set[str]:
    terms = terms_of(hall.connection, hall.plan, hall.now)
    return {offer.lane for offer in work_out(hall.connection, hall.plan, terms, TUESDAY).offers}


def test_a_change_holds_at_once_and_after_a_restart_and_is_kept(hall: Rehearsal) -> None:
    assert change(hall, 1, ("Mon 09:00-10:00",)) == 1
    assert there(load(hall), 1, TUESDAY - timedelta(days=1)) == "09:00-10:00"
    fact = hall.facts[-1]
    assert (fact.name, fact.actor) == ("hours.window_changed", "clerk:9001")
    assert fact.data == {"window": 1, "before": [], "after": ["Mon 09:00-10:00"]}
    assert change(hall, 1, (), known=("Mon 09:00-10:00",)) == 1
    assert there(load(hall), 1) == "09:00-17:00", "none of its own: those of its lanes"
    newest, oldest = service.hours_history(hall.connection, hall.plan)
    assert (newest.who, newest.whose, newest.gone, newest.new) == ("王主任", 1, ("Mon 09:00-10:00",), ())
    assert (oldest.gone, oldest.new) == ((), ("Mon 09:00-10:00",))
    assert audit(hall.connection, hall.keys).wrong == ()


def load(hall: Rehearsal) -> Rehearsal:
    hall.plan = load_plan(hall.connection)
    return hall


def test_the_preview_tells_the_days_and_writes_nothing(hall: Rehearsal) -> None:
    (found,) = service.preview(hall.connection, hall.plan, {2: ()}, hall.now)
    tuesday = next(day for day in found.days if day.day == TUESDAY)
    assert tuesday.in_words()[0] == "11月24日 周二：新增 12:30-17:00"
    assert (found.before, found.after, found.booked) == (MORNINGS, (), 0)
    assert service.preview(hall.connection, hall.plan, {2: MORNINGS, 1: ()}, hall.now) == []
    assert hall.facts == []


@pytest.mark.parametrize(
    ("no", "lines", "code"),
    [
        (1, ("Mon 09:00-12:00 11:00-13:00",), "hours_overlap"),
        (1, ("Mon closed",), "hours_never_open"),
        (1, ("Mon 02:00-04:00",), "hours_over_day_change"),
        (2, ("Mon 09:00-12:00",), "hours_changed_meanwhile"),
        (9, ("Mon 09:00-12:00",), "unknown_window"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(
    hall: Rehearsal, no: int, lines: tuple[str, ...], code: str
) -> None:
    with pytest.raises(Refused, match=code) as refused:
        change(hall, no, lines)
    assert refused.value.zh
    assert (there(load(hall), 1), there(hall, 2), hall.facts) == ("09:00-17:00", "09:00-12:30", [])


def test_an_edited_row_is_noticed(hall: Rehearsal) -> None:
    change(hall, 1, ("Mon 09:00-10:00",))
    hall.connection.execute("""UPDATE windows SET hours = '["Mon 09:00-11:00"]' WHERE no = 1""")
    assert any("window 1: its opening hours" in wrong for wrong in audit(hall.connection, hall.keys).wrong)
