"""Product: two coded arrays multiplied place by place, a function of either free. One level."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tcsim.errors import NetworkError
from tcsim.networks.immutable import Immutable
from tcsim.networks.operations.table import Table
from tcsim.networks.values import Values

if TYPE_CHECKING:
    from tcsim.typing import Integers


class Product(Immutable):
    """``f(x) * g(y)`` of two coded arrays, exact; shapes broadcast as in NumPy.

    A product of two values is linear in the ANDs of a wire of each: with N steps, N * N of them in
    thermometer code, b * b in binary, N * b mixed. f and g cost nothing: a gated unit
    ``u * silu(w)`` is a Product with a table of SiLU on the right.

    Args:
        left: f, a `Table` of the left operand's code, thermometer or one-hot; None for the value
            itself.
        right: g likewise, of the right operand.

    Raises:
        NetworkError: no tables, or tables that differ between features.

    Example:
        >>> import numpy as np
        >>> from tcsim.networks import Product, Table
        >>> times_square = Product(right=Table([0, 1, 4]))
        >>> times_square(np.array([[3]]), np.array([[2]])).tolist()
        [[12]]
    """

    __slots__ = ("left", "right")

    left: Table | None
    right: Table | None

    def __init__(self, left: Table | None = None, right: Table | None = None) -> None:
        for side, table in (("left", left), ("right", right)):
            if table is not None and not isinstance(table, Table):
                raise NetworkError(f"{side} is a Table or None, not {table!r}")
            if table is not None and table.rows.ndim != 1:
                raise NetworkError(
                    f"the {side} table has one row for all features, not {table.rows.shape}"
                )
        self._set(left=left, right=right)

    def macs(self, result: Values, x: Values, y: Values) -> int:  # noqa: ARG002
        """Multiply-accumulates: one per result."""
        return result.size

    def __call__(self, *operands: Integers) -> Integers:
        """See `Operation`."""
        x, y = self.factors(*operands)
        rank = max(x.ndim, y.ndim)
        found: Integers = aligned(x, rank) * aligned(y, rank)
        return found

    def factors(self, *operands: Integers) -> tuple[Integers, Integers]:
        """f(x) and g(y)."""
        x, y = operands
        return (
            x if self.left is None else self.left(x),
            y if self.right is None else self.right(y),
        )

    def infer(self, *operands: Values) -> Values:
        """See `Operation`."""
        x, y = self.ranges(*operands)
        try:
            shape = np.broadcast_shapes(x.shape, y.shape)
        except ValueError:
            raise NetworkError(f"{x.shape} and {y.shape} do not broadcast") from None
        corners = [
            a.astype(object) * b.astype(object) for a in (x.lo, x.hi) for b in (y.lo, y.hi)
        ]  # Python integers: `Values` finds what is too large
        low = np.minimum(np.minimum(corners[0], corners[1]), np.minimum(corners[2], corners[3]))
        high = np.maximum(np.maximum(corners[0], corners[1]), np.maximum(corners[2], corners[3]))
        return Values(shape, low, high)

    def ranges(self, *operands: Values) -> tuple[Values, Values]:
        """Ranges of f(x) and g(y), where the operands are what the operation takes."""
        x, y = operands
        for side, one in (("left", x), ("right", y)):
            if one.code is None:
                raise NetworkError(
                    f"the {side} operand is a linear form without wires: put Requantize in front"
                )
        return (
            x if self.left is None else self.left.infer(x),
            y if self.right is None else self.right.infer(y),
        )

    def __repr__(self) -> str:
        f, g = ("" if table is None else "table of " for table in (self.left, self.right))
        return f"<{type(self).__name__}: {f}x times {g}y>"


def aligned(x: Integers, rank: int) -> Integers:
    """Rows of arrays with axes of length 1 put in, so that they broadcast behind the rows."""
    return x.reshape(len(x), *(1,) * (rank - x.ndim), *x.shape[1:])
