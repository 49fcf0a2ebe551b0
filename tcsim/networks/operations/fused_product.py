"""FusedProduct: a rounded sum times a coded value in one level instead of two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcsim.errors import NetworkError
from tcsim.networks.immutable import Immutable
from tcsim.networks.operations.product import Product
from tcsim.networks.operations.requantize import Requantize

if TYPE_CHECKING:
    from tcsim.networks.operations.table import Table
    from tcsim.networks.values import Values
    from tcsim.typing import Integers


class FusedProduct(Immutable):
    """``f(requantize(x)) * g(y)`` of a linear form x and a coded y, exact.

    ``[x >= t] AND y``, with y a wire, is one gate: ``x + M y >= t + M`` with M more than x can
    exceed t by. So where y is ready no later than x, the product is ready one level earlier than
    with `Requantize` and `Product` apart. Its gates read all wires of x and one of y, where a
    product's read two.

    Args:
        requantize: how x is rounded, on the grid of a thermometer whatever its code.
        left: f, a `Table` of the rounded value; None for the value itself.
        right: g, a `Table` of y, then in thermometer or one-hot code; None for y itself.

    Raises:
        NetworkError: arguments of other kinds, or tables that do not fit.

    Example:
        >>> import numpy as np
        >>> from tcsim.networks import Code, FusedProduct, Requantize
        >>> half = Requantize([[2, 4, 6]], Code(0, 3))
        >>> FusedProduct(half)(np.array([[5]]), np.array([[-7]])).tolist()
        [[-14]]
    """

    __slots__ = ("product", "requantize")

    requantize: Requantize
    product: Product

    def __init__(
        self, requantize: Requantize, left: Table | None = None, right: Table | None = None
    ) -> None:
        if not isinstance(requantize, Requantize):
            raise NetworkError(f"a fused product rounds with a Requantize, not {requantize!r}")
        code = requantize.code
        if code.kind != "thermometer":
            requantize = requantize.with_code(type(code)(code.lo, code.hi))
        self._set(requantize=requantize, product=Product(left, right))

    def __call__(self, *operands: Integers) -> Integers:
        """See `Operation`."""
        x, y = operands
        return self.product(self.requantize(x), y)

    def infer(self, *operands: Values) -> Values:
        """See `Operation`."""
        x, y = operands
        return self.product.infer(self.requantize.infer(x), y)

    def __repr__(self) -> str:
        return f"<FusedProduct: {self.requantize!r}, then {self.product!r}>"
