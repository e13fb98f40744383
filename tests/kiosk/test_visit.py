"""The visit: every way through it, every way back, and that a wipe forgets everything."""

from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.testing import CITIZEN, at_confirm, at_issuing, lane, matter, taken
from kiosk.visit import Sentence, Slip, Step, Trouble, Visit
from shared.domain.ordering import Priority

SORRY = Sentence("抱歉", "Sorry")


def test_a_lane_leads_over_the_card_to_the_number() -> None:
    visit = at_issuing()
    assert visit.step is Step.ISSUING
    assert visit.order is not None
    assert (visit.order.lane, visit.order.matter) == ("A", None)
    assert visit.order.priority is Priority.ELDERLY
    done = visit.issued(taken(), Slip.PRINTING)
    assert (done.step, done.slip) == (Step.DONE, Slip.PRINTING)
    assert done.slip_came_out(Slip.PRINTED).slip is Slip.PRINTED


def test_a_matter_is_shown_before_the_card_and_goes_into_the_order() -> None:
    visit = Visit().open_search().type("bdc").choose_matter(matter(), lane("C"))
    assert visit.step is Step.MATTER
    order = visit.go_on().go_on().take("r1").order
    assert order is not None
    assert (order.lane, order.matter, order.citizen) == ("C", "m1", None)


def test_a_closed_lane_is_said_and_leads_nowhere_but_back() -> None:
    visit = Visit().choose_lane(lane(is_open=False))
    assert visit.step is Step.CLOSED
    assert visit.go_on().take("r").step is Step.CLOSED
    assert visit.back() == Visit()


def test_a_closed_lane_behind_a_matter_leads_back_to_the_matter() -> None:
    visit = Visit().open_search().choose_matter(matter(), lane(is_open=False)).go_on()
    assert visit.step is Step.CLOSED
    assert visit.back().step is Step.MATTER


def test_a_second_tap_makes_no_second_order() -> None:
    once = at_issuing("r1")
    assert once.take("r2") is once


def test_a_retry_keeps_the_request_id_until_the_wish_changes() -> None:
    doubtful = at_issuing("r1").not_issued(Trouble.UNKNOWN)
    assert doubtful.step is Step.CONFIRM
    assert doubtful.trouble is Trouble.UNKNOWN
    assert _request_id(doubtful.take("r2")) == "r1"
    assert _request_id(doubtful.back().go_on().take("r3")) == "r1"
    changed = doubtful.ask_priority().declare(Priority.PREGNANT)
    assert _request_id(changed.take("r4")) == "r4"


def test_a_definite_no_ends_the_order() -> None:
    refused = at_issuing("r1").not_issued(Trouble.REFUSED, SORRY)
    assert (refused.step, refused.sentence) == (Step.CONFIRM, SORRY)
    assert _request_id(refused.take("r2")) == "r2"


def test_a_declared_priority_stands_before_the_one_by_age_and_can_be_taken_back() -> None:
    visit = at_confirm()
    assert visit.priority is Priority.ELDERLY
    declared = visit.ask_priority().declare(Priority.DISABLED)
    assert (declared.step, declared.priority) == (Step.CONFIRM, Priority.DISABLED)
    assert declared.ask_priority().declare(Priority.NONE).priority is Priority.ELDERLY


def test_a_held_number_is_shown_and_printed_again() -> None:
    held = at_issuing().already_holds(SORRY, (taken(),))
    assert (held.step, held.sentence) == (Step.HELD, SORRY)
    assert held.back().step is Step.CONFIRM
    again = held.print_again(taken())
    assert (again.step, again.again, again.ticket) == (Step.DONE, True, taken())
    assert held.print_again(taken("A009", 9)) is held


def test_a_lost_slip_is_found_by_card() -> None:
    visit = Visit().look_up()
    assert visit.wants_card
    assert visit.found((taken(),)) is visit
    found = visit.show_card(CITIZEN).found((taken(), taken("B002", 2)))
    assert found.step is Step.FOUND
    assert found.back() == Visit()
    assert found.print_again(taken("B002", 2)).again


def test_nothing_of_the_card_is_kept_past_the_number() -> None:
    done = at_issuing().issued(taken(), Slip.SHOWN)
    assert (done.citizen, done.order, done.trail) == (None, None, ())


def test_only_one_reprint_at_a_time() -> None:
    done = at_issuing().issued(taken(), Slip.PRINTED)
    printing = done.print_again(taken())
    assert printing.is_busy
    assert printing.print_again(taken()) is printing


def test_help_leads_back_to_where_one_was() -> None:
    visit = at_confirm()
    assert visit.ask_help().step is Step.HELP
    assert visit.ask_help().back() == visit
    done = at_issuing().issued(taken(), Slip.PRINTING)
    assert done.ask_help().slip_came_out(Slip.PRINTED).back().slip is Slip.PRINTED


def test_a_card_is_read_only_while_a_step_asks_for_one() -> None:
    for visit in (Visit(), Visit().open_search(), at_confirm(), at_issuing()):
        assert not visit.wants_card
        assert visit.show_card(CITIZEN) is visit
    identity = Visit().choose_lane(lane())
    assert identity.wants_card
    assert identity.card_not_read(SORRY).sentence == SORRY
    assert not identity.show_card(CITIZEN).wants_card


def test_going_back_forgets_the_card() -> None:
    visit = Visit().open_search().choose_matter(matter(), lane()).go_on().show_card(CITIZEN)
    back = visit.back()
    assert (back.step, back.citizen) == (Step.MATTER, None)


def test_no_printed_form_of_a_visit_shows_the_person() -> None:
    assert "430602194001011239" not in repr(at_issuing())
    assert "张三丰" not in repr(at_issuing())


def test_only_the_citizen_settles_a_slip_without_proof() -> None:
    printing = at_issuing().issued(taken(), Slip.PRINTING)
    assert printing.answer_slip(Slip.RECEIVED) is printing
    doubtful = printing.slip_came_out(Slip.UNCONFIRMED)
    assert doubtful.unsettled == taken()
    for answer in (Slip.RECEIVED, Slip.SHOWN, Slip.VOIDED):
        assert doubtful.answer_slip(answer).unsettled is None
    assert doubtful.answer_slip(Slip.PRINTED) is doubtful
    voided = doubtful.answer_slip(Slip.VOIDED)
    assert voided.print_again(taken()) is voided


def test_a_copy_without_proof_never_takes_the_number_away() -> None:
    held = at_issuing().already_holds(SORRY, (taken(),))
    doubtful = held.print_again(taken()).slip_came_out(Slip.UNCONFIRMED)
    assert doubtful.unsettled is None
    assert doubtful.answer_slip(Slip.VOIDED) is doubtful


MOVES = {
    "open_search": Visit.open_search,
    "type": lambda visit: visit.type("张三丰"),
    "choose_matter": lambda visit: visit.choose_matter(matter(), lane("C")),
    "choose_lane": lambda visit: visit.choose_lane(lane()),
    "choose_closed_lane": lambda visit: visit.choose_lane(lane("B", is_open=False)),
    "show_card": lambda visit: visit.show_card(CITIZEN),
    "type_number": lambda visit: visit.type_number(),
    "retype": lambda visit: visit.retype("4306"),
    "number_typed": lambda visit: visit.number_typed(CITIZEN),
    "show_code": lambda visit: visit.show_code(taken()),
    "card_not_read": lambda visit: visit.card_not_read(SORRY),
    "go_on": Visit.go_on,
    "ask_priority": Visit.ask_priority,
    "declare": lambda visit: visit.declare(Priority.SOLDIER),
    "take": lambda visit: visit.take("r"),
    "issued": lambda visit: visit.issued(taken(), Slip.PRINTING),
    "slip_came_out": lambda visit: visit.slip_came_out(Slip.PRINTED),
    "answer_slip": lambda visit: visit.answer_slip(Slip.VOIDED),
    "not_issued": lambda visit: visit.not_issued(Trouble.UNKNOWN, SORRY),
    "already_holds": lambda visit: visit.already_holds(SORRY, (taken(),)),
    "look_up": Visit.look_up,
    "found": lambda visit: visit.found((taken(),)),
    "not_found": lambda visit: visit.not_found(SORRY),
    "print_again": lambda visit: visit.print_again(taken()),
    "ask_help": Visit.ask_help,
    "back": Visit.back,
}

walks = st.lists(st.sampled_from(sorted(MOVES)), max_size=25)


def walk(moves: list[str]) -> Visit:
    visit = Visit()
    for name in moves:
        visit = MOVES[name](visit)
    return visit


@given(walks)
def test_home_wipes_everything_from_anywhere(moves: list[str]) -> None:
    wiped = walk(moves).home()
    fresh = Visit()
    assert all(getattr(wiped, f.name) == getattr(fresh, f.name) for f in fields(Visit))


@given(walks)
def test_back_always_ends_at_home_or_at_a_step_without_a_way_back(moves: list[str]) -> None:
    visit = walk(moves)
    for _ in range(len(moves) + 1):
        visit = visit.back()
    assert visit == Visit() or not visit.may_go_back


@given(walks)
def test_a_visit_at_home_knows_nothing(moves: list[str]) -> None:
    visit = walk(moves)
    assert visit.step is not Step.HOME or visit == Visit()


@given(walks)
def test_a_scanned_code_never_costs_anyone_a_visit(moves: list[str]) -> None:
    visit = walk(moves)
    shown = visit.show_code(taken("A009", 9))
    assert shown is visit or shown.step is Step.CODE
    if visit.step not in (Step.HOME, Step.FIND, Step.CODE, Step.DONE):
        assert shown is visit
    if visit.step is Step.DONE and visit.slip is not Slip.PRINTED:
        assert shown is visit, "the citizen was not given a slip yet, or was not believed to have it"


@given(walks)
def test_a_line_of_keys_is_only_known_while_it_is_typed(moves: list[str]) -> None:
    visit = walk(moves)
    assert visit.step in (Step.NUMBER, Step.HELP) or visit.typed == ""


@given(walks)
def test_what_a_step_shows_is_there(moves: list[str]) -> None:
    visit = walk(moves)
    if visit.step in (Step.IDENTITY, Step.CONFIRM, Step.PRIORITY, Step.ISSUING, Step.CLOSED, Step.HELD):
        assert visit.lane is not None
    if visit.step is Step.MATTER:
        assert visit.matter is not None
    if visit.step is Step.ISSUING:
        assert visit.order is not None
    if visit.step is Step.DONE:
        assert visit.ticket is not None
    if visit.step is Step.CODE:
        assert visit.tickets


def _request_id(visit: Visit) -> str:
    assert visit.order is not None
    return visit.order.request_id


@pytest.mark.parametrize("step", [Step.ISSUING, Step.DONE])
def test_there_is_no_way_back_from_a_number(step: Step) -> None:
    visit = at_issuing() if step is Step.ISSUING else at_issuing().issued(taken(), Slip.SHOWN)
    assert visit.step is step
    assert not visit.may_go_back
    assert visit.back() is visit
