"""Advice on windows: kept with what it expected, and judged an hour later by what happened."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from statistics import fmean

from shared.domain.moments import from_millis
from shared.domain.rules import MINUTE
from shared.protocol import messages as m
from shared.services.daybook import first_fact_at
from shared.services.hall import HallPlan
from shared.simulation.advice import HOUR, Action, Advice, Outlook
from shared.store.queries import sql
from shared.store.sqlite import Connection
from shared.store.transaction import Transaction

FOLLOWED_WITHIN = 20 * MINUTE
"""A window that is opened or closed later was so for another reason."""
_SHARE_OFF, _MINUTES_OFF = 0.25, 5.0
"""A forecast of the longest wait came true within so much of it, or so many minutes."""
_SHOWN = 20
_MOST_TOLD = 3
"""More than three ways to help are none."""
_RATE_OVER = 60
_DONE_BY = {
    Action.OPEN: ("window.opened", "window.resumed"),
    Action.CLOSE: ("window.closed", "window.paused"),
}


@dataclass(frozen=True, slots=True)
class Judgement:
    """What came of one piece of advice. `after` is how the hour really was, for everyone."""

    id: int
    followed: bool
    actual: Outlook
    came_true: bool


@dataclass(frozen=True, slots=True)
class Advised:
    """What the last look at the hall found, best first; `at` is None before the first look."""

    at: datetime | None = None
    found: tuple[Advice, ...] = ()


def arrivals(connection: Connection, now: int) -> dict[str, float]:
    """Numbers taken a minute in each lane, over the last hour."""
    rows = connection.execute(sql("taken_since"), (now - _RATE_OVER * MINUTE,))
    return {lane: count / _RATE_OVER for lane, count in rows}


def give(tx: Transaction, advice: Advice) -> bool:
    """Keep the best advice of the moment, unless the same still stands. True when it is new."""
    same = (advice.action.value, advice.window, advice.from_window)
    for (data,) in tx.execute(sql("standing_advice"), (tx.millis,)).fetchall():
        told = json.loads(data)
        if (told["action"], told["window"], told["from_window"]) == same:
            return False
    data = asdict(advice)
    until = tx.millis + HOUR
    number = tx.execute(sql("insert_advice"), (tx.millis, until, json.dumps(data))).fetchone()[0]
    tx.fact("advice.given", id=number, **data)
    return True


def to_judge(connection: Connection, now: int) -> list[Judgement]:
    """The advice whose hour is over, with what came of it. Reads only."""
    rows = connection.execute(sql("unjudged_advice"), (now,)).fetchall()
    return [_judged(connection, number, at, until, json.loads(data)) for number, at, until, data in rows]


def judge(tx: Transaction, judgement: Judgement) -> None:
    """Keep what came of it."""
    data = asdict(judgement)
    if tx.execute(sql("judge_advice"), (json.dumps(data), judgement.id)).rowcount == 1:
        tx.fact("advice.judged", **data)


def _judged(
    connection: Connection, number: int, at: int, until: int, told: Mapping[str, object]
) -> Judgement:
    actual = _really(connection, at, until)
    followed = _was_followed(connection, at, told)
    expected = told["after" if followed else "before"]
    longest = float(expected["longest"]) if isinstance(expected, Mapping) else 0.0
    near = abs(actual.longest - longest) <= max(_MINUTES_OFF, _SHARE_OFF * longest)
    return Judgement(number, followed, actual, near)


def _was_followed(connection: Connection, at: int, told: Mapping[str, object]) -> bool:
    wanted = _DONE_BY[Action.CLOSE if told["action"] == Action.CLOSE else Action.OPEN]
    span = first_fact_at(connection, at), first_fact_at(connection, at + FOLLOWED_WITHIN)
    return any(
        name in wanted and json.loads(data)["window"] == told["window"]
        for _, name, data in connection.execute(sql("window_facts"), span)
    )


def _really(connection: Connection, at: int, until: int) -> Outlook:
    """How the hour was: minutes to the call, or to the hour's end, of all who waited in it."""
    rows = connection.execute(sql("waited_between"), {"start": at, "end": until}).fetchall()
    minutes = [(min(called or until, until) - taken) / MINUTE for taken, called in rows]
    return Outlook(len(minutes), fmean(minutes), max(minutes)) if minutes else Outlook(0.0, 0.0, 0.0)


# -- in words -----------------------------------------------------------------------------------------


def advice_now(connection: Connection, plan: HallPlan, advised: Advised) -> m.AdviceNow:
    """All that a manager is told."""
    now = [advice_view(advice, plan) for advice in advised.found[:_MOST_TOLD]]
    return m.AdviceNow(at=advised.at, now=now, past=past_advice(connection, plan))


def advice_view(advice: Advice, plan: HallPlan) -> m.Advice:
    """Advice on the wire, with its sentence."""
    zh, en = _sentence(advice, plan)
    return m.Advice(
        action=advice.action.value,
        window=advice.window,
        from_window=advice.from_window,
        lanes=list(advice.lanes),
        longest_before=round(advice.before.longest, 1),
        longest_after=round(advice.after.longest, 1),
        mean_before=round(advice.before.mean, 1),
        mean_after=round(advice.after.mean, 1),
        minutes_saved=round(advice.saved),
        zh=zh,
        en=en,
    )


def past_advice(connection: Connection, plan: HallPlan) -> list[m.PastAdvice]:
    """The latest advice that was given, newest first, and what came of it."""
    return [
        _past(plan, at, json.loads(data), None if outcome is None else json.loads(outcome))
        for at, data, outcome in connection.execute(sql("latest_advice"), (_SHOWN,))
    ]


def _past(
    plan: HallPlan, at: int, data: dict[str, object], outcome: dict[str, object] | None
) -> m.PastAdvice:
    actual = None if outcome is None else outcome["actual"]
    return m.PastAdvice(
        at=from_millis(at),
        advice=advice_view(_advice(data), plan),
        followed=None if outcome is None else bool(outcome["followed"]),
        came_true=None if outcome is None else bool(outcome["came_true"]),
        longest=round(float(actual["longest"]), 1) if isinstance(actual, dict) else None,
    )


def _advice(data: Mapping[str, object]) -> Advice:
    values = dict(data)
    values |= {"action": Action(str(data["action"])), "lanes": tuple(data["lanes"])}  # type: ignore[arg-type]
    values |= {name: Outlook(**data[name]) for name in ("before", "after")}  # type: ignore[arg-type]
    return Advice(**values)  # type: ignore[arg-type]  # as `give` wrote it


def _sentence(advice: Advice, plan: HallPlan) -> tuple[str, str]:
    names = [plan.lanes[letter] for letter in advice.lanes if letter in plan.lanes]
    lanes = "、".join(lane.name for lane in names), ", ".join(lane.name_en for lane in names)
    zh, en = _WHAT[advice.action](advice, *lanes)
    longest = round(advice.before.longest), round(advice.after.longest)
    if longest[0] == longest[1] and advice.action is not Action.CLOSE:  # it helps those behind the first
        before, after = round(advice.before.mean), round(advice.after.mean)
        which = "平均等候", "mean wait"
    else:
        (before, after), which = longest, ("最长等候", "longest wait")
    return (
        f"{zh}：今后一小时{which[0]}预计 {before} → {after} 分钟",
        f"{en}: {which[1]} in the next hour about {before} -> {after} min",
    )


_WHAT: dict[Action, Callable[[Advice, str, str], tuple[str, str]]] = {
    Action.OPEN: lambda a, zh, en: (f"建议开放 {a.window} 号窗口（{zh}）", f"Open window {a.window} ({en})"),
    Action.CLOSE: lambda a, zh, en: (
        f"可以关闭 {a.window} 号窗口（{zh}）",
        f"Window {a.window} may close ({en})",
    ),
    Action.MOVE: lambda a, zh, en: (
        f"建议将 {a.from_window} 号窗口人员调到 {a.window} 号窗口（{zh}）",
        f"Move the clerk of window {a.from_window} to window {a.window} ({en})",
    ),
}
