"""Plots with Matplotlib: gates by level of one circuit, depth against n of several."""

from __future__ import annotations

import io
from os import PathLike, fsdecode
from pathlib import PurePath
from typing import TYPE_CHECKING

from tcsim.circuit import Circuit
from tcsim.draw.drawing import Drawing
from tcsim.errors import ArgumentError, MissingExtraError
from tcsim.formats.files import save
from tcsim.measure import BASES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from tcsim.measure import Measures
    from tcsim.typing import StrPath

FORMATS = ("svg", "png")
STYLE = {
    "svg.hashsalt": "tcsim",  # ids in the file are the same every time
    "svg.fonttype": "none",
    "font.family": "sans-serif",
    "font.sans-serif": ["Helvetica", "Arial", "DejaVu Sans"],
    "axes.spines.top": False,
    "axes.spines.right": False,
}
BLUE = "#0b62c4"


def plot_levels(
    circuit: Circuit, path: StrPath | None = None, *, basis: str = "threshold"
) -> Drawing:
    """Plot the level profile of a circuit: how many gates fire on each level.

    Args:
        circuit: any circuit.
        path: a ``.svg`` or ``.png`` file to write.
        basis: one of `tcsim.measure.BASES`.

    Returns:
        The plot, as SVG.

    Raises:
        MissingExtraError: Matplotlib is not installed.
        ArgumentError: the basis or the suffix is unknown, or the file cannot be written.
    """
    measures = _measures(circuit, basis)
    profile = measures.levels[1:]
    with _style():
        figure, axes = _new_plot()
        if profile:
            edges = [level + 0.5 for level in range(len(profile) + 1)]
            axes.stairs(profile, edges, fill=True, color=BLUE)
            axes.set_xlim(edges[0], edges[-1])
        axes.set_ylim(bottom=0)
        axes.set_xlabel("level")
        axes.set_ylabel(f"gates ({_in_words(basis)} basis)")
        totals = f"size {measures.size:,}, depth {measures.depth:,}, width {measures.width:,}"
        axes.set_title(f"Level profile: {totals}")
        return _finish(figure, path, f"level profile, {_in_words(basis)} basis: {totals}")


def plot_depth(
    points: Iterable[tuple[int, Circuit]],
    path: StrPath | None = None,
    *,
    basis: str = "threshold",
    log: bool = False,
    n: str = "n",
) -> Drawing:
    """Plot depth against n.

    Args:
        points: (n, circuit) pairs in any order; each circuit is measured.
        path: a ``.svg`` or ``.png`` file to write.
        basis: one of `tcsim.measure.BASES`.
        log: both axes logarithmic, which shows a power of n as a line; needs positive n and depths.
        n: what n counts, for the axis: ``"n (inputs)"``.

    Returns:
        The plot, as SVG.

    Raises:
        MissingExtraError: Matplotlib is not installed.
        ArgumentError: there are no points, one is not (int, Circuit) or does not fit a logarithmic
            axis, the basis or the suffix is unknown, or the file cannot be written.
    """
    measured = sorted(_point(point, basis) for point in points)
    if not measured:
        raise ArgumentError("points is empty: give at least one (n, circuit) pair")
    if log and min(min(point) for point in measured) < 1:
        raise ArgumentError("a logarithmic axis needs positive n and depths: plot with log=False")
    with _style():
        figure, axes = _new_plot()
        axes.plot(*zip(*measured, strict=True), "o-", color=BLUE, markersize=5)
        if log:
            axes.set_xscale("log")
            axes.set_yscale("log")
        else:
            axes.set_ylim(bottom=0)
        axes.set_xlabel(n)
        axes.set_ylabel(f"depth (gates, {_in_words(basis)} basis)")
        axes.set_title(f"Depth of {len(measured)} circuits")
        rows = [f"{size:,}: {depth:,}" for size, depth in measured]
        return _finish(figure, path, f"depth by {n}, {_in_words(basis)} basis: {', '.join(rows)}")


def _measures(circuit: Circuit, basis: str) -> Measures:
    if basis not in BASES:
        raise ArgumentError(f"basis must be one of {', '.join(BASES)}, not {basis!r}")
    return BASES[basis](circuit)


def _point(point: object, basis: str) -> tuple[int, int]:
    match point:
        case (int() as n, Circuit() as circuit):
            return n, _measures(circuit, basis).depth
    raise ArgumentError(f"points holds (n, circuit) pairs, not {point!r}")


def _in_words(basis: str) -> str:
    return basis.replace("_", " ")
