"""The tableau of a Turing machine in AND, OR and NOT gates of two operands, by array operations.

Input 0 is the constant 0. Behind it stand the first configuration's cells: of each cell a wire for
each symbol (it is there) and each state (the head is there, in this state). Step t has, cell by
cell:

* for each row (q, a) of delta an AND: the head was there in state q, over a;
* the OR of the states there, as a chain, and its NOT: no head;
* for each symbol b: what was b and has no head stays; with the rows that write b, a chain of ORs;

and then, cell by cell, for each state r a chain of ORs, which begins with the constant 0, over the
rows into r: each read where its move starts, and one that moves left in cell 0 too, where it stays.
What starts outside the tape is the constant 0, so that all cells have the same gates. A halting
configuration stays. The last chain asks all cells whether the head is there in the accepting state.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reductions.problems.gate_kinds import AND, BUFFER, NOT, OR

if TYPE_CHECKING:
    from reductions.problems.turing_machine import Acceptance
    from tcsim.typing import Integers

ZERO_WIRE = 0


class Layout:
    """Where all wires are, and what the gates of one cell read.

    Args:
        instance: a machine, a word and T.
    """

    def __init__(self, instance: Acceptance) -> None:
        machine = instance.machine
        symbol = {name: place for place, name in enumerate(machine.alphabet)}
        state = {name: place for place, name in enumerate(machine.states)}
        # (next state, written, move) of every row; where it halts, nothing changes.
        self.rows = [
            (state[after], symbol[written], move)
            for name in state
            for read in symbol
            for after, written, move in [machine.delta.get((name, read), (name, read, 0))]
        ]
        self.word, self.steps = instance.word, instance.steps
        self.cells = max(len(self.word), self.steps) + 1
        self.s, self.g = len(state), len(symbol)
        self.start, self.accept = state[machine.start], state[machine.accept]
        self.bits, self.blank = (symbol["0"], symbol["1"]), symbol[machine.blank]
        lefts = sum(move < 0 for _, _, move in self.rows)
        self.inputs = 1 + self.cells * (self.g + self.s)
        self.first_part = 2 * self.s * self.g + self.s + self.g
        self.second_part = self.s + self.s * self.g + lefts
        self.step = self.cells * (self.first_part + self.second_part)
        writing = [sum(written == b for _, written, _ in self.rows) for b in range(self.g)]
        into = [
            sum(1 + (move < 0) for after, _, move in self.rows if after == r) for r in range(self.s)
        ]
        head = self.s * self.g + self.s  # of a cell's gates, those before the symbols'
        self.symbol_ends = head + np.cumsum(1 + np.array(writing)) - 1
        self.state_ends = np.cumsum(1 + np.array(into)) - 1

    def values(self) -> bytes:
        """The inputs: the constant, and the first configuration."""
        found = np.zeros((self.cells, self.g + self.s), np.uint8)
        word = [self.bits[int(bit)] for bit in self.word]
        word += [self.blank] * (self.cells - len(word))
        found[np.arange(self.cells), word] = 1
        found[0, self.g + self.start] = 1
        return bytes(1) + found.tobytes()

    def configuration(self, t: int) -> Integers:
        """The wires of the cells after t steps: shape (cells, symbols + states)."""
        cell = np.arange(self.cells)[:, None]
        if t == 0:
            return 1 + cell * (self.g + self.s) + np.arange(self.g + self.s)
        first = self.first(t)
        symbols = first + cell * self.first_part + self.symbol_ends
        states = first + self.cells * self.first_part + cell * self.second_part + self.state_ends
        return np.concatenate((symbols, states), axis=1)

    def first(self, t: int) -> int:
        """The first wire of step t, from 1; behind the last step, of what follows."""
        return self.inputs + (t - 1) * self.step

    def one_step(self) -> tuple[Integers, Integers]:
        """Kinds, shape (gates,), and operands, shape (gates, 2), of a step.

        An operand from -2 down is wire ``-2 - operand`` of the configuration before, counted cell
        by cell; one from 1 up is one more than a gate of this step; 0 is the constant 0, -1 none.
        """
        cells, s, g = self.cells, self.s, self.g
        cell = np.arange(cells)
        before = -2 - (cell[:, None] * (g + s) + np.arange(g + s))
        base = 1 + cell * self.first_part
        kinds: list[int] = []
        columns: list[tuple[Integers, Integers]] = []
        none = np.full(cells, -1)

        def add(kind: int, a: Integers, b: Integers = none) -> Integers:
            kinds.append(kind)
            columns.append((a, b))
            return base + len(kinds) - 1

        fires = [add(AND, before[:, i % g], before[:, g + i // g]) for i in range(s * g)]
        here = before[:, g]
        for q in range(1, s):
            here = add(OR, here, before[:, g + q])
        absent = add(NOT, here)
        for b in range(g):
            known = add(AND, before[:, b], absent)
            for i, (_, written, _) in enumerate(self.rows):
                if written == b:
                    known = add(OR, known, fires[i])
        first_kinds, first = np.tile(kinds, cells), _rows(columns)
        base = 1 + cells * self.first_part + cell * self.second_part
        kinds, columns = [], []
        zero = np.zeros(cells, np.int64)
        for r in range(s):
            known = add(BUFFER, zero)
            for i, (after, _, move) in enumerate(self.rows):
                if after != r:
                    continue
                source = cell - move
                inside = (source >= 0) & (source < cells)
                known = add(OR, known, np.where(inside, fires[i][source % cells], 0))
                if move < 0:
                    known = add(OR, known, np.where(cell == 0, fires[i], 0))
        return (
            np.concatenate((first_kinds, np.tile(kinds, cells))),
            np.concatenate((first, _rows(columns))),
        )

    def gates(self) -> tuple[Integers, Integers]:
        """Kinds and operands (wires, or -1) of all gates."""
        kind, relative = self.one_step()
        kinds, operands = [], []
        for t in range(1, self.steps + 1):
            before = self.configuration(t - 1).reshape(-1)
            found = relative + (self.first(t) - 1)
            old = relative <= -2
            found[old] = before[-2 - relative[old]]
            found[relative == 0] = ZERO_WIRE
            found[relative == -1] = -1
            kinds.append(kind)
            operands.append(found)
        last = self.first(self.steps + 1)
        chain = np.full((self.cells + 1, 2), -1, np.int64)
        chain[0, 0] = ZERO_WIRE
        chain[1:, 0] = self.configuration(self.steps)[:, self.g + self.accept]
        chain[1:, 1] = last + np.arange(self.cells)
        kinds.append(np.array([BUFFER, *[OR] * self.cells]))
        operands.append(chain)
        return np.concatenate(kinds), np.concatenate(operands)

    def origin(self) -> Integers:
        """Of each wire, the number t * cells + p of its step and cell; -1 of those of neither."""
        cell = np.arange(self.cells)
        inputs = np.repeat(cell, self.g + self.s)
        one = np.concatenate((np.repeat(cell, self.first_part), np.repeat(cell, self.second_part)))
        steps = self.cells * np.arange(1, self.steps + 1)[:, None] + one
        end = self.steps * self.cells + cell
        return np.concatenate(([-1], inputs, steps.reshape(-1), [-1], end))


def _rows(columns: list[tuple[Integers, Integers]]) -> Integers:
    """Operands cell by cell, from pairs of operands over all cells."""
    stacked = np.array(columns)  # (gates of a cell, 2, cells)
    return stacked.transpose(2, 0, 1).reshape(-1, 2)
