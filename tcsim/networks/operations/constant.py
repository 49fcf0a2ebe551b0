"""Constant: integers that do not depend on the input, such as fixed noise or a first state."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tcsim.errors import NetworkError
from tcsim.networks.codes import integers_within
from tcsim.networks.immutable import Immutable
from tcsim.networks.values import Values

if TYPE_CHECKING:
    from tcsim.networks.codes import Code
    from tcsim.typing import Integers


class Constant(Immutable):
    """The same integers for every row. Its operand, any array, only says how many rows there are.

    Args:
        integers: the values, of any shape, in the range of `code`.
        code: how they stand on wires, each a constant 0 or 1.

    Raises:
        NetworkError: values out of the code's range.
    """

    __slots__ = ("code", "integers")

    integers: Integers
    code: Code

    def __init__(self, integers: object, code: Code) -> None:
        try:
            made = integers_within(integers, code.lo, code.hi, "integers")
        except ValueError as error:
            raise NetworkError(f"a constant: {error}") from None
        self._set(integers=made, code=code)

    def with_code(self, code: Code) -> Constant:
        """The same integers in another code."""
        return Constant(self.integers, code)

    def __call__(self, *operands: Integers) -> Integers:
        """See `Operation`."""
        (beside,) = operands
        return np.repeat(self.integers[None], len(beside), axis=0)

    def infer(self, *operands: Values) -> Values:
        """See `Operation`."""
        if len(operands) != 1:
            raise NetworkError("a constant has one operand, which says how many rows there are")
        return Values(self.integers.shape, self.integers, self.integers, self.code)

    def __repr__(self) -> str:
        return f"<Constant: {' x '.join(map(str, self.integers.shape)) or 'one integer'}>"
