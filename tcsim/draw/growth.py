"""The measures of a family against n, on logarithmic axes, where a power of n is a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcsim.draw.plots import _finish, _format, _log_axes, _plot
from tcsim.errors import ArgumentError

if TYPE_CHECKING:
    from tcsim.draw.drawing import Drawing
    from tcsim.family import FamilyReport
    from tcsim.typing import StrPath

MEASURES = ("depth", "width", "size", "edges")
_LARGEST = 10**300


def plot_family(
    report: FamilyReport,
    path: StrPath | None = None,
    *,
    measures: tuple[str, ...] = MEASURES,
    title: str | None = None,
) -> Drawing:
    """Plot what was measured of a family: depth, width, size and edges against n.

    Args:
        report: of `tcsim.Family.study`.
        path: a ``.svg`` or ``.png`` file to write.
        measures: which measures of the report to plot.
        title: what stands above; by default the family's name and claim.

    Returns:
        The plot, as SVG. Values of 0 have no place on a logarithmic axis and are left out, as are
        values past 10**300.

    Raises:
        MissingExtraError: Matplotlib is not installed.
        ArgumentError: the report has no such measure, or no positive n; the suffix is unknown, or
            the file cannot be written.
    """
    form = _format(path)
    for measure in measures:
        if measure not in report.fits:
            raise ArgumentError(f"no {measure!r} was measured; there are {', '.join(report.fits)}")
    if max(point.n for point in report.points) < 1:
        raise ArgumentError("a logarithmic axis needs an n of at least 1")
    claim = f", claimed {report.verdict.claim}" if report.verdict.claim else ""
    with _plot() as axes:
        _log_axes(axes)
        for measure, marker in zip(measures, "osD^vP*X" * len(measures), strict=False):
            shown = {
                n: value
                for n, value in report.values(measure).items()
                if n >= 1 and 1 <= value <= _LARGEST
            }
            axes.plot(list(shown), list(shown.values()), f"{marker}-", label=measure, markersize=4)
        axes.set_xlabel("n")
        axes.set_ylabel("threshold basis unless said")
        axes.set_title(title or f"{report.name}{claim}", parse_math=False)
        axes.legend()
        return _finish(axes, path, form, f"Measures of {report.name} by n: {report.verdict}")
