"""And-inverter graphs to measure with: generated from seeds, and to and from binary AIGER files.

They share no code with `tcsim.formats`: what is read back is what was written.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from pathlib import Path

Literals = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Graph:
    """AND gates over literals: ``2*v`` is variable v, ``2*v + 1`` its complement, 0 the constant 0.

    Inputs are variables 1 .. inputs, gate g is variable ``inputs + 1 + g``.

    Attributes:
        inputs: how many there are.
        operands: shape (gates, 2), two literals of earlier variables per gate.
        outputs: literals, shape (outputs,).
    """

    inputs: int
    operands: Literals
    outputs: Literals

    @property
    def gates(self) -> int:
        """Number of AND gates."""
        return len(self.operands)

    def outputs_on(self, inputs: list[int]) -> list[int]:
        """The outputs in Python's integers: input i in 64 vectors is ``inputs[i]``, a bit each."""
        ones = 2**64 - 1
        values = [0, ones]  # by literal
        for value in inputs:
            values += (value, value ^ ones)
        for a, b in self.operands.tolist():
            both = values[a] & values[b]
            values += (both, both ^ ones)
        return [values[literal] for literal in self.outputs.tolist()]

    def write(self, path: Path, *, latch: bool = False) -> None:
        """Write a binary AIGER file.

        Args:
            path: the file.
            latch: add a latch that is always 0: some tools simulate sequential circuits only.
        """
        operands, outputs, latches = self.operands, self.outputs, int(latch)
        if latch:  # its variable comes between inputs and gates
            operands, outputs = (a + 2 * (a >= 2 * self.inputs + 2) for a in (operands, outputs))
        first = self.inputs + latches + 1
        defined = 2 * (first + np.arange(self.gates, dtype=np.int64))
        high, low = operands.max(axis=1, initial=0), operands.min(axis=1, initial=2**62)
        sizes = (first + self.gates - 1, self.inputs, latches, len(outputs), self.gates)
        lines = ["aig", *map(str, sizes)]
        lines = [" ".join(lines), *["0"] * latches, *map(str, outputs.tolist())]
        deltas = np.column_stack((defined - high, high - low)).reshape(-1)
        path.write_bytes("\n".join(lines).encode() + b"\n" + _groups_of_seven(deltas))


def _groups_of_seven(values: Literals) -> bytes:
    """Numbers of up to 35 bits, 7 bits a byte, lowest first; the top bit says that more follow."""
    shifts = np.arange(0, 35, 7)
    groups = (values[:, None] >> shifts) & 0x7F
    used = values[:, None] >> shifts > 0
    used[:, 0] = True
    groups[:, :-1] |= used[:, 1:] * 0x80
    return groups[used].astype(np.uint8).tobytes()


def read_graph(path: Path) -> Graph:
    """Read a small binary AIGER file without latches."""
    data = path.read_bytes()
    header, position = data.split(b"\n", 1)[0], data.index(b"\n") + 1
    _, inputs, latches, outputs, gates = map(int, header.split()[1:6])
    assert latches == 0, path
    literals = []
    for _ in range(outputs):
        end = data.index(b"\n", position)
        literals.append(int(data[position:end]))
        position = end + 1
    deltas: list[int] = []
    shift = value = 0
    while len(deltas) < 2 * gates:
        value |= (data[position] & 0x7F) << shift
        shift += 7
        if data[position] < 0x80:
            deltas.append(value)
            shift = value = 0
        position += 1
    pairs = np.array(deltas, np.int64).reshape(gates, 2)
    high = 2 * (inputs + 1 + np.arange(gates)) - pairs[:, 0]
    operands = np.column_stack((high, high - pairs[:, 1]))
    return Graph(inputs, operands, np.array(literals, np.int64))


def random_graph(gates: int, *, inputs: int, reach: int | None, seed: int) -> Graph:
    """A random graph in which every gate counts.

    Gates lie in as many lanes as there are inputs. One operand is the last gate of a random lane,
    whose last gate is then this one; so every gate reaches an output. The other operand is any
    earlier variable. Both are complemented or not at random.

    Args:
        gates: how many gates.
        inputs: how many inputs, lanes and outputs.
        reach: how far back the other operand lies at most; None: as far as it goes.
        seed: of the random numbers.
    """
    random = np.random.default_rng(seed)
    variable = inputs + 1 + np.arange(gates)
    lane = np.concatenate((np.arange(inputs), random.integers(inputs, size=gates)))
    # The gates of a lane in order: each reads the one before it.
    order = np.argsort(lane, kind="stable")
    before = np.empty(inputs + gates, np.int64)
    before[order[1:]] = order[:-1] + 1
    oldest = 1 if reach is None else np.maximum(1, variable - reach)
    other = random.integers(oldest, variable)
    # Two equal operands would make a gate superfluous: take the variable before.
    same = other == before[inputs:]
    other[same] = np.where(other[same] > 1, other[same] - 1, variable[same] - 1)
    pairs = np.column_stack((before[inputs:], other))
    last = np.append(np.flatnonzero(np.diff(lane[order])), len(order) - 1)
    return Graph(inputs, 2 * pairs + random.integers(2, size=pairs.shape), 2 * (order[last] + 1))


def tie_inputs(graph: Graph, variables: int, seed: int) -> Graph:
    """The graph with each input replaced by one of a few variables, or its complement."""
    random = np.random.default_rng(seed)
    tied = 2 + random.integers(2 * variables, size=graph.inputs)

    def renamed(literals: Literals) -> Literals:
        moved = literals - 2 * (graph.inputs - variables)
        source = np.clip(literals // 2 - 1, 0, graph.inputs - 1)
        made = np.where(literals // 2 > graph.inputs, moved, tied[source] ^ literals & 1)
        return np.where(literals < 2, literals, made)

    return Graph(variables, renamed(graph.operands), renamed(graph.outputs))


def multiplier(bits: int) -> Graph:
    """The product of two numbers: an array of adders.

    Args:
        bits: of each factor. The inputs are the digits of one, then of the other, lowest first; the
            outputs are the 2*bits digits of the product.
    """
    make = _Maker(2 * bits)
    digits: list[int] = []
    row: list[int] = []
    for j in range(bits):
        partial = [make.conjunction(2 + 2 * i, 2 + 2 * (bits + j)) for i in range(bits)]
        if j == 0:
            row = [*partial, 0]
        else:
            carry, total = 0, []
            for a, b in zip(partial, row, strict=True):
                digit, carry = make.full_adder(a, b, carry)
                total.append(digit)
            row = [*total, carry]
        digits.append(row[0])
        row = row[1:]
    return Graph(2 * bits, make.operands, np.array([*digits, *row], np.int64))


@dataclass
class _Maker:
    """Makes gates, each pair of operands once, none with a constant operand."""

    inputs: int
    made: dict[tuple[int, int], int] = field(default_factory=dict)

    def conjunction(self, a: int, b: int) -> int:
        a, b = sorted((a, b))
        if a == 0 or a ^ b == 1:
            return 0
        if a in (1, b):
            return b
        return self.made.setdefault((a, b), 2 * (self.inputs + 1 + len(self.made)))

    def exclusive_or(self, a: int, b: int) -> tuple[int, int]:
        both = self.conjunction(a, b)
        return self.conjunction(both ^ 1, self.conjunction(a ^ 1, b ^ 1) ^ 1), both

    def full_adder(self, a: int, b: int, c: int) -> tuple[int, int]:
        half, both = self.exclusive_or(a, b)
        total, carried = self.exclusive_or(half, c)
        return total, self.conjunction(both ^ 1, carried ^ 1) ^ 1

    @property
    def operands(self) -> Literals:
        return np.array(list(self.made), np.int64).reshape(-1, 2)
