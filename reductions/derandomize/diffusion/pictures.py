"""Figures: error against k, total variation against T, depth against T. Extra ``plot``."""

from __future__ import annotations

import io
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tcsim.draw.drawing import Drawing
from tcsim.draw.plots import STYLE
from tcsim.errors import ArgumentError, MissingExtraError
from tcsim.formats.files import save

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from matplotlib.axes import Axes

    from reductions.derandomize.diffusion.curve import VoteError
    from reductions.derandomize.diffusion.densities import Convergence
    from tcsim.typing import StrPath

BLUE, RED, GREEN, GRAY = "#1f5fa8", "#b5402a", "#2f7d4f", "#777f88"


def plot_errors(errors: Sequence[VoteError], path: StrPath | None = None) -> Drawing:
    """Error of a vote of random seeds against their number, with both bounds.

    Args:
        errors: of increasing k.
        path: a ``.svg`` or ``.png`` file to write as well.

    Raises:
        ArgumentError: no errors, or another kind of file.
        MissingExtraError: the extra ``plot`` is not installed.
    """
    if not errors:
        raise ArgumentError("there is no error to draw")
    with _axes(path) as (axes, done):
        ks = [one.k for one in errors]
        axes.plot(ks, [one.majority for one in errors], "--", color=GRAY, label="bound, majority")
        axes.plot(
            ks, [min(1, one.plurality) for one in errors], "--", color=RED, label="bound, plurality"
        )
        axes.plot(ks, [one.worst for one in errors], "o-", color=BLUE, label="exact, plurality")
        axes.set_yscale("log")
        axes.set_xlabel("seeds that vote, k")
        axes.set_ylabel("error on the worst prefix")
        axes.legend()
        done("Error of a vote of k random seeds")
    return done.drawing


def plot_convergence(found: Sequence[Convergence], path: StrPath | None = None) -> Drawing:
    """Total variation against T, and a line of slope -1 beside it.

    Args:
        found: one curve for each dimension.
        path: a ``.svg`` or ``.png`` file to write as well.

    Raises:
        ArgumentError: nothing to draw, or another kind of file.
        MissingExtraError: the extra ``plot`` is not installed.
    """
    if not found:
        raise ArgumentError("there is no total variation to draw")
    with _axes(path) as (axes, done):
        for one, color in zip(found, (BLUE, GREEN, RED), strict=False):
            label = f"d = {one.dimensions}, slope {one.slope:.2f}"
            axes.plot(one.steps, one.distances, "o-", color=color, label=label)
        steps = found[0].steps
        start = min(one.distances[0] for one in found) * 0.7
        line = [start * steps[0] / count for count in steps]
        axes.plot(steps, line, ":", color=GRAY, label="slope −1")
        axes.set_xscale("log", base=2)
        axes.set_yscale("log")
        axes.set_xticks(list(steps), [str(count) for count in steps])
        axes.set_xlabel("steps, T")
        axes.set_ylabel("total variation to the noised law")
        axes.legend()
        done("Total variation against the number of steps")
    return done.drawing


def plot_depths(
    curves: Mapping[str, Mapping[int, int]], path: StrPath | None = None, *, mark: int | None = None
) -> Drawing:
    """Literal depth against T.

    Args:
        curves: name -> {T: depth}.
        path: a ``.svg`` or ``.png`` file to write as well.
        mark: a T at which a vertical line stands.

    Raises:
        ArgumentError: nothing to draw, or another kind of file.
        MissingExtraError: the extra ``plot`` is not installed.
    """
    if not curves:
        raise ArgumentError("there is no depth to draw")
    with _axes(path) as (axes, done):
        styles = (("o-", BLUE), ("s--", GREEN), ("^:", RED), ("d-.", GRAY))
        for (name, points), (style, color) in zip(curves.items(), styles, strict=False):
            axes.plot(list(points), list(points.values()), style, color=color, label=name)
        if mark is not None:
            axes.axvline(mark, color=GRAY, linewidth=1)
        axes.set_xlabel("steps, T")
        axes.set_ylabel("depth of the circuit")
        axes.set_xlim(left=0)
        axes.set_ylim(bottom=0)
        axes.legend()
        done("Literal depth of samplers")
    return done.drawing


class _Finish:
    """Titles a plot, writes it, and keeps it as a drawing."""

    drawing: Drawing

    def __init__(self, axes: Axes, path: StrPath | None) -> None:
        self._axes, self._path = axes, path

    def __call__(self, title: str) -> None:
        self._axes.set_title(title, parse_math=False)
        figure = self._axes.get_figure(root=True)
        assert figure is not None  # noqa: S101 - these axes have a figure
        picture, pixels = io.BytesIO(), io.BytesIO()
        about = {"Date": None, "Creator": None, "Title": title}
        figure.savefig(picture, format="svg", metadata=about)
        if self._path is not None:
            if str(self._path).endswith(".png"):
                figure.savefig(pixels, format="png", dpi=160, metadata={"Software": None})
                save(pixels.getvalue(), self._path)
            else:
                save(picture.getvalue(), self._path)
        self.drawing = Drawing(picture.getvalue().decode(), title)


@contextmanager
def _axes(path: StrPath | None) -> Iterator[tuple[Axes, _Finish]]:
    """Empty axes in the style of the other plots, whatever the user's settings."""
    if path is not None and not str(path).endswith((".svg", ".png")):
        raise ArgumentError(f"path must be the name of a .svg or .png file, not {path!r}")
    try:
        import matplotlib as mpl
    except ImportError:
        raise MissingExtraError("matplotlib", "plot", "a plot") from None
    from matplotlib.figure import Figure

    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(STYLE)
        axes = Figure().subplots()
        axes.grid(axis="y", color="#e3e6ea")
        axes.set_axisbelow(True)
        yield axes, _Finish(axes, path)
