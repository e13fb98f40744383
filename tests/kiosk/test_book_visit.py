"""The moves of booking and checking in, without a screen."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk import booking_visit as moves
from kiosk.appointment import Errand, Outcome
from kiosk.booking_visit import CLEAR, CODE_LENGTH, CODE_LETTERS, ERASE, is_booking_code, press
from kiosk.testing import CITIZEN, NOW, lane, matter, taken
from kiosk.visit import Sentence, Slip, Step, Visit
from shared.domain.booking_code import Pass, long_code, short_code
from shared.protocol.booking import (
    Booking,
    BookingCalendar,
    BookingDay,
    BookingState,
    BookingTimes,
    SlotTime,
    Whose,
)

DAY = date(2026, 11, 25)
SLOT = SlotTime(id=7, start=NOW + timedelta(days=2), minutes=15, free=3)
NO = Sentence("不", "No")
TOKEN = long_code(Pass(1, 29_000_000, 0, "A"), lambda content: content.ljust(32, b"x")[:32])


def booking(key: int = 1, state: BookingState = "reserved") -> Booking:
    is_held = state == "reserved"
    return Booking(
        id=key, token=TOKEN, code="8K3TQ-0M4XE", state=state, matter="m1", matter_name="不动产登记",
        matter_name_en="Property", lane="C", lane_name="不动产", lane_name_en="Real estate", place="一楼",
        place_en="1F", day=DAY, start=SLOT.start, minutes=15, holder="张*", masked_id="430602********1239",
        hold_until=NOW + timedelta(minutes=5) if is_held else None, asked_to_move=False, is_offer=False,
    )  # fmt: skip


def at_days() -> Visit:
    looking = moves.new_booking(moves.open_booking(Visit()))
    return looking.choose_matter(matter(), lane("C", is_open=False)).go_on()


def at_identity() -> Visit:
    calendar = BookingCalendar(matter="m1", lane="C", days=[BookingDay(day=DAY, free=3)], full=[])
    chosen = moves.choose_day(moves.show_calendar(at_days(), calendar), DAY)
    return moves.choose_slot(moves.show_times(chosen, BookingTimes(day=DAY, slots=[SLOT])), SLOT, "r1")


def at_hold() -> Visit:
    return moves.held(at_identity().show_card(CITIZEN).go_on(), booking())


def at_mine(*bookings: Booking) -> Visit:
    looking = moves.my_bookings(moves.open_booking(Visit())).show_card(CITIZEN)
    return moves.found(moves.show_card_owner(looking, CITIZEN), bookings)


def test_a_lane_that_is_closed_now_can_be_booked() -> None:
    assert at_days().step is Step.DAYS
    closed = Visit().open_search().choose_matter(matter(), lane("C", is_open=False)).go_on()
    assert closed.step is Step.CLOSED
    assert moves.book_instead(closed).step is Step.DAYS


def test_nobody_books_without_saying_who() -> None:
    assert at_identity().go_on() == at_identity()
    assert at_identity().show_card(CITIZEN).go_on().step is Step.HOLD


def test_a_place_is_shown_and_then_promised_and_the_card_forgotten() -> None:
    visit = at_hold()
    assert visit.appointment.holds_place
    done = moves.confirmed(visit, booking(state="confirmed"), Slip.SHOWN)
    assert (done.step, done.citizen, done.used_card) == (Step.BOOKED, None, True)
    assert not done.appointment.holds_place


@pytest.mark.parametrize("leave", [Visit.back, Visit.home, moves.choose_again])
def test_whoever_leaves_the_place_holds_it_no_longer(leave: Callable[[Visit], Visit]) -> None:
    assert not leave(at_hold()).appointment.holds_place


def test_choosing_again_asks_for_the_days_anew_and_not_for_the_card() -> None:
    again = moves.choose_again(moves.refused(at_hold(), "slot_full", NO))
    assert (again.step, again.appointment.calendar, again.citizen) == (Step.DAYS, None, CITIZEN)
    chosen = moves.choose_slot(moves.choose_day(again, DAY), SLOT, "r2")
    assert (chosen.step, chosen.appointment.request_id) == (Step.HOLD, "r2")


def test_an_answer_that_is_lost_keeps_the_request_and_the_place() -> None:
    failed = moves.refused(moves.ask(at_hold()), Outcome.UNREACHABLE, NO)
    assert (failed.appointment.booking, failed.appointment.request_id) == (booking(), "r1")
    assert moves.ask_again(failed).sentence == Sentence()


def test_help_does_not_give_the_place_back() -> None:
    asked = at_hold().ask_help()
    assert asked.appointment.holds_place
    assert asked.back() == at_hold()


def test_while_the_hub_is_asked_nothing_tears_the_visit_apart() -> None:
    asking = moves.ask(at_hold())
    assert asking.is_busy
    assert (asking.back(), asking.ask_help()) == (asking, asking)


def test_only_ones_own_bookings_can_be_changed_or_given_up() -> None:
    mine, other = booking(1, "confirmed"), booking(2, "confirmed")
    visit = at_mine(mine)
    assert moves.move(visit, other, None, None) == visit
    assert moves.give_up(visit, other) == visit
    assert moves.move(visit, mine, None, None).appointment.errand is Errand.MOVE


def test_a_booking_on_its_way_needs_no_card_and_stays_when_one_goes_back() -> None:
    mine = booking(1, "confirmed")
    moving = moves.choose_day(moves.move(at_mine(mine), mine, matter(), lane("C")), DAY)
    hold = moves.choose_slot(moving, SLOT, "r1")
    assert (hold.step, hold.appointment.booking, hold.appointment.holds_place) == (Step.HOLD, mine, False)
    assert hold.back().appointment.booking == mine


def test_giving_up_is_asked_for_and_takes_one_booking_away() -> None:
    first, second = booking(1, "confirmed"), booking(2, "confirmed")
    asked = moves.give_up(at_mine(first, second), first)
    assert asked.step is Step.GIVE_UP
    assert asked.back().appointment.mine == (first, second)
    assert moves.gave_up(moves.ask(asked), NO).appointment.mine == (second,)


def test_a_typed_number_shows_nobodys_bookings() -> None:
    typed = replace(CITIZEN, is_typed=True)
    refused = moves.refused(replace(at_hold(), citizen=typed), "booked_twice", NO)
    assert moves.my_bookings(refused).appointment.whose is None
    by_card = moves.my_bookings(moves.refused(at_hold(), "booked_twice", NO))
    assert by_card.appointment.whose == Whose(identity=CITIZEN.identity)


def test_the_same_code_keeps_its_request_id() -> None:
    first = moves.present(Visit(), Whose(code=TOKEN), "r1")
    failed = moves.not_checked_in(first, Outcome.UNREACHABLE, NO)
    assert moves.present(failed, Whose(code=TOKEN), "r2").appointment.request_id == "r1"
    assert moves.present(failed, Whose(code="other"), "r2").appointment.request_id == "r2"


def test_a_code_scanned_in_the_middle_of_a_visit_or_twice_changes_nothing() -> None:
    asking = moves.present(Visit(), Whose(code=TOKEN), "r1")
    assert moves.present(asking, Whose(code="other"), "r2") is asking
    assert moves.present(at_hold(), Whose(code=TOKEN), "r2") == at_hold()


def test_who_checked_in_leaves_nothing_of_the_card_and_the_number_is_not_voided() -> None:
    asked = moves.present(moves.open_check_in(Visit()).show_card(CITIZEN), Whose(code=TOKEN), "r1")
    done = moves.checked_in(asked, taken(), Slip.UNCONFIRMED)
    assert (done.step, done.citizen, done.unsettled) == (Step.DONE, None, None)
    assert moves.not_checked_in(asked, "no_booking_today", NO).citizen is None


@given(st.lists(st.sampled_from([*CODE_LETTERS, "I", "o", "", "AB", ERASE, CLEAR])))
def test_only_what_can_stand_in_a_code_is_typed(keys: list[str]) -> None:
    typed = ""
    for key in keys:
        typed = press(typed, key)
    assert set(typed) <= set(CODE_LETTERS)
    assert len(typed) <= CODE_LENGTH


def test_a_code_as_the_hall_makes_it_can_be_typed() -> None:
    code = short_code(12345, lambda content: content.ljust(32, b"x")[:32]).replace("-", "")
    typed = ""
    for letter in code:
        typed = press(typed, letter)
    assert typed == code


@pytest.mark.parametrize("text", [TOKEN, f"http://10.0.0.1:8080/b/{TOKEN}", f" https://h.cn/b/{TOKEN}?a=1\n"])
def test_a_bookings_code_is_known_for_one(text: str) -> None:
    assert is_booking_code(text)


@pytest.mark.parametrize(
    "text",
    ["", "http://10.0.0.1/t/abc", TOKEN[:-1], TOKEN + "A", "https://weixin.qq.com/r/abcdef", "x" * 4096],
)
def test_other_codes_are_left_to_the_tickets(text: str) -> None:
    assert not is_booking_code(text)
