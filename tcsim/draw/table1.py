"""The table of architectures as a picture: depth against n, on logarithmic axes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcsim.draw.plots import _finish, _format, _log_axes, _plot
from tcsim.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tcsim.draw.drawing import Drawing
    from tcsim.networks.table1 import Row
    from tcsim.typing import StrPath

_MARKERS = "osD^vP*X<>ph"
"""One a line, as color alone does not tell them apart for everyone."""


def check_picture(path: StrPath) -> None:
    """Refuse what `plot_table1` would refuse, before rows are measured for it.

    Raises:
        MissingExtraError: Matplotlib is not installed.
        ArgumentError: the suffix is unknown.
    """
    _format(path)
    with _plot():
        pass


def plot_table1(rows: Iterable[Row], path: StrPath | None = None) -> Drawing:
    """Plot depth against n: a constant is a level line, a power of n a slanted one.

    Args:
        rows: as `tcsim.networks.table1.table` gives them, of the same n.
        path: a ``.svg`` or ``.png`` file to write.

    Returns:
        The plot, as SVG; rows of equal depths share a line. Filled marks were measured on flat
        circuits, all of the line's rows; empty ones by formulas.

    Raises:
        MissingExtraError: Matplotlib is not installed.
        ArgumentError: there are no rows, the suffix is unknown, or the file cannot be written.
    """
    form, shown = _format(path), list(rows)
    if not shown:
        raise ArgumentError("rows is empty: give at least one row of the table")
    points = sorted(shown[0].measured)
    lines: dict[tuple[int, ...], list[Row]] = {}
    for row in shown:
        lines.setdefault(tuple(row.measured[n].depth for n in points), []).append(row)
    with _plot() as axes:
        _log_axes(axes)
        axes.get_figure(root=True).set_size_inches(8.4, 4.6)  # type: ignore[union-attr]
        deepest_first = sorted(lines.items(), key=lambda one: one[0][::-1], reverse=True)
        for number, (depths, together) in enumerate(deepest_first):
            flat = [all(row.measured[n].flat for row in together) for n in points]
            color, marker = f"C{number % 10}", _MARKERS[number % len(_MARKERS)]
            names = " and ".join(row.name for row in together)
            label = f"{names}: {together[0].depth.text}"
            axes.plot(points, depths, f"{marker}-", color=color, markersize=5, label=label)
            empty = [i for i, built in enumerate(flat) if not built]
            where = [points[i] for i in empty], [depths[i] for i in empty]
            axes.plot(*where, marker, color=color, markerfacecolor="white", markersize=5)
        axes.set_xticks(points, [f"{n:,}" for n in points])
        axes.set_xlabel("n (tokens); filled: flat circuit, empty: formulas")
        axes.set_ylabel("depth in gates (threshold basis)")
        axes.legend(loc="center left", bbox_to_anchor=(1.01, 0.5), frameon=False, fontsize=9)
        facts = "; ".join(f"{row.name}: {row.depth.text}" for row in shown)
        return _finish(axes, path, form, f"Depth by n: {facts}")
