"""Argmax: the class of the largest value; the lowest of them on a tie."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tcsim.errors import NetworkError
from tcsim.networks.codes import Code
from tcsim.networks.immutable import Immutable
from tcsim.networks.values import Values

if TYPE_CHECKING:
    from tcsim.typing import Integers


class Argmax(Immutable):
    """The number of the largest value along the last axis, the lowest such number on a tie.

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

    def __call__(self, *operands: Integers) -> Integers:
        """See `Operation`: the last axis becomes one number."""
        (x,) = operands
        winners: Integers = np.argmax(x, axis=-1, keepdims=True)  # the first of several largest
        return winners

    def infer(self, *operands: Values) -> Values:
        """See `Operation`: a bound; some class may never win."""
        (x,) = operands
        if not x.shape or x.shape[-1] != self.classes:
            found = x.shape[-1] if x.shape else "no"
            raise NetworkError(f"argmax over {self.classes} classes, but there are {found} values")
        return Values.coded((*x.shape[:-1], 1), self.code)

    def __repr__(self) -> str:
        return f"<Argmax: {self.classes} classes>"
