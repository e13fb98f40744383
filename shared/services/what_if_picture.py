"""The picture of a what-if: the lanes that it changes, before and after, over the day."""

from collections.abc import Sequence
from datetime import date, datetime

from shared.domain.moments import HALL_ZONE, from_millis
from shared.domain.rules import MINUTE
from shared.figures.plots import what_if
from shared.figures.series import Comparison, Effect, Form, Series, Span
from shared.services.hall import HallPlan
from shared.simulation.model import Visit
from shared.simulation.what_if import Change, WhatIf, by_lane
from shared.simulation.what_if import Effect as LaneEffect

_NOTICED = 0.5
"""Minutes by which a lane's mean or longest wait must change to be drawn."""


def picture(found: WhatIf, changes: Sequence[Change], plan: HallPlan, day: date, form: Form) -> bytes:
    """Draw every lane that the changes help or harm; all of them when none does."""
    before, after = by_lane(found.before), by_lane(found.after)
    effects = [effect for effect in found.effects if _is_changed(effect)] or list(found.effects)
    comparisons = [
        Comparison(
            _series(effect.lane, before[effect.lane], plan),
            _series(effect.lane, after[effect.lane], plan),
            Effect(effect.before.longest, effect.after.longest, effect.before.mean, effect.after.mean),
        )
        for effect in effects
    ]
    return what_if(comparisons, [_span(change, plan) for change in changes], day, form)


def _is_changed(effect: LaneEffect) -> bool:
    longest = abs(effect.after.longest - effect.before.longest)
    return max(longest, abs(effect.after.mean - effect.before.mean)) >= _NOTICED


def _series(lane: str, visits: Sequence[Visit], plan: HallPlan) -> Series:
    known = plan.lanes.get(lane)
    zh, en = (lane, lane) if known is None else (f"{lane} {known.name}", f"{lane} {known.name_en}")
    points = [(from_millis(v.visitor.at), v.wait / MINUTE) for v in visits if v.wait is not None]
    return Series(zh, en, points)


def _span(change: Change, plan: HallPlan) -> Span:
    lanes = [plan.lanes[letter] for letter in change.lanes if letter in plan.lanes]
    start, end = (datetime.fromtimestamp(at / 1000, HALL_ZONE) for at in (change.start, change.end))
    if not lanes:
        return Span(start, end, f"{change.no} 号窗口关闭", f"window {change.no} closed")
    zh, en = "、".join(lane.name for lane in lanes), ", ".join(lane.name_en for lane in lanes)
    return Span(start, end, f"{change.no} 号窗口办理{zh}", f"window {change.no}: {en}")
