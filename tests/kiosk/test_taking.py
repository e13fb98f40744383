"""A citizen at the kiosk: by touch, on a real hub, with a real printer line and a real card reader line."""

import subprocess
from itertools import count
from pathlib import Path

from PySide6.QtCore import QPointF
from PySide6.QtQuick import QQuickItem

from kiosk.testing import KioskInHand, descend, kiosk_at, strings_of
from kiosk.visit import Trouble
from shared.domain.ordering import Priority
from shared.protocol.messages import Reason
from shared.testing import RunningHub, id_number

NAME = "张三丰"
_serials = count(1)


def lay_card(kiosk: KioskInHand, number: str, name: str = NAME) -> None:
    assert kiosk.reader is not None
    kiosk.reader.command("put", name, number)


def lift_card(kiosk: KioskInHand) -> None:
    assert kiosk.reader is not None
    kiosk.reader.command("lift")
    kiosk.rest(0.5)


def somebody_old() -> str:
    """The ID number of a person whom no other test knows."""
    return id_number("19500101", next(_serials))


def take_with_card(kiosk: KioskInHand, number: str) -> None:
    kiosk.tap("lane-A")
    kiosk.until(lambda: kiosk.seen("continue-without-card"))
    lay_card(kiosk, number)
    kiosk.tap("continue")
    kiosk.tap("take")


def to_confirm(kiosk: KioskInHand, lane: str = "A") -> None:
    kiosk.tap(f"lane-{lane}")
    kiosk.tap("continue-without-card")


def test_a_card_gives_a_number_with_priority_and_a_slip(kiosk: KioskInHand) -> None:
    person = somebody_old()
    kiosk.tap("lane-A")
    kiosk.until(lambda: kiosk.seen("continue-without-card"))
    lay_card(kiosk, person)
    kiosk.until(lambda: kiosk.text("card-name") == "张*")
    assert kiosk.text("card-number") == f"{person[:6]}********{person[-4:]}"
    kiosk.tap("continue")
    kiosk.tap("take")
    number = kiosk.number()
    kiosk.until(lambda: kiosk.model.guide.visit.slip == "printed", "the slip was not confirmed")
    [slip] = kiosk.slips()
    assert number in slip
    assert "补打" not in slip
    kiosk.until(lambda: kiosk.fate_of_slip(number) == "slip.printed")
    [ticket] = kiosk.new_tickets()
    assert (ticket.number, ticket.priority, ticket.holder) == (number, Priority.ELDERLY, "张*")


def test_a_double_tap_makes_one_ticket(kiosk: KioskInHand) -> None:
    to_confirm(kiosk)
    kiosk.tap("take", times=3)
    number = kiosk.number()
    kiosk.until(lambda: kiosk.model.guide.visit.slip == "printed")
    assert [ticket.number for ticket in kiosk.new_tickets()] == [number]
    assert len(kiosk.slips()) == 1


def test_without_paper_the_citizen_is_told_before_and_gets_a_qr(kiosk: KioskInHand, tmp_path: Path) -> None:
    assert kiosk.printer is not None
    kiosk.printer.command("paper out")
    to_confirm(kiosk)
    kiosk.until(lambda: "打印纸用完了" in kiosk.text("paper-note"))
    assert kiosk.text("take") == "在屏幕上取号"
    assert kiosk.new_tickets() == []
    kiosk.tap("take")
    kiosk.number()
    kiosk.until(lambda: kiosk.model.guide.visit.slip == "shown")
    kiosk.rest(0.4)
    picture = tmp_path / "screen.png"
    assert kiosk.window.grabWindow().save(str(picture))
    read = subprocess.run(
        ["zbarimg", "-q", "--raw", str(picture)], capture_output=True, text=True, check=True
    )
    taken = kiosk.model.guide.visit.ticket
    assert taken is not None
    assert read.stdout.strip() == taken.url
    assert kiosk.slips() == []
    kiosk.until(lambda: kiosk.fate_of_slip(taken.ticket.number) == "slip.shown")


def test_paper_that_runs_out_between_look_and_touch_costs_no_number(kiosk: KioskInHand) -> None:
    assert kiosk.printer is not None
    to_confirm(kiosk)
    kiosk.until(lambda: kiosk.text("take") == "取号" and kiosk.confirm.property("canTake"))
    kiosk.printer.command("paper out")
    kiosk.tap("take")
    kiosk.until(lambda: kiosk.model.guide.visit.trouble is Trouble.NO_PAPER or kiosk.step() == "confirm")
    kiosk.until(lambda: kiosk.text("take") == "在屏幕上取号")
    assert kiosk.new_tickets() == []


def test_a_printer_that_falls_silent_leaves_a_number_that_counts(kiosk: KioskInHand) -> None:
    assert kiosk.printer is not None
    to_confirm(kiosk)
    kiosk.until(lambda: kiosk.text("take") == "取号" and kiosk.confirm.property("canTake"))
    kiosk.printer.command("out-at 400")
    kiosk.tap("take")
    number = kiosk.number()
    kiosk.until(lambda: kiosk.model.guide.visit.slip == "unconfirmed")
    assert "没能确认" in kiosk.text("paper-note")
    kiosk.until(lambda: kiosk.fate_of_slip(number) == "slip.unconfirmed")
    kiosk.printer.command("paper in")
    kiosk.until(kiosk.can_print_again)
    kiosk.tap("print-copy")
    kiosk.until(lambda: kiosk.fate_of_slip(number) == "slip.reprinted")
    assert [ticket.number for ticket in kiosk.new_tickets()] == [number]


def test_without_any_device_the_number_stands_on_the_screen(hub: RunningHub, tmp_path: Path) -> None:
    with kiosk_at(hub, tmp_path) as kiosk:
        assert kiosk.seen("find-ticket") is None
        to_confirm(kiosk)
        kiosk.until(lambda: "号码会显示在屏幕上" in kiosk.text("paper-note"))
        kiosk.tap("take")
        kiosk.number()
        kiosk.until(lambda: kiosk.model.guide.visit.slip == "shown")


def test_a_lost_hub_is_told_and_the_retry_makes_one_ticket(kiosk: KioskInHand) -> None:
    to_confirm(kiosk)
    kiosk.until(lambda: kiosk.confirm.property("canTake"))
    kiosk.hub.kill()
    kiosk.use_up_lent_numbers()
    kiosk.tap("take")
    kiosk.until(lambda: kiosk.text("trouble") != "")
    assert kiosk.model.guide.visit.trouble in (Trouble.UNREACHABLE, Trouble.UNKNOWN)
    first = kiosk.model.guide.visit.order
    kiosk.until(lambda: "数据更新于" in kiosk.text("stale"))
    kiosk.hub.restart()
    kiosk.until(lambda: kiosk.stage.bridge.online)
    kiosk.tap("take")
    kiosk.number()
    assert first is not None
    assert len(kiosk.new_tickets()) == 1


def test_a_second_number_in_the_same_lane_shows_the_first_and_prints_it_again(kiosk: KioskInHand) -> None:
    person = somebody_old()
    take_with_card(kiosk, person)
    number = kiosk.number()
    kiosk.tap("finish")
    lift_card(kiosk)
    take_with_card(kiosk, person)
    kiosk.tap(f"print-again-{number}")
    kiosk.until(lambda: has_copy(kiosk, number))
    assert len(kiosk.new_tickets()) == 1


def test_a_lost_slip_is_found_by_card_and_printed_again(kiosk: KioskInHand) -> None:
    person = somebody_old()
    take_with_card(kiosk, person)
    number = kiosk.number()
    kiosk.tap("finish")
    lift_card(kiosk)
    kiosk.tap("find-ticket")
    kiosk.rest(0.5)
    lay_card(kiosk, person)
    kiosk.tap(f"print-again-{number}")
    kiosk.until(lambda: has_copy(kiosk, number))


def test_a_declared_priority_goes_with_the_ticket(kiosk: KioskInHand) -> None:
    to_confirm(kiosk)
    kiosk.tap("priority")
    kiosk.tap("priority-pregnant")
    kiosk.tap("take")
    kiosk.number()
    assert kiosk.new_tickets()[0].priority is Priority.PREGNANT


def test_a_matter_is_found_by_initials_and_by_one_character(kiosk: KioskInHand) -> None:
    kiosk.tap("search")
    for key in "spf":
        kiosk.tap(f"key-{key}")
    kiosk.until(lambda: kiosk.seen("matter-bdc-sc"))
    kiosk.tap("clear-query")
    kiosk.search.setProperty("query", "照")
    kiosk.until(lambda: kiosk.seen("matter-yyzz-bg"))
    assert kiosk.seen("matter-bdc-sc") is None
    kiosk.tap("matter-yyzz-bg")
    kiosk.tap("continue")
    kiosk.tap("continue-without-card")
    kiosk.tap("take")
    kiosk.number()
    assert kiosk.new_tickets()[0].matter == "yyzz-bg"


def test_an_answer_to_an_older_query_is_never_shown(kiosk: KioskInHand) -> None:
    kiosk.tap("search")
    search = kiosk.search
    for query in ("s", "sp", "spf", "y", "yy"):
        search.setProperty("query", query)
    kiosk.until(lambda: search.property("isSettled"))
    assert [row.id for row in search._rows.rows] == ["yyzz-bg"]


def test_a_closed_lane_says_so(kiosk: KioskInHand) -> None:
    kiosk.hub.operator.call("close_lane", Reason(reason="系统维护"), letter="B")
    kiosk.until(lambda: not is_open(kiosk, "B"))
    kiosk.tap("lane-B")
    kiosk.until(lambda: kiosk.seen("choose-other"))
    kiosk.tap("choose-other")
    kiosk.until(lambda: kiosk.step() == "home")


def test_after_the_time_out_nothing_of_the_person_is_left(kiosk: KioskInHand) -> None:
    person = somebody_old()
    kiosk.tap("lane-A")
    kiosk.until(lambda: kiosk.seen("continue-without-card"))
    lay_card(kiosk, person)
    kiosk.tap("continue")
    marks = ("张*", person, NAME, person[-4:])
    assert found(kiosk, marks), "the control: the marks are there before the wipe"
    still_for(kiosk, 31)
    kiosk.until(lambda: kiosk.seen("stay"))
    still_for(kiosk, 46)
    kiosk.until(lambda: kiosk.step() == "home")
    kiosk.rest(0.5)
    assert not found(kiosk, marks)


def test_the_language_key_turns_every_word_and_goes_back_with_the_person(kiosk: KioskInHand) -> None:
    kiosk.tap("language")
    kiosk.until(lambda: kiosk.text("search") == "Find a matter by name")
    to_confirm(kiosk)
    kiosk.until(lambda: kiosk.text("take") == "Take a number")
    chinese = [text for text in visible_texts(kiosk) if any("\u3400" <= c <= "\u9fff" for c in text)]
    assert set(chinese) == {"中文"}
    kiosk.model.guide.wipe()
    kiosk.until(lambda: kiosk.text("search") == "按名称查找事项")


def test_large_type_asks_between_two_choices(kiosk: KioskInHand) -> None:
    kiosk.tap("elder")
    kiosk.until(lambda: kiosk.seen("lane-C") is None)
    assert kiosk.seen("lane-A") is not None
    assert kiosk.seen("lane-B") is not None
    kiosk.tap("next-page")
    kiosk.until(lambda: kiosk.seen("lane-C"))


def test_low_keeps_every_key_in_the_lower_half(kiosk: KioskInHand) -> None:
    kiosk.tap("low")
    kiosk.rest(0.3)
    for visit in ("search", "lane-A"):
        kiosk.tap(visit)
        kiosk.rest(0.3)
        assert len(keys(kiosk)) > 4
        assert keys_above(kiosk, kiosk.window.height() / 2) == []
        kiosk.tap("home")


def test_keys_are_large_enough_for_a_finger(kiosk: KioskInHand) -> None:
    sizes: dict[str, float] = {}
    for visit in ("", "search", "lane-A", "find-ticket"):
        if visit:
            kiosk.tap(visit)
        kiosk.rest(0.3)
        sizes |= {key.objectName(): min(key.width(), key.height()) for key in keys(kiosk)}
        kiosk.model.guide.wipe()
    assert {name: size for name, size in sizes.items() if size < 120} == {}
    assert len(sizes) >= 40


def test_the_question_is_answered_by_its_key_and_nothing_is_lost(kiosk: KioskInHand) -> None:
    to_confirm(kiosk)
    still_for(kiosk, 31)
    kiosk.tap("stay")
    kiosk.until(lambda: kiosk.seen("stay") is None)
    assert kiosk.step() == "confirm"


def test_the_number_and_its_qr_go_by_themselves(kiosk: KioskInHand) -> None:
    to_confirm(kiosk)
    kiosk.tap("take")
    kiosk.until(lambda: kiosk.model.guide.visit.slip == "printed")
    taken = kiosk.model.guide.visit.ticket
    assert taken is not None
    marks = (taken.ticket.number, taken.url)
    assert found(kiosk, marks)
    still_for(kiosk, 21)
    kiosk.until(lambda: kiosk.step() == "home")
    kiosk.rest(0.5)
    assert not found(kiosk, marks)


def has_copy(kiosk: KioskInHand, number: str) -> bool:
    return any("补打" in slip and number in slip for slip in kiosk.slips())


def is_open(kiosk: KioskInHand, letter: str) -> bool:
    mirror = kiosk.stage.bridge.mirror
    return mirror is not None and mirror.lanes[letter].open


def still_for(kiosk: KioskInHand, seconds: float) -> None:
    """As if nobody had touched the screen for so long."""
    stillness = kiosk.stillness
    stillness._touched = stillness._monotonic() - seconds
    stillness.tick()


def found(kiosk: KioskInHand, marks: tuple[str, ...]) -> list[str]:
    """Texts of view-models and of items on the screen that hold one of the marks."""
    things = [kiosk.model, *kiosk.model.children(), *descend(kiosk.window.contentItem())]
    texts = [text for thing in things for text in strings_of(thing)]
    return [text for text in texts if any(mark in str(text) for mark in marks)]


def keys(kiosk: KioskInHand) -> list[QQuickItem]:
    """What can be touched now, by its name."""
    items = [item for item in descend(kiosk.window.contentItem()) if item.objectName() and item.isVisible()]
    return [item for item in items if item.metaObject().indexOfSignal("tapped()") >= 0]


def keys_above(kiosk: KioskInHand, height: float) -> list[str]:
    return [key.objectName() for key in keys(kiosk) if key.mapToScene(QPointF(0, 0)).y() < height]


def visible_texts(kiosk: KioskInHand) -> list[str]:
    items = [item for item in descend(kiosk.window.contentItem()) if item.isVisible()]
    return [text for item in items if (text := item.property("text")) and isinstance(text, str)]
