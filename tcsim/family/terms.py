"""What exact formulas are sums of: n**a * lg(n)**b * 2**(c*n), with the logarithm rounded."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from tcsim.family.formulas import symbol

if TYPE_CHECKING:
    import sympy


@dataclass(frozen=True)
class Log:
    """A rounded logarithm of n, an integer.

    Attributes:
        base: at least 2.
        up: whether it is rounded up.
    """

    base: int = 2
    up: bool = False

    def __call__(self, n: int) -> int:
        """Its value, exactly; n is at least 1."""
        return _logarithm(n, self.base, self.up)

    def expression(self) -> sympy.Expr:
        """As a sympy expression."""
        import sympy

        rounded = sympy.ceiling if self.up else sympy.floor
        return rounded(sympy.log(symbol(), self.base))


@dataclass(frozen=True)
class Term:
    """One function of n.

    Attributes:
        power: of n.
        logs: power of the logarithm.
        log: which logarithm, also that of `pads`.
        pads: power of base**log: n padded (or cut) to a power of the base.
        base: of an exponential base**n; 1 for none.
    """

    power: int = 0
    logs: int = 0
    log: Log | None = None
    pads: int = 0
    base: int = 1

    def __call__(self, n: int) -> int:
        """Its value, exactly."""
        value: int = n**self.power * self.base**n
        if self.log is not None:
            at = self.log(n)
            value *= at**self.logs * self.log.base ** (at * self.pads)
        return value

    @property
    def order(self) -> tuple[int, int, int]:
        """Growth: compares as the functions do for large n, up to constant factors."""
        return self.base, self.power + self.pads, self.logs

    def expression(self) -> sympy.Expr:
        """As a sympy expression."""
        import sympy

        n = symbol()
        value = n**self.power * sympy.Integer(self.base) ** n if self.base > 1 else n**self.power
        if self.log is not None:
            log = self.log.expression()
            value *= log**self.logs * sympy.Integer(self.log.base) ** (log * self.pads)
        return value


@cache
def _logarithm(n: int, base: int, up: bool) -> int:  # noqa: FBT001
    exponent, power = 0, 1
    while power * base <= n:
        power *= base
        exponent += 1
    return exponent + (up and power < n)


@cache
def candidates() -> tuple[tuple[Term, ...], ...]:
    """Sets of terms to try, the simplest first: polynomials, then logarithms, then paddings."""
    sets = [tuple(Term(power) for power in range(degree + 1)) for degree in range(8)]
    one, n, square = Term(), Term(1), Term(2)
    for log in (Log(), Log(up=True), *(Log(b, up) for b in (3, 4, 5) for up in (False, True))):
        lg, lg2, lg3, lg4 = (Term(logs=power, log=log) for power in (1, 2, 3, 4))
        n_lg, square_lg, n_lg2 = (Term(a, b, log) for a, b in ((1, 1), (2, 1), (1, 2)))
        pad, pad_lg, pad2 = Term(log=log, pads=1), Term(0, 1, log, 1), Term(log=log, pads=2)
        sets += [
            (one, lg),
            (one, lg, lg2),
            (one, n, lg),
            (one, lg, lg2, lg3),
            (one, n, lg, n_lg),
            (one, lg, lg2, lg3, lg4),
            (one, n, lg, lg2),
            (one, n, square, lg, n_lg),
            (one, n, lg, n_lg, lg2, n_lg2),
            (one, n, square, lg, n_lg, square_lg),
            (one, pad),
            (one, n, pad),
            (one, lg, pad),
            (one, pad, pad_lg),
            (one, n, lg, pad),
            (one, lg, pad, pad_lg),
            (one, pad, pad2),
            (one, n, lg, n_lg, pad),
            (one, n, lg, pad, pad_lg),
            (one, lg, pad, pad_lg, pad2),
            (one, n, square, pad, Term(1, 0, log, 1), pad2),
        ]
    for base in (2, 3, 4):
        power, n_power, square_power = (Term(a, base=base) for a in (0, 1, 2))
        sets += [
            (one, power),
            (one, n, power),
            (one, n, power, n_power),
            (one, n, square, power),
            (one, n, square, power, n_power, square_power),
        ]
    sets += [(one, Term(base=2), Term(base=4)), (one, n, Term(base=2), Term(base=4))]
    return tuple(sorted(sets, key=lambda terms: len(terms) + any(t.pads for t in terms)))
