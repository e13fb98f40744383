"""The work calendar at run time: holidays close the lanes, and a manager's file opens them at once."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from pathlib import Path

import pytest

from shared.client.api import HubRefused
from shared.commands.workdays import main as workdays_command
from shared.domain.moments import HALL_ZONE
from shared.domain.workdays import DayKind
from shared.protocol import messages as m
from shared.store.audit import audit
from shared.store.keys import load_keys
from shared.store.sqlite import connect
from shared.testing import RunningHub, running_hub, small_hall

NATIONAL_DAY = datetime(2026, 10, 1, 10, tzinfo=HALL_ZONE)
OPENED = '[[days]]\ndate = 2026-10-01\nkind = "workday"\nreason = "窗口值班"\n'


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[RunningHub]:
    with running_hub(
        tmp_path / "hall", small_hall(hours=("Mon-Sun 00:00-24:00",)), founded=NATIONAL_DAY
    ) as hub:
        yield hub


def take(hub: RunningHub) -> m.TakenTicket:
    request = m.TakeTicket(channel="kiosk", lane="A")
    return hub.client("citizen-kiosk").ask(m.TakenTicket, "take_ticket", request)


def year(hub: RunningHub, number: int = 2026) -> m.Workdays:
    return hub.with_credential(None).ask(m.Workdays, "workdays", year=number)


def test_lanes_are_shut_on_a_public_holiday_and_say_when_they_open(hub: RunningHub) -> None:
    with pytest.raises(HubRefused) as refused:
        take(hub)
    assert refused.value.code == "lane_outside_hours"
    assert "10月8日" in refused.value.zh, "the first day after 国庆节"
    lane = hub.client("display").ask(m.Board, "board").lanes[0]
    assert lane.opens_at == datetime(2026, 10, 8, tzinfo=HALL_ZONE)


def test_a_changed_day_holds_at_once_and_is_kept_with_its_fact(hub: RunningHub) -> None:
    hub.operator.call("change_workdays", m.ChangeWorkdays(OPENED))
    assert take(hub).ticket.lane == "A"
    shown = year(hub)
    changed = next(day for day in shown.days if day.date == date(2026, 10, 1))
    assert (changed.kind, changed.reason, shown.text) == (DayKind.WORKDAY, "窗口值班", OPENED)
    hub.operator.call("change_workdays", m.ChangeWorkdays(""))
    with pytest.raises(HubRefused):
        take(hub)
    with closing(connect(hub.house.database)) as connection:
        assert not audit(connection, load_keys(hub.house.key)).wrong


def test_a_year_that_is_not_out_is_said_to_be_so(hub: RunningHub) -> None:
    with pytest.raises(HubRefused) as refused:
        year(hub, 2027)
    assert (refused.value.code, refused.value.status) == ("not_yet_published", 404)
    assert "2027" in refused.value.zh


def test_a_file_with_a_mistake_changes_nothing(hub: RunningHub, tmp_path: Path) -> None:
    wrong = OPENED.replace('kind = "workday"', 'kind = "holyday"\nname = ""\nname_en = ""')
    with pytest.raises(HubRefused) as refused:
        hub.operator.call("change_workdays", m.ChangeWorkdays(wrong))
    assert refused.value.code == "impossible_workdays"
    assert "line 3" in refused.value.en
    assert year(hub).text == ""
    path = tmp_path / "workdays.toml"
    path.write_text(wrong, encoding="utf-8")
    assert workdays_command(["--data", str(hub.house.folder), "--from", str(path)]) == 2


def test_only_managers_change_it(hub: RunningHub) -> None:
    with pytest.raises(HubRefused) as refused:
        hub.clerk().call("change_workdays", m.ChangeWorkdays(OPENED))
    assert refused.value.status == 403


def test_the_command_shows_a_year_and_takes_a_file(
    hub: RunningHub, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "workdays.toml"
    path.write_text(OPENED, encoding="utf-8")
    arguments = ["--data", str(hub.house.folder), "--year", "2026", "--from", str(path)]
    assert workdays_command(arguments) == 0
    said = capsys.readouterr().out
    assert "2026-10-10  10月10日 周六  调休上班 worked  国庆节" in said
    assert "2026-10-01  10月1日 周四  工作日 workday" in said
    assert "(窗口值班)" in said
    assert "changed by this hall: 1" in said
