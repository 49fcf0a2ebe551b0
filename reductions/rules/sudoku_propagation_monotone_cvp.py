"""Single candidates of a Sudoku puzzle to monotone CVP: a layer of gates for each round.

Rounds follow one another, so the depth of the circuit grows with T: the serial depth of a puzzle is
the number of rounds until nothing is new.
"""

from __future__ import annotations

from itertools import product
from random import Random
from typing import TYPE_CHECKING, Any

import numpy as np

from reductions.problems.certificates import claimed
from reductions.problems.circuit_value import table_of, wire_values
from reductions.problems.circuits import MONOTONE, Monotone
from reductions.problems.gate_kinds import AND, OR
from reductions.problems.sudoku.derivations import (
    Derivation,
    Rounds,
    follows,
    placed_after,
    regions,
)
from reductions.problems.sudoku.grid import Sudoku
from reductions.problems.sudoku_propagation import SUDOKU_PROPAGATION
from reductions.provenance import Provenance
from reductions.reduction import Invariant, Mapped, Reduction
from reductions.rules.programs.boards import sudoku_rounds
from reductions.rules.sudoku_layout import Layout

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reductions.overhead import Size


def forward(source: Rounds) -> Mapped[Monotone]:
    """A wire for each round, cell and digit that is placed; see `Layout`."""
    layout = Layout(source)
    kind, operands = layout.gates()
    result = Monotone.of_gates(layout.values(), kind, operands, layout.inputs + len(kind) - 1)
    wires = np.stack([layout.placed(t) for t in range(source.rounds + 1)])
    return Mapped(result, Provenance("wire", "cell and digit", layout.origin()), wires)


def back(source: Rounds, mapped: Mapped[Any], claims: str) -> Derivation:
    """What is claimed to be placed, round by round."""
    known, n = claimed(mapped.instance, claims), source.sudoku.digits
    found = {v: None for v in range(n**3) if known[v] == "1"}
    given = len(found)
    for wires in mapped.images.tolist():
        found |= {v: None for v, wire in enumerate(wires) if known[wire] == "1" and v not in found}
    return tuple((v // n, v % n + 1) for v in list(found)[given:])


def formulas(digits: Size, units: Size, peers: Size, rounds: Size, **_: Size) -> Mapping[str, Size]:
    """Sizes of the target; see `Reduction.formulas`."""
    from tcsim.library.formula import ceil_log2

    n, every = digits, rounds * digits**3
    ors = every * (peers + n - 2 + units + 1) + n**2 * (n - 1)
    ands = every * (units + 1) * (n - 2) + n**2 - 1
    one = ceil_log2(peers + n - 1) + ceil_log2(n - 1) + ceil_log2(units + 2)
    return {
        "inputs": n**3,
        "gates": ors + ands,
        "edges": 2 * (ors + ands),
        "depth": rounds * one + ceil_log2(n) + ceil_log2(n**2),
        "ands": ands,
        "ors": ors,
        "buffers": 0,
    }


def holds(source: Rounds, mapped: Mapped[Any]) -> bool:
    """Whether the wires of each round say what is placed after it."""
    values, n = wire_values(mapped.instance), source.sudoku.digits
    expected = placed_after(source)
    for t, wires in enumerate(mapped.images.tolist()):
        placed = {(v // n, v % n + 1) for v, wire in enumerate(wires) if values[wire]}
        if placed != expected[min(t, len(expected) - 1)]:
            return False
    return True


def steps() -> Iterator[tuple[str, bool]]:
    """One round from any placements, reachable or not: all of two digits, some of more.

    All rounds have the same gates, and read what is placed in the one before alone.
    """
    random = Random(0)
    for height, width in ((1, 2), (1, 3), (2, 2), (2, 3)):
        n = height * width
        empty = Sudoku(height, width, bytes(n * n))
        mapped = forward(Rounds(empty, 1))
        states: Iterator[tuple[int, ...]] = product((0, 1), repeat=n**3)
        if n > 2:
            some = [(0.1, 0.3, 0.6)[k % 3] for k in range(12)]
            states = (tuple(int(random.random() < p) for _ in range(n**3)) for p in some)
        for number, state in enumerate(states):
            placed = frozenset((v // n, v % n + 1) for v, bit in enumerate(state) if bit)
            values = wire_values(Monotone(mapped.instance.circuit, bytes(state)))
            after = {
                (v // n, v % n + 1)
                for v, wire in enumerate(mapped.images[1].tolist())
                if values[wire]
            }
            yield f"state {number} of {n} digits", after == placed | follows(empty, placed)


def second(source: Rounds) -> Monotone:
    """By sets of cells and chains of gates; what is placed in a cell is kept by its digit."""
    sudoku, n = source.sudoku, source.sudoku.digits
    rows: list[tuple[int, ...]] = []

    def chain(kind: int, wires: list[int]) -> int:
        found = wires[0]
        for wire in wires[1:]:
            if wire != found:
                rows.append((kind, found, wire))
                found = n**3 + len(rows) - 1
        return found

    values = bytes(sudoku.cells[v // n] == v % n + 1 for v in range(n**3))
    here = {(v // n, v % n): v for v in range(n**3)}
    every = regions(sudoku.height, sudoku.width)
    for _ in range(source.rounds):
        gone, after = {}, {}
        for cell, d in here:
            peers = {(c, d) for region in every if cell in region for c in region}
            rivals = peers | {(cell, e) for e in range(n)}
            gone[cell, d] = chain(OR, [here[p] for p in sorted(rivals - {(cell, d)}, reverse=True)])
        for (cell, d), before in here.items():
            groups = [{(cell, e) for e in range(n)}]
            groups += [{(c, d) for c in region} for region in every if cell in region]
            singles = [chain(AND, [gone[p] for p in sorted(g - {(cell, d)})]) for g in groups]
            after[cell, d] = chain(OR, [before, *singles])
        here = after
    filled = [chain(OR, [here[cell, d] for d in range(n)]) for cell in range(n * n)]
    output = chain(AND, filled)
    return Monotone.of_gates(values, *table_of(rows), output)


RULE: Reduction[Rounds, Derivation, Monotone, str] = Reduction(
    name="sudoku_propagation_monotone_cvp",
    source=SUDOKU_PROPAGATION,
    target=MONOTONE,
    summary="A wire for each round, cell and digit placed; ORs eliminate, ANDs find singles.",
    forward=forward,
    formulas=formulas,
    resources="logspace",
    why="gates are written in loops over rounds, cells, digits and peers, with a counter each",
    reference="membership in P by unrolling the rounds; Ladner 1975 for the circuit value problem",
    back=back,
    invariant=Invariant("the wires of each round say what is placed after it", holds, steps),
    metered=sudoku_rounds(),
    second=second,
)
