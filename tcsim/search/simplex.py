"""Linear programs in exact integers: the dual simplex method, one constraint after another.

Minimize ``c . x`` over ``x >= 0`` with constraints ``a . x >= b``, where c >= 0. Then x = 0 is
optimal for no constraints, each new one that it violates is repaired by pivots, and where one
cannot be, its row says which constraints contradict each other.

Source: C. E. Lemke 1954; V. Chvatal, Linear Programming, 1983, chapter 10; pivots without
fractions: J. Edmonds, "Systems of distinct representatives and linear algebra", 1967.
"""

from __future__ import annotations

from copy import copy
from fractions import Fraction
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence


class LinearProgram:
    """A linear program and its optimum so far.

    Args:
        cost: integers >= 0, one per variable.

    Attributes:
        contradiction: None, or multipliers > 0 of added constraints, {name: integer}: their
            combination is ``y . x >= d`` with y <= 0 < d, which no x >= 0 satisfies.
    """

    def __init__(self, cost: Sequence[int]) -> None:
        # Every row is [constant, coefficients of the columns], over the common denominator: a
        # basic variable, in terms of those that are 0 now. Variables are 0, 1, ..; other names
        # are those of constraints and stand for what a . x has above b.
        self._variables = len(cost)
        self._columns: list[Any] = list(range(len(cost)))
        self._rows: dict[Any, list[int]] = {}
        self._cost = [0, *cost]
        self._order: dict[Any, int] = {name: name for name in self._columns}
        self._denominator = 1
        self.contradiction: dict[Any, int] | None = None

    def copy(self) -> LinearProgram:
        """An independent copy."""
        other = copy(self)
        # Rows themselves are replaced, never changed.
        vars(other).update(
            _columns=self._columns.copy(), _rows=self._rows.copy(), _order=self._order.copy()
        )
        return other

    @property
    def scaled(self) -> tuple[list[int], int]:
        """The optimal x as integers over a common denominator > 0."""
        values = [self._rows[v][0] if v in self._rows else 0 for v in range(self._variables)]
        return values, self._denominator

    @property
    def value(self) -> Fraction:
        """The least cost."""
        return Fraction(self._cost[0], self._denominator)

    def add(self, name: object, a: Sequence[int], b: int) -> bool:
        """Add the constraint ``a . x >= b``, and find the new optimum.

        Args:
            name: of the constraint; a new one, and no integer.
            a: one integer per variable.
            b: an integer.

        Returns:
            Whether there is an x; if not, `contradiction` says why.
        """
        row = [0] * (1 + len(self._columns))
        row[0] = -b * self._denominator
        place = {variable: i for i, variable in enumerate(self._columns, 1)}
        for variable, factor in enumerate(a):
            if not factor:
                continue
            if variable in place:
                row[place[variable]] += factor * self._denominator
            else:
                for i, value in enumerate(self._rows[variable]):
                    row[i] += factor * value
        self._rows[name] = row
        self._order[name] = len(self._order)
        return self._repair()

    def _repair(self) -> bool:
        stalled = 0
        while True:
            broken = [name for name, row in self._rows.items() if row[0] < 0]
            if not broken:
                return True
            # The most violated row; after pivots without progress Bland's rule, which cannot cycle.
            if stalled > len(self._columns):
                leaving = min(broken, key=self._order.__getitem__)
            else:
                leaving = min(broken, key=lambda name: self._rows[name][0])
            row = self._rows[leaving]
            ways = [i for i in range(1, len(row)) if row[i] > 0]
            if not ways:
                self._explain(leaving, row)
                return False
            entering = min(
                ways,
                key=lambda i: (Fraction(self._cost[i], row[i]), self._order[self._columns[i - 1]]),
            )
            stalled = 0 if self._cost[entering] else stalled + 1
            self._pivot(leaving, entering)

    def _pivot(self, leaving: object, column: int) -> None:
        row = self._rows.pop(leaving)
        p, d = row[column], self._denominator

        def replaced(other: list[int]) -> list[int]:
            k = other[column]
            new = [(value * p - k * mine) // d for value, mine in zip(other, row, strict=True)]
            new[column] = k
            return new

        self._rows = {name: replaced(other) for name, other in self._rows.items()}
        self._cost = replaced(self._cost)
        entered = [-value for value in row]
        entered[column] = d
        self._rows[self._columns[column - 1]] = entered
        self._columns[column - 1] = leaving
        self._denominator = p

    def _explain(self, leaving: object, row: list[int]) -> None:
        # leaving = row[0] + sum row[i] * column < 0, where nothing on the right helps.
        found = {leaving: self._denominator}
        for name, value in zip(self._columns, row[1:], strict=True):
            if value:
                found[name] = -value
        self.contradiction = {
            name: value for name, value in found.items() if not isinstance(name, int)
        }
