"""Plots with Matplotlib: gates by level of one circuit, depth against n of several."""

from __future__ import annotations

import io
from contextlib import contextmanager
from itertools import pairwise
from math import log10
from os import PathLike, fsdecode
from typing import TYPE_CHECKING, Any

import numpy as np

from tcsim.circuit import Circuit
from tcsim.draw.drawing import Drawing
from tcsim.errors import ArgumentError, MissingExtraError
from tcsim.formats.files import save
from tcsim.measure import BASES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from matplotlib.axes import Axes

    from tcsim.measure import Measures
    from tcsim.transform import TradeOff
    from tcsim.typing import StrPath

MOST_STEPS = 2_000
"""A profile of more levels is drawn in so many ranges of levels."""

STYLE: dict[Any, object] = {
    "axes.spines.right": False,
    "axes.spines.top": False,
    "figure.constrained_layout.use": True,
    "figure.figsize": (6.4, 3.8),
    "svg.fonttype": "none",  # text stays text
    "svg.hashsalt": "tcsim",  # the ids in the file are the same every time
}
BLUE = "#0b62c4"


def plot_levels(
    circuit: Circuit,
    path: StrPath | None = None,
    *,
    basis: str = "threshold",
    title: str | None = None,
) -> Drawing:
    """Plot the level profile of a circuit: how many gates fire on each level.

    Args:
        circuit: any circuit.
        path: a ``.svg`` or ``.png`` file to write.
        basis: one of `tcsim.measure.BASES`.
        title: what stands above; by default size, depth and width.

    Returns:
        The plot, as SVG; equal circuits and versions of Matplotlib give equal text.

    Raises:
        MissingExtraError: Matplotlib is not installed.
        ArgumentError: the basis or the suffix is unknown, or the file cannot be written.
    """
    form, measures = _format(path), _measures(circuit, basis)
    totals = f"size {measures.size:,}, depth {measures.depth:,}, width {measures.width:,}"
    profile = measures.levels[1:]
    count = min(len(profile), MOST_STEPS)
    cuts = [i * len(profile) // count for i in range(count + 1)] if count else []
    tops = [max(profile[begin:end]) for begin, end in pairwise(cuts)]
    each = "" if len(profile) <= MOST_STEPS else f", most in {len(profile) / count:.0f} levels"
    with _plot() as axes:
        if tops:
            axes.stairs(tops, [cut + 0.5 for cut in cuts], fill=True, color=BLUE)
            axes.set_xlim(0.5, len(profile) + 0.5)
        axes.set_ylim(bottom=0, top=None if tops else 1)
        axes.set_xlabel("level")
        axes.set_ylabel(f"gates on a level{each} ({_in_words(basis)} basis)")
        axes.set_title(title or totals, parse_math=False)
        return _finish(axes, path, form, f"Level profile ({_in_words(basis)} basis): {totals}")


def plot_depth(
    points: Iterable[tuple[int, Circuit]],
    path: StrPath | None = None,
    *,
    basis: str = "threshold",
    log: bool = False,
    n: str = "n",
    title: str | None = None,
) -> Drawing:
    """Plot depth against n.

    Args:
        points: (n, circuit) pairs in any order; each circuit is measured.
        path: a ``.svg`` or ``.png`` file to write.
        basis: one of `tcsim.measure.BASES`.
        log: both axes logarithmic, where a power of n is a line; needs positive n and depths.
        n: what n counts, written on the axis: ``"n (inputs)"``.
        title: what stands above; by default how many circuits were measured.

    Returns:
        The plot, as SVG; equal points and versions of Matplotlib give equal text.

    Raises:
        MissingExtraError: Matplotlib is not installed.
        ArgumentError: there are no points, one is not (int, Circuit) or does not fit a logarithmic
            axis, the basis or the suffix is unknown, or the file cannot be written.
    """
    form, measured = _format(path), sorted(_point(point, basis) for point in points)
    if not measured:
        raise ArgumentError("points is empty: give at least one (n, circuit) pair")
    if log and min(map(min, measured)) < 1:
        raise ArgumentError("a logarithmic axis needs positive n and depths: plot with log=False")
    sizes, depths = zip(*measured, strict=True)
    with _plot() as axes:
        if log:
            _log_axes(axes)
        axes.plot(sizes, depths, "o-", color=BLUE, markersize=5)
        if not log:
            axes.set_ylim(bottom=0)
        axes.set_xlabel(n, parse_math=False)
        axes.set_ylabel(f"depth in gates ({_in_words(basis)} basis)")
        axes.set_title(title or f"Depth of {len(measured):,} circuits", parse_math=False)
        rows = ", ".join(f"{size:,}: {depth:,}" for size, depth in measured)
        return _finish(axes, path, form, f"Depth by {n} ({_in_words(basis)} basis): {rows}")


def plot_trade_off(
    points: Iterable[TradeOff], path: StrPath | None = None, *, title: str | None = None
) -> Drawing:
    """Plot what shallower circuits cost: the bound on the size against the depth.

    Args:
        points: as `tcsim.transform.trade_off` gives them.
        path: a ``.svg`` or ``.png`` file to write.
        title: what stands above.

    Returns:
        The plot, as SVG; the size is shown by its decimal logarithm, as it may have any length.

    Raises:
        MissingExtraError: Matplotlib is not installed.
        ArgumentError: there are no points, the suffix is unknown, or the file cannot be written.
    """
    form, curve = _format(path), sorted((point.depth, point.size_bound) for point in points)
    if not curve:
        raise ArgumentError("points is empty: a circuit of depth below 2 has no trade-off")
    with _plot() as axes:
        axes.plot([d for d, _ in curve], [log10(max(s, 1)) for _, s in curve], "o-", color=BLUE)
        axes.set_ylim(bottom=0)
        axes.set_xlabel("depth (threshold basis)")
        axes.set_ylabel("size at most, decimal logarithm of gates")
        axes.set_title(title or "Depth against size", parse_math=False)
        text = ", ".join(f"{depth:,}: 10^{log10(max(size, 1)):.1f}" for depth, size in curve)
        return _finish(axes, path, form, f"Size by depth: {text}")


def _format(path: StrPath | None) -> str:
    """The format that a path asks for; "" for none."""
    if path is None:
        return ""
    name = fsdecode(path).lower() if isinstance(path, str | PathLike) else ""
    if not name.endswith((".svg", ".png")):
        raise ArgumentError(f"path must be the name of a .svg or .png file, not {path!r}")
    return name[-3:]


def _measures(circuit: Circuit, basis: str) -> Measures:
    if basis not in BASES:
        raise ArgumentError(f"basis must be one of {', '.join(BASES)}, not {basis!r}")
    return BASES[basis](circuit)


def _point(point: object, basis: str) -> tuple[int, int]:
    match point:
        case (int() | np.integer() as n, Circuit() as circuit):
            return int(n), _measures(circuit, basis).depth
    raise ArgumentError(f"points holds (n, circuit) pairs, not {point!r}")


def _in_words(basis: str) -> str:
    return basis.replace("fan_in_", "fan-in ")


@contextmanager
def _plot() -> Iterator[Axes]:
    """Empty axes in the plots' own style, whatever the user's settings."""
    try:
        import matplotlib as mpl
    except ImportError:
        raise MissingExtraError("matplotlib", "plot", "a plot") from None
    from matplotlib.figure import Figure
    from matplotlib.ticker import MaxNLocator, StrMethodFormatter

    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(STYLE)
        axes = Figure().subplots()
        for axis in (axes.xaxis, axes.yaxis):
            axis.set_major_locator(MaxNLocator(integer=True, steps=[1, 2, 5, 10]))
            axis.set_major_formatter(StrMethodFormatter("{x:,.0f}"))
        axes.grid(axis="y", color="#e3e6ea")
        axes.set_axisbelow(True)
        yield axes


def _log_axes(axes: Axes) -> None:
    """Logarithmic axes whose ticks are plain numbers."""
    from matplotlib.ticker import LogLocator, NullLocator, StrMethodFormatter

    axes.set_xscale("log")
    axes.set_yscale("log")
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_locator(LogLocator(subs=(1, 2, 5)))
        axis.set_major_formatter(StrMethodFormatter("{x:,.0f}"))
        axis.set_minor_locator(NullLocator())


def _finish(axes: Axes, path: StrPath | None, form: str, text: str) -> Drawing:
    """The plot as a drawing, and in a file if one is asked for."""
    figure = axes.get_figure(root=True)
    assert figure is not None  # noqa: S101 - these axes have a figure
    picture, pixels = io.BytesIO(), io.BytesIO()
    figure.savefig(picture, format="svg", metadata={"Date": None, "Creator": None, "Title": text})
    if form == "png":
        figure.savefig(pixels, format="png", dpi=160, metadata={"Software": None})
    if path is not None:
        save((pixels if form == "png" else picture).getvalue(), path)
    return Drawing(picture.getvalue().decode(), text)
