"""The word problem of S5 to threshold circuits: a tree of products of 0/1 matrices, of any arity.

The matrix of a permutation has a 1 at (p, q) if it takes p to q. An entry of a product of r
matrices is an OR over all paths of r steps, 5^(r - 1) of them, each an AND: two levels of gates.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from reductions.overhead import at_most
from reductions.problems.certificates import claimed
from reductions.problems.circuit_value import CircuitValue, wire_values
from reductions.problems.s5_word_problem import (
    NUMBER,
    PERMUTATIONS,
    S5_WORD_PROBLEM,
    Products,
    Word,
)
from reductions.problems.threshold_circuits import THRESHOLD
from reductions.provenance import NONE, Provenance
from reductions.reduction import Invariant, Mapped, Reduction
from reductions.rules.programs.metered_computations import word_tree
from tcsim.circuit import Circuit
from tcsim.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reductions.overhead import Size
    from tcsim.typing import Integers

MOST_ARITY = 6


@dataclass(frozen=True, eq=False)
class Row:
    """The matrices of one level of the tree, side by side.

    Attributes:
        start: int64, shape (matrices,): the first letter of each; it ends where the next starts.
        wires: int64, shape (matrices, 5, 5).
    """

    start: Integers
    wires: Integers


def join(row: Row, arity: int, first: int) -> tuple[Row, list[Integers], list[Integers]]:
    """The next level.

    Args:
        row: at least two matrices.
        arity: most that are multiplied at once.
        first: the first new wire.

    Returns:
        The level; the operands of its gates, in order; and their number and threshold of each gate.
    """
    count = len(row.start)
    whole, rest = divmod(count, arity)
    parts = [row.wires[: whole * arity].reshape(whole, arity, 5, 5)]
    if rest > 1:
        parts.append(row.wires[None, whole * arity :])
    made, operands, shapes = [], [], []
    for part in parts:
        groups, r = part.shape[:2]
        if not groups:
            continue
        paths = np.array([(p, *m, q) for p in range(5) for q in range(5)
                          for m in product(range(5), repeat=r - 1)])  # fmt: skip
        ands = np.sort(part[:, np.arange(r), paths[:, :-1], paths[:, 1:]], axis=-1)
        size = len(paths) + 25
        new = first + size * np.arange(groups)[:, None] + np.arange(size)
        first += size * groups
        operands.append(
            np.concatenate((ands.reshape(groups, -1), new[:, : len(paths)]), axis=1).reshape(-1)
        )
        one = np.array([(r, r)] * len(paths) + [(len(paths) // 25, 1)] * 25)
        shapes.append(np.tile(one, (groups, 1)))
        made.append(new[:, len(paths) :].reshape(groups, 5, 5))
    if rest == 1:
        made.append(row.wires[-1:])
    return Row(row.start[::arity], np.concatenate(made)), operands, shapes


def rule(arity: int) -> Reduction[Word, Products, CircuitValue, str]:
    """The reduction by a tree in which so many matrices are multiplied at once.

    Args:
        arity: 2 to 6: the more, the fewer levels and the more gates.

    Raises:
        ArgumentError: it is none.
    """
    if not isinstance(arity, int) or not 2 <= arity <= MOST_ARITY:
        raise ArgumentError(f"arity must be an integer in 2..{MOST_ARITY}, not {arity!r}")

    def forward(source: Word) -> Mapped[CircuitValue]:
        n = len(source.letters)
        rows = [Row(np.arange(n), np.arange(25 * n).reshape(n, 5, 5))]
        operands: list[Integers] = []
        shapes: list[Integers] = []
        origin = [np.repeat(np.arange(n), 25)]
        first = 25 * n
        while len(rows[-1].start) > 1:
            row, more, kinds = join(rows[-1], arity, first)
            own = row.wires[:, 0, 0] >= first  # not one that is handed on
            gates = sum(map(len, kinds))
            ends = np.append(row.wires[own, 4, 4], first - 1)
            origin.append(np.repeat(row.start[own], np.diff(np.sort(ends))))
            first += gates
            rows.append(row)
            operands += more
            shapes += kinds
        goal = PERMUTATIONS[source.goal]
        operands.append(rows[-1].wires[0, range(5), goal])
        shapes.append(np.array([(5, 5)]))
        origin.append(np.array([NONE]))
        instance = CircuitValue(_circuit(25 * n, operands, shapes), _values(source))
        return Mapped(instance, Provenance("wire", "letter", np.concatenate(origin)), rows)

    def second(source: Word) -> CircuitValue:
        """By the matrix products of tcsim, two at once."""
        import tcsim as tc
        from tcsim.library.word_problem import multiply

        builder = tc.Builder(share=False)
        x = list(builder.inputs("x", 25 * len(source.letters)))
        matrices = [
            [x[25 * i + 5 * p : 25 * i + 5 * p + 5] for p in range(5)]
            for i in range(len(source.letters))
        ]
        result = multiply(matrices)
        goal = PERMUTATIONS[source.goal]
        builder.output("y", tc.all(result[p][goal[p]] for p in range(5)))
        return CircuitValue(builder.build(), _values(source))

    return Reduction(
        name="s5_word_problem_threshold_cvp",
        source=S5_WORD_PROBLEM,
        target=THRESHOLD,
        summary=f"Permutations as 0/1 matrices, multiplied by a tree, {arity} at once.",
        forward=forward,
        formulas=lambda letters, levels: _formulas(arity, letters, levels),
        resources="logspace",
        why="gates are written in loops over levels, matrices and paths, with a counter each",
        reference="Barrington 1989, Bounded-width polynomial-size branching programs recognize "
        "exactly those languages in NC1",
        back=back,
        invariant=Invariant(
            "each matrix of the tree is that of the product of its letters", holds, steps
        ),
        metered=word_tree(arity),
        second=second,
    )


def _values(source: Word) -> bytes:
    found = np.zeros((len(source.letters), 5, 5), np.uint8)
    letters = np.array(PERMUTATIONS)[list(source.letters)]
    np.put_along_axis(found, letters[:, :, None], 1, axis=2)
    return found.tobytes()


def _circuit(inputs: int, operands: Sequence[Integers], shapes: Sequence[Integers]) -> Circuit:
    count, threshold = np.concatenate(shapes).T
    flat = np.concatenate(operands)
    return Circuit(
        input_names=[f"x[{i}]" for i in range(inputs)],
        form_start=np.append(0, np.cumsum(count)),
        form_operand=flat,
        form_weight=np.ones(len(flat), np.int64),
        gate_form=np.arange(len(count)),
        gate_threshold=threshold,
        output_wire=np.array([inputs + len(count) - 1]),
        output_names=["y"],
    )


def back(source: Word, mapped: Mapped[CircuitValue], claims: str) -> Products:
    """Every beginning of the word is a product of few matrices, which are all claimed.

    The output needs a path from each point, and paths from all points pass all points everywhere.
    """
    known = claimed(mapped.instance, claims)
    n = len(source.letters)
    blocks: dict[int, list[tuple[int, list[int]]]] = {}  # start -> (stop, where points go)
    for row in mapped.images:
        ends = [*row.start[1:].tolist(), n]
        for start, stop, matrix in zip(row.start.tolist(), ends, row.wires.tolist(), strict=True):
            goes = [[known[wire] for wire in wires].index("1") for wires in matrix]
            blocks.setdefault(start, []).append((stop, goes))
    found = []
    for length in range(1, n + 1):
        points, place = list(range(5)), 0
        while place < length:
            stop, goes = max(block for block in blocks[place] if block[0] <= length)
            points, place = [goes[point] for point in points], stop
        found.append(NUMBER[tuple(points)])
    return tuple(found)


def _formulas(arity: int, letters: Size, levels: Size) -> Mapping[str, Size]:
    """Exact for arity 2. A product of r matrices joins r - 1: a join costs most where r = arity."""
    import sympy

    paths, joins = 25 * 5 ** (arity - 1), sympy.Integer(arity - 1)
    gates = sympy.ceiling((letters - 1) * ((paths + 25) / joins)) + 1
    edges = sympy.ceiling((letters - 1) * (paths * (arity + 1) / joins)) + 5
    depth = 2 * sympy.ceiling(levels / sympy.Integer(arity.bit_length() - 1)) + 1
    return {
        "inputs": 25 * letters,
        "gates": gates if arity == 2 else at_most(gates),
        "edges": edges if arity == 2 else at_most(edges),
        "depth": depth if arity & (arity - 1) == 0 else at_most(depth),
    }


def holds(source: Word, mapped: Mapped[CircuitValue]) -> bool:
    """Whether each matrix of the tree is right."""
    values = wire_values(mapped.instance)
    for row in mapped.images:
        ends = [*row.start[1:].tolist(), len(source.letters)]
        for start, stop, matrix in zip(row.start.tolist(), ends, row.wires.tolist(), strict=True):
            points = list(range(5))
            for letter in source.letters[start:stop]:
                points = [PERMUTATIONS[letter][point] for point in points]
            for p, wires in enumerate(matrix):
                if [values[wire] for wire in wires] != [int(q == points[p]) for q in range(5)]:
                    return False
    return True


def steps() -> Iterator[tuple[str, bool]]:
    """A product of two for all 14,400 pairs, gate by gate on all at once; one of three for some."""
    matrices = np.eye(5, dtype=np.int64)[np.array(PERMUTATIONS)]
    row = Row(np.arange(2), np.arange(50).reshape(2, 5, 5))
    above, (operands,), (shapes,) = join(row, 2, 50)
    left = np.repeat(matrices, 120, axis=0).reshape(-1, 25)
    right = np.tile(matrices, (120, 1, 1)).reshape(-1, 25)
    values = np.zeros((len(left), 50 + len(shapes)), np.int64)
    values[:, :50] = np.concatenate((left, right), axis=1)
    ends = np.cumsum(shapes[:, 0])
    for gate, (count, threshold) in enumerate(shapes.tolist()):
        read = operands[ends[gate] - count : ends[gate]]
        values[:, 50 + gate] = values[:, read].sum(axis=1) >= threshold
    found = values[:, above.wires[0].reshape(-1)].reshape(-1, 5, 5)
    right_ones = (left.reshape(-1, 5, 5) @ right.reshape(-1, 5, 5) == found).all(axis=(1, 2))
    for number, good in enumerate(right_ones.reshape(120, 120).all(axis=1).tolist()):
        yield f"permutation {number} times each", good


RULE = rule(2)
