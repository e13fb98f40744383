"""Why, asked over the wire: by id, by number, at a moment; and the command that prints it."""

from datetime import timedelta

import pytest

from shared.client.api import HubClient, HubRefused
from shared.commands.why import main as why_command
from shared.domain.ordering import Priority
from shared.protocol import messages as m
from shared.testing import RunningHub


@pytest.fixture(scope="module")
def kiosk(hub: RunningHub) -> HubClient:
    return hub.client("citizen-kiosk")


@pytest.fixture(scope="module")
def line(kiosk: HubClient) -> list[m.Ticket]:
    """Two, and one of 65 who came last."""
    wants = (Priority.NONE, Priority.NONE, Priority.ELDERLY)
    requests = [m.TakeTicket(channel="kiosk", lane="A", priority=priority) for priority in wants]
    return [kiosk.ask(m.TakenTicket, "take_ticket", request).ticket for request in requests]


def test_a_citizen_is_spoken_to_and_staff_read_numbers(
    hub: RunningHub, kiosk: HubClient, line: list[m.Ticket]
) -> None:
    mine = line[1].id
    assert kiosk.ask(m.Why, "why", id=mine).ahead[0].zh == "A003 先于您：65 岁以上老年人，按公示提前 20 分钟"
    to_staff = hub.operator.ask(m.Why, "why", id=mine)
    assert to_staff.ahead[0].zh == "A003 先于 A002：65 岁以上老年人，按公示提前 20 分钟"
    assert [before.code for before in to_staff.ahead] == ["credit", "earlier"]


def test_at_a_moment_of_its_day(kiosk: HubClient, line: list[m.Ticket]) -> None:
    first = line[0]
    then = kiosk.ask(m.Why, "why", id=first.id, at=first.taken_at.isoformat())
    assert then.ahead == []
    for at in ("yesterday", "2026-11-23T10:20:00", (first.taken_at - timedelta(days=1)).isoformat()):
        with pytest.raises(HubRefused) as refused:
            kiosk.call("why", id=first.id, at=at)
        assert refused.value.code == "invalid_query"


def test_a_ticket_by_its_number(kiosk: HubClient, line: list[m.Ticket]) -> None:
    assert kiosk.ask(m.Ticket, "ticket_numbered", number="a002").id == line[1].id
    assert kiosk.ask(m.Ticket, "ticket_numbered", number="A002", day="2026-11-23").id == line[1].id
    for number, day in (("A999", "2026-11-23"), ("", "2026-11-23"), ("A002", "2026-11-22"), ("A-2", "x")):
        with pytest.raises(HubRefused) as refused:
            kiosk.call("ticket_numbered", number=number, day=day)
        assert refused.value.code == "unknown_ticket"


def test_the_command_says_it_in_both_languages(
    hub: RunningHub, line: list[m.Ticket], capsys: pytest.CaptureFixture[str]
) -> None:
    def run(*arguments: str) -> tuple[int, str]:
        code = why_command(["--data", str(hub.house.folder), *arguments])
        told = capsys.readouterr()
        return code, told.out + told.err

    code, said = run("A002")
    assert code == 0
    assert "排在前面 before it (2)" in said
    assert "A003 is before A002: people of 65 and older, by the posted rule 20 minutes earlier" in said
    assert "3 号窗口也叫 B、C 队列：排序时刻最早的先叫。" in said
    code, said = run("A001", "--at", f"{line[0].taken_at:%H:%M}", "--day", "2026-11-23")
    assert code == 0
    assert "2026-11-23" in said
    assert run("A777") == (1, "hall why: There is no such ticket.\n")
    with pytest.raises(SystemExit):
        run("A001", "--at", "noon")
