"""WordSum: weighted sums of integers in binary code, modulo a power of 2."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tcsim.errors import NetworkError
from tcsim.networks.codes import Code
from tcsim.networks.immutable import Immutable
from tcsim.networks.operations.affine import Affine
from tcsim.networks.values import Values

if TYPE_CHECKING:
    from tcsim.typing import Integers


class WordSum(Immutable):
    """``x @ weights + bias`` along the last axis, reduced modulo a power of 2, in binary code.

    `Affine` makes linear forms, which whatever follows reads at no cost; this makes words. Depth 2:
    a digit is that of a sum with reduced weights, for which gates count multiples of its place.

    Args:
        weights: integers, shape (inputs, outputs).
        bias: integers, shape (outputs,).
        code: of the result: binary, of as many values as a power of 2.

    Raises:
        NetworkError: shapes or a code that do not fit, or values that reach 2**62 in sum.

    Example:
        >>> import numpy as np
        >>> from tcsim.networks import Code, WordSum
        >>> total = WordSum([[1], [1], [2]], [0], Code(0, 255, "binary"))
        >>> total(np.array([[200, 100, 3]])).tolist()
        [[50]]
    """

    __slots__ = ("affine", "code")

    affine: Affine
    code: Code

    def __init__(self, weights: object, bias: object, code: Code) -> None:
        if not isinstance(code, Code) or code.kind != "binary" or code.steps + 1 != 1 << code.wires:
            raise NetworkError(f"a sum of words is in a binary code of 2**b values, not {code}")
        self._set(affine=Affine(weights, bias), code=code)

    def with_code(self, code: Code) -> WordSum:  # noqa: ARG002 - its code is its meaning
        """Itself: `Recode` behind it gives another."""
        return self

    def __call__(self, *operands: Integers) -> Integers:
        """See `Operation`."""
        (x,) = operands
        reduced: Integers = self.code.lo + ((self.affine(x) - self.code.lo) & self.code.steps)
        return reduced

    def infer(self, *operands: Values) -> Values:
        """See `Operation`."""
        (x,) = operands
        if x.code is None or (x.code.kind != "binary" and x.code.wires > 1):
            raise NetworkError("a sum of words reads binary codes: put Recode in front")
        sums = self.affine.infer(x)
        if sums.least < self.code.lo or sums.largest > self.code.hi:
            return Values.coded(sums.shape, self.code)
        return Values(sums.shape, sums.lo, sums.hi, self.code)

    def columns(self) -> list[tuple[tuple[int, ...], int]]:
        """The weights and the bias of each output."""
        weights = self.affine.weights.T.tolist()
        return [
            (tuple(column), bias)
            for column, bias in zip(weights, self.affine.bias.tolist(), strict=True)
        ]

    def terms(self, values: Values) -> int:
        """About how many terms its stored forms have."""
        places = values.size // max(1, values.shape[-1])
        return places * int(np.count_nonzero(self.affine.weights)) * self.code.wires**2

    def __repr__(self) -> str:
        inputs, outputs = self.affine.weights.shape
        return f"<WordSum: {inputs} -> {outputs} of {self.code.lo}..{self.code.hi}>"
