"""How many steps the proof of Theorem F.1 takes: T = c c' d**2, and the least c' by Lambert's W."""

from __future__ import annotations

from math import ceil, exp, inf, isfinite, log

from tcsim.errors import ArgumentError

LEAST_LOG = 2 * log(2) / (2 ** (1 / 3) - 1)
"""ln(c c') from which d = 1 is the worst dimension: 2 ln 2 / (2**(1/3) - 1) = 5.3335."""

LARGEST_RATIO = LEAST_LOG**3 * exp(-LEAST_LOG)
"""eps'/c up to which the formula of `least_constant` holds: 0.73236."""

REAL_RATIO = 27 * exp(-3)
"""eps'/c up to which the W in it is a real number: 27/e**3 = 1.3443."""


def bound(product: float, c: float, d: int) -> float:
    """The right side of (4): ``ln(c c' d**2)**3 / (c' d)``, where c c' is `product`."""
    return log(product * d * d) ** 3 * c / (product * d)


def least_constant(c: float, eps: float) -> float:
    """The least c' with ``ln(c c' d**2)**3 <= eps' c' d`` for all d = 1, 2, 3, ...

    ``c' = exp(-3 W_(-1)(-kappa / 3)) / c`` with ``kappa = (eps' / c)**(1/3)``. The worst dimension
    is then d = 1, and the admissible c' are those from here on. So (5) of the paper is right, with
    a c' that depends on eps' (and c), not on d or n.

    Args:
        c: the constant of the convergence theorem, positive.
        eps: eps', the distance that is allowed, positive.

    Raises:
        ArgumentError: other numbers, or eps'/c above `LARGEST_RATIO`, where d = 1 is not the worst.

    Example:
        >>> round(least_constant(1, 0.1), 2)
        6909.65
    """
    if not (isfinite(c) and isfinite(eps) and c > 0 and eps > 0):
        raise ArgumentError(f"c and eps are positive numbers, not {c!r} and {eps!r}")
    if eps / c > LARGEST_RATIO:
        raise ArgumentError(
            f"eps/c is {eps / c:.6g}, above {LARGEST_RATIO:.6g}: there d = 1 is not the worst "
            "dimension, and the formula is too small; use a smaller eps"
        )
    from sympy import Float, LambertW, Rational
    from sympy import exp as exponential

    kappa = (Float(eps, 30) / Float(c, 30)) ** Rational(1, 3)
    return float(exponential(-3 * LambertW(-kappa / 3, -1)).evalf(25) / Float(c, 30))


def steps(c: float, eps: float, d: int) -> int:
    """T = ceil(c c' d**2), the number of steps of the proof; it does not depend on n.

    Far from the least: T of order d polylog(1/eps') suffices.

    Raises:
        ArgumentError: as `least_constant`, or d is no positive integer.
    """
    if not isinstance(d, int) or d < 1:
        raise ArgumentError(f"d is a positive integer, not {d!r}")
    return ceil(c * least_constant(c, eps) * d * d)


def worst(product: float, c: float, dimensions: int = 64) -> tuple[float, int]:
    """The largest `bound` over d = 1..dimensions, and where it is.

    ``ln(A d**2)**3 / d`` falls from ``d = e**3 / sqrt(A)`` on, so some dimensions are all.
    """
    found = (-inf, 0)
    for d in range(1, dimensions + 1):
        if product * d * d > 1:
            found = max(found, (bound(product, c, d), d))
    return found
