"""SoftmaxProduct: rounded probabilities times coded values, in one level behind the weights."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tcsim.errors import NetworkError
from tcsim.networks.immutable import Immutable
from tcsim.networks.operations.matrix_product import MatrixProduct
from tcsim.networks.operations.softmax import Softmax

if TYPE_CHECKING:
    from tcsim.networks.values import Values
    from tcsim.typing import Integers


class SoftmaxProduct(Immutable):
    """``softmax(x) @ v``, exact: `Softmax` and `MatrixProduct` in three levels instead of four.

    ``[A a_j >= B sum a] AND v``, with v a wire, is one gate; see `FusedProduct`.

    Operands: scores (..., n, m), and v (..., m, outputs) in any code.

    Args:
        softmax: the probabilities, in a code that begins at 0.

    Raises:
        NetworkError: not a `Softmax`, or a code that begins elsewhere.

    Example:
        >>> import numpy as np
        >>> from tcsim.networks import Code, ExpTable, Softmax, SoftmaxProduct
        >>> softmax = Softmax(ExpTable([0, 1], [3, 1]), Code(0, 10), scale=10)
        >>> SoftmaxProduct(softmax)(np.array([[[7, 6]]]), np.array([[[1], [5]]])).tolist()
        [[[18]]]
    """

    __slots__ = ("softmax",)

    softmax: Softmax

    def __init__(self, softmax: Softmax) -> None:
        if not isinstance(softmax, Softmax):
            raise NetworkError(f"probabilities come from a Softmax, not {softmax!r}")
        code = softmax.code
        if code.lo != 0:
            raise NetworkError(f"probabilities begin at 0, not at {code.lo}")
        if code.kind != "thermometer":
            softmax = softmax.with_code(type(code)(0, code.hi))
        self._set(softmax=softmax)

    def reaches(self, keys: int) -> list[int]:
        """For each step, more than ``A a_j - B sum a`` can be, over so many keys."""
        table = self.softmax.table
        totals = (table.top + (keys - 1) * table.tail, keys * table.top)
        return [
            max(a * table.top - min(b * total for total in totals) + 1, 1)
            for a, b in self.softmax.thresholds
        ]

    def __call__(self, *operands: Integers) -> Integers:
        """See `Operation`."""
        x, v = operands
        found: Integers = np.matmul(self.softmax(x), v)
        return found

    def infer(self, *operands: Values) -> Values:
        """See `Operation`."""
        x, v = operands
        if x.shape[:-2] != v.shape[:-2]:
            raise NetworkError(f"scores {x.shape} and v {v.shape} have different axes in front")
        return MatrixProduct().infer(self.softmax.infer(x), v)

    def __repr__(self) -> str:
        return f"<SoftmaxProduct: {self.softmax!r}>"
