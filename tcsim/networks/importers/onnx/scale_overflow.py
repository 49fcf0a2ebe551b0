"""Scales in float32 whose products or quotients are beyond it."""

from __future__ import annotations

import numpy as np

from tcsim.errors import NetworkError


def scale_product(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """The scale of products of values of two scales.

    Raises:
        NetworkError: it overflows.
    """
    with np.errstate(over="ignore"):
        made = np.asarray(x * y)
    if not np.isfinite(made).all():
        raise NetworkError(
            f"the scales overflow {made.dtype}: {np.max(x):.3g} times {np.max(y):.3g}"
        )
    return made


def check_quotient(scale: np.ndarray, step: np.floating) -> None:
    """Values of a scale can be counted in steps.

    Raises:
        NetworkError: the quotient overflows.
    """
    with np.errstate(over="ignore"):
        ratio = scale / scale.dtype.type(step)
    if not np.isfinite(ratio).all():
        raise NetworkError(
            f"the scales overflow {scale.dtype}: {scale.max():.3g} divided by that of the result, "
            f"{step:.3g}: quantize with a larger one"
        )
