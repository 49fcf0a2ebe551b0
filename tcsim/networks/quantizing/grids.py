"""Grids: which real numbers integers stand for: a range, and what a step of 1 is worth."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tcsim.errors import NetworkError
from tcsim.networks.codes import Code

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tcsim.networks.tables.activations import Floats

CLIPS = np.linspace(0.3, 1.0, 36)
"""Shares of the largest magnitude that are tried as the end of a grid."""

_SAMPLES = 20_000
"""Calibration values on which a grid's error is measured."""

LARGEST = 2.0**450
"""Of a real number, and of what a step is worth: products and squares stay in floating point."""

_LARGEST_BIAS = 2.0**40
"""Bias in units of its channel: beyond this the weights, not the bias, lose digits."""


def grid(sample: Floats, bits: int, ends: tuple[float, float] | None = None) -> tuple[Code, float]:
    """A range of integers and a scale for real values: 2**bits values at most, 0 one of them.

    Values that are never negative get all of them; the others lie evenly on both sides of 0. The
    end is the one of `CLIPS` with the least squared error on the sample, unless it is given.

    Raises:
        NetworkError: values that are not finite, or whose scale leaves floating point.
    """
    values = np.asarray(sample, np.float64).ravel()
    if not np.isfinite(values).all():
        raise NetworkError("calibration leads to values that are not finite")
    if len(values) > _SAMPLES:
        values = values[np.linspace(0, len(values) - 1, _SAMPLES).astype(int)]
    low, high = (float(values.min()), float(values.max())) if ends is None else ends
    signed = low < 0
    most = 2 ** (bits - 1) - 1 if signed else 2**bits - 1
    code = Code(-most if signed else 0, most)
    reach = max(abs(low), abs(high))
    if ends is not None or reach == 0:
        return code, positive(reach / most)
    return code, closest(values, [positive(reach * clip / most) for clip in CLIPS], code)


def closest(values: Floats, scales: Sequence[float], code: Code) -> float:
    """The scale at which rounding to a code has the least squared error."""
    errors = [
        float(((np.clip(np.rint(values / scale), code.lo, code.hi) * scale - values) ** 2).sum())
        for scale in scales
    ]
    return scales[int(np.argmin(errors))]


def units(weights: Floats, bias: Floats, bits: int, *, one: bool = False) -> Floats:
    """What a step of 1 of each channel is worth, so that its largest weight just fits the bits.

    Args:
        weights: shape (inputs, channels).
        bias: shape (channels,).
        bits: of a weight, sign included.
        one: whether all channels get the same.

    Returns:
        Positive, shape (channels,); 1 for a channel of zeros.

    Raises:
        NetworkError: weights so large or so small that their unit leaves floating point.
    """
    unit = np.maximum(
        np.abs(weights).max(axis=0) / (2 ** (bits - 1) - 1), np.abs(bias) / _LARGEST_BIAS
    )
    if one:
        unit = np.full(len(bias), unit.max())
    unit = np.where(weights.any(axis=0) | (bias != 0), unit, 1.0)
    with np.errstate(all="ignore"):  # what leaves floating point is found and named
        fits = np.isfinite(unit) & np.isfinite(1 / unit)
    if not fits.all():
        channel = int(np.argmin(fits))
        raise NetworkError(
            f"neuron {channel}: weights up to {np.abs(weights[:, channel]).max()} leave the range "
            "of floating point: rescale the layer"
        )
    return unit


def positive(scale: float) -> float:
    """A usable scale: where values never vary, any will do.

    Raises:
        NetworkError: it leaves floating point.
    """
    if not scale <= LARGEST or 0 < scale < 1 / LARGEST:
        raise NetworkError(f"values of scale {scale} leave floating point: rescale the network")
    return scale or 1.0
