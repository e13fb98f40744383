"""A sheet: title, caption and panels, written as PNG or SVG; the same input gives the same bytes.

Made for a screen of 1920 pixels, and for A4 across. Colours are those of the screens' Theme; they differ in
lightness, and marks differ in shape, so that grey print and colour-blind readers lose nothing. Settings of
the drawing library are global while a sheet is drawn: one sheet at a time in a process.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from io import BytesIO
from math import ceil

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator, MultipleLocator

from shared.figures.series import Form, Label
from shared.figures.type import READERS, family, said

WIDTH, HEIGHT, DPI = 40 / 3, 7.5, 144
"""Inches, and dots of each: 1920 x 1080."""
INK, QUIET, LINE = "#14213D", "#44516B", "#C9D3E3"
ACTION, CALL, REFUSAL = "#1464C8", "#F5A400", "#B3261E"
MOST_PANELS = 15
FEW = 3
"""Up to so many lanes are told apart in one panel."""

LEGEND = 0.06
"""The part of the height that the legend takes."""

_TITLE, _BODY = 19, 12
_COLUMNS = 150
"""Letters that fit in the width of a sheet."""
_CLOCK_STEPS = (15, 30, 60, 120, 180, 240, 360, 720, 1440)
_LEFT, _RIGHT, _BOTTOM = 0.065, 0.98, 0.085
_TITLE_TOP, _CAPTION_TOP, _LINE_STEP = 0.965, 0.905, 0.036
_DEEPEST_FLOOR = 10.0
"""Minutes: a quiet day's waits of a minute or two are not blown up to fill the panel."""

Painter = Callable[[Figure, float], None]
"""Draws the panels below the given height of the figure, 0 to 1."""


def draw(title: Label, captions: Sequence[Label], paint: Painter, form: Form) -> bytes:
    """One sheet. Captions stand below the title, a line each."""
    with _settings():
        figure = Figure(figsize=(WIDTH, HEIGHT))
        FigureCanvasAgg(figure)
        figure.text(_LEFT, _TITLE_TOP, said(title), fontsize=_TITLE, va="top", color=INK)
        for number, caption in enumerate(captions):
            top = _CAPTION_TOP - number * _LINE_STEP
            figure.text(_LEFT, top, said(caption), fontsize=_BODY, va="top", color=QUIET)
        paint(figure, _CAPTION_TOP - len(captions) * _LINE_STEP - _LINE_STEP / 2)
        return _written(figure, form)


def _settings() -> AbstractContextManager[None]:
    return mpl.rc_context(
        {
            "font.family": [family()],
            "font.size": _BODY,
            "axes.edgecolor": QUIET,
            "axes.labelcolor": INK,
            "axes.titlesize": _BODY,
            "axes.titlelocation": "left",
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.grid": True,
            "axes.axisbelow": True,
            "axes.unicode_minus": False,
            "grid.color": LINE,
            "grid.linewidth": 0.6,
            "text.color": INK,
            "text.parse_math": False,
            "xtick.color": INK,
            "ytick.color": INK,
            "legend.frameon": False,
            "svg.fonttype": "none",
            "svg.hashsalt": "hall",
        }
    )


def _written(figure: Figure, form: Form) -> bytes:
    file = BytesIO()
    if form == "png":
        figure.savefig(file, format="png", dpi=DPI, metadata={"Software": None})
        return file.getvalue()
    figure.savefig(file, format="svg", dpi=DPI, metadata={"Date": None, "Creator": None})
    families = ", ".join(f"'{name}'" for name in (family(), *READERS[:-1]))
    return file.getvalue().replace(
        f"font-family: '{family()}'".encode(), f"font-family: {families}, {READERS[-1]}".encode()
    )


def nothing(sentence: Label) -> Painter:
    """A sheet that says why it is empty."""

    def paint(figure: Figure, _: float) -> None:
        text = said(sentence, "\n")
        figure.text(0.5, 0.45, text, fontsize=_TITLE, ha="center", va="center", color=QUIET, linespacing=1.6)

    return paint


def panels(figure: Figure, count: int, top: float) -> list[Axes]:
    """`count` panels of equal size and equal scales below `top`: one, or several in rows of up to four."""
    across = 1 if count == 1 else 2 if count <= 4 else 3 if count <= 9 else 4
    down = ceil(count / across)
    grid = figure.subplots(down, across, sharex=True, sharey=True, squeeze=False)
    figure.subplots_adjust(
        _LEFT, _BOTTOM, _RIGHT, top - (_LINE_STEP if count > 1 else 0), 0.04 * across, 0.05 + 0.07 * down
    )
    found = list(grid.flat)
    for empty in found[count:]:
        empty.remove()
    for axes in found[max(0, count - across) : count]:
        axes.tick_params(labelbottom=True)  # the last of its column, also where the row below is not full
    return found[:count]


def name(axes: Axes, label: Label) -> None:
    """The heading of a panel, cut so that it does not run into its neighbour's."""
    axes.set_title(cut(said(label), int(_COLUMNS * axes.get_position().width)))


def cut(text: str, most: int) -> str:
    """At most so many columns of the text, of which a Chinese character takes two."""
    width = 0
    for number, letter in enumerate(text):
        width += 2 if letter > "\u2e80" else 1
        if width > most:
            return text[:number].rstrip() + "…"
    return text


def clock(axes: Axes, first: float, last: float) -> None:
    """The axis of time, `first` to `last` in minutes of the day, widened to whole hours."""
    start, end = first // 60 * 60, -(-last // 60) * 60
    if end <= start:
        end = start + 60
    axes.set_xlim(start, end)
    room = axes.get_position().width * 16  # labels that fit side by side
    step = next((step for step in _CLOCK_STEPS if (end - start) / step <= room), end - start)
    axes.xaxis.set_major_locator(MultipleLocator(step))
    axes.xaxis.set_major_formatter(FuncFormatter(_time))


def _time(minute: float, _: int | None = None) -> str:
    return f"{int(minute) // 60 % 24:02}:{int(minute) % 60:02}"


def minutes(axes: Axes, longest: float) -> None:
    """The axis of waits, from 0 to the longest."""
    axes.set_ylim(0, max(_DEEPEST_FLOOR, longest * 1.08))
    axes.yaxis.set_major_locator(MaxNLocator(nbins=6, integer=True, steps=[1, 2, 5, 10]))


def axis_names(figure: Figure, horizontal: Label, vertical: Label) -> None:
    """What the two axes count, once for all panels."""
    middle = (_LEFT + _RIGHT) / 2
    figure.text(middle, 0.012, said(horizontal), fontsize=_BODY, ha="center", va="bottom")
    figure.text(0.012, 0.45, said(vertical), fontsize=_BODY, rotation=90, ha="left", va="center")


def legend(figure: Figure, axes: Axes, top: float) -> None:
    """What the marks mean, in a row below the captions, which is LEGEND of the height."""
    handles, labels = axes.get_legend_handles_labels()
    labels = [cut(label, _COLUMNS // len(labels)) for label in labels]
    figure.legend(
        handles, labels, loc="upper left", bbox_to_anchor=(_LEFT, top), ncols=len(labels), borderaxespad=0,
        borderpad=0, fontsize=_BODY,
    )  # fmt: skip
