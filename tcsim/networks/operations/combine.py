"""Combine: integer combinations of arrays, such as a residual addition. No gate, no level."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tcsim.errors import NetworkError
from tcsim.networks.immutable import Immutable
from tcsim.networks.values import LIMIT, Values

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tcsim.typing import Integers


class Combine(Immutable):
    """``sum_i factors[i] * x_i + constant``, exact; operands broadcast as in NumPy.

    A residual addition of two scales is ``Combine([m1, m2])`` and one `Requantize` after it: one
    rounding, which a table of one integer could not do.

    Args:
        factors: one integer per operand, none of them 0.
        constant: integers that broadcast against the sum, such as positional encodings.

    Raises:
        NetworkError: no factors, or values that are no integers of at most 2**62.
    """

    __slots__ = ("constant", "factors")

    factors: tuple[int, ...]
    constant: Integers

    def __init__(self, factors: Iterable[int], constant: object = 0) -> None:
        given = tuple(factors)
        for factor in given:
            if not isinstance(factor, int) or isinstance(factor, bool) or factor == 0:
                raise NetworkError(f"factors are integers other than 0, not {factor!r}")
        if not given:
            raise NetworkError("a combination has at least one operand")
        offset = np.asarray(constant)
        if offset.dtype.kind not in "iu" or (offset.size and np.abs(offset).max() >= LIMIT):
            raise NetworkError(f"constants are integers within 2**62, not {offset.dtype}")
        self._set(factors=given, constant=offset.astype(np.int64))

    def __call__(self, *operands: Integers) -> Integers:
        """See `Operation`."""
        shape = np.broadcast_shapes(*(x.shape[1:] for x in operands), self.constant.shape)
        result = np.zeros((len(operands[0]), *shape), np.int64) + self.constant
        for factor, x in zip(self.factors, operands, strict=True):
            result += factor * _aligned(x, len(shape))
        return result

    def infer(self, *operands: Values) -> Values:
        """See `Operation`; exact where the operands are independent."""
        if len(operands) != len(self.factors):
            raise NetworkError(f"{len(self.factors)} factors, but {len(operands)} operands")
        try:
            shape = np.broadcast_shapes(*(x.shape for x in operands), self.constant.shape)
        except ValueError:
            shapes = " and ".join(str(x.shape) for x in operands)
            raise NetworkError(f"{shapes} do not broadcast") from None
        lo = hi = self.constant.astype(object)  # Python integers: `Values` finds what is too large
        for factor, x in zip(self.factors, operands, strict=True):
            ends = (factor * x.lo.astype(object), factor * x.hi.astype(object))
            lo, hi = lo + np.minimum(*ends), hi + np.maximum(*ends)
        return Values(shape, lo, hi)

    def __repr__(self) -> str:
        return f"<Combine: {' + '.join(f'{factor} x{i}' for i, factor in enumerate(self.factors))}>"


def _aligned(x: Integers, rank: int) -> Integers:
    """Rows of arrays with axes of length 1 put in, so that they broadcast behind the rows."""
    return x.reshape(len(x), *(1,) * (rank - x.ndim + 1), *x.shape[1:])
