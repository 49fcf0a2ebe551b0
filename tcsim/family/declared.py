"""Declared formulas against measurements: exact ones at every n, bounds by how they grow."""

from __future__ import annotations

from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING, Any, TypeAlias

from tcsim.errors import ArgumentError
from tcsim.family.exact import REACH, exact_fit
from tcsim.family.fit import ExactFit
from tcsim.family.formulas import at
from tcsim.family.models import Growth, growth

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tcsim.family.formulas import Formula

Fit: TypeAlias = ExactFit | Growth
"""What is found for one measure: a formula, or shapes of growth."""

CONSISTENT, CONTRADICTED, INCONCLUSIVE = "consistent", "contradicted", "inconclusive"

SLACK = 0.05
"""Where no formula is known, value / bound may grow like n to this power at the larger n."""


FADING = 0.85
"""A quotient that grows by less than this part of what it grew by before may have a limit."""


def fit_or_growth(values: Mapping[int, int]) -> Fit:
    """An exact formula where there is one, else shapes of growth."""
    return exact_fit(values) or growth(values)


@dataclass(frozen=True)
class Check:
    """A declared formula against the measurements.

    Attributes:
        measure: which.
        formula: as declared.
        status: ``"consistent"``, ``"contradicted"`` or ``"inconclusive"``; an exact formula that is
            consistent equals the measurement at every n.
        reason: one line.
    """

    measure: str
    formula: str
    status: str
    reason: str


def check_formula(name: str, declared: Formula, values: Mapping[int, int], fit: Fit) -> Check:
    """Compare a declared formula with the measurements.

    Args:
        name: the measure.
        declared: an exact formula, compared at every n, or a bound.
        values: {n: measured value}.
        fit: what was found for it.
    """
    if declared.is_bound:
        status, reason = _bound(declared, values, fit)
        return Check(name, declared.text, status, reason)
    for n, found in values.items():
        try:
            expected = declared.value(n)
        except ArgumentError as error:
            return Check(name, declared.text, CONTRADICTED, f"{error}; measured {found}")
        if expected != found:
            reason = f"at n = {n} the formula gives {expected}, the circuit has {found}"
            return Check(name, declared.text, CONTRADICTED, reason)
    return Check(name, declared.text, CONSISTENT, f"equal at all {len(values)} n measured")


def _bound(declared: Formula, values: Mapping[int, int], fit: Fit) -> tuple[str, str]:
    if isinstance(fit, ExactFit):
        ratio = _limit(fit, declared.expression)
        if ratio is not None:
            if ratio:
                return CONSISTENT, f"measured is {fit}, which is {declared.text}"
            return CONTRADICTED, f"measured is {fit}, which is not {declared.text}"
    ratios = {}
    for n, value in values.items():
        bound = float(abs(at(declared.expression, n).evalf()))
        if n >= 2 and bound > 0:
            ratios[n] = value / bound
    points = sorted(ratios)
    first = next((n for n in points if points[-1] <= REACH * n), None)
    if first is None or len(points) < 3 or first == points[-1] or not ratios[first]:
        return INCONCLUSIVE, "too few n to see how measured / bound grows"
    last = points[-1]
    seen = (
        f"measured / bound is {ratios[first]:.4g} at n = {first}, {ratios[last]:.4g} at n = {last}"
    )
    if log(max(ratios[last], 1e-300) / ratios[first]) / log(last / first) <= SLACK:
        return CONSISTENT, seen
    between = [n for n in points if first < n < last]
    if not between:
        return INCONCLUSIVE, f"{seen}; too few n to see whether that goes on"
    middle = min(between, key=lambda n: abs(log(n * n / (first * last))))
    before = (ratios[middle] - ratios[first]) / log(middle / first)
    after = (ratios[last] - ratios[middle]) / log(last / middle)
    if after < FADING * before:
        return INCONCLUSIVE, f"{seen}, growing, but less and less"
    return CONTRADICTED, seen


def _limit(fit: ExactFit, bound: Any) -> bool | None:  # noqa: ANN401
    """Whether formula / bound stays bounded; None where sympy cannot tell."""
    import sympy

    n = next(iter(bound.free_symbols), sympy.Symbol("n", integer=True, positive=True))
    x = sympy.Symbol("x", positive=True)
    try:
        for part in fit.parts:
            whole = ExactFit((part,), fit.since, fit.fitted, ()).expression()
            quotient = _smooth(whole / bound).subs(n, x)
            limit = sympy.limit(quotient, x, sympy.oo)
            if not limit.is_number or limit.has(sympy.AccumBounds):
                return None
            if limit.is_infinite:
                return False
    except (NotImplementedError, ValueError, TypeError, RecursionError):
        return None
    return True


def _smooth(expression: Any) -> Any:  # noqa: ANN401
    """Without rounding: the same growth."""
    import sympy

    smooth = expression.replace(sympy.floor, lambda inside: inside)
    return smooth.replace(sympy.ceiling, lambda inside: inside)
