"""Part: gates of one kind that an operation needs, on one level or spread over several."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from tcsim.networks.costs.operands import Formula


@dataclass(frozen=True)
class Part:
    """Gates of one kind.

    Attributes:
        gates: how many in all.
        edges: operand pairs of all of them, weights of 0 included.
        fan_in: most operands of one.
        weight: upper bound of the largest absolute weight of one, of operands on different wires.
        level: where they stand, from 1: a number, or an array over whose entries the gates are
            spread evenly.
        exact: whether the edges are exact; otherwise they are at most so many.
    """

    gates: Formula
    edges: Formula
    fan_in: Formula
    weight: Formula
    level: Any
    exact: bool = True

    @property
    def heaviest(self) -> Formula:
        """An upper bound of the weights: of operands that may be one wire they add up."""
        return self.weight if self.exact else self.weight * self.fan_in


@dataclass
class Quantities:
    """What numbers are called in formulas: symbols, or, without `symbolic`, the numbers themselves.

    Attributes:
        symbolic: whether there are to be symbols.
        layer: the index that symbols get; 0 is the inputs.
        values: {symbol: its number in this network}.
        meanings: {symbol: what it stands for}.
        even: whether no array has had places on different levels so far; see `Cost.even`.
    """

    symbolic: bool = True
    layer: int = 0
    values: dict[Any, Any] = field(default_factory=dict)
    meanings: dict[Any, str] = field(default_factory=dict)
    even: bool = True

    def __call__(self, name: str, value: Any, meaning: str) -> Formula:  # noqa: ANN401
        """The positive integer symbol `name` of this layer, or the `value` that it stands for.

        A value that is a formula already, such as a named axis, stays what it is.
        """
        if not self.symbolic or not isinstance(value, int | np.integer):
            return value
        import sympy

        # A second quantity of one name in a layer gets a number more.
        number = 1
        while True:
            index = f"{name}_{self.layer}" if number == 1 else f"{name}_{self.layer}_{number}"
            symbol = sympy.Symbol(index, integer=True, positive=True)
            if symbol not in self.values:
                break
            if self.values[symbol] == value and self.meanings[symbol] == meaning:
                return symbol
            number += 1
        self.values[symbol] = int(value)
        self.meanings[symbol] = meaning
        return symbol

    def word(self, kind: str, steps: Formula) -> tuple[Formula, Formula]:
        """How many wires a value of so many steps stands on, and the largest weight of one."""
        if kind == "binary":
            number = self.values.get(steps, steps)
            if isinstance(number, int | np.integer):
                bits = self("b", int(number).bit_length(), "digits of a value")
            else:
                import sympy

                bits = sympy.floor(sympy.log(number, 2)) + 1
            return bits, 2 ** (bits - 1)
        return (steps, 1) if kind == "thermometer" else (steps + 1, steps)


def put_in(formula: Any, quantity: Quantities) -> Formula:  # noqa: ANN401
    """A formula with this network's numbers, for the symbols that it has: not for all there are."""
    known = quantity.values
    return formula.subs({one: known[one] for one in formula.free_symbols if one in known})
