"""Clopper-Pearson limits: exact confidence limits of a probability, rounded to the safe side."""

from __future__ import annotations

from decimal import MAX_EMAX, MIN_EMIN, ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from fractions import Fraction

from tcsim.errors import ArgumentError

PLACES = 60
"""Binary digits of a limit."""

_UP = Context(100, ROUND_CEILING, Emin=MIN_EMIN, Emax=MAX_EMAX)
_DOWN = Context(100, ROUND_FLOOR, Emin=MIN_EMIN, Emax=MAX_EMAX)


def upper_limit(mistakes: int, draws: int, confidence: Fraction) -> Fraction:
    """With this confidence a probability is at most so much.

    The least p, rounded up to a multiple of 2**-60, for which so few mistakes or fewer have a
    probability of at most 1 - confidence. The inequality is proven with directed rounding.

    Args:
        mistakes: that were seen.
        draws: independent ones.
        confidence: between 0 and 1, exclusive.

    Raises:
        ArgumentError: a number is out of range.

    Source:
        C. J. Clopper and E. S. Pearson, Biometrika 26, 1934.

    Example:
        >>> float(upper_limit(0, 299, Fraction(95, 100)))  # doctest: +ELLIPSIS
        0.00996...
    """
    _check(mistakes, draws, confidence)
    if mistakes == draws:
        return Fraction(1)
    doubt = 1 - Fraction(confidence)
    low, high = 0, 1 << PLACES  # at 0 so few are certain, at 1 impossible
    while high - low > 1:
        middle = (low + high) // 2
        if _at_most(mistakes, draws, Fraction(middle, 1 << PLACES), doubt):
            high = middle
        else:
            low = middle
    return Fraction(high, 1 << PLACES)


def lower_limit(mistakes: int, draws: int, confidence: Fraction) -> Fraction:
    """With this confidence a probability is at least so much; as `upper_limit`.

    Raises:
        ArgumentError: a number is out of range.
    """
    _check(mistakes, draws, confidence)
    return 1 - upper_limit(draws - mistakes, draws, confidence)


def _check(mistakes: int, draws: int, confidence: Fraction) -> None:
    if not 0 <= mistakes <= draws or draws < 1:
        raise ArgumentError(f"{mistakes!r} mistakes of {draws!r} draws are not possible")
    if not 0 < confidence < 1:
        raise ArgumentError(f"confidence is {confidence!r}, not between 0 and 1")


def _at_most(mistakes: int, draws: int, p: Fraction, doubt: Fraction) -> bool:
    """Whether P(at most so many mistakes) <= doubt is proven, where each has probability p < 1.

    Every step rounds the probability up, so what is proven is true.
    """
    rest = 1 - p
    term = _power(_UP.divide(Decimal(rest.numerator), Decimal(rest.denominator)), draws)
    odds = p / rest
    total = term
    for i in range(mistakes):
        factor = odds * (draws - i) / (i + 1)
        term = _UP.multiply(term, _UP.divide(factor.numerator, factor.denominator))
        total = _UP.add(total, term)
    return total <= _DOWN.divide(Decimal(doubt.numerator), Decimal(doubt.denominator))


def _power(base: Decimal, exponent: int) -> Decimal:
    """At least base**exponent."""
    result = Decimal(1)
    while exponent:
        if exponent & 1:
            result = _UP.multiply(result, base)
        base = _UP.multiply(base, base)
        exponent >>= 1
    return result
