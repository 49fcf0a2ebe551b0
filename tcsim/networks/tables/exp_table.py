"""ExpTable: the integer exponential of a softmax, as a staircase in the distance to the maximum."""

from __future__ import annotations

from decimal import ROUND_FLOOR, Decimal, localcontext
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from tcsim.errors import NetworkError
from tcsim.networks.immutable import Immutable
from tcsim.networks.values import LIMIT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tcsim.typing import Integers

_DIGITS = 60
"""Decimal digits of a logarithm: far more than two sides of a rounding can be close by."""


class ExpTable(Immutable):
    """``a(d) = tail + sum of drops[e] where d <= cuts[e]``, for d = max score - score >= 0.

    A softmax with integer weights ``a(d_i) / sum_j a(d_j)``. Only the steps cost gates: `steps` is
    the E of its formulas. What the scores are scaled by, such as ``1 / sqrt(dh)``, is in the cuts.

    Args:
        cuts: the last d before each drop, increasing, from 0 on.
        drops: by how much the weight falls there, each at least 1.
        tail: the weight of all larger d.

    Raises:
        NetworkError: cuts that do not increase, or numbers out of range.

    Example:
        >>> from tcsim.networks import ExpTable
        >>> [int(ExpTable([0, 2], [3, 1], tail=1)(d)) for d in range(5)]
        [5, 2, 2, 1, 1]
    """

    __slots__ = ("cuts", "drops", "tail")

    cuts: tuple[int, ...]
    drops: tuple[int, ...]
    tail: int

    def __init__(self, cuts: Iterable[int], drops: Iterable[int], tail: int = 0) -> None:
        at, falls = tuple(cuts), tuple(drops)
        if not at or len(at) != len(falls):
            raise NetworkError(
                f"{len(at)} cuts do not fit {len(falls)} drops, of at least one step"
            )
        for value in (*at, *falls, tail):
            if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < LIMIT:
                raise NetworkError(f"a table of weights is of integers in 0..2**62, not {value!r}")
        if any(a >= b for a, b in pairwise(at)):
            raise NetworkError(f"cuts increase, unlike {list(at)}")
        if 0 in falls:
            raise NetworkError(f"a drop is at least 1, unlike one of {list(falls)}")
        self._set(cuts=at, drops=falls, tail=tail)

    @classmethod
    def from_scale(cls, scale: Fraction | float, top: int) -> ExpTable:
        """``a(d) = top * exp(-scale * d)`` rounded half up, until it is 0.

        Args:
            scale: the real score is the integer score times this, such as
                ``q_scale * k_scale / sqrt(dh)``.
            top: the weight of the largest score, at least 1; also the largest number of steps.

        Raises:
            NetworkError: a scale that is not positive and finite, or a top below 1.

        Example:
            >>> from tcsim.networks import ExpTable
            >>> [int(ExpTable.from_scale(0.5, 8)(d)) for d in range(8)]
            [8, 5, 3, 2, 1, 1, 0, 0]
        """
        if not isinstance(top, int) or not 1 <= top < LIMIT:
            raise NetworkError(f"the largest weight is an integer of at least 1, not {top!r}")
        try:
            exact = Fraction(scale)
        except (ValueError, TypeError, OverflowError):
            raise NetworkError(f"a scale is a positive number, not {scale!r}") from None
        if exact <= 0:
            raise NetworkError(f"a scale is a positive number, not {scale!r}")
        drops: dict[int, int] = {}
        with localcontext() as context:
            context.prec = _DIGITS
            ratio = Decimal(exact.denominator) / Decimal(exact.numerator)
            for value in range(1, top + 1):
                # a(d) >= value as long as top * exp(-scale * d) >= value - 1/2.
                last = (Decimal(2 * top) / Decimal(2 * value - 1)).ln() * ratio
                cut = int(last.to_integral_value(ROUND_FLOOR))
                if cut >= LIMIT:
                    raise NetworkError(f"with the scale {scale!r} weights fall beyond 2**62")
                drops[cut] = drops.get(cut, 0) + 1
        cuts = sorted(drops)
        return cls(cuts, [drops[cut] for cut in cuts])

    @property
    def steps(self) -> int:
        """E: how often the weight falls."""
        return len(self.cuts)

    @property
    def top(self) -> int:
        """The largest weight, that of the largest score."""
        return self.tail + sum(self.drops)

    def __call__(self, distance: object) -> Integers:
        """The weights of distances."""
        d = np.asarray(distance)
        found: Integers = np.full(d.shape, self.tail, np.int64)
        for cut, drop in zip(self.cuts, self.drops, strict=True):
            found += drop * (d <= cut)
        return found

    def __repr__(self) -> str:
        return f"<ExpTable: {self.top} to {self.tail} in {self.steps} steps>"
