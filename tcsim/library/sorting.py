"""Sorting numbers in constant depth: by their ranks, that is by comparing all pairs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

import tcsim.expressions as tc
from tcsim.errors import ArgumentError
from tcsim.library.comparison import COMPARISON_AC0, at_least, at_least_ac0
from tcsim.library.construction import Construction
from tcsim.library.oracles import digits, number
from tcsim.library.parameter import Parameter
from tcsim.library.weighted_sum import stored
from tcsim.library.wires import table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from tcsim.expressions import LinearForm, Signal
    from tcsim.typing import Bits

    Compare = Callable[[Sequence[Signal], Sequence[Signal]], Signal]


def ranks(numbers: Iterable[Iterable[Signal]], compare: Compare = at_least) -> list[LinearForm]:
    """How many numbers come before each in sorted order; of equal ones the first given is first.

    Args:
        numbers: m sequences of as many binary digits each.
        compare: whether the first number is at least the second.

    Returns:
        m linear forms over one comparison for each pair.
    """
    rows = table(numbers)
    before = [tc.sum([]) for _ in rows]
    for j in range(len(rows)):
        for i in range(j):
            first = compare(rows[j], rows[i])
            before[j] = before[j] + first
            before[i] = before[i] + ~first
    return before


def sort_numbers(
    numbers: Iterable[Iterable[Signal]],
    positions: Iterable[int] | None = None,
    compare: Compare = at_least,
) -> list[list[Signal]]:
    """The numbers at some positions in sorted order, two levels above the comparisons.

    A digit of the number at position k is the sum over all numbers of "its rank is at least k, and
    its digit is 1" minus "its rank is at least k + 1, and its digit is 1". Each of these is one
    gate over comparisons and a digit.

    Args:
        numbers: m sequences of as many binary digits each.
        positions: 0 for the smallest number, m - 1 for the largest; all by default.
        compare: as for `ranks`.

    Raises:
        ArgumentError: a position is out of range.
    """
    rows = table(numbers)
    m = len(rows)
    chosen = list(range(m) if positions is None else positions)
    if not all(0 <= k < m for k in chosen):
        raise ArgumentError(f"positions must be 0 .. {m - 1} of {m} numbers, not {chosen}")
    before = [stored(rank) for rank in ranks(rows, compare)]
    reach = [
        [stored(rank + (m - 1) * digit) for digit in row]
        for rank, row in zip(before, rows, strict=True)
    ]
    cuts: dict[int, list[list[Signal]]] = {}

    def cut(k: int) -> list[list[Signal]]:
        """Digits of the numbers of rank k and more; zeros for the others."""
        if k == 0:
            return rows
        if k not in cuts:
            cuts[k] = [[reached >= k + m - 1 for reached in row] for row in reach]
        return cuts[k]

    found: list[list[Signal]] = []
    for k in chosen:
        digit_sums = [tc.sum(column) for column in zip(*cut(k), strict=True)]
        if k < m - 1:
            above = [tc.sum(column) for column in zip(*cut(k + 1), strict=True)]
            digit_sums = [a - b for a, b in zip(digit_sums, above, strict=True)]
        found.append([total >= 1 for total in digit_sums])
    return found


def _formulas(m: Any, b: Any) -> Mapping[str, Any]:  # noqa: ANN401
    from sympy import Max

    return {
        "depth": 3,
        "size": m * (m - 1) / 2 + m**2 * b,
        "edges": m * (m - 1) * b + b * m**2 * (m - 1) + b * (2 * m**2 - m),
        "max_weight": Max(2 ** (b - 1), m - 1),
    }


def _small(m: Any, b: Any) -> Mapping[str, Any]:  # noqa: ANN401
    compare = COMPARISON_AC0.formulas(n=b)
    pairs = m * (m - 1) / 2
    return {
        "depth": 2 + compare["depth"],
        "size": pairs * compare["size"] + m**2 * b,
        "edges": pairs * compare["edges"] + b * m**2 * (m - 1) + b * (2 * m**2 - m),
        "max_weight": m - 1,
    }


def _oracle(numbers: Bits, b: int, **_: int) -> Mapping[str, Any]:
    return {"sorted": digits(np.sort(number(numbers), axis=1), b)}


_SHARED: dict[str, Any] = {
    "claim": "TC0",
    "parameters": (
        Parameter("m", "how many numbers", least=2),
        Parameter("b", "binary digits of each", default=4),
    ),
    "inputs": lambda m, b: {"numbers": (m, b)},
    "oracle": _oracle,
    "points": tuple(
        {"m": m, "b": b}
        for m, b in (
            (2, 1),
            (2, 2),
            (2, 4),
            (3, 2),
            (3, 4),
            (4, 3),
            (5, 2),
            (8, 1),
            (7, 5),
            (6, 12),
        )
    ),
}

SORTING = Construction(
    name="sorting",
    summary="m numbers of b digits in order, by their ranks, in depth 3; weights up to 2^(b-1)",
    source="Ranks by comparing all pairs: Siu, Bruck, Kailath and Hofmeister 1993",
    build=lambda numbers, **_: {"sorted": sort_numbers(numbers)},
    formulas=_formulas,
    example={"m": 3, "b": 2},
    **_SHARED,
)

SORTING_SMALL = Construction(
    name="sorting-small",
    summary="The same in depth 5 with weights below m: comparisons by AND and OR",
    source="As sorting, with the comparison of Chandra, Stockmeyer and Vishkin 1984",
    build=lambda numbers, **_: {"sorted": sort_numbers(numbers, compare=at_least_ac0)},
    formulas=_small,
    example={"m": 3, "b": 1},
    **_SHARED,
)
