"""Normalization: what RMSNorm, LayerNorm and GroupNorm have in common."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from math import gcd, lcm
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from tcsim.errors import NetworkError
from tcsim.networks.codes import Code
from tcsim.networks.immutable import Immutable
from tcsim.networks.values import LIMIT, Values

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Self

    from tcsim.networks.tables.rounding import Rounding
    from tcsim.typing import AnyIntegers, Integers


class Normalization(Immutable):
    """``gamma_i * z_i / sqrt(mean square of z + eps) + beta_i`` of a group z, rounded once.

    The result is that of the real numbers, not of an approximation of the root: with
    ``s(u) = u * |u|``, which increases, it reaches t iff ``s(gamma_i z_i) >= s(t - beta_i) * (mean
    square + eps)``, an inequality of integers once denominators are multiplied out. Squares of
    thermometers are free. Those of binary values take products of digits: every norm then has two
    levels, and a `LayerNorm` of many bits far fewer gates.

    Args:
        code: the outputs' range, and how they stand on wires: thermometer or binary.
        gamma: a factor for each feature, or one for all: exact numbers (integers, `Fraction`, or
            floats, which are taken for the dyadic fractions that they are).
        beta: an offset for each, likewise.
        eps: added to the mean square; exact, above 0.
        rounding: half up, or toward minus infinity.

    Raises:
        NetworkError: numbers that are not finite, or an eps that is not above 0.
    """

    __slots__ = ("beta", "code", "eps", "gamma", "rounding")

    code: Code
    gamma: tuple[Fraction, ...]
    beta: tuple[Fraction, ...]
    eps: Fraction
    rounding: Rounding

    centered: ClassVar[bool]
    """Whether z is x less its mean, or x itself."""

    def __init__(
        self,
        code: Code,
        gamma: object = 1,
        beta: object = 0,
        *,
        eps: Fraction | float,
        rounding: Rounding = "half_up",
    ) -> None:
        factors, offsets = _exact_all(gamma, "gamma"), _exact_all(beta, "beta")
        if len(factors) != len(offsets) and 1 not in (len(factors), len(offsets)):
            raise NetworkError(f"{len(factors)} of gamma do not fit {len(offsets)} of beta")
        length = max(len(factors), len(offsets))
        small = _exact(eps, "eps")
        if small <= 0:
            raise NetworkError(f"eps is above 0, not {eps!r}: equal values would give 0 / 0")
        _check_code(code)
        if rounding not in ("half_up", "floor"):
            raise NetworkError(f"rounding is half_up or floor, not {rounding!r}")
        self._set(
            code=code,
            gamma=factors * (length // len(factors)),
            beta=offsets * (length // len(offsets)),
            eps=small,
            rounding=rounding,
        )

    def with_code(self, code: Code) -> Self:
        """The same function with another code of the same range."""
        _check_code(code)
        made = object.__new__(type(self))
        kinds = type(self).__mro__
        names = [name for kind in kinds for name in getattr(kind, "__slots__", ())]
        made._set(**{**{name: getattr(self, name) for name in names}, "code": code})
        return made

    def groups(self, shape: tuple[Any, ...]) -> tuple[Any, Any]:
        """Of values of a shape, how many groups are at the end of it, and how many in each."""
        return 1, shape[-1]

    def entries(self, groups: int, size: int) -> Integers:
        """Which entry of gamma and beta a place takes: int64, shape (groups, size)."""
        found = np.arange(size) if len(self.gamma) > 1 else np.zeros(size, np.int64)
        return np.broadcast_to(found, (groups, size))

    def coefficients(self, size: int) -> tuple[AnyIntegers, AnyIntegers, AnyIntegers]:
        """A, B, C: the i-th entry reaches step t where ``A[i, t] s(z) - B[i, t] V >= C[i, t]``.

        Here z and V are integers: for a centered group of m values ``z = m x - sum x`` and
        ``V = m sum x^2 - (sum x)^2``, else ``z = x`` and ``V = sum x^2``.

        Args:
            size: m.

        Returns:
            Python integers, shape (entries of gamma, steps of the code).
        """
        rows = [
            list(self._inequalities(gamma, beta, size))
            for gamma, beta in zip(self.gamma, self.beta, strict=True)
        ]
        table = np.array(rows, dtype=object)
        return table[..., 0], table[..., 1], table[..., 2]

    def largest_coefficients(self, size: int) -> tuple[int, int, int]:
        """The largest absolute values of A, B and C, at least 1: `coefficients` has all."""
        code = self.code
        values = (self.gamma, self.beta, self.eps, self.rounding)
        return _largest(type(self), code.lo, code.hi, *values, size)  # type: ignore[arg-type]

    def _inequalities(
        self, gamma: Fraction, beta: Fraction, size: int
    ) -> Iterable[tuple[int, int, int]]:
        """``s(gamma) s(z) - s(tau) V >= s(tau) eps`` of each step, in units in which all is whole.

        Plain integers: a wide layer has a hundred thousand of them, and fractions are slow.
        """
        half = Fraction(1, 2) if self.rounding == "half_up" else Fraction(0)
        small = self.eps * size * (size if self.centered else 1)
        # tau = target - half - beta is (target * unit - moved) / unit.
        unit = lcm(half.denominator, beta.denominator)
        moved = int((half + beta) * unit)
        common = lcm(gamma.denominator**2, unit**2)
        left = gamma.numerator * abs(gamma.numerator) * (common // gamma.denominator**2)
        left, right = left * (1 if self.centered else size), common // unit**2
        for target in range(self.code.lo + 1, self.code.hi + 1):
            tau = target * unit - moved
            b = tau * abs(tau) * right
            shared = gcd(left, b) or 1
            b //= shared
            yield left // shared, b, -(-b * small.numerator // small.denominator)

    def __call__(self, *operands: Integers) -> Integers:
        """See `Operation`; in Python integers where 64 bits do not suffice."""
        (x,) = operands
        groups, m = self.groups(x.shape[1:])
        exact: Any = x.reshape(-1, groups, m)
        reach = max(int(np.abs(x).max(initial=0)), 1)
        a, b, c = (table[self.entries(groups, m)] for table in self.coefficients(m))
        factor = max(max(abs(one) for one in table.ravel()) for table in (a, b, c))
        if 4 * (2 * m * reach) ** 2 * factor >= LIMIT:
            exact = exact.astype(object)
        else:
            a, b, c = (table.astype(np.int64) for table in (a, b, c))
        z, v = exact, (exact * exact).sum(axis=-1, keepdims=True)
        if self.centered:
            total = exact.sum(axis=-1, keepdims=True)
            z, v = m * exact - total, m * v - total * total
        signed = z * abs(z)
        # The inequalities of a place hold up to some step: it is found by bisection.
        rows, places = np.ogrid[:groups, :m]
        found = np.zeros(exact.shape, np.int64)
        above = np.full(exact.shape, self.code.steps)
        while (found < above).any():
            at = (found + above) // 2
            step = (rows, places, np.minimum(at, self.code.steps - 1))
            reached = (a[step] * signed - b[step] * v >= c[step]).astype(bool) & (found < above)
            found, above = np.where(reached, at + 1, found), np.where(reached, above, at)
        found += self.code.lo
        return found.reshape(x.shape)

    def infer(self, *operands: Values) -> Values:
        """See `Operation`: all of the code."""
        (x,) = operands
        if x.code is None:
            raise NetworkError("a norm squares coded values: put Requantize in front")
        self._check_shape(x.shape)
        return Values.coded(x.shape, self.code)

    def _check_shape(self, shape: tuple[int, ...]) -> None:
        if not shape or len(self.gamma) not in (1, shape[-1]):
            raise NetworkError(
                f"{len(self.gamma)} entries of gamma and beta for values of shape {shape}"
            )

    def __repr__(self) -> str:
        code = self.code
        return f"<{type(self).__name__}: to {code.lo}..{code.hi}, {code.kind}>"


@lru_cache(maxsize=1024)
def _largest(
    kind: type[Normalization],
    lo: int,
    hi: int,
    gamma: tuple[Fraction, ...],
    beta: tuple[Fraction, ...],
    eps: Fraction,
    rounding: Rounding,
    size: int,
) -> tuple[int, int, int]:
    """By values, because the same norm is measured in one code after the other."""
    norm = object.__new__(kind)
    norm._set(code=Code(lo, hi), gamma=gamma, beta=beta, eps=eps, rounding=rounding)
    a, b, c = (max(1, *map(abs, table.flat)) for table in norm.coefficients(size))
    return a, b, c


def _check_code(code: Code) -> None:
    if code.kind == "one_hot":
        raise NetworkError("a normalized value is in thermometer or binary code")


def _exact_all(values: object, name: str) -> tuple[Fraction, ...]:
    items = np.ravel(np.asarray(values, dtype=object)).tolist()
    if not items:
        raise NetworkError(f"{name} is empty")
    return tuple(_exact(value, name) for value in items)


def _exact(value: object, name: str) -> Fraction:
    try:
        return Fraction(value)  # type: ignore[call-overload,no-any-return]
    except (ValueError, TypeError, OverflowError, ZeroDivisionError):
        raise NetworkError(f"{name} is an exact number, not {value!r}") from None
