"""Sequences that are ultimately linear, one slope a residue: how an entry of powers grows."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from tcsim.errors import ArgumentError
from tcsim.hierarchy.checking import integer

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True)
class UltimatelyLinear:
    """A sequence a(0), a(1), ... with ``a(T + period) = a(T) + increment`` for all T >= start.

    The increment depends on the residue of T alone. Values are integers, or None for minus
    infinity.

    Attributes:
        start: T0, from which on the formula holds.
        period: c.
        window: a(T0), ..., a(T0 + c - 1).
        increments: what each of these grows by in c steps; 0 for None.
        before: a(T) for T < T0; None where there is no such T.
    """

    start: int
    period: int
    window: tuple[int | None, ...]
    increments: tuple[int, ...]
    before: Callable[[int], int | None] | None = field(default=None, compare=False, repr=False)

    def __call__(self, T: int) -> int | None:
        """The value at T.

        Raises:
            ArgumentError: T is not an integer >= 0.
        """
        T = integer("T", T, 0)
        return self.linear(T) if self.start <= T or self.before is None else self.before(T)

    def linear(self, T: int) -> int | None:
        """The value of the formula at T, whether or not it holds there."""
        rounds, index = divmod(T - self.start, self.period)
        value = self.window[index]
        return None if value is None else value + rounds * self.increments[index]

    @property
    def slope(self) -> Fraction | None:
        """What the sequence grows by a step in the long run; None if it is None in the end.

        Where residues grow at different rates, the largest.
        """
        rates = [
            Fraction(increment, self.period)
            for increment, value in zip(self.increments, self.window, strict=True)
            if value is not None
        ]
        return max(rates, default=None)

    def after(self, steps: int) -> UltimatelyLinear:
        """The sequence T -> a(T + steps)."""
        begin = max(self.start, steps)
        window = tuple(self.linear(T) for T in range(begin, begin + self.period))
        places = [(T - self.start) % self.period for T in range(begin, begin + self.period)]
        return UltimatelyLinear(
            begin - steps,
            self.period,
            window,
            tuple(self.increments[place] for place in places),
            lambda T: self(T + steps),
        )

    def reduced(self) -> UltimatelyLinear:
        """The same sequence with the least period and, within 4096 steps, the least start."""
        start, period = self.start, self.period
        for c in range(1, period + 1):
            if period % c == 0 and all(self._repeats(start + T, c) for T in range(period)):
                period = c
                break
        if self.before is not None:
            lowest = max(0, start - 4096)
            while start > lowest and self.before(start - 1) == self.linear(start - 1):
                start -= 1
        window = tuple(self.linear(T) for T in range(start, start + period))
        rates = [
            self.increments[(T - self.start) % self.period] for T in range(start, start + period)
        ]
        increments = tuple(rate * period // self.period for rate in rates)
        return UltimatelyLinear(start, period, window, increments, self.before)

    def _repeats(self, T: int, c: int) -> bool:
        """Whether from T to T + c the sequence grows as it does everywhere on T's residue mod c."""
        here, there = self.linear(T), self.linear(T + c)
        if here is None or there is None:
            return here is there
        rate = self.increments[(T - self.start) % self.period]
        return (there - here) * self.period == rate * c

    def formula(self, symbol: Any = None) -> Any:  # noqa: ANN401
        """A sympy expression for a(T), T >= start; -oo stands for None.

        Args:
            symbol: what to call T; by default ``Symbol("T", integer=True, nonnegative=True)``.

        Raises:
            ArgumentError: it is not a sympy expression.
        """
        import sympy

        T = sympy.Symbol("T", integer=True, nonnegative=True) if symbol is None else symbol
        if not isinstance(T, sympy.Expr):
            raise ArgumentError(f"symbol must be a sympy symbol, not {symbol!r}")
        lines: dict[int, Any] = {}
        for place, value in enumerate(self.window):
            T0 = self.start + place
            slope = sympy.Rational(self.increments[place], self.period)
            lines[T0 % self.period] = -sympy.oo if value is None else slope * (T - T0) + value
        ordered = [lines[residue] for residue in range(self.period)]
        common = sympy.S.Zero
        if len(set(self.increments)) == 1 and None not in self.window:
            common = sympy.Rational(self.increments[0], self.period) * T
        parts = [sympy.expand(line - common) for line in ordered]
        if self.period == 1:
            return common + parts[0]
        residue = sympy.Mod(T, self.period)
        conditions = [sympy.Eq(residue, r) for r in range(self.period - 1)]
        return common + sympy.Piecewise(*zip(parts, [*conditions, True], strict=True))
