"""Linear equations in exact arithmetic."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def solve(rows: Iterable[Sequence[Fraction]], unknowns: int) -> list[Fraction] | None:
    """The one solution of linear equations, in exact arithmetic.

    Args:
        rows: coefficients and then the right side; taken one by one, up to a contradiction.
        unknowns: how many.

    Returns:
        None if there is none or more than one.
    """
    reduced: list[list[Fraction]] = []
    pivots: list[int] = []
    for given in rows:
        row = list(given)
        for pivot, earlier in zip(pivots, reduced, strict=True):
            if row[pivot]:
                factor = row[pivot]
                row = [a - factor * b for a, b in zip(row, earlier, strict=True)]
        first = next((i for i, value in enumerate(row) if value), None)
        if first is None:
            continue
        if first == unknowns:
            return None
        scale = row[first]
        row = [value / scale for value in row]
        for i, earlier in enumerate(reduced):
            if earlier[first]:
                factor = earlier[first]
                reduced[i] = [a - factor * b for a, b in zip(earlier, row, strict=True)]
        reduced.append(row)
        pivots.append(first)
    if len(pivots) < unknowns:
        return None
    solution = [Fraction()] * unknowns
    for pivot, row in zip(pivots, reduced, strict=True):
        solution[pivot] = row[-1]
    return solution
