"""Values: what is known of a network's integers before any is computed: shape, range and code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tcsim.errors import NetworkError

if TYPE_CHECKING:
    from tcsim.networks.codes import Code
    from tcsim.typing import Integers

LIMIT = 2**62
"""Magnitude that no value of a network reaches: sums, differences and thresholds fit int64."""


@dataclass(frozen=True, eq=False)
class Values:
    """An array of integers, without the rows of a batch.

    Attributes:
        shape: its axes.
        lo: the least value of each, int64, broadcast over `shape` with as many axes; read-only.
        hi: the largest, likewise.
        code: how each value stands on wires; None where it is a linear form of other wires.

    Raises:
        NetworkError: ends that do not fit the shape, or that reach 2**62.
    """

    shape: tuple[int, ...]
    lo: Integers
    hi: Integers
    code: Code | None = None

    def __post_init__(self) -> None:
        for name in ("lo", "hi"):
            end = np.array(getattr(self, name), copy=True)
            end = end.reshape((1,) * (len(self.shape) - end.ndim) + end.shape)
            try:
                np.broadcast_to(end, self.shape)
            except ValueError:
                raise NetworkError(f"a range of {end.shape} for values of {self.shape}") from None
            if end.size and max(abs(int(end.max())), abs(int(end.min()))) >= LIMIT:
                raise NetworkError(
                    f"a value could reach {max(end.max(), -end.min(), key=int):.3g}, beyond 2**62: "
                    "use fewer bits for weights or inputs"
                )
            end = end.astype(np.int64)
            end.flags.writeable = False
            object.__setattr__(self, name, end)

    @classmethod
    def coded(cls, shape: tuple[int, ...], code: Code) -> Values:
        """Values that take the whole range of a code."""
        return cls(shape, np.array(code.lo), np.array(code.hi), code)

    @property
    def size(self) -> int:
        """How many integers there are."""
        return int(np.prod(self.shape, dtype=np.int64))

    @property
    def least(self) -> int:
        """The least value of all."""
        return int(self.lo.min())

    @property
    def largest(self) -> int:
        """The largest value of all."""
        return int(self.hi.max())

    def full(self) -> tuple[Integers, Integers]:
        """`lo` and `hi`, each of the whole shape."""
        return np.broadcast_to(self.lo, self.shape), np.broadcast_to(self.hi, self.shape)
