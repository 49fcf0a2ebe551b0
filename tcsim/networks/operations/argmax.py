"""Argmax: the class of the largest value; the lowest of them on a tie."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tcsim.errors import NetworkError
from tcsim.networks.codes import Code
from tcsim.networks.immutable import Immutable

if TYPE_CHECKING:
    from tcsim.networks.cost import Cost, Operands, Quantities
    from tcsim.typing import Integers


class Argmax(Immutable):
    """The number of the largest of some values, the lowest such number on a tie.

    Args:
        classes: how many values there are, at least 2.

    Raises:
        NetworkError: fewer than 2.
    """

    __slots__ = ("classes",)

    classes: int

    def __init__(self, classes: int) -> None:
        if not isinstance(classes, int) or classes < 2:
            raise NetworkError(f"argmax chooses among at least 2 classes, not {classes!r}")
        self._set(classes=classes)

    @property
    def code(self) -> Code:
        """The class number, one wire a class."""
        return Code(0, self.classes - 1, "one_hot")

    def __call__(self, x: Integers) -> Integers:
        """See `Operation`: shape (rows, 1)."""
        winners: Integers = np.argmax(x, axis=1, keepdims=True)  # the first of several largest
        return winners

    def range(self, lo: Integers, hi: Integers) -> tuple[Integers, Integers]:
        """See `Operation`: a bound; some class may never win."""
        if len(lo) != self.classes or len(hi) != self.classes:
            raise NetworkError(
                f"argmax over {self.classes} classes, but there are {len(lo)} values"
            )
        return np.zeros(1, np.int64), np.full(1, self.classes - 1)

    def cost(
        self,
        operands: Operands,
        symbols: Quantities,  # noqa: ARG002 - its number of classes has its symbol already
    ) -> tuple[Operands, Cost | None]:
        """See `Operation`: one comparison a pair, then the AND of each class's comparisons.

        Class i wins iff it is larger than every earlier class and at least as large as every later
        one. ``[x_i >= x_j]`` for i < j serves both: its complement is ``[x_j > x_i]``, which the
        AND takes with a negative weight. So V classes need V(V-1)/2 comparisons and V ANDs.
        """
        from tcsim.networks.cost import Cost, Operands, largest

        classes = operands.features
        pairs = classes * (classes - 1) / 2
        made = Cost(
            levels=(pairs, classes),
            edges=pairs * operands.pair + classes * (classes - 1),
            max_fan_in=largest(operands.pair, classes - 1),
            max_weight=largest(2 * operands.weight, 1),
        )
        return Operands(1, classes, 2 * classes, classes - 1), made

    def __repr__(self) -> str:
        return f"<Argmax: {self.classes} classes>"
