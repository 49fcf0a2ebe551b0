"""How many seeds suffice for one tuple of them to be right on all M**n inputs, and how many must.

All are existence bounds: with so many random seeds the probability that the vote is right on every
input is positive. They know nothing of a particular decider; `reductions.derandomize.seeds` finds
fewer.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import comb
from typing import TYPE_CHECKING, Any, TypeAlias

from tcsim.errors import ArgumentError

if TYPE_CHECKING:
    from sympy import Expr

Number: TypeAlias = "Fraction | int | str"
"""An exact number: a fraction, an integer, or text such as ``"1/4"`` or ``"0.25"``."""


@dataclass(frozen=True)
class Bound:
    """A number of seeds.

    Attributes:
        name: of the bound.
        formula: the exact expression, of rationals and logarithms.
        k: the integer that follows from it.
        sound: whether so many seeds always suffice.
        remark: in a sentence, where it is from or what it lacks.
    """

    name: str
    formula: Expr
    k: int
    sound: bool
    remark: str


def paper(tokens: int, error: Number) -> Bound:
    """Ln M / (2 (p - 1/2)**2), rounded up: as the proof sketch of Theorem F.1 prints it.

    It lacks the factor n. The sketch calls the number k(n) and takes the union bound over all
    ``#vocab^n`` inputs, so ln(M**n) = n ln M belongs in the numerator; as printed the number does
    not depend on n, and `reductions.derandomize.counterexamples` has deciders on which every tuple
    of so many seeds is outvoted. See `corrected`.

    Raises:
        ArgumentError: p is not in [0, 1/2), or there is no token.
    """
    tokens, p = _tokens(tokens), _error(error)
    from sympy import log

    formula = log(tokens) / (2 * (_half() - _rational(p)) ** 2)
    return Bound("paper", formula, max(1, _up(formula)), False, "as printed: lacks the factor n")


def corrected(tokens: int, length: int, error: Number, *, up_to: bool = False) -> Bound:
    """N ln M / (2 (1/2 - p)**2), rounded up: a majority of so many seeds suffices.

    Hoeffding's inequality gives a fixed input an error of less than exp(-2 k (1/2 - p)**2), ties
    counted as errors; it is strict for sums of coins with p < 1/2, so that equality suffices in the
    union bound over M**n inputs.

    Args:
        tokens: M, at least 1.
        length: n, at least 0.
        error: p, what the error of one random seed is at most on every input; below 1/2.
        up_to: for all inputs of at most n tokens together, which are fewer than M**(n + 1).

    Raises:
        ArgumentError: an argument is out of range.

    Example:
        >>> corrected(3, 6, Fraction(1, 14)).k, paper(3, Fraction(1, 14)).k
        (18, 3)
    """
    tokens, n, p = _tokens(tokens), _length(length) + up_to, _error(error)
    from sympy import log

    formula = n * log(tokens) / (2 * (_half() - _rational(p)) ** 2)
    return Bound("majority", formula, max(1, _up(formula)), True, "Hoeffding and the union bound")


def plurality(tokens: int, length: int, gap: Number, *, moved: bool = False) -> Bound:
    """2 (n ln M + ln(M - 1)) / eps**2: more than so many seeds suffice for a plurality.

    The margin [right] - [b] of a seed lies in [-1, 1] and has a mean above eps, so by Hoeffding's
    inequality b is not beaten with probability at most exp(-k eps**2 / 2); there are M**n inputs
    and M - 1 wrong tokens. Condition (2) of the paper gives a gap and no error below 1/2, which is
    why a majority does not do for M >= 3. At M = 2, where 1/2 - p = eps / 2, it equals `corrected`.

    Args:
        tokens: M, at least 1.
        length: n, at least 0.
        gap: eps, by which the right token leads every other one at least, in (0, 1].
        moved: the sampler is within eps / 4 of the law in total variation, which moves a gap by at
            most eps / 2: use eps / 2, four times as many seeds.

    Raises:
        ArgumentError: an argument is out of range.
    """
    tokens, n, eps = _tokens(tokens), _length(length), _gap(gap)
    from sympy import Integer, log

    eps = eps / 2 if moved else eps
    pairs = n * log(tokens) + (log(tokens - 1) if tokens > 1 else Integer(0))
    formula = 2 * pairs / _rational(eps) ** 2
    name = "plurality, gap halved" if moved else "plurality"
    return Bound(name, formula, max(1, _above(formula)), True, "Hoeffding and the union bound")


def exact(tokens: int, length: int, error: Number) -> Bound:
    """Least odd k with M**n P(at least k/2 of k coins are wrong) < 1, in exact arithmetic.

    The union bound with the binomial tail itself in the place of Hoeffding's estimate of it.

    Raises:
        ArgumentError: an argument is out of range.

    Example:
        >>> exact(3, 6, Fraction(1, 14)).k
        7
    """
    inputs, p = _tokens(tokens) ** _length(length), _error(error)
    from sympy import Rational

    last = corrected(tokens, length, p).k | 1
    low, high = -1, last // 2  # k = 2 h + 1: the tail falls as k grows through the odd numbers
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if inputs * tail(2 * middle + 1, p) < 1 else (middle, high)
    k = 2 * high + 1
    remark = f"M^n times the exact tail is {float(inputs * tail(k, p)):.3g}"
    return Bound("majority, exact tail", Rational(k), k, True, remark)


def tail(k: int, error: Number) -> Fraction:
    """Probability that at least half of k independent seeds are wrong, each with this one.

    Raises:
        ArgumentError: an argument is out of range.
    """
    p = _error(error)
    if isinstance(k, bool) or not isinstance(k, int) or k < 1:
        raise ArgumentError(f"k is {k!r}, not a positive integer")
    wrong, right, all_ = p.numerator, p.denominator - p.numerator, p.denominator
    total = sum(comb(k, i) * wrong**i * right ** (k - i) for i in range(-(-k // 2), k + 1))
    return Fraction(total, all_**k)


def necessary(tokens: int, length: int, error: Number) -> Bound:
    """2 w: some decider with this error needs at least so many seeds, so growth with n is needed.

    Let each w of N seeds be the error set of an input, with w / N <= p and C(N, w) <= M**n: of any
    2 w - 1 seeds, repeated or not, w can be wrong together and outvote the rest.

    Raises:
        ArgumentError: an argument is out of range.

    Example:
        >>> necessary(3, 6, Fraction(1, 14)).k, necessary(2, 11, Fraction(1, 4)).k
        (4, 8)
    """
    inputs, p = _tokens(tokens) ** _length(length), _error(error)
    from sympy import Rational

    w = 0
    while p and comb(-(-(w + 1) * p.denominator // p.numerator), w + 1) <= inputs:
        w += 1
    remark = f"error sets: every {w} of {-(-w * p.denominator // p.numerator) if p else 0} seeds"
    k = max(1, 2 * w)
    return Bound("necessary for some decider", Rational(k), k, False, remark)


def fraction(value: Number, name: str) -> Fraction:
    """An exact number.

    Raises:
        ArgumentError: it is none; a float is not.
    """
    if isinstance(value, bool) or not isinstance(value, Fraction | int | str):
        raise ArgumentError(f"{name} is {value!r}; write an exact number, such as '1/4' or '0.25'")
    try:
        return Fraction(value)
    except (ValueError, ZeroDivisionError):
        raise ArgumentError(f"{name} is {value!r}, no number such as 1/4 or 0.25") from None


def _error(value: Number) -> Fraction:
    p = fraction(value, "error")
    if not 0 <= p < Fraction(1, 2):
        raise ArgumentError(
            f"error is {p}, not in [0, 1/2): at 1/2 and above no number of random seeds suffices"
        )
    return p


def _gap(value: Number) -> Fraction:
    eps = fraction(value, "gap")
    if not 0 < eps <= 1:
        raise ArgumentError(
            f"gap is {eps}, not in (0, 1]: without a gap no number of random seeds suffices"
        )
    return eps


def _tokens(value: int) -> int:
    return _integer(value, "tokens", 1)


def _length(value: int) -> int:
    return _integer(value, "length", 0)


def _integer(value: int, name: str, least: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= 10**6:
        raise ArgumentError(f"{name} is {value!r}, not an integer from {least} to 1000000")
    return value


def _half() -> Any:  # noqa: ANN401 - sympy has no types
    from sympy import Rational

    return Rational(1, 2)


def _rational(value: Fraction) -> Any:  # noqa: ANN401
    from sympy import Rational

    return Rational(value.numerator, value.denominator)


def _up(formula: Any) -> int:  # noqa: ANN401
    from sympy import ceiling

    return int(ceiling(formula))


def _above(formula: Any) -> int:  # noqa: ANN401
    from sympy import floor

    return int(floor(formula)) + 1
