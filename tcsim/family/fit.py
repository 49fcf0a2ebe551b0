"""An exact formula of a measure: a sum of terms, or one for each residue of n."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from tcsim.family.formulas import symbol
from tcsim.family.terms import Term

if TYPE_CHECKING:
    from collections.abc import Mapping

    import sympy


@dataclass(frozen=True)
class ExactFit:
    """A formula that equals the measurement at every n from `since` on.

    Attributes:
        parts: {residue: {term: coefficient}}; the residues of n modulo their number. One part for
            all but quasi-polynomials.
        since: the least n for which it holds.
        fitted: largest n that was used to find it; there were more such n than coefficients.
        verified: larger n at which it was checked; the last is at least four times `fitted`.
        powers_of_two: whether every n was one; then nothing tells a logarithm rounded up from one
            rounded down.
    """

    parts: tuple[Mapping[Term, Fraction], ...]
    since: int
    fitted: int
    verified: tuple[int, ...]
    powers_of_two: bool = False

    def value(self, n: int) -> Fraction:
        """The formula's value."""
        part = self.parts[n % len(self.parts)]
        return sum((c * term(n) for term, c in part.items()), Fraction())

    @property
    def order(self) -> tuple[int, int, int]:
        """Growth as (base of an exponential or 1, power of n, power of the logarithm)."""
        return max((term.order for part in self.parts for term in part), default=Term().order)

    @property
    def is_constant(self) -> bool:
        """Whether it is one number."""
        return len(self.parts) == 1 and set(self.parts[0]) <= {Term()}

    def expression(self) -> sympy.Expr:
        """The formula as a sympy expression in n."""
        import sympy

        forms = [
            sum(
                (sympy.Rational(c.numerator, c.denominator) * t.expression() for t, c in p.items()),
                sympy.Integer(0),
            )
            for p in self.parts
        ]
        if len(forms) == 1:
            return forms[0]
        rounded = self._rounded()
        if rounded is not None:
            return rounded
        n, period = symbol(), len(forms)
        cases = [(form, sympy.Eq(sympy.Mod(n, period), r)) for r, form in enumerate(forms)]
        return sympy.Piecewise(*cases[:-1], (forms[-1], True))

    def _rounded(self) -> sympy.Expr | None:
        """As floor((a*n + b) / period), where it is that."""
        import sympy

        period, one, n = len(self.parts), Term(), Term(1)
        slopes = {part.get(n, Fraction()) for part in self.parts}
        if len(slopes) > 1 or any(set(part) - {one, n} for part in self.parts):
            return None
        slope = slopes.pop() * period
        if slope.denominator > 1:
            return None
        # floor((slope*r + shift) / period) must be the value at each residue r.
        for shift in range(-period * 2, period * 2):
            whole = self.value(0) - Fraction(shift // period)
            if whole.denominator == 1 and all(
                self.value(r) == (slope.numerator * r + shift) // period + whole
                for r in range(period)
            ):
                inside = (slope.numerator * symbol() + shift % period) / sympy.Integer(period)
                return sympy.floor(inside) + int(whole) + shift // period
        return None

    def __str__(self) -> str:
        """The formula, in the notation that `tcsim.family.formula` reads, or by cases."""
        return in_words(self)


def in_words(fit: ExactFit) -> str:
    """A formula in text: lg for the logarithm of base 2, cases of n modulo a period."""
    import sympy

    expression = fit.expression()
    if isinstance(expression, sympy.Piecewise):
        period = len(fit.parts)
        whole = [ExactFit((part,), fit.since, fit.fitted, ()) for part in fit.parts]
        return "; ".join(f"{in_words(one)} if n % {period} = {r}" for r, one in enumerate(whole))
    text = str(expression).replace("ceiling", "ceil")
    for base in (2, 3, 4, 5):
        inner = "lg(n)" if base == 2 else f"log(n, {base})"
        text = text.replace(str(sympy.log(symbol(), base)), inner)
    if fit.powers_of_two:
        text = text.replace("floor(lg(n))", "lg(n)").replace("ceil(lg(n))", "lg(n)")
        text = text.replace("2**lg(n)", "n")
    return text
