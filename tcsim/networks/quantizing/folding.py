"""Folding: a batch normalization into the layer in front of it and the rounding behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import numpy as np

from tcsim.errors import NetworkError
from tcsim.networks.operations.affine import Affine
from tcsim.networks.operations.convolution import Convolution
from tcsim.networks.operations.requantize import Requantize
from tcsim.networks.operations.table import integer_table
from tcsim.networks.tables.activations import activation as activation_named

if TYPE_CHECKING:
    from tcsim.networks.codes import Code
    from tcsim.networks.values import Values
    from tcsim.typing import Integers

Layer = TypeVar("Layer", Affine, Convolution)


def fold_scale(layer: Layer, scale: object, shift: object) -> Layer:
    """The layer whose output is ``scale * y + shift``, channel by channel, all in integers.

    Raises:
        NetworkError: not one integer per output.
    """
    factors, offsets = integer_table(scale, "scales"), integer_table(shift, "shifts")
    outputs = len(layer.bias)
    if factors.shape != (outputs,) or offsets.shape != (outputs,):
        raise NetworkError(
            f"{outputs} outputs, but scales of {factors.shape}, shifts of {offsets.shape}"
        )
    bias = layer.bias.astype(object) * factors + offsets
    if isinstance(layer, Affine):
        return Affine(_exact(layer.weights.astype(object) * factors), _exact(bias))
    rows = factors.reshape(-1, *(1,) * (layer.weights.ndim - 1))
    windows = layer.windows
    return Convolution(
        _exact(layer.weights.astype(object) * rows),
        _exact(bias),
        strides=windows.strides,
        padding=windows.padding,
        dilations=windows.dilations,
        groups=layer.groups,
    )


def fold_batch_norm(
    layer: Layer,
    x: Values,
    *,
    gamma: object,
    beta: object,
    mean: object,
    variance: object,
    scale: object,
    code: Code,
    epsilon: float = 1e-5,
    activation: str = "identity",
    unit: float = 1.0,
) -> tuple[Layer, Requantize]:
    """A layer, its batch normalization, an activation and rounding, as one layer and its cuts.

    ``clip(rint(f(gamma * (scale * y - mean) / sqrt(variance + epsilon) + beta) / unit))`` of the
    layer's integers y, in float64: no level beside that of the rounding. Where gamma is negative
    the function falls; there the weights of the channel change sign, and the cuts are those of the
    mirrored function.

    Args:
        layer: an `Affine` or `Convolution`.
        x: what is known of the layer's operand.
        gamma: one number per output, of any sign.
        beta: one number per output.
        mean: likewise.
        variance: likewise, not negative.
        scale: what a step of y is worth, one number or one per output.
        code: range and wires of the result.
        epsilon: added to the variance.
        activation: a function that never decreases; see `tcsim.networks.tables.activations`.
        unit: what a step of the result is worth.

    Returns:
        The layer with the signs that it needs, and what follows it.

    Raises:
        NetworkError: numbers that do not fit the outputs, are not finite, or have no root.
    """
    outputs = len(layer.bias)
    table = []
    for what, given in (
        ("gamma", gamma),
        ("beta", beta),
        ("mean", mean),
        ("variance", variance),
        ("scale", scale),
    ):
        numbers = np.asarray(given, np.float64)
        if numbers.shape not in ((), (outputs,)) or not np.isfinite(numbers).all():
            raise NetworkError(f"{what}: {outputs} finite numbers, not {given!r}")
        table.append(np.broadcast_to(numbers, outputs))
    gain, offset, center, spread, steps = table
    if (spread + epsilon <= 0).any():
        raise NetworkError("variance plus epsilon must be positive")
    function = activation_named(activation, "batch normalization").function
    flips = np.where(gain * steps < 0, -1, 1)
    turned = fold_scale(layer, flips, np.zeros(outputs, np.int64))
    values = turned.infer(x)
    behind: int = layer.windows.rank if isinstance(layer, Convolution) else 0
    lo, hi = (
        _per_channel(end, reach, behind)
        for end, reach in ((values.lo, np.min), (values.hi, np.max))
    )

    def rounded(y: Integers) -> Integers:
        real = y * (flips * steps)[:, None] - center[:, None]
        real = gain[:, None] * real / np.sqrt(spread + epsilon)[:, None] + offset[:, None]
        return np.clip(np.rint(function(real) / unit), code.lo, code.hi).astype(np.int64)

    cuts = Requantize.from_function(rounded, lo, hi, code, activation).cuts
    shape = (outputs, *(1,) * behind, code.steps)
    return turned, Requantize(cuts.reshape(shape), code, activation)


def _per_channel(end: Integers, reach: object, behind: int) -> Integers:
    """The extreme over all places of each channel: int64, shape (channels,)."""
    channel = end.ndim - behind - 1
    axes = tuple(axis for axis in range(end.ndim) if axis != channel)
    found: Integers = reach(end, axis=axes)  # type: ignore[operator]
    return found


def _exact(values: Integers) -> Integers:
    """Python integers as int64, where they fit."""
    if values.size and max(int(values.max()), -int(values.min())) >= 2**62:
        raise NetworkError("a folded weight or bias reaches 2**62: use smaller scales")
    return values.astype(np.int64)
