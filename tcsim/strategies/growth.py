"""Growth: a random network while it is drawn, operation by operation."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import numpy as np
from hypothesis import strategies as st

from tcsim.networks import Code, Gather, Inputs, IntegerNetwork, Node, Recode, Requantize, Reshape
from tcsim.networks.costs.operands import Operands, Support
from tcsim.networks.costs.parts import Quantities
from tcsim.networks.measuring.cost import node_cost
from tcsim.networks.values import Values

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tcsim.networks.codes import Kind
    from tcsim.networks.operations.operation import Operation
    from tcsim.strategies.ranges import Bounds
    from tcsim.typing import Integers

    T = TypeVar("T")

ANY: tuple[Kind, ...] = ("thermometer", "binary", "one_hot")
STEPS: tuple[Kind, ...] = ("thermometer",)
ROUNDED: tuple[Kind, ...] = ("thermometer", "binary")
TABLED: tuple[Kind, ...] = ("thermometer", "one_hot")

_MOST_VALUES = 48
"""Integers in one array."""

_REACH = 10**6
"""Magnitude of a linear form."""

_EDGES = 40
"""Edges allowed for each gate that is."""


class Limits(NamedTuple):
    """The arguments of `graphs`, checked."""

    inputs: Bounds
    nodes: Bounds
    outputs: Bounds
    axes: Bounds
    steps: Bounds
    weights: Bounds
    gates: int


class TooLargeError(Exception):
    """What was just drawn goes beyond the limits."""


@dataclass(frozen=True, eq=False)
class Value:
    """An array of integers of the network.

    Attributes:
        values: shape, range and code.
        operands: what its cost is made of.
        number: in the order of drawing, inputs and operations mixed.
    """

    values: Values
    operands: Operands
    number: int

    @property
    def shape(self) -> tuple[int, ...]:
        """Its axes."""
        return self.values.shape

    @property
    def code(self) -> Code:
        """Its code, where it has one."""
        assert self.values.code is not None  # noqa: S101 - asked for where it was made so
        return self.values.code


class Growth:
    """Draws inputs and operations, keeps what they cost, and makes the network of them.

    Args:
        draw: of the composite strategy.
        limits: how large all may become.
    """

    def __init__(self, draw: st.DrawFn, limits: Limits) -> None:
        self.draw = draw
        self.limits = limits
        self.values: list[Value] = []
        self._made: list[Inputs | Node] = []
        self._spent = 0
        self._quantity = Quantities(symbolic=False)

    @property
    def made(self) -> list[Value]:
        """What operations made, in order."""
        pairs = zip(self.values, self._made, strict=True)
        return [value for value, one in pairs if isinstance(one, Node)]

    # Numbers -------------------------------------------------------------------------------------

    def integer(self, low: int, high: int) -> int:
        """An integer in low..high."""
        return self.draw(st.integers(low, high))

    def pick(self, options: Sequence[T]) -> T:
        """One of several, simpler ones first."""
        return self.draw(st.sampled_from(options))

    def chance(self) -> bool:
        """True or, more simply, False."""
        return self.draw(st.booleans())

    def length(self, least: int = 1) -> int:
        """The length of an axis."""
        low, high = self.limits.axes
        if high < least:
            raise TooLargeError
        return self.integer(max(low, least), high)

    def shape(self, rank: int) -> tuple[int, ...]:
        """Axes."""
        return tuple(self.length() for _ in range(rank))

    def array(self, shape: tuple[int, ...], bounds: Bounds | None = None) -> Integers:
        """Integers of a shape, weights unless bounds are given."""
        low, high = self.limits.weights if bounds is None else bounds
        size = math.prod(shape)
        numbers = st.lists(st.integers(low, high), min_size=size, max_size=size)
        return np.array(self.draw(numbers), np.int64).reshape(shape)

    def rising(self, shape: tuple[int, ...], low: int, high: int) -> Integers:
        """Integers that never decrease along the last axis."""
        return np.sort(self.array(shape, (low, high)), axis=-1)

    def code(self, kinds: Sequence[Kind] = ROUNDED, *, zero: bool = False, least: int = -2) -> Code:
        """A code; with `zero`, of a range with 0 in it."""
        steps = self.integer(*self.limits.steps)
        low = self.integer(max(-steps, least), 0) if zero else self.integer(least, 2)
        return Code(low, low + steps, self.pick(kinds))

    # Values --------------------------------------------------------------------------------------

    def input(self, shape: tuple[int, ...], code: Code) -> Value:
        """A new array of inputs."""
        made = Inputs(shape, code, f"x{sum(isinstance(one, Inputs) for one in self._made)}")
        steps = code.steps
        wires, weight = self._quantity.word(code.kind, steps)
        support = Support(len(self.values), wires)
        operands = Operands(shape, (support,), weight, 0, code.kind, steps, least=code.lo)
        self._spend(math.prod(shape) * code.wires)
        return self._keep(made, Values.coded(shape, code), operands)

    def add(self, operation: Operation, *operands: Value) -> Value:
        """An operation.

        Raises:
            TooLargeError: it goes beyond the limits.
        """
        values = operation.infer(*(one.values for one in operands))
        if values.size > _MOST_VALUES or max(-values.least, values.largest) > _REACH:
            raise TooLargeError
        scope = self.pick(["a", "b", "a/b", "a/b/c"])
        node = Node(operation, tuple(one.number for one in operands), scope)
        number = len(self.values)
        result, parts = node_cost(node, self._quantity, number, [one.operands for one in operands])
        self._spend(sum(int(part.gates) + int(part.edges) // _EDGES for part in parts))
        return self._keep(node, values, result)

    def any(self, rank: int = 0) -> Value:
        """Any value of so many axes or more."""
        found = [one for one in [*self.values, *self.made] if len(one.shape) >= rank]
        return self.pick(found) if found else self.take(self.shape(rank))

    def take(
        self,
        shape: tuple[int, ...],
        kinds: Sequence[Kind] | None = None,
        code: Code | None = None,
    ) -> Value:
        """A value of a shape: one that is there, one made to fit, or a new input.

        Args:
            shape: its axes.
            kinds: of codes that it may be in; None: it may be a linear form.
            code: the very code that it must have.
        """
        ready = [
            one
            for one in self.values
            if one.shape == shape
            and (kinds is None or (one.values.code is not None and one.code.kind in kinds))
            and code in (None, one.values.code)
        ]
        options: list[Value | str] = [*ready]
        if sum(isinstance(one, Inputs) for one in self._made) < self.limits.inputs[1]:
            options.append("input")
        if self.values:
            options.append("fit")
        choice = self.pick(options)
        if isinstance(choice, Value):
            return choice
        if choice == "input":
            return self.input(shape, code or self.code(kinds or ANY))
        return self.coded(self._fitted(self.pick(self.values), shape), kinds, code)

    def coded(
        self, value: Value, kinds: Sequence[Kind] | None = ANY, code: Code | None = None
    ) -> Value:
        """The value itself, rounded or recoded: on wires of one of these kinds, or of a code."""
        found = value.values.code
        if code is not None:
            if found == code:
                return value
            if found is not None and (found.lo, found.hi) == (code.lo, code.hi):
                return self.add(Recode(code), value)
            if code.kind == "one_hot":
                rounded = self.rounded(value, Code(code.lo, code.hi))
                return self.add(Recode(code), rounded)
            return self.rounded(value, code)
        if kinds is None or (found is not None and found.kind in kinds):
            return value
        if found is not None:
            return self.add(Recode(Code(found.lo, found.hi, self.pick(kinds))), value)
        made = self.code(kinds)
        if made.kind != "one_hot":
            return self.rounded(value, made)
        return self.coded(value, code=made)

    def rounded(self, value: Value, code: Code) -> Value:
        """The value through a `Requantize`."""
        if not value.shape:
            value = self.add(Reshape((1,)), value)
            return self.add(Reshape(()), self.rounded(value, code))
        return self.add(self.requantize(value, code), value)

    def requantize(self, value: Value, code: Code) -> Requantize:
        """A rounding of a value."""
        places = self.pick([(1,), value.shape[-1:], value.shape])
        low, high = value.values.least, value.values.largest
        return Requantize(self.rising((*places, code.steps), low - 1, high + 2), code)

    def _fitted(self, value: Value, shape: tuple[int, ...]) -> Value:
        size = math.prod(shape)
        if value.shape == shape:
            return value
        if value.values.size == size:
            return self.add(Reshape(shape), value)
        flat = value if len(value.shape) == 1 else self.add(Reshape((-1,)), value)
        count = flat.values.size
        places = st.lists(
            st.integers(0, count - 1), min_size=size, max_size=size, unique=count >= size
        )
        return self.add(Gather(np.array(self.draw(places)).reshape(shape)), flat)

    # The network ---------------------------------------------------------------------------------

    def attempt(self, make: Callable[[Growth], object]) -> bool:
        """Draw something; what goes beyond the limits is taken back."""
        before, spent = len(self._made), self._spent
        try:
            make(self)
        except TooLargeError:
            del self._made[before:], self.values[before:]
            self._spent = spent
            return False
        return True

    def network(self, outputs: Sequence[Value]) -> IntegerNetwork:
        """The network of the operations that the outputs need; all its inputs stay."""
        needed = {one.number for one in outputs}
        for number in range(len(self._made) - 1, -1, -1):
            one = self._made[number]
            if number in needed and isinstance(one, Node):
                needed.update(one.sources)
        inputs = [n for n, one in enumerate(self._made) if isinstance(one, Inputs)]
        kept = [n for n, one in enumerate(self._made) if isinstance(one, Node) and n in needed]
        place = {number: at for at, number in enumerate([*inputs, *kept])}
        nodes = [one for number in kept if isinstance(one := self._made[number], Node)]
        return IntegerNetwork(
            [one for one in self._made if isinstance(one, Inputs)],
            [Node(n.operation, tuple(place[s] for s in n.sources), n.scope) for n in nodes],
            [place[one.number] for one in outputs],
        )

    def _keep(self, made: Inputs | Node, values: Values, operands: Operands) -> Value:
        self._made.append(made)
        self.values.append(Value(values, operands, len(self.values)))
        return self.values[-1]

    def _spend(self, amount: int) -> None:
        self._spent += amount
        if self._spent > self.limits.gates:
            raise TooLargeError
