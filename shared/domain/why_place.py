"""A ticket's own place in one sentence, and what windows that call several lines do with it."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from shared.domain.rules import MINUTE
from shared.domain.rules_text import Sentence
from shared.domain.ticket import State
from shared.domain.why import Origin, Waiter
from shared.domain.why_text import grounds, sent_here, spaced, times
from shared.domain.windows import Desk, When


def own_place(waiter: Waiter, now: int, *, addressed: bool = True) -> Sentence:
    """Where a waiting ticket stands, and by what. `addressed` when its holder reads it."""
    zh, en = _rests_on(waiter, now)
    who_zh, who = ("您", "You") if addressed else (f"{waiter.number} ", waiter.number)
    if waiter.from_lane is not None:
        sent_zh, sent = sent_here(waiter)
        zh, en = f"{zh}；{sent_zh}，排序时刻不变", f"{en}; {sent}, same sort time"
    return spaced(f"{who_zh}{zh}。"), f"{who}: {en}."


def _rests_on(waiter: Waiter, now: int) -> Sentence:
    taken, at = times(waiter.taken_at, waiter.place.sort_at)
    booked, back = times(waiter.booked_for or 0), times(waiter.returned_at or 0)
    match waiter.origin:
        case Origin.RETURNED:
            return _with_clause(
                waiter, now, f"过号后 {back[0]} 返回，排序时刻 {at}", f"back at {back[0]}, sort time {at}"
            )
        case Origin.APPOINTMENT if waiter.place.is_due(now):
            return (
                f"预约 {booked[0]} 已到点，优先叫号",
                f"the appointment at {booked[0]} is due and goes first",
            )
        case Origin.APPOINTMENT:
            return f"预约 {booked[0]}，到点前按 {at} 排", f"booked for {booked[0]}, until then by {at}"
        case Origin.LATE:
            zh, en = f"预约 {booked[0]}，签到已晚", f"booked for {booked[0]}, late"
            return _with_clause(waiter, now, f"{zh}，按签到时刻 {at} 排", f"{en}, by the check-in at {at}")
    if not waiter.credit:
        return _with_clause(waiter, now, f"{taken} 取号，按取号时刻排", f"taken at {taken}, by that moment")
    minutes, (zh, en) = waiter.credit // MINUTE, grounds(waiter)
    return _with_clause(
        waiter,
        now,
        f"{taken} 取号，{zh}提前 {minutes} 分钟，排序时刻 {at}",
        f"taken at {taken}, {minutes} minutes earlier for {en}, sort time {at}",
    )


def _with_clause(waiter: Waiter, now: int, zh: str, en: str) -> Sentence:
    if not waiter.place.is_due(now):
        return zh, en
    minutes = waiter.longest_wait
    return f"{zh}，已等满 {minutes} 分钟，优先叫号", f"{en}, and goes first after {minutes} minutes' wait"


def shared_windows(desks: Iterable[Desk], lane: str) -> list[Sentence]:
    """What windows that call `lane` and others (综合窗口 1+X) do, a sentence for all that do alike."""
    alike: dict[tuple[object, ...], list[Desk]] = {}
    for desk in desks:
        if lane in desk.lanes and len(desk.lanes) > 1:
            alike.setdefault((desk.own, desk.also, desk.takes), []).append(desk)
    return [_shared(found, lane) for found in alike.values()]


def _shared(alike: list[Desk], lane: str) -> Sentence:
    desk = alike[0]
    nos = [str(d.no) for d in alike]
    others = [letter for letter in desk.lanes if letter != lane]
    rule_zh, rule = _helps(desk, lane)
    head = f"Windows {', '.join(nos)} also call" if len(nos) > 1 else f"Window {nos[0]} also calls"
    return (
        spaced(f"{'、'.join(nos)} 号窗口也叫 {'、'.join(others)} 队列：{rule_zh}。"),
        f"{head} {', '.join(others)}: {rule}.",
    )


def _helps(desk: Desk, lane: str) -> Sentence:
    """By which rule such a window chooses between the line and the others."""
    helped = "本队列" if lane in desk.also else f"{'、'.join(desk.also)} 队列"
    helped_en = "this line" if lane in desk.also else ", ".join(desk.also)
    if not desk.also or desk.takes.when is When.ALWAYS:
        return "排序时刻最早的先叫", "the earliest sort time goes first"
    if desk.takes.when is When.OWN_EMPTY:
        return f"自己的队列无人时才叫{helped}", f"it takes {helped_en} only when nobody waits in its own"
    people = desk.takes.people
    return (
        f"{helped}超过 {people} 人时才叫{helped}",
        f"it takes {helped_en} only while more than {people} wait there",
    )


_NOT_WAITING: Mapping[State, Sentence] = MappingProxyType(
    {
        State.CALLED: ("{at} 已叫到 {window} 号窗口", "called to window {window} at {at}"),
        State.SERVING: ("{at} 起在 {window} 号窗口办理", "served at window {window} since {at}"),
        State.HELD: ("{at} 起在 {window} 号窗口暂停办理", "on hold at window {window} since {at}"),
        State.MISSED: ("{at} 过号，可恢复一次", "missed at {at}; it may come back once"),
        State.DONE: ("{at} 已办结", "done at {at}"),
        State.CANCELLED: ("{at} 已取消", "cancelled at {at}"),
        State.EXPIRED: ("{at} 已失效", "expired at {at}"),
    }
)


def not_waiting(
    number: str, state: State, at: int, window: int | None, *, addressed: bool = True
) -> Sentence:
    """How a ticket stands that is in no line, since `at`. KeyError for one that waits."""
    zh, en = _NOT_WAITING[state]
    fields = {"at": times(at)[0], "window": window}
    who_zh, who = ("您的号", "Your number") if addressed else (number, number)
    return spaced(f"{who_zh} {zh.format(**fields)}。"), f"{who}: {en.format(**fields)}."
