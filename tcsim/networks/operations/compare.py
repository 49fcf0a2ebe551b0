"""Compare: one integer against another. A gate each; two levels for equality."""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

import numpy as np

from tcsim.errors import NetworkError
from tcsim.networks.codes import Code
from tcsim.networks.immutable import Immutable
from tcsim.networks.values import Values

if TYPE_CHECKING:
    from tcsim.typing import Integers

Relation: TypeAlias = Literal[">=", ">", "<=", "<", "==", "!="]
"""How two integers may stand to each other."""

_MEANING = {
    ">=": operator.ge,
    ">": operator.gt,
    "<=": operator.le,
    "<": operator.lt,
    "==": operator.eq,
    "!=": operator.ne,
}


class Compare(Immutable):
    """1 where x stands in a relation to y, else 0; operands broadcast as in NumPy.

    The difference of two linear forms is one, so ``x >= y`` is a single gate. ``x == y`` is the AND
    of two, and ``x != y`` the OR of two.

    Args:
        relation: one of ``>=``, ``>``, ``<=``, ``<``, ``==``, ``!=``.

    Raises:
        NetworkError: another relation.

    Example:
        >>> import numpy as np
        >>> from tcsim.networks import Compare
        >>> Compare(">")(np.array([[3, 1]]), np.array([[2, 2]])).tolist()
        [[1, 0]]
    """

    __slots__ = ("code", "relation")

    code: Code
    relation: Relation

    def __init__(self, relation: Relation) -> None:
        if relation not in get_args(Relation):
            raise NetworkError(f"a relation is one of {', '.join(_MEANING)}, not {relation!r}")
        self._set(relation=relation, code=Code(0, 1))

    def with_code(self, code: Code) -> Compare:  # noqa: ARG002 - 0 and 1 have one word
        """Itself: a wire is a wire in every code."""
        return self

    def __call__(self, *operands: Integers) -> Integers:
        """See `Operation`."""
        x, y = operands
        rank = max(x.ndim, y.ndim)
        x, y = (one.reshape(len(one), *(1,) * (rank - one.ndim), *one.shape[1:]) for one in (x, y))
        found: Integers = _MEANING[self.relation](x, y).astype(np.int64)
        return found

    def infer(self, *operands: Values) -> Values:
        """See `Operation`; 0 to 1, whatever the operands can be."""
        x, y = operands
        try:
            shape = np.broadcast_shapes(x.shape, y.shape)
        except ValueError:
            raise NetworkError(f"{x.shape} and {y.shape} do not broadcast") from None
        return Values.coded(shape, self.code)

    def __repr__(self) -> str:
        return f"<Compare: x {self.relation} y>"
