"""MatrixProduct: the matrix product of two coded arrays, such as the scores q k^T. One level."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tcsim.errors import NetworkError
from tcsim.networks.operations.product import Product, aligned
from tcsim.networks.values import Values

if TYPE_CHECKING:
    from tcsim.typing import Integers


class MatrixProduct(Product):
    """``f(x) @ g(y)``: shapes (..., n, k) and (..., k, m) give (..., n, m), exact.

    Linear in the ANDs of a wire of x[i, k] and a wire of y[k, j]; the axes in front broadcast.

    Args:
        left: as in `Product`.
        right: as in `Product`.

    Raises:
        NetworkError: as in `Product`.

    Example:
        >>> import numpy as np
        >>> from tcsim.networks import MatrixProduct
        >>> MatrixProduct()(np.array([[[1, 2]]]), np.array([[[3], [4]]])).tolist()
        [[[11]]]
    """

    __slots__ = ()

    def macs(self, result: Values, x: Values, y: Values) -> int:  # noqa: ARG002 - x says the rest
        """Multiply-accumulates: one per result and place of the axis that is summed."""
        return result.size * x.shape[-1]

    def __call__(self, *operands: Integers) -> Integers:
        """See `Operation`."""
        x, y = self.factors(*operands)
        rank = max(x.ndim, y.ndim)
        found: Integers = aligned(x, rank) @ aligned(y, rank)
        return found

    def infer(self, *operands: Values) -> Values:
        """See `Operation`; a bound from the least and the largest of all values."""
        x, y = self.ranges(*operands)
        if len(x.shape) < 2 or len(y.shape) < 2 or x.shape[-1] != y.shape[-2]:
            raise NetworkError(
                f"{x.shape} and {y.shape} have no matrix product: (..., n, k) and (..., k, m) have"
            )
        try:
            rest = np.broadcast_shapes(x.shape[:-2], y.shape[:-2])
        except ValueError:
            raise NetworkError(f"{x.shape[:-2]} and {y.shape[:-2]} do not broadcast") from None
        corners = [a * b for a in (x.least, x.largest) for b in (y.least, y.largest)]
        low, high = (x.shape[-1] * end for end in (min(corners), max(corners)))
        shape = (*rest, x.shape[-2], y.shape[-1])
        return Values(shape, np.array(low, object), np.array(high, object))
