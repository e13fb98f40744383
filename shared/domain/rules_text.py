"""The rules as they hang on the wall, written from their figures. Chinese first, English second."""

from itertools import groupby

from shared.domain.ordering import Priority
from shared.domain.rules import CREDITED, Rules

Sentence = tuple[str, str]

PRIORITY_NAMES: dict[Priority, Sentence] = {
    Priority.ELDERLY: ("老年人", "older people"),
    Priority.DISABLED: ("残疾人", "people with disabilities"),
    Priority.SOLDIER: ("现役和退役军人", "serving and former soldiers"),
    Priority.FIREFIGHTER: ("消防救援人员", "firefighters"),
    Priority.PREGNANT: ("孕妇", "pregnant women"),
}


_FIGURES: dict[str, Sentence] = {
    "elderly_from_age": ("老年人优先的年龄（岁）", "age from which the elderly have their credit"),
    "return_penalty": ("过号返回后排后的分钟", "minutes behind the return after a missed call"),
    "appointment_early": (
        "预约提早签到、到点之前提前的分钟",
        "minutes before its time that an early appointment stands by",
    ),
    "appointment_late": ("预约签到最晚的分钟", "minutes that an appointment may be late"),
    "appointment_share": ("可预约的比例（%）", "per cent of a line that may be booked"),
    "longest_wait": ("等满多少分钟最先办理", "minutes of waiting after which one goes first"),
}


def figure_name(name: str) -> Sentence:
    """What people call a figure: `return_penalty`, `credits.elderly`. KeyError for no figure."""
    kind, _, priority = name.partition(".")
    if kind != "credits":
        return _FIGURES[name]
    zh, en = PRIORITY_NAMES[Priority(priority)]
    return f"{zh}提前的分钟", f"minutes earlier for {en}"


def wall_text(rules: Rules) -> list[Sentence]:
    """The order in numbered sentences, ready to hang in the hall."""
    return [
        _due(rules),
        *_longest(rules),
        (
            "其他号票按“排序时刻”先后办理：排序时刻就是取号时刻，享受优先的提前一段时间。",
            "Everyone else goes by sort time: the moment the number was taken, less a published credit.",
        ),
        *_credits(rules),
        _early_and_late(rules),
        (
            "转到其他窗口办理的，排序时刻不变，不用重新排队。",
            "Sent on to another window, a ticket keeps its sort time: nobody queues twice.",
        ),
        (
            f"过号后返回的，排在返回时刻之后 {rules.return_penalty} 分钟，限一次。",
            f"Back after a missed call, the place is {rules.return_penalty} minutes after the return, once.",
        ),
        (
            "每个窗口叫它所能办理的号票中排序时刻最早的；时刻相同的，号码小的在前。",
            "A window calls the earliest among the lines it serves; at the same moment the smaller number.",
        ),
    ]


def _due(rules: Rules) -> Sentence:
    late = rules.appointment_late
    return (
        f"预约到点、已经签到的最先办理，预约时间早的在前（签到不得晚于预约时间 {late} 分钟）。",
        f"An appointment that checked in (no later than {late} minutes after) goes first from its time on.",
    )


def _longest(rules: Rules) -> list[Sentence]:
    if rules.longest_wait is None:
        return []
    return [
        (
            f"排序时刻已过 {rules.longest_wait} 分钟的，同到点预约一样最先办理。",
            f"Whoever has waited {rules.longest_wait} minutes by sort time is due like an appointment.",
        )
    ]


def _credits(rules: Rules) -> list[Sentence]:
    """One sentence for each credit there is, with all who have it."""
    by_credit = sorted(CREDITED, key=lambda priority: (-rules.credits[priority], CREDITED.index(priority)))
    return [
        _credit(minutes, list(priorities), rules.elderly_from_age)
        for minutes, priorities in groupby(by_credit, key=rules.credits.__getitem__)
        if minutes
    ]


def _credit(minutes: int, priorities: list[Priority], age: int) -> Sentence:
    names = [PRIORITY_NAMES[priority] for priority in priorities]
    if Priority.ELDERLY in priorities:
        at = priorities.index(Priority.ELDERLY)
        names[at] = (f"{age} 岁以上老年人", f"people of {age} and older")
    zh, en = "、".join(name for name, _ in names), ", ".join(name for _, name in names)
    return f"{zh}：提前 {minutes} 分钟。", f"{minutes} minutes earlier: {en}."


def _early_and_late(rules: Rules) -> Sentence:
    early = rules.appointment_early
    return (
        f"预约提早签到的，到点之前按预约时间提前 {early} 分钟排；迟到的按签到时刻排。",
        f"Before its time an appointment stands {early} minutes ahead of it; a late one by its check-in.",
    )
