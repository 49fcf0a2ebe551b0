"""The arithmetic circuit value problem: gates +, - and x over the integers modulo some number.

Over the integers themselves values may have exponentially many digits; there all values must be 0
or 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from reductions.codec import integer
from reductions.problems.claims import Known, Steps
from tcsim.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Sequence

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
