"""The three pictures: waits over the day, promised against actual, and what-if before and after.

Pure functions of their series; each returns the bytes of a PNG or an SVG.
"""

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial
from itertools import chain

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from shared.figures.series import (
    Comparison,
    Form,
    HalfHour,
    Label,
    Series,
    Span,
    half_hours,
    midnight,
    minute_of,
)
from shared.figures.sheet import (
    ACTION,
    CALL,
    FEW,
    INK,
    LEGEND,
    MOST_PANELS,
    QUIET,
    axis_names,
    clock,
    draw,
    legend,
    minutes,
    name,
    nothing,
    panels,
)
from shared.figures.type import said

_LOOKS = ((ACTION, "-", "o"), (CALL, "--", "s"), (INK, "-.", "^"))
"""Colour, line and mark of each lane in one panel."""
_BEFORE, _AFTER = (CALL, "--", "s"), (ACTION, "-", "o")
_SPAN = "#EDF1F7"
_MANY_DOTS = 1500
"""From so many on, dots are smaller, and pixels also in an SVG: a browser draws those at once."""
_TAKEN = Label("取号时间", "When the number was taken")
_WAIT = Label("等候（分钟）", "Wait, minutes")
_NOBODY = Label("这一天没有叫号记录", "No calls were recorded on this day")

_LINED = Label("点：每个号；线：每半小时的中位数。", "Dots: each number; line: the median of each half hour.")
_BANDED = Label(
    "点：每个号；线：每半小时的中位数；色带：十分之九的号。",
    "Dots: each number; line: the median of each half hour; band: nine in ten.",
)
_SMALL_PANEL = 0.3
"""Of the width: with three and more side by side, lines and marks are finer."""
_BOLD, _FINE = (2.4, 7.0, 1.0), (1.6, 4.0, 0.0)
"""Points: the line, its marks, and their white edge."""
_GAP_MINUTES = 60
"""After so long without a number the line begins anew."""

_Points = list[tuple[float, float]]


def waits_over_day(series: Sequence[Series], day: date, form: Form = "svg") -> bytes:
    """Each ticket a dot, the median of each half hour a line, and the band that holds nine in ten.

    Up to three lanes share a panel; more have one each, up to fifteen, the busiest.
    """
    title = Label(f"{day:%Y-%m-%d} 等候时间", "Waits over the day")
    found = [one for one in series if one.points]
    if not found:
        return draw(title, [], nothing(_NOBODY), form)
    shown = _busiest(found)
    return draw(title, _day_captions(found, shown), partial(_paint_day, shown), form)


def _day_captions(found: Sequence[Series], shown: Sequence[Series]) -> list[Label]:
    points = list(chain.from_iterable(one.points for one in found))
    longest = max(wait for _, wait in points)
    mean = sum(wait for _, wait in points) / len(points)
    captions = [
        Label(
            f"{len(points)} 个号，平均等候 {mean:.0f} 分钟，最长 {longest:.0f} 分钟。",
            f"Numbers: {len(points)}; mean wait {mean:.0f} min, longest {longest:.0f} min.",
        ),
        _BANDED if len(shown) == 1 or len(shown) > FEW else _LINED,
    ]
    if len(shown) < len(found):
        zh = f"图为 {len(found)} 条队列中人最多的 {len(shown)} 条。"
        captions.append(Label(zh, f"Drawn are the busiest {len(shown)} of {len(found)} lanes."))
    return captions


def _busiest(series: Sequence[Series]) -> list[Series]:
    """The lanes that there are panels for, in the order in which they were given."""
    numbers = sorted(range(len(series)), key=lambda n: -len(series[n].points))[:MOST_PANELS]
    return [series[n] for n in sorted(numbers)]


def _paint_day(series: Sequence[Series], figure: Figure, top: float) -> None:
    zero = midnight(min(at for one in series for at, _ in one.points))
    lines = [_points(one, zero) for one in series]
    together = len(lines) <= FEW
    found = panels(figure, 1 if together else len(lines), top - LEGEND if together else top)
    every = list(chain.from_iterable(lines))
    for number, (one, points) in enumerate(zip(series, lines, strict=True)):
        axes = found[0] if together else found[number]
        _paint_lane(axes, points, _LOOKS[number if together else 0], said(one.label), len(every))
        if not together or len(lines) == 1:
            _paint_band(axes, half_hours(points), ACTION)
        if not together:
            name(axes, one.label)
    _scales(found, every)
    axis_names(figure, _TAKEN, _WAIT)
    if together:
        legend(figure, found[0], top)


def _points(series: Series, zero: datetime) -> _Points:
    return [(minute_of(at, zero), wait) for at, wait in series.points]


def _scales(found: Sequence[Axes], points: _Points) -> None:
    for axes in found:
        clock(axes, min(at for at, _ in points), max(at for at, _ in points))
        minutes(axes, max(wait for _, wait in points))


def _paint_lane(axes: Axes, points: _Points, look: tuple[str, str, str], label: str, among: int) -> None:
    colour, line, mark = look
    many, is_small = among > _MANY_DOTS, axes.get_position().width < _SMALL_PANEL
    axes.plot(
        *_columns(points), mark, color=colour, markersize=2.5 if many or is_small else 4.5,
        alpha=0.3 if many else 0.55, markeredgewidth=0, rasterized=many, zorder=2,
    )  # fmt: skip
    width, size, edge = _FINE if is_small else _BOLD
    axes.plot(
        *_columns(_medians(points)), line, color=colour, linewidth=width, marker=mark, markersize=size,
        markeredgecolor="white", markeredgewidth=edge, label=label, zorder=3,
    )  # fmt: skip


def _columns(points: _Points) -> tuple[list[float], list[float]]:
    return [at for at, _ in points], [wait for _, wait in points]


def _medians(points: _Points) -> _Points:
    """The median of each half hour, with a break where nobody took a number for long."""
    found: _Points = []
    for half_hour in half_hours(points):
        if found and half_hour.at - found[-1][0] > _GAP_MINUTES:
            found.append((half_hour.at, float("nan")))
        found.append((half_hour.at, half_hour.median))
    return found


def _paint_band(axes: Axes, bins: Sequence[HalfHour], colour: str) -> None:
    """Nine in ten of each half hour; a half hour with too few leaves a gap."""
    nan = float("nan")
    axes.fill_between(
        [found.at for found in bins],
        [nan if found.low is None else found.low for found in bins],
        [nan if found.high is None else found.high for found in bins],
        color=colour,
        alpha=0.14,
        linewidth=0,
        zorder=1,
    )


def what_if(comparisons: Sequence[Comparison], spans: Sequence[Span], day: date, form: Form = "svg") -> bytes:
    """The waits of a day as they were and as they would have been, with the change's time shaded."""
    title = Label(f"{day:%Y-%m-%d} 如果调整窗口", "What if the windows had been others")
    found = [one for one in comparisons if one.before.points or one.after.points]
    if not found:
        return draw(title, [], nothing(_NOBODY), form)
    shown = found[:MOST_PANELS]
    most_changed = sorted(found, key=_change, reverse=True)[:FEW]
    captions = [*map(_change_caption, spans[:2]), *map(_effect_caption, most_changed)]
    return draw(title, captions, partial(_paint_what_if, shown, spans), form)


def _change(one: Comparison) -> float:
    effect = one.named
    return abs(effect.longest_before - effect.longest_after) + abs(effect.mean_before - effect.mean_after)


def _change_caption(span: Span) -> Label:
    when = f"{span.start:%H:%M}–{span.end:%H:%M}"
    return Label(f"{when} {span.label_zh}", f"{span.label_en}, {when}")


def _effect_caption(one: Comparison) -> Label:
    effect, lane = one.named, one.before.label
    longest = f"{effect.longest_before:.0f} → {effect.longest_after:.0f}"
    mean = f"{effect.mean_before:.0f} → {effect.mean_after:.0f}"
    return Label(
        f"{lane.zh}：最长等候 {longest} 分钟，平均 {mean} 分钟。",
        f"{lane.en}: longest wait {longest} min, mean {mean} min.",
    )


def _paint_what_if(
    comparisons: Sequence[Comparison], spans: Sequence[Span], figure: Figure, top: float
) -> None:
    zero = midnight(min(at for one in comparisons for at, _ in (*one.before.points, *one.after.points)))
    found = panels(figure, len(comparisons), top - LEGEND)
    every: _Points = []
    for axes, one in zip(found, comparisons, strict=True):
        before, after = _points(one.before, zero), _points(one.after, zero)
        _paint_lane(axes, before, _BEFORE, said(Label("实际", "As it was")), len(before) + len(after))
        _paint_lane(axes, after, _AFTER, said(Label("调整后", "As it would be")), len(before) + len(after))
        if len(found) > 1:
            name(axes, one.before.label)
        every += before + after
    _scales(found, every)
    for axes in found:
        _shade(axes, spans, zero)
    axis_names(figure, _TAKEN, _WAIT)
    legend(figure, found[0], top)


def _shade(axes: Axes, spans: Sequence[Span], zero: datetime) -> None:
    """The change's time, with edges that also grey print shows."""
    for span in spans:
        start, end = minute_of(span.start, zero), minute_of(span.end, zero)
        axes.axvspan(start, end, facecolor=_SPAN, edgecolor="none", zorder=0.5)
        for edge in (start, end):
            axes.axvline(edge, color=QUIET, linewidth=1.2, linestyle=":", zorder=1)
