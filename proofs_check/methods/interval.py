"""Inequalities over a whole range, in interval arithmetic: no gap between samples."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any

from proofs_check.outcome import Kind, Outcome, refuted

if TYPE_CHECKING:
    from collections.abc import Callable
    from fractions import Fraction


def positive_on(
    function: Callable[[Any], Any],
    low: Fraction,
    high: Fraction,
    says: str,
    *,
    most_boxes: int = 20_000,
    digits: int = 30,
) -> Outcome:
    """Whether a function is above 0 on a closed interval.

    The interval is halved until on each part the enclosure of the function lies above 0; where it
    lies below 0 or at 0, that part is a counterexample.

    Args:
        function: of an interval of `mpmath.iv`, made of operations that mpmath encloses.
        low: the one end.
        high: the other.
        says: what the inequality is.
        most_boxes: parts at most.
        digits: of the arithmetic.

    Raises:
        ValueError: it is undecided after so many parts.

    Example:
        >>> from fractions import Fraction
        >>> print(
        ...     positive_on(lambda x: x * x - x + 1, Fraction(-2), Fraction(3), "x^2 - x + 1 > 0")
        ... )
        interval bound (from -2 to 3): x^2 - x + 1 > 0
        >>> print(positive_on(lambda x: x - 1, Fraction(0), Fraction(3), "x > 1"))
        refuted: not: x > 1
    """
    from mpmath import iv

    before, iv.dps = iv.dps, digits
    try:
        waiting, boxes, least = deque([(low, high)]), 0, None
        while waiting:
            a, b = waiting.popleft()  # the largest first: it shows most
            boxes += 1
            box = iv.mpf([_below(iv, a), _above(iv, b)])
            value = function(box)
            if value.b <= 0:
                return refuted(f"not: {says}", {"low": a, "high": b, "value": str(value)})
            if value.a > 0:
                least = value.a if least is None else min(least, value.a)
                continue
            if boxes >= most_boxes:
                raise ValueError(f"undecided after {boxes} parts, near {float(a)}: {says}")
            middle = (a + b) / 2
            waiting += [(a, middle), (middle, b)]
        evidence = {"range": [low, high], "boxes": boxes, "least": str(least), "digits": digits}
        return Outcome(Kind.INTERVAL, says, evidence)
    finally:
        iv.dps = before


def _below(iv: Any, value: Fraction) -> Any:  # noqa: ANN401 - mpmath has no types
    return (iv.mpf(value.numerator) / value.denominator).a


def _above(iv: Any, value: Fraction) -> Any:  # noqa: ANN401
    return (iv.mpf(value.numerator) / value.denominator).b
