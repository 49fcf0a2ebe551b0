"""The tableau of a Turing machine as a circuit: its tape at each step, one bit a symbol and state.

With it, every problem in P reduces to the circuit value problem (Ladner 1975). A cell has a gate
for each symbol (it is there) and each state (the head is there, in this state). For step t, cell p:

* AND gate (q, a): before, the head was at p in state q, over the symbol a: two operands;
* symbol b: what was there, less the AND gates that take b away, plus those that write it, is 1;
* state r: one of the AND gates of the cells p - 1, p, p + 1 brings the head here in state r.

Exactly one symbol of a cell is 1, and at most one AND gate of all cells fires, so a threshold gate
adds this up exactly. All of it is in the order of step, cell and kind: nothing is sorted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tcsim.circuit import Circuit
from tcsim.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tcsim.uniformity.turing.machine import TuringMachine


@dataclass(frozen=True)
class TableauCost:
    """What a tableau costs, by formula, in the threshold basis.

    Attributes:
        cells: P = max(n, T) + 1.
        depth: 2 T + 2.
        size: P (g + s) + T P (s g + s + g) + 1, for s states and g symbols.
        edges: 2 n + T (P (3 s g + g + 2 w) - r) + P, where w rows of delta write another symbol
            than they read, and r move to the right.
    """

    cells: int
    depth: int
    size: int
    edges: int


def tableau_cost(machine: TuringMachine, n: int, steps: int) -> TableauCost:
    """Depth, size and edges of `tableau`, without building it.

    Raises:
        ArgumentError: n or steps is negative or no integer.
    """
    s, g, cells = len(machine.states), len(machine.alphabet), _cells(n, steps)
    writing = sum(written != read for (_, read), (_, written, _) in machine.delta.items())
    right = sum(move > 0 for _, _, move in machine.delta.values())
    edges = 2 * n + steps * (cells * (3 * s * g + g + 2 * writing) - right) + cells
    size = cells * (g + s) + steps * cells * (s * g + g + s) + 1
    return TableauCost(cells, 2 * steps + 2, size, edges)


def tableau(machine: TuringMachine, n: int, steps: int, *, tape: bool = False) -> Circuit:
    """The circuit that tells whether a machine accepts a word of n bits within so many steps.

    Args:
        machine: any; it may write on max(n, steps) + 1 cells, more than it can reach.
        n: number of inputs.
        steps: T; a machine that halts earlier stays as it is.
        tape: whether the tape after the last step is put out too, as ``cell[p]=symbol``.

    Raises:
        ArgumentError: n or steps is negative or no integer.

    Example:
        >>> from tcsim.uniformity.turing import palindromes
        >>> circuit = tableau(palindromes(), 3, steps=10)
        >>> circuit([1, 0, 1]).tolist(), circuit([1, 0, 0]).tolist()
        ([1], [0])
        >>> circuit.size == tableau_cost(palindromes(), 3, steps=10).size
        True
    """
    layout = _Layout(machine, n, steps)
    start, wires, weights, thresholds = [0], [], [], []
    for threshold, operands in layout.gates():
        thresholds.append(threshold)
        wires += [wire for wire, _ in operands]
        weights += [weight for _, weight in operands]
        start.append(len(wires))
    outputs, names = [n + len(thresholds) - 1], ["accept"]
    if tape:
        for p in range(layout.cells):
            for a, symbol in enumerate(machine.alphabet):
                outputs.append(layout.cell(steps, p) + a)
                names.append(f"cell[{p}]={symbol}")
    return Circuit(
        input_names=[f"x[{i}]" for i in range(n)],
        form_start=start,
        form_operand=np.array(wires, np.int64),
        form_weight=np.array(weights, np.int64),
        gate_form=np.arange(len(thresholds)),
        gate_threshold=np.array(thresholds, np.int64),
        output_wire=np.array(outputs, np.int64),
        output_names=names,
    )


def _cells(n: int, steps: int) -> int:
    for name, value in (("n", n), ("steps", steps)):
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise ArgumentError(f"{name} must be an integer of at least 0, not {value!r}")
    return max(n, steps) + 1


class _Layout:
    """Where each gate is, and what it reads."""

    def __init__(self, machine: TuringMachine, n: int, steps: int) -> None:
        self.machine, self.n, self.steps, self.cells = machine, n, steps, _cells(n, steps)
        symbol = {name: place for place, name in enumerate(machine.alphabet)}
        state = {name: place for place, name in enumerate(machine.states)}
        # (state, symbol, next state, written, move) of every row; where it halts, nothing changes.
        self.rows = [
            (q, a, state[after], symbol[written], move)
            for name, q in state.items()
            for read, a in symbol.items()
            for after, written, move in [machine.delta.get((name, read), (name, read, 0))]
        ]
        self.s, self.g = len(state), len(symbol)

    def cell(self, t: int, p: int) -> int:
        """The first wire of cell p after t steps: its symbols, then its states."""
        whole = self.s * self.g + self.g + self.s
        return self.n + t * self.cells * whole + p * (self.g + self.s)

    def conjunction(self, t: int, p: int) -> int:
        """The first AND gate of cell p in step t, from 1."""
        return self.cell(t, 0) - self.cells * self.s * self.g + p * self.s * self.g

    def gates(self) -> Iterator[tuple[int, list[tuple[int, int]]]]:
        """Thresholds and operands (wire, weight) of all gates, in order."""
        for p in range(self.cells):
            yield from self._first(p)
        for t in range(1, self.steps + 1):
            for p in range(self.cells):
                before = self.cell(t - 1, p)
                for q, a, *_ in self.rows:
                    yield 2, [(before + a, 1), (before + self.g + q, 1)]
            for p in range(self.cells):
                for b in range(self.g):
                    yield 1, self._symbol(t, p, b)
                for r in range(self.s):
                    yield 1, self._state(t, p, r)
        accept = self.machine.states.index(self.machine.accept)
        yield (
            1,
            [(self.cell(self.steps, p) + self.g + accept, 1) for p in range(self.cells)],
        )

    def _first(self, p: int) -> Iterator[tuple[int, list[tuple[int, int]]]]:
        """The cell before the first step: an input or a blank, and the head in cell 0."""
        machine = self.machine
        for symbol in machine.alphabet:
            if p < self.n and symbol in {"0", "1"}:
                yield (1, [(p, 1)]) if symbol == "1" else (0, [(p, -1)])
            else:
                yield int(p < self.n or symbol != machine.blank), []
        for state in machine.states:
            yield int(p > 0 or state != machine.start), []

    def _symbol(self, t: int, p: int, b: int) -> list[tuple[int, int]]:
        first = self.conjunction(t, p)
        changes = [
            (first + i, (written == b) - (a == b))
            for i, (_, a, _, written, _) in enumerate(self.rows)
        ]
        return [(self.cell(t - 1, p) + b, 1), *((w, c) for w, c in changes if c)]

    def _state(self, t: int, p: int, r: int) -> list[tuple[int, int]]:
        found = []
        for source in range(max(p - 1, 0), min(p + 2, self.cells)):
            first = self.conjunction(t, source)
            found += [
                (first + i, 1)
                for i, (_, _, after, _, move) in enumerate(self.rows)
                if after == r and max(source + move, 0) == p
            ]
        return found
