"""Exact formulas found in measurements: fitted where n is small, verified where it is large."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from tcsim.family.fit import ExactFit
from tcsim.family.linear import solve
from tcsim.family.terms import Term, candidates

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

REACH = 4
"""The largest n that verifies is at least so many times the largest n that was fitted."""
LONGEST_PERIOD = 12
HIGHEST_DEGREE = 4
"""Of quasi-polynomials: periods and degrees that are tried."""


def exact_fit(values: Mapping[int, int]) -> ExactFit | None:
    """The formula of fewest coefficients that equals all values from some small n on.

    A formula counts only if more n were fitted than it has coefficients, and one more for each
    small n left out, and if it then holds at every further n measured, one of them at least `REACH`
    times as large (for a quasi-polynomial, one in each residue class). Only such n count at which
    its terms take other values: a logarithm says nothing new where it has not grown.

    Args:
        values: {n: measured value}.

    Returns:
        None if there is none among those tried: polynomials to degree 7; sums of n**a * L**b with L
        the logarithm of n rounded up or down, and of powers of two next to n; exponentials;
        quasi-polynomials to period 12.

    Example:
        >>> str(exact_fit({n: n + n.bit_length() for n in range(2, 40)}))
        'n + floor(lg(n)) + 1'
        >>> str(exact_fit({n: n // 2 + 1 for n in range(2, 40)}))
        'floor(n/2) + 1'
    """
    points = sorted(n for n in values if n >= 1)
    sets = candidates()
    for skipped in range(min(3, len(points) // 3) + 1):
        kept = {n: values[n] for n in points[skipped:]}
        split = _split(list(kept), 1)
        if split is None:
            return None
        for terms in sets:
            found = _fit(kept, split, terms, spare=skipped)
            if found is not None:
                return found
        for period in range(2, LONGEST_PERIOD + 1) if skipped in {0, 2} else ():
            found = _quasi_polynomial(kept, period)
            if found is not None:
                return found
    return None


def _split(points: Sequence[int], period: int) -> int | None:
    """The largest n to fit, such that far larger ones remain in each residue class."""
    for last in reversed(points):
        far = {n % period for n in points if n >= REACH * last}
        if len(far) == period:
            return last
    return None


def _fit(
    values: Mapping[int, int], last: int, terms: Sequence[Term], *, spare: int = 0
) -> ExactFit | None:
    near = [n for n in values if n <= last]
    if len(near) <= len(terms) + spare:
        return None
    rows = ([*(Fraction(term(n)) for term in terms), Fraction(values[n])] for n in near)
    solution = solve(rows, len(terms))
    if solution is None:
        return None
    part = {term: c for term, c in zip(terms, solution, strict=True) if c}
    far = tuple(n for n in values if n > last)
    if any(term.log for term in part) and not _grows(list(part), near, far):
        return None
    powers = all(n & (n - 1) == 0 for n in values)
    fit = ExactFit((part,), min(values), last, far, powers)
    return fit if all(fit.value(n) == values[n] for n in far) else None


def _grows(terms: Sequence[Term], near: Sequence[int], far: Sequence[int]) -> bool:
    """Whether enough n differ in the terms: more than coefficients, and one that verifies."""
    seen = {tuple(term(n) for term in terms) for n in near}
    return len(seen) > len(terms) and tuple(term(far[-1]) for term in terms) not in seen


def _quasi_polynomial(values: Mapping[int, int], period: int) -> ExactFit | None:
    last = _split(list(values), period)
    if last is None:
        return None
    for degree in range(HIGHEST_DEGREE + 1):
        terms = [Term(power) for power in range(degree + 1)]
        parts: list[Mapping[Term, Fraction]] = []
        for residue in range(period):
            mine = {n: value for n, value in values.items() if n % period == residue}
            fit = _fit(mine, last, terms) if mine else None
            if fit is None:
                break
            parts.append(fit.parts[0])
        else:
            far = tuple(n for n in values if n > last)
            return ExactFit(tuple(parts), min(values), last, far)
    return None
