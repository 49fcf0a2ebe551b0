"""Bus: an ordered sequence of wires of one Builder, stored as an array of wire ids."""

from __future__ import annotations

import operator
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NoReturn, overload

import numpy as np

from tcsim.errors import BuilderError
from tcsim.expressions import LinearForm, Wire, dot, is_sequence

if TYPE_CHECKING:
    from tcsim.builder import Builder
    from tcsim.typing import Integers


class Bus(Sequence[Wire]):
    """A sequence of wires. Slicing gives a bus; ``weights @ bus`` is a dot product.

    Args:
        builder: the owner of the wires.
        ids: int64, shape (wires,): wire ids, as `Builder.add_gates` takes them.
    """

    __slots__ = ("builder", "ids")
    __array_ufunc__ = None

    def __init__(self, builder: Builder, ids: object) -> None:
        self.builder = builder
        self.ids: Integers = np.asarray(ids, np.int64)

    def __len__(self) -> int:
        return len(self.ids)

    @overload
    def __getitem__(self, index: int) -> Wire: ...
    @overload
    def __getitem__(self, index: slice) -> Bus: ...
    def __getitem__(self, index: int | slice) -> Wire | Bus:
        if isinstance(index, slice):
            return Bus(self.builder, self.ids[index])
        return Wire(self.builder, int(self.ids[operator.index(index)]))

    def __rmatmul__(self, weights: object) -> LinearForm | list[Any]:
        """``weights @ bus``: a linear form for a vector of weights, a list of them for a matrix."""
        if not is_sequence(weights):
            raise BuilderError(f"@ takes a vector or matrix of weights, not {weights!r}")
        rows = list(weights)
        if rows and is_sequence(rows[0]):
            return [self.__rmatmul__(row) for row in rows]
        return dot(rows, self)

    __matmul__ = __rmatmul__

    def __mul__(self, other: object) -> NoReturn:
        raise BuilderError("a bus is a sequence of wires: write weights @ bus for a dot product")

    __rmul__ = __mul__

    def _refuse(self, *_: object) -> NoReturn:
        raise BuilderError(
            "a bus is a sequence of wires: use tc.all(bus), tc.any(bus) or tc.sum(bus), compare "
            "the sum, or loop over the wires; len(bus) tells whether it is empty"
        )

    __bool__ = __and__ = __rand__ = __or__ = __ror__ = __xor__ = __rxor__ = _refuse
    __invert__ = __neg__ = __add__ = __radd__ = __sub__ = __rsub__ = _refuse
    __ge__ = __gt__ = __le__ = __lt__ = _refuse

    def __repr__(self) -> str:
        ends = [repr(self[i]) for i in ((0, -1) if len(self) > 1 else (0,) if len(self) else ())]
        return f"<Bus of {len(self)}: {' .. '.join(ends)}>"
