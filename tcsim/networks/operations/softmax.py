"""Softmax: rounded probabilities of integer scores along the last axis. Three levels."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from tcsim.errors import NetworkError
from tcsim.networks.immutable import Immutable
from tcsim.networks.tables.exp_table import ExpTable
from tcsim.networks.tables.rounding import ratio_thresholds
from tcsim.networks.values import LIMIT, Values

if TYPE_CHECKING:
    from tcsim.networks.codes import Code
    from tcsim.networks.tables.rounding import Rounding
    from tcsim.typing import Integers


class Softmax(Immutable):
    """``scale * a_i / sum_j a_j`` with ``a_i = table(max x - x_i)``, rounded.

    The step of attention that runtimes with quantized tensors round by itself. Levels: comparisons
    of two scores, their ANDs, ``[scale * a_i >= t * sum a]``. A mask is a large negative constant
    added to the scores (`Combine`), with a table whose tail is 0.

    Args:
        table: the weights.
        code: the range of the probabilities in units of 1 / scale, and how they stand on wires:
            thermometer or binary.
        scale: what a probability of 1 is, an exact number.
        rounding: half up, or toward minus infinity.

    Raises:
        NetworkError: arguments out of range.

    Example:
        >>> import numpy as np
        >>> from tcsim.networks import Code, ExpTable, Softmax
        >>> softmax = Softmax(ExpTable([0, 1], [3, 1]), Code(0, 10), scale=10)
        >>> softmax(np.array([[7, 6, 7]])).tolist()  # 4/9, 1/9, 4/9
        [[4, 1, 4]]
    """

    __slots__ = ("code", "rounding", "scale", "table")

    table: ExpTable
    code: Code
    scale: Fraction
    rounding: Rounding

    def __init__(
        self, table: ExpTable, code: Code, *, scale: Fraction | int, rounding: Rounding = "half_up"
    ) -> None:
        if not isinstance(table, ExpTable):
            raise NetworkError(f"the weights of a softmax come from an ExpTable, not {table!r}")
        if code.kind == "one_hot":
            raise NetworkError("a rounded probability is in thermometer or binary code")
        if rounding not in ("half_up", "floor"):
            raise NetworkError(f"rounding is half_up or floor, not {rounding!r}")
        if not isinstance(scale, int | Fraction) or scale <= 0:
            raise NetworkError(f"a scale is a positive integer or Fraction, not {scale!r}")
        self._set(table=table, code=code, scale=Fraction(scale), rounding=rounding)

    def with_code(self, code: Code) -> Softmax:
        """The same function with another code of the same range."""
        return Softmax(self.table, code, scale=self.scale, rounding=self.rounding)

    @property
    def thresholds(self) -> list[tuple[int, int]]:
        """(A, B) for each step: the output reaches it where ``A a_i >= B sum a``."""
        return ratio_thresholds(self.code, self.rounding, self.scale)

    def __call__(self, *operands: Integers) -> Integers:
        """See `Operation`."""
        (x,) = operands
        weights = self.table(x.max(axis=-1, keepdims=True) - x)
        above = self.scale.numerator * weights
        below = self.scale.denominator * weights.sum(axis=-1, keepdims=True)
        if self.rounding == "half_up":
            above, below = 2 * above + below, 2 * below
        found: Integers = np.clip(above // below, self.code.lo, self.code.hi)
        return found

    def infer(self, *operands: Values) -> Values:
        """See `Operation`: all of the code."""
        (x,) = operands
        if not x.shape or x.shape[-1] < 2:
            raise NetworkError(f"a softmax is of at least two scores, not of shape {x.shape}")
        reach = 2 * self.table.top * x.shape[-1] * max(*self.scale.as_integer_ratio(), 1)
        if 2 * reach * max(abs(self.code.lo), abs(self.code.hi)) >= LIMIT:
            raise NetworkError("weights reach 2**62: use a table with a smaller top")
        return Values.coded(x.shape, self.code)

    def __repr__(self) -> str:
        code = self.code
        return f"<Softmax: {self.table.steps} steps, to {code.lo}..{code.hi}, {code.kind}>"
