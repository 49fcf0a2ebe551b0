"""Indicators: a class number as one 0/1 integer per class. No gate, no level."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tcsim.errors import NetworkError
from tcsim.networks.codes import Code
from tcsim.networks.immutable import Immutable
from tcsim.networks.values import Values

if TYPE_CHECKING:
    from tcsim.typing import Integers


class Indicators(Immutable):
    """``[x = lo], ..., [x = hi]`` along a new last axis, of values in one-hot code `lo..hi`.

    The last axis must have length 1, as `Argmax` leaves it; it becomes the axis of classes.

    Args:
        classes: how many there are.

    Raises:
        NetworkError: fewer than 2.
    """

    __slots__ = ("classes", "code")

    classes: int
    code: Code

    def __init__(self, classes: int) -> None:
        if not isinstance(classes, int) or classes < 2:
            raise NetworkError(f"there are at least 2 classes, not {classes!r}")
        self._set(classes=classes, code=Code(0, 1))

    def with_code(self, code: Code) -> Indicators:  # noqa: ARG002 - 0 and 1 have one word
        """Itself: a wire is a wire in every code."""
        return self

    def __call__(self, *operands: Integers) -> Integers:
        """See `Operation`."""
        (x,) = operands
        found: Integers = (x == np.arange(self.classes)).astype(np.int64)
        return found

    def infer(self, *operands: Values) -> Values:
        """See `Operation`."""
        (x,) = operands
        code = x.code
        if code is None or code.kind != "one_hot" or code.steps != self.classes - 1 or code.lo:
            raise NetworkError(f"indicators read one-hot class numbers below {self.classes}")
        if not x.shape or x.shape[-1] != 1:
            raise NetworkError(f"the last axis must have length 1, not {x.shape}")
        return Values.coded((*x.shape[:-1], self.classes), self.code)

    def __repr__(self) -> str:
        return f"<Indicators: {self.classes} classes>"
