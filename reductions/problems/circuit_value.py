"""Circuit value instances: a circuit with one output, and values of its inputs; how one is decided.

A circuit stores no cycle and no dangling wire: `tcsim.Circuit` refuses both.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from reductions.problems.gate_kinds import Gates, circuit_of, gates_of
from tcsim.circuit import Circuit
from tcsim.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Self

    from tcsim.typing import Integers


@dataclass(frozen=True, eq=False)
class CircuitValue:
    """A circuit and the values of its inputs; gates of any kind.

    Equal if inputs, gates, output and values are; names and shared forms do not count.

    Args:
        circuit: with one output, which is a wire.
        values: of the inputs, one byte 0 or 1 each; any sequence of 0 and 1.

    Raises:
        ArgumentError: there are other outputs or values, or a gate is of no allowed kind.
    """

    circuit: Circuit
    values: bytes

    kinds: ClassVar[tuple[int, ...] | None] = None
    """Which kinds of gates are allowed; None: all."""

    def __post_init__(self) -> None:
        circuit = self.circuit
        if not isinstance(circuit, Circuit):
            raise ArgumentError(f"circuit must be a tcsim.Circuit, not {type(circuit).__name__}")
        if circuit.n_outputs != 1 or int(circuit.output_wire[0]) < 0:
            raise ArgumentError("circuit must have one output, and that a wire, not a constant")
        object.__setattr__(self, "values", _bits(self.values, circuit.n_inputs))
        if self.kinds is not None:
            _ = self.gates  # refuses gates of other kinds

    @classmethod
    def of_gates(cls, values: bytes, kind: Integers, operands: Integers, output: int) -> Self:
        """From a table of gates; see `circuit_of`."""
        return cls(circuit_of(len(values), kind, operands, output), values)

    @property
    def gates(self) -> Gates:
        """The gates as a table.

        Raises:
            ArgumentError: a gate is of no allowed kind.
        """
        kinds = self.kinds or ()
        return self.circuit.remember(f"gates{kinds}", lambda: gates_of(self.circuit, kinds))

    @property
    def output(self) -> int:
        """The output's wire."""
        return int(self.circuit.output_wire[0])

    @property
    def rows(self) -> Sequence[tuple[Sequence[tuple[int, int]], int]]:
        """Of each gate the (wire, weight) pairs and the threshold, in Python integers."""
        return self.circuit.remember("rows", lambda: _rows(self.circuit))

    @property
    def key(self) -> tuple[object, ...]:
        """What equality compares."""
        return (self.values, self.output, *map(_hashable, self.rows))

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)

    def __repr__(self) -> str:
        name = type(self).__name__
        return f"<{name}: {self.circuit.n_inputs} inputs, {self.circuit.size} gates>"


def _hashable(row: tuple[Sequence[tuple[int, int]], int]) -> tuple[object, ...]:
    return tuple(row[0]), row[1]


def _bits(values: object, count: int) -> bytes:
    try:
        found = values if isinstance(values, bytes) else bytes(values)  # type: ignore[call-overload]
    except (TypeError, ValueError):
        raise ArgumentError("values must be a sequence of 0 and 1") from None
    if len(found) != count or found.count(0) + found.count(1) != count:
        raise ArgumentError(f"values must be {count} of 0 and 1, one an input; got {len(found)}")
    return found


def _rows(circuit: Circuit) -> list[tuple[list[tuple[int, int]], int]]:
    forms = [list(circuit.expand(form).items()) for form in range(circuit.n_forms)]
    return [(forms[f], circuit.threshold(g)) for g, f in enumerate(circuit.gate_form.tolist())]


def wire_values(instance: CircuitValue) -> list[int]:
    """The value of every wire, gate after gate, straight from the definition."""
    values = list(instance.values)
    for terms, threshold in instance.rows:
        total = sum(weight * values[wire] for wire, weight in terms)
        values.append(1 if total >= threshold else 0)
    return values


def decide(instance: CircuitValue) -> bool:
    """Whether the output is 1."""
    return wire_values(instance)[instance.output] == 1


def levels(instance: CircuitValue) -> list[int]:
    """The level of every wire: 0 for inputs, else one more than the highest operand."""
    found = [0] * len(instance.values)
    for terms, _ in instance.rows:
        found.append(1 + max((found[wire] for wire, _ in terms), default=0))
    return found


def depth(instance: CircuitValue) -> int:
    """The highest level of any gate, whether or not the output depends on it."""
    return max(levels(instance), default=0)


def table_of(rows: Sequence[Sequence[int]]) -> tuple[Integers, Integers]:
    """Kinds and operands of gates given as (kind, wire, ...), for `CircuitValue.of_gates`."""
    kind = np.array([row[0] for row in rows], np.int64)
    operands = np.full((len(rows), 3), -1, np.int64)
    for place, row in enumerate(rows):
        operands[place, : len(row) - 1] = row[1:]
    return kind, operands
