"""A citizen without a card types the number: on a real hub, by touch."""

from itertools import count

from kiosk.testing import KioskInHand, descend, strings_of
from shared.domain.ordering import Priority
from shared.testing import id_number

_serials = count(700)


def somebody() -> str:
    """The ID number of a person whom no other test knows."""
    return id_number("19500202", next(_serials))


def to_keypad(kiosk: KioskInHand, lane: str = "A") -> None:
    kiosk.tap(f"lane-{lane}")
    kiosk.tap("type-number")
    kiosk.until(lambda: kiosk.seen("typed-number"))


def touch(kiosk: KioskInHand, number: str) -> None:
    for character in number:
        kiosk.tap(f"digit-{character.lower()}")


def test_a_typed_number_gives_a_ticket_without_a_name(kiosk: KioskInHand) -> None:
    person = somebody()
    to_keypad(kiosk)
    touch(kiosk, person)
    assert kiosk.text("number-note") == "号码已核对"
    kiosk.tap("number-confirm")
    kiosk.until(lambda: kiosk.text("card-number") == f"{person[:6]}********{person[-4:]}")
    assert kiosk.seen("card-name") is None
    kiosk.tap("continue")
    kiosk.tap("take")
    number = kiosk.number()
    [ticket] = kiosk.new_tickets()
    assert (ticket.number, ticket.priority, ticket.holder) == (number, Priority.ELDERLY, "")


def test_what_is_wrong_is_said_and_nothing_goes_on_with_it(kiosk: KioskInHand) -> None:
    person = somebody()
    wrong = "1" if person[-1] != "1" else "2"
    to_keypad(kiosk)
    touch(kiosk, person[:17] + wrong)
    assert kiosk.text("number-note") == "最后一位对不上，请再核对"
    confirm = kiosk.seen("number-confirm")
    assert confirm is not None
    assert not confirm.isEnabled()
    kiosk.tap("digit-erase")
    assert kiosk.text("number-note") == "还差 1 位"
    kiosk.tap("digit-clear")
    assert kiosk.text("typed-number") == ""


def test_a_second_number_for_a_typed_person_is_refused_without_showing_the_first(kiosk: KioskInHand) -> None:
    person = somebody()
    for _ in range(2):
        kiosk.model.guide.wipe()
        to_keypad(kiosk, "B")
        touch(kiosk, person)
        kiosk.tap("number-confirm")
        kiosk.tap("continue")
        kiosk.tap("take")
        kiosk.until(
            lambda: kiosk.step() in ("done", "confirm", "held") and not kiosk.model.guide.visit.is_busy
        )
    assert kiosk.step() == "confirm"
    assert kiosk.model.guide.visit.tickets == ()
    assert len(kiosk.new_tickets()) == 1


def test_the_wipe_leaves_nothing_of_a_typed_number(kiosk: KioskInHand) -> None:
    person = somebody()
    to_keypad(kiosk)
    touch(kiosk, person[:16])
    kiosk.model.guide.wipe()
    left = [text for item in descend(kiosk.window.contentItem()) for text in strings_of(item)]
    left += strings_of(kiosk.model.number)  # type: ignore[arg-type]  # a Property to mypy
    assert not any(person[6:14] in text for text in left)
