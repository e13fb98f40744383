"""The one sentence of a comparison, in Chinese and English.

To a citizen the second ticket is 您; to staff it has its number. What a priority rests on is told to staff;
to another citizen only where it is no matter of health.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType

from shared.domain.moments import from_millis
from shared.domain.ordering import Priority
from shared.domain.rules import MINUTE
from shared.domain.rules_text import PRIORITY_NAMES, Sentence
from shared.domain.why import Code, Waiter, decisive

_WORDS: Mapping[Code, Sentence] = MappingProxyType(
    {
        Code.APPOINTMENT_DUE: ("预约 {booked} 已到点", "its appointment at {booked} is due"),
        Code.EARLIER_APPOINTMENT: (
            "预约时间更早（{booked}，{you_zh} {your_booked}）",
            "its appointment is earlier ({booked}, {you} {your_booked})",
        ),
        Code.LONGEST_WAIT: (
            "按排序时刻到 {due} 已等满 {longest} 分钟",
            "by its sort time it had waited {longest} minutes at {due}",
        ),
        Code.CREDIT: (
            "{grounds_zh}，按公示提前 {credit} 分钟{your_credit_zh}",
            "{grounds}, by the posted rule {credit} minutes earlier{your_credit}",
        ),
        Code.EARLIER: (
            "取号更早（{taken}，{you_zh} {your_taken}）",
            "its number was taken earlier ({taken}, {you} {your_taken})",
        ),
        Code.TRANSFERRED: (
            "{sent_zh}，排序时刻不变（{sort}，{you_zh} {your_sort}）",
            "{sent}, it keeps its sort time ({sort}, {you} {your_sort})",
        ),
        Code.RETURNED: (
            "过号后 {back} 返回，排序时刻仍更早（{sort}，{you_zh} {your_sort}）",
            "back at {back} after a missed call, it is still earlier ({sort}, {you} {your_sort})",
        ),
        Code.EARLY_APPOINTMENT: (
            "预约 {booked}，到点前按 {sort} 排（{you_zh} {your_sort}）",
            "booked for {booked}, until then it stands by {sort} ({you} {your_sort})",
        ),
        Code.LATE_APPOINTMENT: (
            "预约 {booked}，签到已晚，按签到时刻排（{sort}，{you_zh} {your_sort}）",
            "late for {booked}, it stands by its check-in ({sort}, {you} {your_sort})",
        ),
        Code.YOU_RETURNED: (
            "{you_zh}过号后 {your_back} 返回，排在返回后 {your_penalty} 分钟（{your_sort}，{number} {sort}）",
            "{your} place is {your_penalty} min behind the return {your_back} ({your_sort}, {number} {sort})",
        ),
        Code.YOU_EARLY: (
            "{you_zh}预约 {your_booked}，到点前按 {your_sort} 排（{number} {sort}）",
            "{your} place is by {your_sort} until the appointment at {your_booked} ({number} {sort})",
        ),
        Code.YOU_LATE: (
            "{you_zh}预约 {your_booked}，签到已晚，按签到时刻排（{your_sort}，{number} {sort}）",
            "{your} check-in was late for {your_booked} and counts instead ({your_sort}, {number} {sort})",
        ),
        Code.SORT_TIME: (
            "排序时刻更早（{sort}，{you_zh} {your_sort}）",
            "its sort time is earlier ({sort}, {you} {your_sort})",
        ),
        Code.NUMBER: ("时刻相同，号码小的在前", "at the same moment the smaller number goes first"),
        Code.LETTER: ("时刻和号数相同，按字母先后", "at the same moment and number, by the letter"),
        # A call that the order alone does not explain
        Code.CHOSEN: (
            "{window} 号窗口的工作人员选叫，已记录",
            "a clerk at window {window} chose it, which is on record",
        ),
        Code.SENT_TO_WINDOW: (
            "它转到 {window} 号窗口，只能由该窗口叫",
            "it was sent to window {window}, which alone may call it",
        ),
        Code.YOU_ELSEWHERE: (
            "由 {window} 号窗口叫；{you_zh}由 {your_window} 号窗口办理",
            "window {window} called it; {your} number is for window {your_window}",
        ),
        Code.OTHER_LINE: (
            "{window} 号窗口当时只叫自己的队列",
            "window {window} called its own lines only at that moment",
        ),
        Code.UNEXPLAINED: (
            "记录中没有说明原因，请向工作人员询问",
            "the record does not say why; please ask the staff",
        ),
    }
)

_PRIVATE = frozenset({Priority.DISABLED, Priority.PREGNANT})
_PUBLISHED: Sentence = ("享受公示的优先", "a published priority")
_JOINTS = re.compile(r"(?<=[A-Z0-9])(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])(?=[A-Z0-9])")


@dataclass(frozen=True, slots=True)
class Reason:
    """One comparison: the code of what decides, and the sentence."""

    code: Code
    zh: str
    en: str


def compare(first: Waiter, second: Waiter, now: int, *, addressed: bool = True) -> Reason:
    """Why `first` goes before `second` at `now`; `addressed` when the holder of `second` reads it.

    Raises ValueError when it does not.
    """
    return say(decisive(first, second, now), first, second, addressed=addressed)


def say(code: Code, first: Waiter, second: Waiter, *, addressed: bool = True, window: int = 0) -> Reason:
    """The sentence of a code; `window` is the one that called `first`."""
    fields = _Fields(first, second, addressed, window)
    zh, en = _WORDS[code]
    return Reason(
        code,
        spaced(f"{first.number}先于{fields['you_zh']}：{zh.format_map(fields)}"),
        f"{first.number} is before {fields['you']}: {en.format_map(fields)}",
    )


def times(*moments: int) -> list[str]:
    """Moments to the minute, or as much finer as it takes to tell them apart."""
    clocks = [from_millis(moment).time() for moment in moments]
    told: list[str] = []
    for precision in ("minutes", "seconds", "milliseconds"):
        told = [clock.isoformat(precision) for clock in clocks]
        if len(set(told)) == len(set(moments)):
            break
    return told


def spaced(text: str) -> str:
    """Chinese text with a thin gap, a space, where it meets letters and digits."""
    return _JOINTS.sub(" ", text)


def grounds(waiter: Waiter) -> Sentence:
    """What its credit rests on, as it hangs on the wall."""
    if waiter.priority is Priority.ELDERLY:
        age = waiter.elderly_from_age
        return f"{age} 岁以上老年人", f"people of {age} and older"
    return PRIORITY_NAMES[waiter.priority]


def sent_here(waiter: Waiter) -> Sentence:
    """Where a ticket was sent, or where from."""
    if waiter.for_window is not None:
        window = waiter.for_window
        return f"转到 {window} 号窗口续办", f"sent to window {window} for its next step"
    return f"从 {waiter.from_lane} 队列转来", f"sent on from line {waiter.from_lane}"


class _Fields(dict[str, object]):
    """What a sentence may name, worked out when it does: a day's explanation has hundreds of sentences."""

    def __init__(self, first: Waiter, second: Waiter, addressed: bool, window: int) -> None:
        number = second.number
        you = ("您", "you", "your") if addressed else (number, number, f"{number}'s")
        names = zip(("you_zh", "you", "your"), you, strict=True)
        super().__init__(names, number=first.number, window=window, your_window=second.for_window)
        self.first, self.second, self.addressed = first, second, addressed

    def __missing__(self, name: str) -> object:
        return _FIELDS[name](self)

    def moment(self, of: Callable[[Waiter], int | None], which: int) -> str:
        """A moment of one of the two, told so that it differs from the other's."""
        return times(of(self.first) or 0, of(self.second) or 0)[which]

    def grounds(self) -> Sentence:
        """What the credit of the first rests on, as far as the reader may know."""
        priority = self.first.priority
        is_hidden = priority is Priority.NONE or (self.addressed and priority in _PRIVATE)
        return _PUBLISHED if is_hidden else grounds(self.first)

    def own_credit(self, sentence: str) -> str:
        """The credit of the second, where it has one."""
        minutes = self.second.credit // MINUTE
        return sentence.format_map(self | {"minutes": minutes}) if minutes else ""

    def penalty(self) -> int:
        """Minutes that the second stands behind its return."""
        return (self.second.place.sort_at - (self.second.returned_at or 0)) // MINUTE


_MOMENTS: Mapping[str, Callable[[Waiter], int | None]] = MappingProxyType(
    {
        "taken": lambda waiter: waiter.taken_at,
        "sort": lambda waiter: waiter.place.sort_at,
        "booked": lambda waiter: waiter.booked_for,
        "back": lambda waiter: waiter.returned_at,
        "due": lambda waiter: waiter.place.due_at,
    }
)
_FIELDS: dict[str, Callable[[_Fields], object]] = {
    "longest": lambda fields: fields.first.longest_wait,
    "your_penalty": _Fields.penalty,
    "grounds_zh": lambda fields: fields.grounds()[0],
    "grounds": lambda fields: fields.grounds()[1],
    "sent_zh": lambda fields: sent_here(fields.first)[0],
    "sent": lambda fields: sent_here(fields.first)[1],
    "credit": lambda fields: fields.first.credit // MINUTE,
    "your_credit_zh": lambda fields: fields.own_credit("（{you_zh}提前 {minutes} 分钟）"),
    "your_credit": lambda fields: fields.own_credit(" ({you} {minutes} minutes)"),
}
_FIELDS |= {name: partial(_Fields.moment, of=of, which=0) for name, of in _MOMENTS.items()}
_FIELDS |= {f"your_{name}": partial(_Fields.moment, of=of, which=1) for name, of in _MOMENTS.items()}
