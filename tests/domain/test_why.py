"""Every comparison names a difference that really decides: taken away, the order would be another."""

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from shared.domain.ordering import Place, Priority
from shared.domain.rules import CREDITED, MINUTE, Rules
from shared.domain.ticket import State
from shared.domain.why import Code, Origin, Waiter, decisive
from shared.domain.why_place import not_waiting, own_place, shared_windows
from shared.domain.why_text import compare, say
from shared.domain.windows import Desk, Takes, When

NINE = 1_795_395_600_000
"""2026-11-23 09:00 in Shanghai."""


def at(minutes: float) -> int:
    return NINE + round(minutes * MINUTE)


def walk_in(number: int, taken: float, rules: Rules, priority: Priority = Priority.NONE) -> Waiter:
    place = Place(*rules.walk_in(at(taken), priority), number, "A")
    return Waiter(
        place=place, given=place, taken_at=at(taken), joined_at=at(taken), lane="A", priority=priority
    )


def booked(number: int, checked_in: float, time: float, rules: Rules) -> Waiter:
    place = Place(*rules.appointment(at(time), at(checked_in)), number, "A")
    moment = at(checked_in)
    return Waiter(place=place, given=place, taken_at=moment, joined_at=moment, lane="A", booked_for=at(time))


def returned(waiter: Waiter, back: float, rules: Rules) -> Waiter:
    sort_at, due_at = rules.returned(at(back))
    return replace(
        waiter, place=waiter.standing_at(sort_at, due_at), returned_at=at(back), joined_at=at(back)
    )


def sent(waiter: Waiter, moment: float, window: int | None = None) -> Waiter:
    series = "A" if window else "B"
    return replace(
        waiter,
        place=waiter.place._replace(series=series),
        given=waiter.given._replace(series=series),
        joined_at=at(moment),
        from_lane="B",
        for_window=window,
    )


rules_of_a_hall = st.builds(
    lambda minutes, penalty, early, late, longest: Rules(
        credits=dict(zip(CREDITED, minutes, strict=True)),
        return_penalty=penalty,
        appointment_early=early,
        appointment_late=late,
        longest_wait=longest,
    ),
    st.lists(st.integers(0, 40), min_size=len(CREDITED), max_size=len(CREDITED)),
    st.integers(0, 30),
    st.integers(0, 30),
    st.integers(0, 30),
    st.none() | st.integers(10, 90),
)


@st.composite
def waiters(draw: st.DrawFn, number: int, rules: st.SearchStrategy[Rules]) -> Waiter:
    """A ticket as any hall may have it, in minutes from nine; its rules may be those of before a change."""
    posted = draw(rules)
    taken = draw(st.integers(0, 60))
    if draw(st.booleans()):
        found = walk_in(number, taken, posted, draw(st.sampled_from(list(Priority))))
    else:
        found = booked(number, taken, draw(st.integers(0, 120)), posted)
    if draw(st.booleans()) and draw(st.booleans()):
        found = returned(found, taken + draw(st.integers(0, 30)), posted)
    if draw(st.booleans()) and draw(st.booleans()):
        found = sent(found, taken + draw(st.integers(0, 60)), draw(st.none() | st.just(5)))
    return found


def behind(place: Place, second: Waiter, now: int) -> bool:
    """Whether `first`, standing at `place` instead, would no longer be before `second`."""
    return not place.key(now) < second.place.key(now)


def same_moment(first: Waiter, second: Waiter, now: int) -> bool:
    same_key = first.place.key(now)[:2] == second.place.key(now)[:2]
    return same_key or first.place.sort_at == second.place.sort_at


def in_time(second: Waiter) -> Place:
    assert second.booked_for is not None
    return second.place._replace(sort_at=second.booked_for, due_at=second.booked_for)


class Pair(NamedTuple):
    f: Waiter
    s: Waiter
    now: int


Claim = Callable[[Pair], bool]

CLAIMS: dict[Code, Claim] = {
    Code.APPOINTMENT_DUE: lambda p: (
        p.f.place.due_at == p.f.booked_for
        and p.f.place.is_due(p.now)
        and not (p.s.origin is Origin.APPOINTMENT and p.s.place.is_due(p.now))
    ),
    Code.EARLIER_APPOINTMENT: lambda p: (
        p.f.place.is_due(p.now) and p.s.place.is_due(p.now) and (p.f.booked_for or 0) < (p.s.booked_for or 0)
    ),
    Code.LONGEST_WAIT: lambda p: (
        p.f.origin is not Origin.APPOINTMENT and behind(p.f.place._replace(due_at=None), p.s, p.now)
    ),
    Code.CREDIT: lambda p: (
        p.f.credit > 0 and p.f.place.sort_at < p.s.place.sort_at <= p.f.place.sort_at + p.f.credit
    ),
    Code.EARLIER: lambda p: p.f.taken_at < p.s.taken_at and p.f.place.sort_at < p.s.place.sort_at,
    Code.TRANSFERRED: lambda p: (
        p.f.from_lane is not None and p.f.place.sort_at < p.s.place.sort_at <= p.f.joined_at
    ),
    Code.RETURNED: lambda p: p.f.returned_at is not None and p.f.place.sort_at < p.s.place.sort_at,
    Code.EARLY_APPOINTMENT: lambda p: (
        p.f.place.due_at == p.f.booked_for
        and not p.f.place.is_due(p.now)
        and p.f.place.sort_at < p.s.place.sort_at
        and p.f.booked_for is not None
    ),
    Code.LATE_APPOINTMENT: lambda p: (
        p.f.booked_for is not None and p.f.taken_at > p.f.booked_for and p.f.place.sort_at == p.f.taken_at
    ),
    Code.YOU_RETURNED: lambda p: p.s.returned_at is not None and p.s.given.key(p.now) < p.f.place.key(p.now),
    Code.YOU_EARLY: lambda p: (
        p.s.place.due_at == p.s.booked_for
        and not p.s.place.is_due(p.now)
        and p.f.place.sort_at < p.s.place.sort_at
    ),
    Code.YOU_LATE: lambda p: in_time(p.s).key(p.now) < p.f.place.key(p.now),
    Code.SORT_TIME: lambda p: p.f.place.sort_at < p.s.place.sort_at and p.s.returned_at is not None,
    Code.NUMBER: lambda p: same_moment(p.f, p.s, p.now) and p.f.place.number < p.s.place.number,
    Code.LETTER: lambda p: (
        same_moment(p.f, p.s, p.now)
        and p.f.place.number == p.s.place.number
        and p.f.place.series < p.s.place.series
    ),
}


@settings(max_examples=1500)
@given(waiters(7, rules_of_a_hall), waiters(8, rules_of_a_hall), st.integers(0, 200), st.booleans())
def test_the_named_difference_decides(one: Waiter, other: Waiter, minutes: int, same: bool) -> None:
    now = at(minutes)
    if same:
        other = replace(other, place=other.place._replace(number=7), given=other.given._replace(number=7))
    assume(one.place.key(now) != other.place.key(now))
    first, second = sorted((one, other), key=lambda waiter: waiter.place.key(now))
    code = decisive(first, second, now)
    assert CLAIMS[code](Pair(first, second, now)), code
    with pytest.raises(ValueError, match="is not before"):
        decisive(second, first, now)


@given(waiters(7, st.just(Rules())), waiters(8, st.just(Rules())), st.integers(0, 200), st.booleans())
def test_a_sentence_has_no_gap_and_names_both(
    one: Waiter, other: Waiter, minutes: int, addressed: bool
) -> None:
    now = at(minutes)
    first, second = sorted((one, other), key=lambda waiter: waiter.place.key(now))
    reason = compare(first, second, now, addressed=addressed)
    for text in (reason.zh, reason.en, *own_place(second, now, addressed=addressed)):
        assert not any(gap in text for gap in ("None", "1970", "  ", "{", "08:00:00"))
    assert reason.zh.startswith(first.number)
    assert ("您" in reason.zh) == addressed
    assert (second.number in reason.zh) != addressed


RULES = Rules()


@pytest.mark.parametrize(
    ("first", "second", "now", "code", "zh", "en"),
    [
        (
            booked(12, 50, 60, RULES), walk_in(17, 40, RULES), 61, Code.APPOINTMENT_DUE,
            "A012 先于您：预约 10:00 已到点", "A012 is before you: its appointment at 10:00 is due",
        ),
        (
            walk_in(19, 30, RULES, Priority.ELDERLY), walk_in(17, 15, RULES), 40, Code.CREDIT,
            "A019 先于您：65 岁以上老年人，按公示提前 20 分钟",
            "A019 is before you: people of 65 and older, by the posted rule 20 minutes earlier",
        ),
        (
            walk_in(12, 12, RULES), walk_in(17, 15, RULES), 40, Code.EARLIER,
            "A012 先于您：取号更早（09:12，您 09:15）",
            "A012 is before you: its number was taken earlier (09:12, you 09:15)",
        ),
        (
            walk_in(12, 12.1, RULES), walk_in(17, 12.5, RULES), 40, Code.EARLIER,
            "A012 先于您：取号更早（09:12:06，您 09:12:30）",
            "A012 is before you: its number was taken earlier (09:12:06, you 09:12:30)",
        ),
        (
            sent(walk_in(12, 12, RULES), 50), walk_in(17, 15, RULES), 55, Code.TRANSFERRED,
            "B012 先于您：从 B 队列转来，排序时刻不变（09:12，您 09:15）",
            "B012 is before you: sent on from line B, it keeps its sort time (09:12, you 09:15)",
        ),
        (
            sent(walk_in(12, 12, RULES), 50, 5), walk_in(17, 15, RULES), 55, Code.TRANSFERRED,
            "A012 先于您：转到 5 号窗口续办，排序时刻不变（09:12，您 09:15）",
            ("A012 is before you: sent to window 5 for its next step, it keeps its sort time "
             "(09:12, you 09:15)"),
        ),
        (
            walk_in(20, 35, RULES), returned(walk_in(17, 15, RULES), 30, RULES), 55, Code.YOU_RETURNED,
            "A020 先于您：您过号后 09:30 返回，排在返回后 10 分钟（09:40，A020 09:35）",
            "A020 is before you: your place is 10 min behind the return 09:30 (09:40, A020 09:35)",
        ),
        (
            returned(walk_in(3, 1, RULES), 30, RULES), walk_in(17, 45, RULES), 55, Code.RETURNED,
            "A003 先于您：过号后 09:30 返回，排序时刻仍更早（09:40，您 09:45）",
            "A003 is before you: back at 09:30 after a missed call, it is still earlier (09:40, you 09:45)",
        ),
        (
            booked(3, 40, 60, RULES), walk_in(17, 55, RULES), 56, Code.EARLY_APPOINTMENT,
            "A003 先于您：预约 10:00，到点前按 09:50 排（您 09:55）",
            "A003 is before you: booked for 10:00, until then it stands by 09:50 (you 09:55)",
        ),
        (
            booked(3, 80, 60, RULES), walk_in(17, 85, RULES), 90, Code.LATE_APPOINTMENT,
            "A003 先于您：预约 10:00，签到已晚，按签到时刻排（10:20，您 10:25）",
            "A003 is before you: late for 10:00, it stands by its check-in (10:20, you 10:25)",
        ),
        (
            walk_in(3, 75, RULES), booked(17, 80, 60, RULES), 90, Code.YOU_LATE,
            "A003 先于您：您预约 10:00，签到已晚，按签到时刻排（10:20，A003 10:15）",
            "A003 is before you: your check-in was late for 10:00 and counts instead (10:20, A003 10:15)",
        ),
        (
            booked(3, 50, 60, RULES), booked(4, 50, 60, RULES), 61, Code.NUMBER,
            "A003 先于您：时刻相同，号码小的在前",
            "A003 is before you: at the same moment the smaller number goes first",
        ),
        (
            walk_in(9, 10, Rules(longest_wait=30)), booked(17, 0, 45, Rules(appointment_early=40)), 41,
            Code.LONGEST_WAIT, "A009 先于您：按排序时刻到 09:40 已等满 30 分钟",
            "A009 is before you: by its sort time it had waited 30 minutes at 09:40",
        ),
    ],
)  # fmt: skip
def test_sentences(first: Waiter, second: Waiter, now: int, code: Code, zh: str, en: str) -> None:
    reason = compare(first, second, at(now))
    assert (reason.code, reason.zh, reason.en) == (code, zh, en)


def test_without_the_credit_the_order_would_be_the_reverse() -> None:
    """The example of the wall, counted out."""
    first, second = walk_in(19, 30, RULES, Priority.ELDERLY), walk_in(17, 15, RULES)
    assert compare(first, second, at(40)).code is Code.CREDIT
    plain = walk_in(19, 30, RULES)
    assert compare(second, plain, at(40)).code is Code.EARLIER


def test_another_citizen_is_not_told_of_health() -> None:
    for priority in (Priority.PREGNANT, Priority.DISABLED):
        first, second = walk_in(19, 30, RULES, priority), walk_in(17, 15, RULES)
        to_citizen, to_staff = compare(first, second, at(40)), compare(first, second, at(40), addressed=False)
        assert to_citizen.zh == "A019 先于您：享受公示的优先，按公示提前 20 分钟"
        assert to_staff.zh != to_citizen.zh.replace("您", " A017 ")
        assert ("孕妇" in to_staff.zh) == (priority is Priority.PREGNANT)


def test_staff_read_the_number() -> None:
    first, second = walk_in(12, 12, RULES), walk_in(17, 15, RULES)
    assert (
        compare(first, second, at(40), addressed=False).zh == "A012 先于 A017：取号更早（09:12，A017 09:15）"
    )
    chosen = say(Code.CHOSEN, second, first, addressed=False, window=3)
    assert chosen.zh == "A017 先于 A012：3 号窗口的工作人员选叫，已记录"


@pytest.mark.parametrize(
    ("waiter", "now", "zh"),
    [
        (walk_in(17, 15, RULES), 20, "您 09:15 取号，按取号时刻排。"),
        (
            walk_in(17, 15, RULES, Priority.ELDERLY), 20,
            "您 09:15 取号，65 岁以上老年人提前 20 分钟，排序时刻 08:55。",
        ),
        (booked(17, 50, 60, RULES), 55, "您预约 10:00，到点前按 09:50 排。"),
        (booked(17, 50, 60, RULES), 60, "您预约 10:00 已到点，优先叫号。"),
        (booked(17, 80, 60, RULES), 90, "您预约 10:00，签到已晚，按签到时刻 10:20 排。"),
        (returned(walk_in(17, 15, RULES), 30, RULES), 55, "您过号后 09:30 返回，排序时刻 09:40。"),
        (sent(walk_in(17, 15, RULES), 30), 55, "您 09:15 取号，按取号时刻排；从 B 队列转来，排序时刻不变。"),
        (
            walk_in(17, 15, Rules(longest_wait=30)), 46,
            "您 09:15 取号，按取号时刻排，已等满 30 分钟，优先叫号。",
        ),
    ],
)  # fmt: skip
def test_ones_own_place(waiter: Waiter, now: int, zh: str) -> None:
    assert own_place(waiter, at(now))[0] == zh


def test_staff_read_a_place_by_its_number() -> None:
    said = own_place(walk_in(17, 15, RULES), at(20), addressed=False)
    assert said == ("A017 09:15 取号，按取号时刻排。", "A017: taken at 09:15, by that moment.")


def test_a_ticket_that_waits_no_more() -> None:
    said = not_waiting("A017", State.CALLED, at(80), 3, addressed=False)
    assert said == ("A017 10:20 已叫到 3 号窗口。", "A017: called to window 3 at 10:20.")
    for state in set(State) - {State.WAITING}:
        assert "None" not in "".join(not_waiting("A017", state, at(80), 3))


def test_windows_that_call_several_lines_say_how() -> None:
    desks = [
        Desk(1, ("A", "B")),
        Desk(2, ("A", "B")),
        Desk(3, ("A",)),
        Desk(4, ("C",), ("A",), Takes(When.OWN_EMPTY)),
        Desk(5, ("A",), ("C",), Takes(When.LONGER_THAN, 5)),
        Desk(6, ("C",)),
    ]
    assert shared_windows(desks, "A") == [
        (
            "1、2 号窗口也叫 B 队列：排序时刻最早的先叫。",
            "Windows 1, 2 also call B: the earliest sort time goes first.",
        ),
        (
            "4 号窗口也叫 C 队列：自己的队列无人时才叫本队列。",
            "Window 4 also calls C: it takes this line only when nobody waits in its own.",
        ),
        (
            "5 号窗口也叫 C 队列：C 队列超过 5 人时才叫 C 队列。",
            "Window 5 also calls C: it takes C only while more than 5 wait there.",
        ),
    ]
