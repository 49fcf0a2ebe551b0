"""Gadgets of strict alternating circuits, and where they stand: roots of wires, trees that copy.

Each wire of the source becomes a *root*, an OR of the same value, and a *tree* that copies it for
those that read it. With f readers the tree has f inner nodes and f + 1 leaves, all of them ORs: the
root is node 1, node t has the children 2 t and 2 t + 1, and the leaves are f + 1, ..., 2 f + 1.
Reader j, in the order in which they read, the output last, takes leaf f + 1 + j; nobody reads the
last leaf. Were there only f leaves, sizes would depend on how many gates nobody reads.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from reductions.problems.gate_kinds import AND, BUFFER, OR

if TYPE_CHECKING:
    from reductions.problems.circuits import Monotone
    from tcsim.typing import Integers

INPUT = -1
"""Where the kind of a wire is expected: an input."""


class Gadget(NamedTuple):
    """Gates made at once.

    Attributes:
        rows: kind and two operands of each gate: ``a`` and ``b`` are given, ``x2`` is the third new
            input, ``g1`` the second of these gates.
        fresh: the values of the new inputs; ``x`` is that of an input of the source.
    """

    rows: tuple[tuple[int, str, str], ...]
    fresh: str


ROOTS = {
    INPUT: Gadget(((OR, "x0", "x1"),), "xx"),
    AND: Gadget(((AND, "a", "b"), (OR, "x0", "g0")), "0"),
    OR: Gadget(((OR, "x0", "x1"), (AND, "a", "g0"), (AND, "b", "g0"), (OR, "g1", "g2")), "11"),
    BUFFER: Gadget(((OR, "x0", "x1"), (AND, "a", "g0"), (OR, "x2", "g1")), "110"),
}
"""By kind of the wire. The last gate is the root; ``a`` and ``b`` are leaves of the operands."""

INNER = Gadget(((OR, "x0", "x1"), (AND, "a", "g0"), (OR, "x2", "g1"), (OR, "x3", "g1")), "1100")
"""An inner node: ``a`` is the node itself, the last two gates are its children."""


@dataclass(frozen=True, eq=False)
class Layout:
    """Where everything stands. Arrays are int64; one entry a wire of the source unless said.

    Attributes:
        kind: of the wire; `INPUT` for inputs.
        readers: how many read it.
        rank: shape (gates, 2): of an operand, which reader of its wire it is; -1 for none.
        first: its first input.
        start: its first gate, as a wire of the target.
        tree: the first gate behind its root.
        inputs: of the target.
        gates: of the target.
    """

    kind: Integers
    readers: Integers
    rank: Integers
    first: Integers
    start: Integers
    tree: Integers
    inputs: int
    gates: int

    def node(self, wire: Integers, number: Integers) -> Integers:
        """The wire of a node of the tree of a wire."""
        below = self.tree[wire] + len(INNER.rows) * (number // 2 - 1) + 2 + number % 2
        return np.where(number == 1, self.tree[wire] - 1, below)

    def leaf(self, wire: Integers, reader: Integers) -> Integers:
        """What a reader of a wire reads."""
        return self.node(wire, self.readers[wire] + 1 + reader)


def layout(source: Monotone) -> Layout:
    """Blocks of roots and trees, in the order of the wires."""
    kind = np.concatenate((np.full(len(source.values), INPUT), source.gates.kind))
    readers, rank = _readers(source)
    fresh = _by_kind(kind, {number: len(one.fresh) for number, one in ROOTS.items()})
    gates = _by_kind(kind, {number: len(one.rows) for number, one in ROOTS.items()})
    all_fresh, all_gates = fresh + len(INNER.fresh) * readers, gates + len(INNER.rows) * readers
    n = int(all_fresh.sum())
    start = n + np.cumsum(all_gates) - all_gates
    return Layout(
        kind=kind,
        readers=readers,
        rank=rank,
        first=np.cumsum(all_fresh) - all_fresh,
        start=start,
        tree=start + gates,
        inputs=n,
        gates=int(all_gates.sum()),
    )


def _by_kind(kind: Integers, sizes: dict[int, int]) -> Integers:
    found = np.zeros(len(kind), np.int64)
    for number, size in sizes.items():
        found[kind == number] = size
    return found


def _readers(source: Monotone) -> tuple[Integers, Integers]:
    """`Layout.readers` and `Layout.rank`."""
    operands = source.gates.operands[:, :2]
    place = np.flatnonzero(operands.reshape(-1) >= 0)
    wire = operands.reshape(-1)[place]
    readers = np.bincount(wire, minlength=len(source.values) + len(operands))
    order = np.argsort(wire, kind="stable")
    rank = np.full(operands.size, -1, np.int64)
    rank[place[order]] = np.arange(len(wire)) - (np.cumsum(readers) - readers)[wire[order]]
    readers[source.output] += 1
    return readers, rank.reshape(-1, 2)
