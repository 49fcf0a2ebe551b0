"""What a network costs as a circuit: exact formulas in its shapes and precisions alone.

The formulas are those of the circuit built without sharing and folding, so they can be compared
with it gate by gate and edge by edge, and they hold where the circuit is too large to build.
`tcsim.networks.costs` has those of every operation. Nothing here looks at a circuit or at what
builds one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from importlib import import_module
from typing import TYPE_CHECKING, Any

import numpy as np

from tcsim.errors import NetworkError
from tcsim.networks.catalog import module_of
from tcsim.networks.costs.operands import Formula, Operands, Support, largest
from tcsim.networks.costs.parts import Part, Quantities

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tcsim.networks.integer import IntegerNetwork
    from tcsim.networks.node import Node
    from tcsim.typing import Progress


@dataclass(frozen=True)
class Cost:
    """Cost of a part of a network as a circuit; formulas, or the numbers put into them.

    Attributes:
        levels: gates on each level from the first to the last that it has gates on, at the
            as-soon-as-possible schedule of the whole network.
        edges: operand pairs, weights of 0 included.
        max_fan_in: most operands of a gate.
        max_weight: an upper bound of the largest absolute weight: what the weights' bits allow.
        first_level: the lowest level that it has gates on.
        exact: whether `edges` and `max_fan_in` are exact; otherwise they are upper bounds.
        even: whether all places of every array are equally late. Formulas cannot tell places apart:
            where they are not, all count as the latest, so `levels` are those of another schedule
            and `depth` is an upper bound. Numbers (`NetworkCost.numbers`) tell places apart, not
            digits: of them it does not hold where gates read digits of one value that arrive on
            different levels, as in arithmetic on results of arithmetic.
    """

    levels: tuple[Formula, ...]
    edges: Formula
    max_fan_in: Formula
    max_weight: Formula
    first_level: int = 1
    exact: bool = True
    even: bool = True

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
        return largest(*self.levels) if self.levels else 0

    def at(self, values: Mapping[Any, int]) -> Cost:
        """The numbers that come out with numbers put in for symbols."""
        levels = tuple(_number(gates, values) for gates in self.levels)
        return Cost(
            levels,
            edges=_number(self.edges, values),
            max_fan_in=_number(self.max_fan_in, values),
            max_weight=_number(self.max_weight, values),
            first_level=self.first_level,
            exact=self.exact,
            even=self.even,
        )


@dataclass(frozen=True)
class NetworkCost:
    """Cost of a network as a circuit, per layer and in total.

    Attributes:
        layers: the cost of each layer that has gates, by name, layers inside it included.
        total: the cost of the whole.
        values: {symbol: its number in this network}.
        meanings: {symbol: what it stands for}.
        network: whose cost it is.
    """

    layers: Mapping[str, Cost]
    total: Cost
    values: Mapping[Any, int]
    meanings: Mapping[Any, str]
    network: IntegerNetwork

    def numbers(self, changes: Mapping[str, int] | None = None) -> NetworkCost:
        """This cost with this network's numbers put in.

        Args:
            changes: other numbers for some of them, by the symbol's name; a named axis of the
                inputs needs one.

        Raises:
            NetworkError: there is no such symbol, or an axis has no number.
        """
        if not changes:
            return network_cost(self.network, symbolic=False)
        other = dict(changes)
        known: dict[Any, Any] = {
            **self.values,
            **{_axis(name): None for name in self.network.named_axes},
        }
        values = {symbol: other.pop(str(symbol), value) for symbol, value in known.items()}
        if other:
            names = ", ".join(map(str, values))
            raise NetworkError(f"no symbol {next(iter(other))!r} in this cost; there are {names}")
        missing = [str(symbol) for symbol, value in values.items() if value is None]
        if missing:
            raise NetworkError(f"axis {missing[0]!r} has no number: put one in")
        layers = {name: cost.at(values) for name, cost in self.layers.items()}
        return NetworkCost(layers, self.total.at(values), values, self.meanings, self.network)

    def put(self, changes: Mapping[str, Formula]) -> NetworkCost:
        """These formulas with formulas put in for symbols, such as a precision that grows with n.

        Args:
            changes: formulas or numbers, by the symbol's name.

        Returns:
            The cost in what is left. The largest weight stays an upper bound.

        Raises:
            NetworkError: there is no such symbol.

        Example:
            >>> import sympy
            >>> from tcsim.networks import Affine, Argmax, Code, Inputs, IntegerNetwork, Requantize
            >>> layers = [Affine([[1, 0]], [0, 0]), Requantize([[1, 2, 3]], Code(0, 3))]
            >>> cost = IntegerNetwork(Inputs(1, Code(0, 3)), layers).cost()
            >>> n = sympy.Symbol("n", integer=True, positive=True)
            >>> bits = sympy.ceiling(2 * sympy.log(n, 2))  # logarithmic precision
            >>> cost.put({"N_1": 2**bits - 1, "m_1": n}).total.size
            n*(2**ceiling(2*log(n)/log(2)) - 1)
        """
        import sympy

        known = {str(symbol): symbol for symbol in self.values}
        unknown = set(changes) - set(known)
        if unknown:
            names = ", ".join(known)
            raise NetworkError(f"no symbol {min(unknown)!r} in this cost; there are {names}")
        given = {known[name]: sympy.sympify(formula) for name, formula in changes.items()}

        def changed(formula: Formula) -> Formula:
            return formula if isinstance(formula, int) else formula.subs(given)

        def cost(one: Cost) -> Cost:
            return replace(
                one,
                levels=tuple(map(changed, one.levels)),
                edges=changed(one.edges),
                max_fan_in=changed(one.max_fan_in),
                max_weight=changed(one.max_weight),
            )

        return NetworkCost(
            {name: cost(one) for name, one in self.layers.items()},
            cost(self.total),
            {symbol: value for symbol, value in self.values.items() if symbol not in given},
            {symbol: text for symbol, text in self.meanings.items() if symbol not in given},
            self.network,
        )


def network_cost(
    network: IntegerNetwork, *, symbolic: bool = True, progress: Progress | None = None
) -> NetworkCost:
    """The cost of a network, composed of its operations'. See `IntegerNetwork.cost`."""
    quantity = Quantities(symbolic)
    _, scopes = walk(network, quantity, progress=progress)
    layers = {name: _cost(parts) for name, parts in _with_outer(scopes).items() if parts}
    total = _cost([part for parts in scopes.values() for part in parts], whole=True)
    if not quantity.even:
        layers = {name: replace(cost, even=False) for name, cost in layers.items()}
        total = replace(total, even=False)
    return NetworkCost(layers, total, quantity.values, quantity.meanings, network)


def walk(
    network: IntegerNetwork,
    quantity: Quantities,
    arrivals: Sequence[Any] | None = None,
    progress: Progress | None = None,
) -> tuple[list[Operands], dict[str, list[Part]]]:
    """The costs of all operations, in order.

    Args:
        network: whose.
        quantity: what numbers are called.
        arrivals: the level of the wires of each array of inputs, a number or an int array of its
            shape; 0 unless said.
        progress: called as ``progress(done, total)`` in operations.

    Returns:
        What each array of values stands on, and the gates of each scope.
    """
    values = input_operands(network, quantity, arrivals)
    scopes: dict[str, list[Part]] = {}
    for number, node in enumerate(network.nodes, len(values)):
        if node.scope not in scopes:
            quantity.layer += 1
        operands = [values[source] for source in node.sources]
        result, parts = node_cost(node, quantity, number, operands)
        if quantity.symbolic and isinstance(result.level, np.ndarray):
            # Places of a symbolic shape cannot be told apart: all count as the latest.
            result = replace(result, level=int(result.level.max()))
            quantity.even = False
        values.append(result)
        scopes.setdefault(node.scope, []).extend(parts)
        if progress is not None:
            progress(len(values) - len(network.sources), len(network.nodes))
    return values, scopes


def node_cost(
    node: Node, quantity: Quantities, number: int, operands: list[Operands]
) -> tuple[Operands, list[Part]]:
    """What one operation makes, value `number` of its network, and the gates that it needs."""
    made = import_module(module_of(node.operation, "costs")).cost
    result, parts = made(node.operation, quantity, number, *operands)
    if any(one.ragged for one in operands):
        if parts:
            quantity.even = False
        else:
            result = replace(result, ragged=True)
    if result.kind is None:
        return result, parts
    # An operation without a code of its own, such as an arrangement, keeps that of its operands.
    code = getattr(node.operation, "code", None)
    least = code.lo if code is not None else operands[0].least
    return replace(result, least=least), parts


def network_parts(network: IntegerNetwork) -> int:
    """About how many gates and stored terms a network's circuit has."""
    if not network.nodes:
        return 0
    network.require_numbers()
    total = network_cost(network, symbolic=False).total
    forms = sum(getattr(one, "terms", _no_terms)(values) for one, values in _made(network))
    return 2 * int(total.size) + int(forms)


def _with_outer(scopes: Mapping[str, list[Part]]) -> dict[str, list[Part]]:
    """The parts of every layer, with those of the layers inside it."""
    layers: dict[str, list[Part]] = {}
    for scope, parts in scopes.items():
        names = scope.split("/")
        for count in range(1, len(names) + 1):
            layers.setdefault("/".join(names[:count]), []).extend(parts)
    return layers


def _made(network: IntegerNetwork) -> Iterable[tuple[Any, Any]]:
    return zip(network.operations, network.values[len(network.sources) :], strict=True)


def _no_terms(values: object) -> int:  # noqa: ARG001
    return 0


def input_operands(
    network: IntegerNetwork, quantity: Quantities, arrivals: Sequence[Any] | None = None
) -> list[Operands]:
    """What the arrays of inputs are to the formulas; `arrivals` as in `walk`."""
    values = []
    for number, source in enumerate(network.sources):
        axes = source.axes
        shape = tuple(
            _dimension(axis, quantity, "m" if place == len(axes) - 1 else "l")
            for place, axis in enumerate(axes)
        )
        steps = quantity("N", source.code.steps, "steps of an input")
        wires, weight = quantity.word(source.code.kind, steps)
        support = Support(number, wires)
        level = arrivals[number] if arrivals is not None else 0
        code = source.code
        values.append(Operands(shape, (support,), weight, level, code.kind, steps, least=code.lo))
    return values


def _dimension(axis: int | str, quantity: Quantities, name: str) -> Formula:
    if isinstance(axis, int):
        # A symbol would not show that the axis broadcasts.
        return quantity(name, axis, "inputs") if axis > 1 else axis
    if not quantity.symbolic:
        raise NetworkError(f"axis {axis!r} of the inputs has no number: use network.at({axis}=...)")
    return _axis(axis)


def _axis(name: str) -> Any:  # noqa: ANN401
    import sympy

    return sympy.Symbol(name, integer=True, positive=True)


def _cost(parts: list[Part], *, whole: bool = False) -> Cost:
    if not parts:
        return Cost((), 0, 0, 0)
    gates: dict[int, Formula] = {}
    for part in parts:
        for level, count in _spread(part):
            gates[level] = gates.get(level, 0) + count
    first, last = (1 if whole else min(gates)), max(gates)
    return Cost(
        levels=tuple(gates.get(level, 0) for level in range(first, last + 1)),
        edges=sum(part.edges for part in parts),
        max_fan_in=largest(*(part.fan_in for part in parts)),
        max_weight=largest(*(part.heaviest for part in parts)),
        first_level=first,
        exact=all(part.exact for part in parts),
    )


def _spread(part: Part) -> Iterable[tuple[int, Formula]]:
    if not isinstance(part.level, np.ndarray):
        yield part.level, part.gates
        return
    levels, counts = np.unique(part.level, return_counts=True)
    for level, count in zip(levels.tolist(), counts.tolist(), strict=True):
        yield level, part.gates * count // part.level.size


def _number(formula: Formula, values: Mapping[Any, int]) -> int:
    import sympy

    # All at once: `subs` would compare the arguments of every Max again for each symbol.
    numbers = {symbol: sympy.Integer(value) for symbol, value in values.items()}
    number = sympy.sympify(formula).xreplace(numbers).doit()
    if not number.is_Integer:
        raise AssertionError(f"{formula} gives {number}, not an integer")  # a formula is at fault
    return int(number)
