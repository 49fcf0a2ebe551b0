"""What `weighted_sum.add_blocks` costs, as formulas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sympy
from sympy import Dummy, Max, Min, Piecewise, Sum, floor

if TYPE_CHECKING:
    from collections.abc import Callable


def block_costs(
    most: Callable[[Any], Any],
    terms: Callable[[Any], Any],
    *,
    B: Any,  # noqa: ANN401
    L: Any,  # noqa: ANN401
    P: Any,  # noqa: ANN401
    wrap: bool = False,
    first: Any = 0,  # noqa: ANN401
) -> tuple[Any, Any, Any]:
    """Levels, gates and operand pairs of the addition of blocks.

    Args:
        most: number of a block to its largest value.
        terms: number of a block to the operands of its value.
        B: number of blocks.
        L: places from one block to the next.
        P: digits of the sum.
        wrap: as in `add_blocks`.
        first: the lowest digit that is used, L or higher, or 0.
    """
    i, q = Dummy("i", integer=True), Dummy("q", integer=True)
    R = P - L  # places on which two digits may fall
    K = R if wrap else R - 1  # carries
    columns = Sum(Sum(floor(most(i) / 2**q), (q, 0, Min(2 * L, P - i * L) - 1)), (i, 0, B - 1))
    lowest = Sum(floor(most(0) / 2**q), (q, 0, L - 1))
    second = floor(most(0) / 2**L) + most(1)  # terms of place L
    last = sympy.Integer(0) if wrap else Sum(floor(most(i) / 2 ** (P - 1 - i * L)), (i, 0, B - 1))
    carrying = columns - lowest - last  # terms of the places that carry
    pairs, pairs_read = _pairs(K)
    one = B <= 1
    reads = columns + Piecewise((0, one), ((R * (R - 1) + K * (K + 1)) / 2, True))  # of the digits
    unread = sympy.Integer(0)
    if first != 0:  # without the digits below, and the gates that they alone read
        h = first - L
        unread = most(0) - floor(most(0) / 2**L)
        below, below_read = _pairs(Max(h - 1, 0))
        pairs, pairs_read = pairs - below, pairs_read - below_read
        reads -= h**2 + Sum(
            Sum(floor(most(i) / 2**q), (q, 0, Max(Min(2 * L, first - i * L), 0) - 1)),
            (i, 0, B - 1),
        )
    return (
        Piecewise((2, one), (3, K < 2), (4, True)),
        Sum(most(i), (i, 0, B - 1))
        - unread
        + P
        - first
        + Piecewise((0, one), (2 * K - 1 + pairs, True)),
        Sum(most(i) * terms(i), (i, 0, B - 1))
        - unread * terms(0)
        + reads
        + Piecewise((0, one), (2 * carrying - second + pairs_read, True)),
    )


def _pairs(K: Any) -> tuple[Any, Any]:  # noqa: ANN401
    """Pairs of columns i < j < K, and the sum of 1 + 2 (j - i) over them."""
    pairs = K * (K - 1) / 2
    return pairs, pairs + (K + 1) * K * (K - 1) / 3
