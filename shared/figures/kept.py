"""The picture of promised against actual waits: what was said, what happened, and how often it held."""

from collections import defaultdict
from collections.abc import Sequence
from functools import partial

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from shared.figures.series import Form, Label
from shared.figures.sheet import (
    CALL,
    INK,
    LEGEND,
    QUIET,
    REFUSAL,
    axis_names,
    draw,
    legend,
    minutes,
    nothing,
    panels,
)
from shared.figures.table import middle
from shared.figures.type import said
from shared.figures.waits import Outcome, total

_HELD, _EDGE = "#8FB8EA", "#1464C8"
_SEGMENTS = 120
"""Up to so many promises each is drawn as the interval it was; of more, their usual bounds."""
_MANY_DOTS = 1500
_BIN_MINUTES = 5.0
_NOTHING = Label("这段时间没有承诺过等候分钟数", "No wait was promised in minutes in this time")
_TITLE = Label("承诺与实际", "Promised and actual waits")

_Kept = tuple[Outcome, int, int]
"""An outcome with the minutes that were promised, from and to."""


def promised_against_actual(
    outcomes: Sequence[Outcome], period: Label | None = None, form: Form = "svg"
) -> bytes:
    """Each promise at the middle of its interval, at the height of what was waited.

    Round: within the interval. Pointing up: it took longer; pointing down: it was called earlier.
    """
    title = Label(f"{_TITLE.zh} {period.zh}", f"{_TITLE.en} {period.en}") if period else _TITLE
    kept = [(one, one.low, one.high) for one in outcomes if one.low is not None and one.high is not None]
    if not kept:
        return draw(title, [], nothing(_NOTHING), form)
    return draw(title, _captions(outcomes, kept), partial(_paint, kept), form)


def _captions(outcomes: Sequence[Outcome], kept: Sequence[_Kept]) -> list[Label]:
    line = total(one for one, _, _ in kept)
    if line is None or line.coverage is None:
        return []
    count, long = len(kept), sum(one.long for one in outcomes)
    longer = sum(one.waited > high for one, _, high in kept) / count
    earlier = sum(one.waited < low for one, low, _ in kept) / count
    captions = [
        Label(
            f"{count} 次承诺，{line.coverage:.0%} 应验，平均偏差 {line.mean_error:.1f} 分钟。",
            f"Promises: {count}; {line.coverage:.0%} held; mean error {line.mean_error:.1f} min.",
        ),
        Label(
            f"等得更久 {longer:.0%}，提前叫到 {earlier:.0%}。",
            f"{longer:.0%} took longer, {earlier:.0%} were called earlier.",
        ),
    ]
    if long:
        told = Label(f"另有 {long} 个号只说“较久”。", f"Told a long wait, without minutes: {long}.")
        captions.append(told)
    return captions


def _paint(kept: Sequence[_Kept], figure: Figure, top: float) -> None:
    (axes,) = panels(figure, 1, top - LEGEND)
    if len(kept) <= _SEGMENTS:
        _paint_segments(axes, kept)
    else:
        _paint_band(axes, kept)
    many = len(kept) > _MANY_DOTS
    for label, chosen, look in _kinds(kept):
        _paint_dots(axes, chosen, look, said(label), many)
    longest = max(max(one.waited, high) for one, _, high in kept)
    furthest = max(10.0, max((low + high) / 2 for _, low, high in kept) + 5)
    axes.set_xlim(0, furthest)
    axes.xaxis.set_major_locator(MaxNLocator(nbins=12, integer=True, steps=[1, 2, 5, 10]))
    minutes(axes, longest)
    axes.plot([0, furthest], [0, furthest], ":", color=QUIET, linewidth=1.2, zorder=1)
    axis_names(
        figure,
        Label("承诺的等候：区间的中间（分钟）", "Promised wait, middle of the interval, minutes"),
        Label("实际等候（分钟）", "Actual wait, minutes"),
    )
    legend(figure, axes, top)


_Look = tuple[str, str, str, float]


def _kinds(kept: Sequence[_Kept]) -> list[tuple[Label, list[_Kept], _Look]]:
    """Colour, edge, mark and size of what held and what did not."""
    held = [one for one in kept if one[1] <= one[0].waited <= one[2]]
    longer = [one for one in kept if one[0].waited > one[2]]
    earlier = [one for one in kept if one[0].waited < one[1]]
    return [
        (Label("应验", "Held"), held, (_HELD, _EDGE, "o", 5)),
        (Label("等得更久", "Took longer"), longer, (REFUSAL, "white", "^", 7)),
        (Label("提前叫到", "Called earlier"), earlier, (CALL, INK, "v", 6.5)),
    ]


def _paint_dots(axes: Axes, chosen: Sequence[_Kept], look: _Look, label: str, many: bool) -> None:
    fill, edge, mark, size = look
    axes.plot(
        [(low + high) / 2 for _, low, high in chosen], [one.waited for one, _, _ in chosen], mark,
        markerfacecolor=fill, markeredgecolor=edge, markeredgewidth=0.4, linestyle="none",
        markersize=size * (0.7 if many else 1), alpha=0.7 if many else 0.9, rasterized=many, zorder=3,
        label=label,
    )  # fmt: skip


def _paint_segments(axes: Axes, kept: Sequence[_Kept]) -> None:
    middles = [(low + high) / 2 for _, low, high in kept]
    lows, highs = [low for _, low, _ in kept], [high for _, _, high in kept]
    axes.vlines(
        middles, lows, highs, color=_HELD, linewidth=3, alpha=0.6, zorder=1,
        label=said(Label("承诺的区间", "Promised interval")),
    )  # fmt: skip


def _paint_band(axes: Axes, kept: Sequence[_Kept]) -> None:
    """The usual bounds, by the middle of the interval."""
    bins: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for _, low, high in kept:
        bins[int((low + high) / 2 // _BIN_MINUTES)].append((low, high))
    places = sorted(bins)
    places = [places[0], *places, places[-1]]  # the band begins and ends at the edges of its outer bins
    middles = [(place + 0.5) * _BIN_MINUTES for place in places[1:-1]]
    axes.fill_between(
        [places[0] * _BIN_MINUTES, *middles, (places[-1] + 1) * _BIN_MINUTES],
        [middle([low for low, _ in bins[place]]) for place in places],
        [middle([high for _, high in bins[place]]) for place in places],
        color=_EDGE, alpha=0.14, linewidth=0, zorder=1,
        label=said(Label("通常的区间", "Usual interval")),
    )  # fmt: skip
