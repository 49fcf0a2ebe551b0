"""Identities by computer algebra, with exact rationals."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from typing import Any

from proofs_check.outcome import Outcome, proved, refuted


def equal(left: Any, right: Any, says: str) -> Outcome:  # noqa: ANN401 - sympy has no types
    """Whether two expressions of sympy are the same function of their symbols.

    Proved where their difference simplifies to 0. Else a point is looked for at which they differ.

    Args:
        left: an expression.
        right: another.
        says: what the identity is.

    Returns:
        A proof with the difference as certificate, or a point as counterexample.

    Raises:
        ValueError: neither was found.

    Example:
        >>> from sympy import symbols
        >>> x = symbols("x", positive=True)
        >>> print(equal((x + 1) ** 2, x**2 + 2 * x + 1, "the square of a sum"))
        proved symbolically: the square of a sum
        >>> equal((x + 1) ** 2, x**2 + 1, "wrong").evidence["counterexample"]
        {'x': '1'}
    """
    from sympy import Rational, expand_log, simplify

    difference = simplify(expand_log(simplify(left - right), force=True))
    if difference == 0:
        return proved(says, f"simplify(({left}) - ({right})) == 0")
    symbols = sorted(difference.free_symbols, key=str)
    values = [Fraction(1), Fraction(2), Fraction(3), Fraction(1, 2), Fraction(5), Fraction(7, 3)]
    for point in product(values, repeat=len(symbols)):
        at = {s: Rational(v.numerator, v.denominator) for s, v in zip(symbols, point, strict=True)}
        here = difference.subs(at)
        if here.is_finite and abs(here.evalf(30)) > Rational(1, 10**12):
            shown = {str(symbol): str(value) for symbol, value in at.items()}
            return refuted(f"not: {says}", shown, left=str(left), right=str(right))
    raise ValueError(f"the difference {difference} was neither simplified to 0 nor told from 0")
