"""Single candidates in rounds as a circuit, by array operations: where its wires are.

For each cell and digit, numbered v = N cell + digit - 1, input v says that it is given. Each round
has, for v = 0, 1, ...,

* an OR of other digits placed in the cell and of this digit placed in peers: it is eliminated;

and then, for v = 0, 1, ...,

* an AND of the cell's other digits being eliminated, and for each row, column and box of the cell
  an AND of this digit being eliminated in its other cells;
* the OR of these, and of v having been placed before.

Behind the last round stand, for each cell, the OR of its digits, and the AND of all these.
An AND or OR of m wires is a tree of m - 1 gates: gate j reads items 2 j and 2 j + 1 of the row of
operands and of the tree's own gates, so that its depth is ceil(lg m).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reductions.problems.gate_kinds import AND, OR

if TYPE_CHECKING:
    from reductions.problems.sudoku.derivations import Rounds
    from tcsim.typing import Integers


class Layout:
    """Where all wires are.

    Args:
        instance: a puzzle and T.
    """

    def __init__(self, instance: Rounds) -> None:
        sudoku = instance.sudoku
        self.height, self.width = sudoku.height, sudoku.width
        self.n, self.rounds = sudoku.digits, instance.rounds
        self.given = np.frombuffer(sudoku.cells, np.uint8).astype(np.int64)
        self.inputs = self.n**3
        row, column = np.divmod(np.arange(self.n**2), self.n)
        others = _others(self.n)
        self._others = others
        # For each cell the other cells of its row, of its column, of its box.
        self._lines = [
            row[:, None] * self.n + others[column],
            others[row] * self.n + column[:, None],
        ]
        top, left = row // self.height * self.height, column // self.width * self.width
        self._peers = np.concatenate(self._lines, axis=1)
        if min(self.height, self.width) > 1:
            place = _others(self.n)[(row - top) * self.width + column - left]
            inside = top[:, None] + place // self.width, left[:, None] + place % self.width
            self._lines.append(inside[0] * self.n + inside[1])
            new = (inside[0] != row[:, None]) & (inside[1] != column[:, None])
            box = self._lines[2][new].reshape(self.n**2, -1)
            self._peers = np.concatenate((self._peers, box), axis=1)
        self.eliminating: int = self.n - 1 + self._peers.shape[1] - 1
        self.placing = (len(self._lines) + 1) * (self.n - 2) + len(self._lines) + 1
        self.round = self.inputs * (self.eliminating + self.placing)

    def values(self) -> bytes:
        """The inputs: what is given."""
        given: bytes = (self.given[:, None] == np.arange(1, self.n + 1)).tobytes()
        return given

    def first(self, t: int) -> int:
        """The first wire of round t, from 1; behind the last round, of what follows."""
        wire: int = self.inputs + (t - 1) * self.round
        return wire

    def placed(self, t: int) -> Integers:
        """The wires of all v after t rounds: shape (N * N * N,)."""
        v = np.arange(self.inputs)
        if t == 0:
            return v
        last = self.first(t) + self.inputs * self.eliminating + (v + 1) * self.placing - 1
        return np.asarray(last)

    def gates(self) -> tuple[Integers, Integers]:
        """Kinds, shape (gates,), and operands, shape (gates, 2), of all gates."""
        blocks = [block for t in range(1, self.rounds + 1) for block in self._one_round(t)]
        blocks += self._end()
        kinds = [np.tile(kind, len(operands)) for kind, operands in blocks]
        return np.concatenate(kinds), np.concatenate([o.reshape(-1, 2) for _, o in blocks])

    def _one_round(self, t: int) -> list[tuple[Integers, Integers]]:
        n, start = self.n, self.first(t)
        shape = (n * n, n)
        before = self.placed(t - 1).reshape(shape)
        read = np.concatenate(
            (
                before[:, self._others],  # (cell, digit, other digit)
                before[self._peers].transpose(0, 2, 1),  # (cell, digit, peer)
            ),
            axis=2,
        ).reshape(self.inputs, -1)
        v = np.arange(self.inputs)
        eliminated = _tree(read, start + v * self.eliminating)
        gone = (start + (v + 1) * self.eliminating - 1).reshape(shape)
        base = start + self.inputs * self.eliminating + v * self.placing
        reasons = [gone[:, self._others].reshape(self.inputs, -1)]
        reasons += [gone[line].transpose(0, 2, 1).reshape(self.inputs, -1) for line in self._lines]
        parts, results = [], [self.placed(t - 1)]
        for reason in reasons:
            parts.append(_tree(reason, base))
            base = base + (n - 2)
            results.append(base - 1 if n > 2 else reason[:, 0])
        parts.append(_tree(np.stack(results, axis=1), base))
        kinds = [AND] * (len(reasons) * (n - 2)) + [OR] * len(reasons)
        return [
            (np.full(self.eliminating, OR), eliminated),
            (np.array(kinds), np.concatenate(parts, axis=1)),
        ]

    def _end(self) -> list[tuple[Integers, Integers]]:
        n, start = self.n, self.first(self.rounds + 1)
        cell = np.arange(n * n)
        filled = _tree(self.placed(self.rounds).reshape(n * n, n), start + cell * (n - 1))
        every = _tree((start + (cell + 1) * (n - 1) - 1)[None], np.array([start + n * n * (n - 1)]))
        return [(np.full(n - 1, OR), filled), (np.full(n * n - 1, AND), every)]

    def origin(self) -> Integers:
        """Of each wire the number v of its cell and digit; -1 of those behind the last round."""
        v = np.arange(self.inputs)
        one = np.concatenate((np.repeat(v, self.eliminating), np.repeat(v, self.placing)))
        end = np.full(self.n**2 * (self.n - 1) + self.n**2 - 1, -1)
        return np.concatenate((v, np.tile(one, self.rounds), end))


def _others(n: int) -> Integers:
    """Row k: 0 .. n - 1 without k."""
    k = np.arange(n - 1)
    return k + (k >= np.arange(n)[:, None])


def _tree(operands: Integers, base: Integers) -> Integers:
    """Operands of the trees' gates: shape (trees, m - 1, 2).

    Args:
        operands: wires, shape (trees, m).
        base: the first gate of each tree.
    """
    gates = operands.shape[1] - 1
    items = np.concatenate((operands, base[:, None] + np.arange(gates)), axis=1)
    return items[:, : 2 * gates].reshape(len(operands), gates, 2)
