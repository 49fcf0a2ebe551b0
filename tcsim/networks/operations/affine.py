"""Affine: integer weights and biases. As a circuit it is linear forms alone: no gate, no level."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tcsim.errors import NetworkError
from tcsim.networks.immutable import Immutable
from tcsim.networks.values import LIMIT, Values

if TYPE_CHECKING:
    from tcsim.typing import Integers


class Affine(Immutable):
    """``x @ weights + bias`` along the last axis, exact.

    Args:
        weights: integers, shape (inputs, outputs).
        bias: integers, shape (outputs,).

    Raises:
        NetworkError: shapes or dtypes that do not fit, or values that reach 2**62 in sum.
    """

    __slots__ = ("bias", "weights")

    weights: Integers
    bias: Integers

    def __init__(self, weights: object, bias: object) -> None:
        self._set(weights=_integers(weights, "weights", 2), bias=_integers(bias, "bias", 1))
        if 0 in self.weights.shape or len(self.bias) != self.weights.shape[1]:
            raise NetworkError(
                f"weights of shape {self.weights.shape} do not fit a bias of {self.bias.shape}; "
                "weights are (inputs, outputs)"
            )
        self._check(self._bound(1))

    @property
    def weight_bits(self) -> int:
        """Least b such that every weight lies within +-(2**(b-1) - 1)."""
        return int(np.abs(self.weights).max()).bit_length() + 1

    def __call__(self, *operands: Integers) -> Integers:
        """See `Operation`."""
        (x,) = operands
        largest = max(int(x.max(initial=0)), -int(x.min(initial=0)))
        bound = self._bound(largest)
        if bound < 2.0**52:
            # No sum of these integers leaves the 53 bits in which floating point is exact.
            product = x.astype(np.float64) @ self.weights.astype(np.float64)
            return product.astype(np.int64) + self.bias
        self._check(bound)
        return x @ self.weights + self.bias

    def infer(self, *operands: Values) -> Values:
        """See `Operation`: the last axis is replaced."""
        (x,) = operands
        if not x.shape or x.shape[-1] != len(self.weights):
            found = x.shape[-1] if x.shape else "none"
            raise NetworkError(f"weights for {len(self.weights)} inputs, but there are {found}")
        lo, hi = (np.broadcast_to(end, (*end.shape[:-1], x.shape[-1])) for end in (x.lo, x.hi))
        self._check(self._bound(max(int(hi.max()), -int(lo.min()))))
        up, down = np.maximum(self.weights, 0), np.minimum(self.weights, 0)
        return Values(
            (*x.shape[:-1], self.weights.shape[1]),
            lo @ up + hi @ down + self.bias,
            hi @ up + lo @ down + self.bias,
        )

    def macs(self, result: Values, x: Values) -> int:  # noqa: ARG002 - the shape of x says the rest
        """Multiply-accumulates: one per weight and place."""
        return result.size * len(self.weights)

    def terms(self, values: Values) -> int:
        """About how many terms its stored forms have, of forms that are stored."""
        return values.size * len(self.weights)

    def _bound(self, largest: int) -> float:
        """An upper bound of every partial sum for inputs within +-largest."""
        sums = np.abs(self.weights.astype(np.float64)).sum(axis=0) * float(largest)
        return float((sums + np.abs(self.bias.astype(np.float64))).max())

    def _check(self, bound: float) -> None:
        # Rounding errors of the bound are far smaller than the factor 2 to what int64 holds.
        if bound >= LIMIT:
            raise NetworkError(
                f"a sum of this layer could reach {bound:.3g}, beyond 2**62: "
                "use fewer bits for weights or inputs"
            )

    def __repr__(self) -> str:
        return f"<Affine: {self.weights.shape[0]} -> {self.weights.shape[1]}>"


def _integers(values: object, what: str, dimensions: int) -> Integers:
    try:
        array = np.asarray(values)
    except (ValueError, OverflowError) as error:
        raise NetworkError(f"{what} must be an array of integers: {error}") from None
    if array.ndim != dimensions or array.dtype.kind not in "iu":
        raise NetworkError(
            f"{what} must be int64 integers with {dimensions} axes, "
            f"not {array.dtype} of shape {array.shape}"
        )
    if array.size and (array.max() >= LIMIT or array.min() <= -LIMIT):
        raise NetworkError(f"{what} hold {array.max()} or {array.min()}, beyond 2**62")
    exact: Integers = array.astype(np.int64)
    return exact
