"""Fixed-point arithmetic as TensorFlow Lite's reference kernels do it.

Source: ``tensorflow/lite/kernels/internal/common.h`` and ``quantization_util.cc``, with two
roundings, which is how they are built unless said otherwise.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from tcsim.errors import NetworkError

if TYPE_CHECKING:
    from tcsim.typing import Integers

_HALF = 1 << 30


def quantize_multiplier(real: float) -> tuple[int, int]:
    """A real number as a 31-bit integer m and a shift s: about ``m * 2**(s - 31)``.

    Example:
        >>> quantize_multiplier(0.75)
        (1610612736, 0)
        >>> quantize_multiplier(3.0)
        (1610612736, 2)
    """
    if real == 0:
        return 0, 0
    fraction, shift = math.frexp(real)
    fixed = math.floor(fraction * (1 << 31) + 0.5)  # half away from zero: it is not negative
    if fixed == 1 << 31:
        fixed, shift = fixed // 2, shift + 1
    if shift < -31:
        return 0, 0
    return (fixed, shift) if shift <= 30 else ((1 << 31) - 1, 30)


def multiply(x: Integers, multiplier: Integers | int, shift: Integers | int) -> Integers:
    """``MultiplyByQuantizedMultiplier``: about ``x * multiplier * 2**(shift - 31)``, rounded twice.

    Args:
        x: int64 that fit int32.
        multiplier: of `quantize_multiplier`, broadcast against x.
        shift: likewise.

    Raises:
        NetworkError: the runtime would overflow.

    Example:
        >>> multiply(np.array([-3, -1, 1, 3, 100]), *quantize_multiplier(0.5)).tolist()
        [-1, 0, 1, 2, 50]
    """
    left, right = np.maximum(shift, 0), np.maximum(-np.asarray(shift), 0)
    if (np.abs(x) * 2.0**left).max(initial=0) >= 2.0**31:
        raise NetworkError("a sum could leave the 32 bits that the runtime computes in")
    product = (x << left) * multiplier
    nudge = np.where(product >= 0, _HALF, 1 - _HALF)
    # C++ divides toward zero.
    total = product + nudge
    high = np.sign(total) * (np.abs(total) >> 31)
    mask = (np.int64(1) << right) - 1
    threshold = (mask >> 1) + (high < 0)
    found: Integers = (high >> right) + ((high & mask) > threshold)
    return found


def multiply_once(x: Integers, multiplier: Integers | int, shift: Integers | int) -> Integers:
    """``multiply``, rounded once, halves up.

    Example:
        >>> multiply_once(np.array([-3, -1, 1, 3, 100]), *quantize_multiplier(0.5)).tolist()
        [-1, 0, 1, 2, 50]
    """
    total = 31 - np.asarray(shift)
    found: Integers = (x * multiplier + (np.int64(1) << (total - 1))) >> total
    return found
