"""Rounding: how exact fractions become the integers of a code, as inequalities of integers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from fractions import Fraction

    from tcsim.networks.codes import Code

Rounding: TypeAlias = Literal["half_up", "floor"]
"""How a fraction becomes an integer; what lies outside a code is clipped."""


def ratio_thresholds(code: Code, rounding: Rounding, scale: Fraction) -> list[tuple[int, int]]:
    """(A, B) for each step of a code: ``scale * x / y``, rounded, reaches it where A x >= B y."""
    p, q = scale.numerator, scale.denominator
    targets = range(code.lo + 1, code.hi + 1)
    if rounding == "floor":
        return [(p, q * t) for t in targets]
    return [(2 * p, q * (2 * t - 1)) for t in targets]
