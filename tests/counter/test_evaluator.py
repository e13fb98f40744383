"""The citizen's screen on a real hub: asked after the service, answered once, never in the clerk's way."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt

import counter
from counter.app import put_up_evaluator
from counter.testing import CounterInHand
from counter.viewmodels.evaluator import INVITED_SECONDS, EvaluatorModel
from shared.protocol import messages as m
from shared.qt.launch import make_engine
from shared.qt.robot_driver import RobotDriver
from shared.store.sqlite import connect
from shared.testing import PIN, RunningHub
from tests.counter.test_contrast import luminance

NewDesk = Callable[..., CounterInHand]
Take = Callable[..., m.Ticket]


def kept(hub: RunningHub) -> list[tuple[object, ...]]:
    """Ticket, level and reasons of all ratings."""
    connection = connect(hub.house.database, read_only=True)
    try:
        return list(connection.execute("SELECT ticket, level, reasons FROM ratings ORDER BY id"))
    finally:
        connection.close()


def serve(desk: CounterInHand) -> None:
    """Call the next one and begin."""
    desk.until(lambda: desk.line)
    desk.press("next")
    desk.press("start")


def screen_of(desk: CounterInHand) -> EvaluatorModel:
    return desk.counter.evaluator


def sent(desk: CounterInHand) -> None:
    desk.until(lambda: screen_of(desk).outbox.count == 0, "the rating does not leave")


def test_served_finished_asked_and_the_reasons_are_kept(
    new_desk: NewDesk, take: Take, hub: RunningHub
) -> None:
    ticket = take()
    desk = new_desk().open(1)
    screen = screen_of(desk)
    assert screen.step == "idle"
    assert screen.rate(5) is False, "nobody is asked yet"
    desk.until(lambda: desk.line)
    desk.press("next")
    assert (screen.step, screen.property("number")) == ("called", ticket.number)
    desk.press("start")
    assert screen.step == "serving"
    assert screen.rate(5) is False, "nobody rates before the end"
    desk.press("finish")
    assert (screen.step, screen.property("number")) == ("invited", ticket.number)
    assert screen.rate(9) is False
    assert screen.rate(2) is True
    assert screen.step == "reasons"
    for code in ("long_wait", "attitude", "other", "other"):
        screen.toggleReason(code)
    screen.done()
    assert screen.step == "thanks"
    assert screen.rate(5) is False, "a second tap is too late"
    sent(desk)
    assert kept(hub) == [(ticket.id, 2, '["attitude","long_wait"]')]
    assert not screen.may_invite


def test_a_good_word_needs_no_second_question(new_desk: NewDesk, take: Take, hub: RunningHub) -> None:
    ticket = take()
    desk = new_desk().open(1)
    serve(desk)
    desk.press("finish")
    screen_of(desk).rate(5)
    assert screen_of(desk).step == "thanks"
    sent(desk)
    assert kept(hub) == [(ticket.id, 5, "[]")]


def test_the_next_call_ends_the_question(new_desk: NewDesk, take: Take, hub: RunningHub) -> None:
    take()
    second = take()
    desk = new_desk().open(1)
    serve(desk)
    desk.press("finish")
    assert screen_of(desk).step == "invited"
    desk.press("next")
    assert (screen_of(desk).step, desk.now[0]) == ("called", second.number)
    assert screen_of(desk).rate(1) is False
    assert kept(hub) == []


def test_who_is_finished_by_the_next_call_is_asked_until_that_service_begins(
    new_desk: NewDesk, take: Take, hub: RunningHub
) -> None:
    first, _, _ = take(), take(), take()
    desk = new_desk().open(1)
    serve(desk)
    desk.press("next")
    assert (screen_of(desk).step, screen_of(desk).property("number")) == ("invited", first.number)
    desk.press("start")
    assert screen_of(desk).step == "serving"
    desk.press("next")
    screen_of(desk).rate(1)
    desk.press("start")
    sent(desk)
    assert [row[1] for row in kept(hub)] == [1], (
        "a level that was given is kept though the reasons were cut short"
    )


def test_a_service_that_goes_on_elsewhere_asks_nobody(new_desk: NewDesk, take: Take) -> None:
    take()
    desk = new_desk().open(1)
    serve(desk)
    desk.press("hold")
    assert screen_of(desk).step == "idle"


def test_nobody_answers_and_the_clerk_asks_again(new_desk: NewDesk, take: Take, hub: RunningHub) -> None:
    take()
    desk = new_desk().open(1)
    late = [0.0]
    screen = EvaluatorModel(
        desk.counter.seat, desk.counter.orders, desk.counter.session, desk.bridge, lambda: late[0]
    )
    serve(desk)
    desk.press("finish")
    assert screen.step == "invited"
    late[0] = INVITED_SECONDS
    desk.until(lambda: screen.step == "idle", "the question stays for ever")
    assert kept(hub) == [], "silence is no rating"
    assert screen.may_invite
    screen.invite_again()
    assert screen.step == "invited"


def test_the_key_of_the_clerk_asks_again(new_desk: NewDesk, take: Take) -> None:
    take()
    desk = new_desk().open(1)
    desk.press("invite")
    assert desk.note[0] == "invite", "nobody was served"
    serve(desk)
    desk.press("finish")
    screen = screen_of(desk)
    screen._end()
    screen.changed.emit()
    desk.press("invite")
    assert screen.step == "invited"


def test_a_rating_waits_for_a_hub_that_is_away(new_desk: NewDesk, take: Take, hub: RunningHub) -> None:
    ticket = take()
    desk = new_desk(timeout=0.5).open(1)
    serve(desk)
    desk.press("finish")
    hub.kill()
    assert screen_of(desk).rate(4)
    desk.until(lambda: not desk.bridge.online)
    assert screen_of(desk).outbox.count == 1
    desk.until(lambda: screen_of(desk).step == "offline", "it says nothing of the cut")
    assert screen_of(desk).rate(5) is False
    hub.restart()
    sent(desk)
    assert kept(hub) == [(ticket.id, 4, "[]")]


def test_a_revoked_counter_rates_nothing_and_goes_on(new_desk: NewDesk, take: Take, hub: RunningHub) -> None:
    take()
    desk = new_desk().open(1)
    serve(desk)
    desk.press("finish")
    for device in hub.operator.ask(m.Devices, "devices").devices:
        if device.role == "counter":
            hub.operator.call("revoke_device", m.Nothing(), id=device.id)
    screen_of(desk).rate(1)
    screen_of(desk).skip()
    sent(desk)
    assert kept(hub) == []


@pytest.mark.parametrize("level", [1, 2, 3, 4, 5])
def test_white_words_stand_on_every_key(level: int) -> None:
    views = Path(counter.__file__).parent / "views"
    text = (views / "EvaluatorLevels.qml").read_text("utf-8")
    paper = re.findall(rf'{level}: "#([0-9A-F]{{6}})"', text)[0]
    assert 1.05 / (luminance(paper) + 0.05) >= 7


def test_the_screen_of_a_real_counter(hub: RunningHub, take: Take, tmp_path: Path) -> None:
    """A citizen's finger on the second window; the clerk's keys stay at the desk."""
    ticket = take()
    offer = hub.operator.ask(
        m.DeviceOffer, "offer_device", m.OfferDevice(role="counter", name="窗口", window=2)
    )
    arguments = ["--hub", hub.url, "--enrol", offer.code, "--state", str(tmp_path / "state")]
    with RobotDriver("counter", *arguments, "--size", "1366x768", "--evaluator", "window") as robot:
        robot.wait("sign-in", "enabled", is_=True)
        for text in ("1001", PIN):
            robot.type(text)
            robot.key("Return")
        robot.wait("windows", "activeFocus", is_=True)
        robot.wait("open-window", "enabled", is_=True)
        robot.key("Return")
        robot.wait("next", "enabled", is_=True)
        robot.key("F12")
        robot.wait("start", "enabled", is_=True)
        robot.key("F10")
        robot.wait("evaluator-number", "text", is_=ticket.number)
        robot.wait("finish", "enabled", is_=True)
        robot.key("F9")
        robot.click("level-2")
        robot.click("reason-long_wait")
        robot.click("reasons-done")
        robot.wait("evaluator-words", "text", is_="谢谢您的评价")
        robot.key("Shift+F9")
        robot.wait("invite-told", "text", contains="邀请")
        assert robot.warnings == []
    assert kept(hub) == [(ticket.id, 2, '["long_wait"]')]


def test_the_evaluator_never_takes_the_keyboard_and_a_pause_is_said(
    new_desk: NewDesk, take: Take, tmp_path: Path
) -> None:
    desk = new_desk().open(1)
    engine = make_engine()
    window = put_up_evaluator(engine, desk.counter, "window")
    assert window is not None
    assert window.flags() & Qt.WindowType.WindowDoesNotAcceptFocus
    assert put_up_evaluator(engine, desk.counter, "off") is None
    desk.counter.orders.run("pause", "pause_window", m.Reason(reason="午休"), no=1)
    desk.until(lambda: screen_of(desk).step == "paused")
    shown = window.findChild(QObject, "evaluator-words")
    assert shown is not None
    assert shown.property("text") == "本窗口暂停服务"
    window.resize(1920, 1080)
    desk.until(lambda: shown.property("font").pixelSize() == round(72 * 1.35), "type does not grow")
    picture = tmp_path / "paused.png"
    assert window.grabWindow().save(str(picture))
    window.close()
