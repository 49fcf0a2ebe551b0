"""Convolution: no gate. Every output reads the wires of its window, fewer at a border."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tcsim.networks.costs.axes import full, number
from tcsim.networks.costs.operands import Operands, Support, uniform
from tcsim.networks.costs.sliding import inside, overlap, window_levels, window_wires
from tcsim.networks.costs.uneven import Uneven

if TYPE_CHECKING:
    from tcsim.networks.costs.operands import Formula
    from tcsim.networks.costs.parts import Part, Quantities
    from tcsim.networks.operations.convolution import Convolution


def cost(
    operation: Convolution, quantity: Quantities, origin: int, x: Operands
) -> tuple[Operands, list[Part]]:
    """First along the channels of a group, then along each axis of space."""
    del origin
    windows = operation.windows
    channel = len(x.shape) - windows.rank - 1
    outputs = quantity("m", len(operation.weights), "channels")
    bits = quantity("B", operation.weight_bits, "bits of a weight, sign included")
    exact, repeated, supports = x.exact, 1, []
    for one in x.supports:
        made, times, known = _support(operation, one, x, channel, quantity)
        exact, repeated = exact and known, max(repeated, times)
        supports.append(made)
    lengths = tuple(windows.length(axis, n) for axis, n in enumerate(x.shape[channel + 1 :]))
    return Operands(
        (*x.shape[:channel], outputs, *lengths),
        tuple(supports),
        x.weight * (2 ** (bits - 1) - 1) * repeated,
        _levels(operation, x, channel, quantity),
        exact=exact,
    ), []


def _support(
    operation: Convolution, one: Support, x: Operands, channel: int, quantity: Quantities
) -> tuple[Support, int, bool]:
    """What an output reads, how often it may read one wire, and whether that is exact."""
    windows, share = operation.windows, operation.weights.shape[1]
    apart = channel not in one.mixed
    known = channel not in one.overlapping or share == 1
    times = share if channel in one.mixed | one.overlapping else 1
    mixed = {axis for axis in one.mixed if axis < channel}
    overlapping = {axis for axis in one.overlapping if axis < channel}
    if operation.groups == 1 or not apart:
        mixed.add(channel)
    elif len(operation.weights) > operation.groups or channel in one.overlapping:
        overlapping.add(channel)
    wires, fits = _channels(operation, one.wires, channel, len(x.shape), apart=apart)
    known = known and fits
    for axis in range(windows.rank):
        place = channel + 1 + axis
        wires, fits = window_wires(
            wires, windows, axis, x.shape, quantity, mixed=place in one.mixed
        )
        if place in one.mixed:
            mixed.add(place)
        elif place in one.overlapping or overlap(windows, axis):
            overlapping.add(place)
        if place in one.mixed | one.overlapping:
            times *= windows.kernel[axis]
        known = known and fits and (place not in one.overlapping or windows.kernel[axis] == 1)
    return Support(one.origin, wires, frozenset(mixed), frozenset(overlapping)), times, known


def _channels(
    operation: Convolution, wires: Formula, channel: int, rank: int, *, apart: bool
) -> tuple[Formula, bool]:
    """Wires of the channels of a group, for every output channel."""
    share, groups = operation.weights.shape[1], operation.groups
    times = share if apart else 1
    if isinstance(wires, Uneven) and any(channel - rank in factors for _, factors in wires.terms):
        if groups == 1:
            return wires.squeezed(channel - rank, share, total=apart), True
        return wires.squeezed(channel - rank, 1, total=False) * times, False
    if not isinstance(wires, np.ndarray) or full(wires, rank).shape[channel] == 1:
        return wires * times, True
    return _grouped(operation, full(wires, rank), channel, total=apart), True


def _grouped(
    operation: Convolution, amount: np.ndarray, channel: int, *, total: bool
) -> np.ndarray:
    """The sum or the largest over a group's channels, for every output channel."""
    groups, outputs = operation.groups, len(operation.weights)
    parts = amount.reshape(*amount.shape[:channel], groups, -1, *amount.shape[channel + 1 :])
    found = parts.sum(axis=channel + 1) if total else parts.max(axis=channel + 1)
    return found if groups == 1 else np.repeat(found, outputs // groups, axis=channel)


def _levels(operation: Convolution, x: Operands, channel: int, quantity: Quantities) -> Any:  # noqa: ANN401
    """The latest in each window; 0 where a window lies outside altogether."""
    windows, level, rank = operation.windows, x.level, len(x.shape)
    if isinstance(level, np.ndarray):
        level = full(level, rank)
        if level.shape[channel] > 1:
            level = _grouped(operation, level, channel, total=False)
        for axis in range(windows.rank):
            level = window_levels(level, windows, axis, channel + 1 + axis)
    for axis in range(windows.rank):
        n = number(x.shape[channel + 1 + axis], quantity)
        if n is not None and not (found := inside(windows, axis, n).any(axis=1)).all():
            level = level * found.reshape(-1, *(1,) * (windows.rank - axis - 1))
    return uniform(level)
