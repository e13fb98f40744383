"""The posted order at run time: open to read, changed by managers only, in both languages, with history."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from shared.client.api import HubRefused
from shared.commands.rules import main as rules_command
from shared.domain.ordering import Priority
from shared.protocol import messages as m
from shared.testing import RunningHub, running_hub


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[RunningHub]:
    with running_hub(tmp_path / "hall") as hub:
        yield hub


def posted(hub: RunningHub) -> m.RulesPosted:
    return hub.with_credential(None).ask(m.RulesPosted, "rules")


def test_anybody_may_read_what_hangs_on_the_wall(hub: RunningHub) -> None:
    found = posted(hub)
    assert found.rules.credits[Priority.ELDERLY] == 20
    assert any("过号后返回的，排在返回时刻之后 10 分钟" in said.zh for said in found.wall)
    assert [(change.who, change.changes) for change in found.history] == [("hub", [])]


def test_a_change_holds_for_the_next_number_and_moves_nobody(hub: RunningHub) -> None:
    kiosk = hub.client("citizen-kiosk")

    def take() -> m.Ticket:
        request = m.TakeTicket(channel="kiosk", lane="A", priority=Priority.ELDERLY)
        return kiosk.ask(m.TakenTicket, "take_ticket", request).ticket

    before = take()
    request = m.ChangeRules(credits={Priority.ELDERLY: 25}, longest_wait=60)
    changed = hub.operator.ask(m.RulesPosted, "change_rules", request)
    after = take()
    assert (before.taken_at - before.sort_at).total_seconds() == 20 * 60
    assert (after.taken_at - after.sort_at).total_seconds() == 25 * 60
    assert after.due_at is not None
    assert kiosk.ask(m.Ticket, "ticket", id=before.id).sort_at == before.sort_at
    assert changed.rules.credits[Priority.DISABLED] == 20, "what is not named stays"
    newest = changed.history[0]
    assert newest.who == "operator"
    assert [(c.name, c.before, c.after) for c in newest.changes] == [
        ("credits.elderly", 20, 25),
        ("longest_wait", None, 60),
    ]
    assert kiosk.ask(m.Board, "board").hall.rules.longest_wait == 60
    hub.operator.call("change_rules", m.ChangeRules(longest_wait=None))
    assert posted(hub).rules.longest_wait is None


def test_a_change_is_a_fact_and_the_file_stays_well(
    hub: RunningHub, capsys: pytest.CaptureFixture[str]
) -> None:
    from shared.commands.check import main as check

    head = hub.operator.ask(m.Health, "health").seq
    hub.operator.call("change_rules", m.ChangeRules(return_penalty=5))
    hub.operator.call("change_rules", m.ChangeRules(return_penalty=5))
    assert hub.operator.ask(m.Health, "health").seq == head + 1, "the same figure again is no change"
    assert len(posted(hub).history) == 2
    assert check(["--data", str(hub.house.folder)]) == 0
    assert "all is well" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("request_", "zh"),
    [
        (m.ChangeRules(return_penalty=241), "“过号返回后排后的分钟”须是 0 至 240 的整数，不能是 241。"),
        (m.ChangeRules(longest_wait=5), "“等满多少分钟最先办理”须是 10 至 240 的整数，不能是 5。"),
        (
            m.ChangeRules(credits={Priority.SOLDIER: -1}),
            "“现役和退役军人提前的分钟”须是 0 至 240 的整数，不能是 -1。",
        ),
    ],
)
def test_an_impossible_figure_is_refused_in_words(hub: RunningHub, request_: m.ChangeRules, zh: str) -> None:
    before = posted(hub)
    with pytest.raises(HubRefused) as refused:
        hub.operator.call("change_rules", request_)
    assert (refused.value.code, refused.value.zh) == ("impossible_rule", zh)
    assert "must be a whole number from" in refused.value.en
    with pytest.raises(HubRefused, match="credit"):
        hub.operator.call("change_rules", m.ChangeRules(credits={Priority.NONE: 5}))
    assert posted(hub) == before


def test_a_clerk_may_not_change_them(hub: RunningHub) -> None:
    with pytest.raises(HubRefused) as refused:
        hub.clerk("1001").call("change_rules", m.ChangeRules(return_penalty=0))
    assert refused.value.code == "forbidden"


def test_the_command_shows_changes_and_prints_the_wall(
    hub: RunningHub, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(*arguments: str) -> str:
        assert rules_command(["--data", str(hub.house.folder), *arguments]) == 0
        return capsys.readouterr().out

    assert "return_penalty           10" in run()
    said = run("--set", "return_penalty=5", "--set", "credits.elderly=25", "--set", "longest_wait=60")
    assert "credits.elderly 20 -> 25, return_penalty 10 -> 5, longest_wait none -> 60" in said
    wall = run("--text")
    assert wall.startswith("叫号顺序 Who is called next\n 1. 预约到点")
    assert "排序时刻已过 60 分钟的" in wall
    assert "return_penalty" not in wall
    assert "longest_wait           none" in run("--set", "longest_wait=none")


@pytest.mark.parametrize("mistake", ["nonsense=3", "return_penalty=few", "credits.none=5"])
def test_a_mistyped_figure_is_told_before_anything_is_asked(
    mistake: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        rules_command(["--set", mistake])
    assert mistake.split("=")[0] in capsys.readouterr().err
