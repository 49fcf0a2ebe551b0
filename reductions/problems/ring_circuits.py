"""The arithmetic circuit value problem: gates +, - and x over the integers modulo some number.

Over the integers themselves values may have exponentially many digits; there all values must be 0
or 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, partial
from itertools import product
from random import Random
from typing import TYPE_CHECKING, Any

import numpy as np

from reductions.codec import integer, items, members, shown
from reductions.problem import Problem
from reductions.problems.claims import Known, Steps, certificates
from tcsim.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from hypothesis.strategies import SearchStrategy

    from tcsim.typing import Integers

ADD, SUB, MUL = range(3)
OPERATIONS = ("+", "-", "*")
"""By number."""

INTEGERS = 0
"""The modulus of the ring of the integers."""

MOST_MODULUS = 1 << 31
"""So that a product fits in 64 bits."""


@dataclass(frozen=True, eq=False)
class RingCircuit:
    """A circuit over a ring, and what its output is compared with. Equal if all of it is.

    Args:
        modulus: m of at least 2 for the integers modulo m; 0 for the integers.
        values: of the inputs, which are wires 0, 1, ...: 0 to m - 1.
        operation: int64, shape (gates,): `ADD`, `SUB`, `MUL`.
        operands: int64, shape (gates, 2): wires; gate g is wire n + g and reads earlier wires, one
            twice if need be.
        output: a wire.
        goal: 0 to m - 1.

    Raises:
        ArgumentError: an argument is none of these, or over the integers a wire is not 0 or 1.
    """

    modulus: int
    values: tuple[int, ...]
    operation: Integers
    operands: Integers
    output: int
    goal: int

    def __post_init__(self) -> None:
        integer(self.modulus, "modulus", 0, MOST_MODULUS)
        if self.modulus == 1:
            raise ArgumentError("modulus must be 0 or at least 2: modulo 1 there is one number")
        most = max(self.modulus - 1, 1)
        for place, value in enumerate(self.values):
            integer(value, f"values[{place}]", 0, most)
        integer(self.goal, "goal", 0, most)
        operation = np.array(self.operation, np.int64)
        operands = np.array(self.operands, np.int64).reshape(-1, 2)
        gates = len(operation)
        integer(self.output, "output", 0, len(self.values) + gates - 1)
        late = operands >= len(self.values) + np.arange(gates)[:, None]
        wrong = (operation < ADD) | (operation > MUL) | ((operands < 0) | late).any(axis=1)
        if wrong.any():
            gate = int(np.flatnonzero(wrong)[0])
            raise ArgumentError(
                f"gate {gate} must be an operation and two wires before it, not "
                f"{[int(operation[gate]), *operands[gate].tolist()]}"
            )
        for name, array in (("operation", operation), ("operands", operands)):
            array.flags.writeable = False
            object.__setattr__(self, name, array)
        if self.modulus == INTEGERS:
            _ = wire_values(self)  # refuses what grows

    @property
    def rows(self) -> list[tuple[int, int, int]]:
        """Of each gate its operation and operands."""
        pairs = zip(self.operation.tolist(), self.operands.tolist(), strict=True)
        return [(operation, a, b) for operation, (a, b) in pairs]

    @cached_property
    def key(self) -> tuple[object, ...]:
        """What equality compares."""
        arrays = (self.operation.tobytes(), self.operands.tobytes())
        return (self.modulus, self.values, *arrays, self.output, self.goal)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RingCircuit) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)

    def __repr__(self) -> str:
        ring = f"modulo {self.modulus}" if self.modulus else "over the integers"
        return f"<RingCircuit: {len(self.values)} inputs, {len(self.operation)} gates {ring}>"


def of_rows(
    modulus: int, values: Sequence[int], rows: Sequence[Sequence[int]], output: int, goal: int
) -> RingCircuit:
    """A circuit whose gates are given as (operation, wire, wire)."""
    table = np.array(rows, np.int64).reshape(-1, 3)
    return RingCircuit(modulus, tuple(values), table[:, 0], table[:, 1:], output, goal)


def wire_values(instance: RingCircuit) -> list[int]:
    """The value of every wire, gate after gate.

    Raises:
        ArgumentError: over the integers, one is not 0 or 1.
    """
    known = list(instance.values)
    for gate, (operation, a, b) in enumerate(instance.rows):
        if operation == ADD:
            value = known[a] + known[b]
        elif operation == SUB:
            value = known[a] - known[b]
        else:
            value = known[a] * known[b]
        if instance.modulus:
            value %= instance.modulus
        elif value not in {0, 1}:
            raise ArgumentError(f"gate {gate} is {value}: over the integers it must be 0 or 1")
        known.append(value)
    return known


def decide(instance: RingCircuit) -> bool:
    """Whether the output is the goal."""
    return wire_values(instance)[instance.output] == instance.goal


def forced(modulus: int, operation: int, a: int | None, b: int | None) -> int | None:
    """The value of a gate that known operands force: 0 times anything is 0."""
    if operation == MUL and 0 in {a, b}:
        return 0
    if a is None or b is None:
        return None
    value = a + b if operation == ADD else a - b if operation == SUB else a * b
    return value % modulus if modulus else value


def steps(instance: RingCircuit) -> Steps:
    """What it computes."""
    rows = instance.rows

    def value(gate: int, known: Known) -> int | None:
        operation, a, b = rows[gate]
        return forced(instance.modulus, operation, known[a], known[b])

    return Steps(
        given=instance.values,
        operands=[row[1:] for row in rows],
        forced=value,
        order=range(len(rows)),
        output=instance.output,
        goal=instance.goal,
    )


def levels(instance: RingCircuit) -> list[int]:
    """The level of every wire: 0 for inputs, else one more than the highest operand."""
    found = [0] * len(instance.values)
    for _, a, b in instance.rows:
        found.append(1 + max(found[a], found[b]))
    return found


def sizes(instance: RingCircuit) -> dict[str, int]:
    """The size fields."""
    count = np.bincount(instance.operation, minlength=3).tolist()
    products = instance.operation == MUL
    computed = (instance.operands >= len(instance.values)).all(axis=1)
    return {
        "inputs": len(instance.values),
        "gates": len(instance.operation),
        "sums": count[ADD],
        "differences": count[SUB],
        "products": count[MUL],
        "nonlinear": int((products & computed).sum()),
        "depth": max(levels(instance), default=0),
    }


def _to_data(instance: RingCircuit) -> Any:  # noqa: ANN401
    return {
        "modulus": instance.modulus,
        "inputs": list(instance.values),
        "gates": [[OPERATIONS[operation], a, b] for operation, a, b in instance.rows],
        "output": instance.output,
        "goal": instance.goal,
    }


def _from_data(data: Any) -> RingCircuit:  # noqa: ANN401
    keys = ("modulus", "inputs", "gates", "output", "goal")
    modulus, inputs, gates, output, goal = members(data, "instance", keys)
    values = [integer(v, "instance.inputs: a value") for v in items(inputs, "instance.inputs")]
    rows = []
    for place, row in enumerate(items(gates, "instance.gates")):
        where = f"instance.gates[{place}]"
        operation, *wires = items(row, where) or [None]
        if operation not in OPERATIONS or len(wires) != 2:
            raise ArgumentError(f"{where} must be [{' or '.join(OPERATIONS)}, wire, wire]")
        last = len(values) + place - 1
        read = [integer(wire, f"{where}: a wire", 0, last) for wire in wires]
        rows.append((OPERATIONS.index(operation), *read))
    whole = [integer(number, f"instance: {shown(number)}") for number in (modulus, output, goal)]
    return of_rows(whole[0], values, rows, whole[1], whole[2])


def every(k: int) -> Iterator[RingCircuit]:
    """Modulo 2 and 3, with 2 inputs, up to k gates, the output last; goal 1."""
    for modulus, size in product((2, 3), range(k + 1)):
        choices = [list(product(range(3), *[range(2 + g)] * 2)) for g in range(size)]
        for rows in product(*choices):
            for values in product(range(modulus), repeat=2):
                yield of_rows(modulus, values, rows, 1 + size, 1)


def strategy() -> SearchStrategy[RingCircuit]:
    """Modulo 2 to 7, up to 4 inputs and 10 gates."""
    from hypothesis import strategies as st

    @st.composite
    def drawn(draw: st.DrawFn) -> RingCircuit:
        modulus = draw(st.integers(2, 7))
        element = st.integers(0, modulus - 1)
        values = draw(st.lists(element, min_size=1, max_size=4))
        rows = []
        for place in range(draw(st.integers(0, 10))):
            wire = st.integers(0, len(values) + place - 1)
            rows.append((draw(st.sampled_from((ADD, SUB, MUL, MUL))), draw(wire), draw(wire)))
        output = len(values) + len(rows) - 1
        one = of_rows(modulus, values, rows, output, 0)
        goal = wire_values(one)[output] if draw(st.booleans()) else draw(element)
        return of_rows(modulus, values, rows, output, goal)

    return drawn()


def ladder(k: int) -> RingCircuit:
    """Modulo 5, 3 inputs and 4 k gates, by chance; the same on every call."""
    random = Random(k)
    rows = [
        (random.randrange(3), random.randrange(max(0, g - 3), 3 + g), random.randrange(3 + g))
        for g in range(4 * k)
    ]
    return of_rows(5, (1, 2, 3), rows, 2 + 4 * k, random.randrange(5))


def _changed(change: Callable[[RingCircuit], dict[str, Any]], one: RingCircuit) -> RingCircuit:
    names = ("modulus", "values", "operation", "operands", "output", "goal")
    return RingCircuit(**{name: getattr(one, name) for name in names} | change(one))


def _output_gate(one: RingCircuit, operation: int) -> dict[str, Any]:
    found = one.operation.copy()
    gate = one.output - len(one.values)
    if gate < 0 or found[gate] == operation:
        raise ArgumentError("the output is no such gate")
    found[gate] = operation
    return {"operation": found}


ARITHMETIC: Problem[RingCircuit, Any] = Problem(
    name="arithmetic_cvp",
    question="Is the output of this circuit of additions and multiplications in a ring the goal?",
    instance=RingCircuit,
    fields={
        "inputs": "input wires",
        "gates": "gates",
        "sums": "additions",
        "differences": "subtractions",
        "products": "multiplications",
        "nonlinear": "multiplications of two gates: where there is none, the circuit is linear",
        "depth": "longest path from an input to any gate",
    },
    sizes=sizes,
    decide=decide,
    to_data=_to_data,
    from_data=_from_data,
    every=every,
    scope=lambda k: f"all circuits of 2 inputs and at most {k} gates modulo 2 and 3",
    reach=1,
    strategy=strategy,
    ladder=ladder,
    mutations={
        "the goal is another": partial(
            _changed, lambda one: {"goal": (one.goal + 1) % (one.modulus or 2)}
        ),
        "the output is one wire earlier": partial(_changed, lambda one: {"output": one.output - 1}),
        "the output gate adds": partial(_changed, lambda one: _output_gate(one, ADD)),
        "the output gate subtracts": partial(_changed, lambda one: _output_gate(one, SUB)),
        "the output gate multiplies": partial(_changed, lambda one: _output_gate(one, MUL)),
    },
    hardness="P-complete under logspace reductions, over every finite ring with 1 other than 0; "
    "the linear circuits are in NC2",
    reference="Greenlaw, Hoover, Ruzzo 1995, Limits to Parallel Computation, section A.1 "
    "(arithmetic circuits); Beaudry, McKenzie, Péladeau, Thérien 1993 (finite semirings)",
    witnesses=certificates(
        steps,
        "values of some of the gates, the output among them with the goal, each forced by the "
        "values of inputs and claims of operands; 0 times anything is 0",
    ),
)
