"""Paths through a circuit: one critical path, slack of each gate, gates that reach no output."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tcsim._accelerate import run
from tcsim.errors import ArgumentError
from tcsim.measure import kernels
from tcsim.measure.flat import flat_forms
from tcsim.measure.threshold import output_levels

if TYPE_CHECKING:
    from tcsim.circuit import Circuit
    from tcsim.typing import Integers


@dataclass(frozen=True)
class PathStep:
    """One gate of a critical path.

    Attributes:
        gate: gate number.
        level: its level, 1 for the first step.
        kind: what the gate computes.
        name: its name, or "".
        scope: path of its scope, "" for the root.
    """

    gate: int
    level: int
    kind: str
    name: str
    scope: str


def critical_path(circuit: Circuit, output: str | None = None) -> list[PathStep]:
    """The gates of one longest path, from the inputs to an output.

    Where several gates would do, the lowest wire number is taken, so the path is the same every
    time.

    Args:
        circuit: any circuit.
        output: the output's name; by default a deepest one, the first of them.

    Returns:
        One step a level, level 1 first; empty for an output of depth 0.

    Raises:
        ArgumentError: there is no such output.
    """
    if output is None:
        depths = output_levels(circuit)
        index = int(np.argmax(depths)) if len(depths) else None
    elif output in circuit.output_names:
        index = circuit.output_names.index(output)
    else:
        raise ArgumentError(f"there is no output named {output!r}")
    if index is None:
        return []
    flat, n, level = flat_forms(circuit), circuit.n_inputs, circuit.levels
    gate = int(circuit.output_wire[index]) - n
    gates = []
    while gate >= 0:
        gates.append(gate)
        form = int(circuit.gate_form[gate])
        operands = flat.operand[flat.start[form] : flat.start[form + 1]] - n
        below = operands[operands >= 0]
        at_level = below[level[below] == level[gate] - 1]
        gate = int(at_level[0]) if len(at_level) else -1
    views = (circuit.gates[gate] for gate in reversed(gates))
    return [PathStep(v.number, v.level, v.kind, v.name, v.scope) for v in views]


def tails(circuit: Circuit, *, to_outputs: bool = True) -> Integers:
    """Longest path, in further gates, from each gate to an end.

    Args:
        circuit: any circuit.
        to_outputs: ends are the designated outputs; else every gate is an end.

    Returns:
        int64, shape (gates,); -1 for a gate from which no output is reached.
    """
    flat = flat_forms(circuit)
    tail = np.full(circuit.size, -1 if to_outputs else 0, np.int64)
    ends = circuit.output_wire - circuit.n_inputs
    tail[ends[ends >= 0]] = 0
    run(
        kernels.tails,
        len(flat.operand) + circuit.size,
        circuit.n_inputs,
        flat.start,
        flat.operand,
        circuit.gate_form,
        np.full(circuit.n_forms, -1, np.int64),
        tail,
    )
    return tail


def dead_gates(circuit: Circuit) -> Integers:
    """Numbers of the gates that no designated output depends on: int64, increasing."""
    return np.flatnonzero(tails(circuit) < 0)


def slack(circuit: Circuit) -> Integers:
    """How many levels later each gate could fire without making the circuit deeper.

    Returns:
        int64, shape (gates,); 0 on every critical path, -1 for dead gates.
    """
    tail = tails(circuit)
    return np.where(tail < 0, -1, circuit.measures.depth - circuit.levels - tail)
