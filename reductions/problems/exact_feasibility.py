"""Linear inequalities over the rationals: a point, or multipliers that refute them. Exact.

Whichever is found proves the answer and is checked against the inequalities themselves; so no trust
in the search is needed (Farkas' lemma: one of the two always exists).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from reductions.problems.bound_propagation import propagate

if TYPE_CHECKING:
    from collections.abc import Sequence

Row = tuple[tuple[tuple[int, int], ...], int]
"""(variable, coefficient) pairs and a bound: the weighted sum is at most the bound."""

Point = tuple[Fraction, ...]


@dataclass(frozen=True)
class Verdict:
    """What proves that inequalities can be satisfied, or that they cannot.

    Attributes:
        point: a value for each variable that satisfies all; None if there is none.
        multipliers: one a row, at least 0, such that the sum of the rows multiplied reads
            0 <= a negative number; None if there is a point.
    """

    point: Point | None
    multipliers: Point | None


def satisfies(rows: Sequence[Row], point: Sequence[Fraction]) -> bool:
    """Whether a point satisfies all inequalities."""
    values = [value.numerator if value.denominator == 1 else value for value in point]
    return all(sum(c * values[variable] for variable, c in terms) <= b for terms, b in rows)


def refutes(rows: Sequence[Row], multipliers: Sequence[Fraction]) -> bool:
    """Whether multipliers of at least 0 make of all inequalities one that is never true."""
    left: dict[int, Fraction] = {}
    right = Fraction(0)
    for (terms, bound), multiplier in zip(rows, multipliers, strict=True):
        right += multiplier * bound
        for variable, coefficient in terms:
            left[variable] = left.get(variable, Fraction(0)) + multiplier * coefficient
    return min(multipliers) >= 0 and not any(left.values()) and right < 0


def solve(variables: int, rows: Sequence[Row]) -> Verdict:
    """Decide whether inequalities can be satisfied: by propagation, or else by `simplex`.

    Args:
        variables: number of variables, without bounds of their own.
        rows: inequalities.

    Returns:
        A verdict that has been checked.
    """
    bounds, refutation = propagate(variables, rows)
    if refutation is not None:
        found = tuple(refutation.get(place, Fraction(0)) for place in range(len(rows)))
        return _checked(Verdict(None, found), rows)
    point = tuple(low for low, high in bounds if low is not None and low == high)
    if len(point) == variables and satisfies(rows, point):
        return Verdict(point, None)
    return simplex(variables, rows)


def simplex(variables: int, rows: Sequence[Row]) -> Verdict:
    """The same by the simplex method for bounds alone, with Bland's rule, which ends.

    Dutertre and de Moura 2006, A fast linear-arithmetic solver for DPLL(T).
    """
    return _checked(_search(variables, rows), rows)


def _checked(verdict: Verdict, rows: Sequence[Row]) -> Verdict:
    if verdict.point is not None:
        right = satisfies(rows, verdict.point)
    else:
        right = refutes(rows, verdict.multipliers or ())
    if not right:
        raise AssertionError("neither a point nor a refutation was found")
    return verdict


def _search(variables: int, rows: Sequence[Row]) -> Verdict:
    # Row i is the variable `variables + i`, at most its bound. Basic ones are sums of the others.
    bound = {variables + i: b for i, (_, b) in enumerate(rows)}
    table = {variables + i: {v: Fraction(c) for v, c in terms} for i, (terms, _) in enumerate(rows)}
    value = [Fraction(0)] * (variables + len(rows))
    while True:
        wrong = min((v for v in table if v in bound and value[v] > bound[v]), default=None)
        if wrong is None:
            return Verdict(tuple(value[:variables]), None)
        row = table[wrong]
        entering = min(
            (v for v, c in row.items() if c > 0 or v not in bound or value[v] < bound[v]),
            default=None,
        )
        if entering is None:  # all that could lower it are at their bounds
            found = [Fraction(0)] * len(rows)
            found[wrong - variables] = Fraction(1)
            for v, c in row.items():
                found[v - variables] = -c
            return Verdict(None, tuple(found))
        step = (bound[wrong] - value[wrong]) / row[entering]
        value[entering] += step
        for basic, terms in table.items():
            if entering in terms:
                value[basic] += step * terms[entering]
        _pivot(table, wrong, entering)


def _pivot(table: dict[int, dict[int, Fraction]], leaving: int, entering: int) -> None:
    row = table.pop(leaving)
    factor = 1 / row.pop(entering)
    solved = {v: -c * factor for v, c in row.items()}
    solved[leaving] = factor
    for terms in table.values():
        share = terms.pop(entering, None)
        if share is not None:
            for v, c in solved.items():
                total = terms.get(v, 0) + share * c
                if total:
                    terms[v] = total
                else:
                    del terms[v]
    table[entering] = solved
