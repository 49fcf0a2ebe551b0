"""Bounds of variables that follow from linear inequalities one by one, each with its proof."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reductions.problems.exact_feasibility import Row

Interval = tuple[Fraction | None, Fraction | None]


class _Step(NamedTuple):
    """A bound: a row and bounds found before, each times a factor, all divided by a number."""

    limit: Fraction | int
    row: int
    earlier: list[tuple[int, int]]
    divisor: int


def propagate(
    variables: int, rows: Sequence[Row]
) -> tuple[list[Interval], dict[int, Fraction] | None]:
    """Bound each variable of an inequality by the bounds of its others.

    That is gone through until nothing is new, or once more often than there are variables; what is
    found is right, and may be less than what is true.

    Args:
        variables: number of variables.
        rows: inequalities.

    Returns:
        Of each variable the lower and the upper bound, None for none. If they cross for one, no
        intervals, but by row the multipliers that refute the inequalities.
    """
    steps: list[_Step] = []
    last: dict[tuple[int, int], int] = {}  # of a sign times a variable: its least upper bound
    for _ in range(variables + 1):
        before = len(steps)
        for place, (terms, bound) in enumerate(rows):
            if not terms and bound < 0:
                return [], {place: Fraction(1)}
            for variable, coefficient in terms:
                step = _bounded(place, terms, bound, variable, steps, last)
                key = (1 if coefficient > 0 else -1, variable)
                if step is None or (key in last and steps[last[key]].limit <= step.limit):
                    continue
                last[key] = len(steps)
                steps.append(step)
                opposite = last.get((-key[0], variable))
                if opposite is not None and steps[opposite].limit + step.limit < 0:
                    return [], _multipliers(steps, (len(steps) - 1, opposite))
        if len(steps) == before:
            break
    limits = {key: Fraction(steps[number].limit) for key, number in last.items()}
    low = [limits.get((-1, v)) for v in range(variables)]
    return [(None if a is None else -a, limits.get((1, v))) for v, a in enumerate(low)], None


def _bounded(
    place: int,
    terms: Sequence[tuple[int, int]],
    bound: int,
    variable: int,
    steps: Sequence[_Step],
    last: dict[tuple[int, int], int],
) -> _Step | None:
    limit: Fraction | int = bound
    earlier = []
    divisor = 1
    for other, coefficient in terms:
        if other == variable:
            divisor = abs(coefficient)
            continue
        number = last.get((-1 if coefficient > 0 else 1, other))
        if number is None:
            return None
        limit += abs(coefficient) * steps[number].limit
        earlier.append((abs(coefficient), number))
    return _Step(limit if divisor == 1 else Fraction(limit) / divisor, place, earlier, divisor)


def _multipliers(steps: Sequence[_Step], crossing: tuple[int, int]) -> dict[int, Fraction]:
    """How often each row is in the sum of two steps, through all that these rest on."""
    weight = [Fraction(0)] * len(steps)
    for number in crossing:
        weight[number] += 1
    found: dict[int, Fraction] = {}
    for number in range(len(steps) - 1, -1, -1):
        share = weight[number] / steps[number].divisor
        if share:
            row = steps[number].row
            found[row] = found.get(row, Fraction(0)) + share
            for factor, earlier in steps[number].earlier:
                weight[earlier] += factor * share
    return found
