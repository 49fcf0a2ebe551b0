"""What a network costs as a circuit: exact formulas in its shapes and precisions alone.

The formulas are those of the circuit built without sharing and folding, so they can be compared
with it gate by gate and edge by edge, and they hold where the circuit is too large to build.
Nothing here looks at a circuit or at what builds one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from tcsim.errors import NetworkError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tcsim.networks.integer import IntegerNetwork

Formula: TypeAlias = Any
"""A sympy expression or an integer."""


@dataclass(frozen=True)
class Operands:
    """What the linear forms of one edge of a network stand on.

    Attributes:
        features: how many forms there are.
        wires: wires that one form reads.
        pair: wires that the difference of two forms reads.
        weight: upper bound of a form's largest absolute weight.
    """

    features: Formula
    wires: Formula
    pair: Formula
    weight: Formula


@dataclass(frozen=True)
class Cost:
    """Cost of a part of a network as a circuit; formulas, or the numbers put into them.

    Attributes:
        levels: gates on each of its levels, lowest first.
        edges: operand pairs, weights of 0 included.
        max_fan_in: most operands of a gate.
        max_weight: an upper bound of the largest absolute weight: what the weights' bits allow.
    """

    levels: tuple[Formula, ...]
    edges: Formula
    max_fan_in: Formula
    max_weight: Formula

    @property
    def depth(self) -> int:
        """Number of levels."""
        return len(self.levels)

    @property
    def size(self) -> Formula:
        """Number of gates."""
        return sum(self.levels)

    @property
    def width(self) -> Formula:
        """Most gates on one level."""
        return largest(*self.levels)

    def at(self, values: Mapping[Any, int]) -> Cost:
        """The numbers that come out with numbers put in for symbols."""
        levels = tuple(_number(gates, values) for gates in self.levels)
        rest = (_number(one, values) for one in (self.edges, self.max_fan_in, self.max_weight))
        return Cost(levels, *rest)


@dataclass(frozen=True)
class NetworkCost:
    """Cost of a network as a circuit, per layer and in total.

    Attributes:
        layers: the cost of each layer that has gates, by name; one layer stands on the other.
        total: the cost of the whole.
        values: {symbol: its number in this network}.
        meanings: {symbol: what it stands for}.
    """

    layers: Mapping[str, Cost]
    total: Cost
    values: Mapping[Any, int]
    meanings: Mapping[Any, str]

    def numbers(self, changes: Mapping[str, int] | None = None) -> NetworkCost:
        """This cost with this network's numbers put in.

        Args:
            changes: other numbers for some of them, by the symbol's name.

        Raises:
            NetworkError: there is no such symbol.
        """
        other = dict(changes or {})
        values = {symbol: other.pop(str(symbol), value) for symbol, value in self.values.items()}
        if other:
            names = ", ".join(map(str, values))
            raise NetworkError(f"no symbol {next(iter(other))!r} in this cost; there are {names}")
        layers = {name: cost.at(values) for name, cost in self.layers.items()}
        return NetworkCost(layers, self.total.at(values), values, self.meanings)


@dataclass
class Quantities:
    """Makes the symbols of one network's formulas, and keeps the numbers they stand for.

    Attributes:
        layer: the index that symbols get; 0 is the inputs.
        values: {symbol: its number in this network}.
        meanings: {symbol: what it stands for}.
    """

    layer: int = 0
    values: dict[Any, int] = field(default_factory=dict)
    meanings: dict[Any, str] = field(default_factory=dict)

    def __call__(self, name: str, value: int, meaning: str) -> Formula:
        """The positive integer symbol `name` of this layer, which is `value` in this network."""
        import sympy

        symbol = sympy.Symbol(f"{name}_{self.layer}", integer=True, positive=True)
        self.values[symbol] = value
        self.meanings[symbol] = meaning
        return symbol


def network_cost(network: IntegerNetwork) -> NetworkCost:
    """The cost of a network, composed of its operations'. See `IntegerNetwork.cost`."""
    symbols = Quantities()
    features = symbols("m", network.inputs.features, "inputs")
    code = network.inputs.code
    steps = symbols("N", code.steps, "steps of an input")
    wires, weight = word(code.kind, steps, symbols)
    operands = Operands(features, wires, 2 * wires, weight)
    layers: dict[str, Cost] = {}
    for name, operations in network.layers.items():
        symbols.layer += 1
        for operation in operations:
            operands, cost = operation.cost(operands, symbols)
            if cost is not None:
                layers[name] = cost
    parts = layers.values()
    total = Cost(
        levels=tuple(gates for cost in parts for gates in cost.levels),
        edges=sum(cost.edges for cost in parts),
        max_fan_in=largest(*(cost.max_fan_in for cost in parts)),
        max_weight=largest(*(cost.max_weight for cost in parts)),
    )
    return NetworkCost(layers, total, symbols.values, symbols.meanings)


def word(kind: str, steps: Formula, symbols: Quantities) -> tuple[Formula, Formula]:
    """How many wires a value of so many steps stands on, and the largest weight of one."""
    if kind == "binary":
        bits = symbols("b", symbols.values[steps].bit_length(), "digits of a value")
        return bits, 2 ** (bits - 1)
    return (steps, 1) if kind == "thermometer" else (steps + 1, steps)


def largest(*values: Formula) -> Formula:
    """The largest of formulas or of numbers."""
    if all(isinstance(value, int) for value in values):
        return max(values)
    import sympy

    return sympy.Max(*values, evaluate=False)  # its evaluation compares all pairs, slowly


def _number(formula: Formula, values: Mapping[Any, int]) -> int:
    import sympy

    number = sympy.sympify(formula).subs(values).doit()
    if not number.is_Integer:
        raise AssertionError(f"{formula} gives {number}, not an integer")  # a formula is at fault
    return int(number)
