"""Clopper-Pearson limits: exact confidence limits of a probability, rounded to the safe side."""

from __future__ import annotations

from fractions import Fraction

from tcsim.errors import ArgumentError

PLACES = 60
"""Binary digits of a limit."""


def upper_limit(mistakes: int, draws: int, confidence: Fraction) -> Fraction:
    """With this confidence a probability is at most so much.

    The least p, rounded up to a multiple of 2**-60, for which so few mistakes or fewer have a
    probability of at most 1 - confidence. The inequality is proven in interval arithmetic.

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
    low, high = mistakes << PLACES, draws << PLACES
    low, high = low // draws, high // draws  # at the observed share more than that is usual
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
    """Whether P(at most so many mistakes) <= doubt is proven, where each has probability p < 1."""
    from mpmath import iv

    before = iv.prec
    iv.prec = 200
    try:
        share, rest = _interval(p), 1 - _interval(p)
        term = iv.exp(draws * iv.log(rest))
        total = term
        for i in range(mistakes):
            term = term * (draws - i) * share / ((i + 1) * rest)
            total = total + term
        return bool(total.b <= _interval(doubt).a)
    finally:
        iv.prec = before


def _interval(value: Fraction):  # type: ignore[no-untyped-def] # noqa: ANN202 - mpmath has no types
    from mpmath import iv

    return iv.mpf(value.numerator) / value.denominator
