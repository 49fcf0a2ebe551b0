"""Sliding: what windows along one axis read, fewer places at a border."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tcsim.networks.costs.axes import full, number
from tcsim.networks.costs.uneven import Factor, Uneven, along

if TYPE_CHECKING:
    from tcsim.networks.costs.operands import Formula
    from tcsim.networks.costs.parts import Quantities
    from tcsim.networks.operations.windows import Windows


def window_wires(
    wires: Formula,
    windows: Windows,
    axis: int,
    shape: tuple[Formula, ...],
    quantity: Quantities,
    *,
    mixed: bool,
) -> tuple[Formula, bool]:
    """Wires of all places of a window, and whether they are exact.

    Args:
        wires: of one place; a number, an array, or uneven.
        windows: kernel, strides, padding and dilations.
        axis: of the windows.
        shape: of the array that is read.
        quantity: the numbers that symbols stand for.
        mixed: whether all places read the same wires.
    """
    rank = len(shape)
    place = rank - windows.rank + axis
    n = shape[place]
    if isinstance(wires, Uneven) and any(place - rank in factors for _, factors in wires.terms):
        most = wires.squeezed(place - rank, 1, total=False)
        return (most if mixed else most * windows.kernel[axis]), False
    if isinstance(wires, np.ndarray) and full(wires, rank).shape[place] > 1:
        return _combined(full(wires, rank), windows, axis, place, total=not mixed), True
    if not isinstance(n, int | np.integer):
        if mixed:
            return wires, _all_reach(windows, axis)
        if windows.padding[axis] == (0, 0):
            return wires * windows.kernel[axis], True
        return _formula(wires, windows, axis, n, place - rank, number(n, quantity)), True
    counts = inside(windows, axis, int(n)).sum(axis=1)
    counts = np.minimum(counts, 1) if mixed else counts
    if (counts == counts[0]).all():
        return wires * int(counts[0]), True
    if isinstance(wires, int | np.integer | np.ndarray):
        return wires * counts.reshape(-1, *(1,) * (rank - place - 1)), True
    factor = Factor(int(counts.sum()), int(counts.max()))
    return along(wires, place - rank, factor), True


def window_levels(level: Any, windows: Windows, axis: int, place: int) -> Any:  # noqa: ANN401
    """The latest level in a window, of an array of levels; outside it is 0."""
    if level.shape[place] == 1:
        return level
    return _combined(level, windows, axis, place, total=False)


def inside(windows: Windows, axis: int, n: int) -> np.ndarray:
    """Which places of each window lie inside: bool, shape (windows, kernel)."""
    start = np.arange(windows.length(axis, n)) * windows.strides[axis] - windows.padding[axis][0]
    at = start[:, None] + np.arange(windows.kernel[axis]) * windows.dilations[axis]
    found: np.ndarray = (at >= 0) & (at < n)
    return found


def overlap(windows: Windows, axis: int) -> bool:
    """Whether two windows may have a place in common."""
    steps = range(1, windows.kernel[axis])
    return any(step * windows.dilations[axis] % windows.strides[axis] == 0 for step in steps)


def _all_reach(windows: Windows, axis: int) -> bool:
    """Whether each window has a place inside, however short the axis is."""
    padding = max(windows.padding[axis])
    return padding == 0 or (windows.dilations[axis] == 1 and padding < windows.kernel[axis])


def _combined(
    amount: np.ndarray, windows: Windows, axis: int, place: int, *, total: bool
) -> np.ndarray:
    """The sum or the largest over each window along one axis of an array."""
    n = amount.shape[place]
    valid = inside(windows, axis, n)
    start = np.arange(len(valid)) * windows.strides[axis] - windows.padding[axis][0]
    made: np.ndarray | None = None
    for k in range(windows.kernel[axis]):
        at = np.clip(start + k * windows.dilations[axis], 0, n - 1)
        mask = valid[:, k].reshape(-1, *(1,) * (amount.ndim - place - 1))
        part = np.take(amount, at, axis=place) * mask
        made = part if made is None else made + part if total else np.maximum(made, part)
    assert made is not None  # noqa: S101 - a kernel has a place
    return made


def _formula(
    wires: Formula,
    windows: Windows,
    axis: int,
    n: Formula,
    place: int,
    known: int | None,
) -> Formula:
    """With a symbol for the length of the axis."""
    import sympy

    kernel, stride = windows.kernel[axis], windows.strides[axis]
    before, last = windows.padding[axis][0], windows.length(axis, n) - 1
    total: Formula = 0
    for k in range(kernel):
        shift = before - k * windows.dilations[axis]
        first = max(0, -(-shift // stride))
        room = (n - 1 + shift) / sympy.Integer(stride)
        final = sympy.Min(last, room if stride == 1 else sympy.floor(room))
        total = total + sympy.Max(0, final - first + 1)
    most: Formula = kernel  # as soon as one window lies inside altogether
    if stride == windows.dilations[axis] == 1:
        most = sympy.Min(kernel, n)
    elif known is not None and known < windows.extent(axis) + stride - 1:
        most = int(inside(windows, axis, known).sum(axis=1).max())
    return along(wires, place, Factor(total, most))
