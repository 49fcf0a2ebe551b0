"""Unordered CVP to CVP in order and in layers, without sorting: as many copies as there are gates.

Copy t of a gate reads copy t - 1 of its operands. Copy 0 is arbitrary, so what is near it is wrong;
but there is no cycle, so whatever a gate depends on lies less than m copies below: copy m is right.
Inputs are passed on from copy to copy by buffers, so that no gate reads an early layer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reductions.problems.certificates import OPEN, claimed
from reductions.problems.circuit_value import table_of, wire_values
from reductions.problems.gate_kinds import BUFFER
from reductions.problems.layered_circuits import LAYERED, Layered
from reductions.problems.unordered_circuits import UNORDERED, Unordered
from reductions.problems.unordered_circuits import wire_values as unordered_values
from reductions.provenance import Provenance
from reductions.reduction import Invariant, Mapped, Reduction
from reductions.rules.gadgets import Images
from reductions.rules.induction import over_one_gate
from reductions.rules.programs.metered_computations import copies

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reductions.overhead import Size
    from reductions.problems.claims import Claims


def forward(source: Unordered) -> Mapped[Layered]:
    """Wire w of copy t is wire t (n + m) + w; copy 0 of the gates is further inputs, all 0."""
    n, m = len(source.values), len(source.gates)
    wires = n + m
    kind, operands = np.full(wires, BUFFER), np.full((wires, 2), -1, np.int64)
    operands[:n, 0] = np.arange(n)
    kind[n:], table = table_of(source.gates)
    operands[n:] = table[:, :2]
    below = wires * np.arange(m)[:, None, None]
    layers = np.where(operands < 0, -1, operands + below).reshape(-1, 2)
    last = m * wires + np.arange(wires)
    result = Layered.of_gates(
        source.values + bytes(m), np.tile(kind, m), layers, int(last[source.output])
    )
    origin = np.tile(np.arange(wires), m + 1)
    return Mapped(result, Provenance("wire", "wire", origin), Images(last))


def back(source: Unordered, mapped: Mapped[Layered], claims: str) -> Claims:
    """A gate is claimed to be what a copy is claimed to be that is not below its level.

    Such a copy is right, and what forces it are copies of operands that are not below theirs.
    """
    n, wires = len(source.values), len(source.levels)
    known = claimed(mapped.instance, claims)
    found: list[int | None] = [None] * len(source.gates)
    for g in range(len(found)):
        for t in range(source.levels[n + g], len(found) + 1):
            claim = known[t * wires + n + g]
            if claim != OPEN:
                found[g] = int(claim)
    return tuple(found)


def formulas(
    inputs: Size,
    gates: Size,
    edges: Size,
    ands: Size,
    ors: Size,
    nots: Size,
    buffers: Size,
    **_: Size,
) -> Mapping[str, Size]:
    """Sizes of the target; see `Reduction.formulas`."""
    return {
        "inputs": inputs + gates,
        "gates": gates * (inputs + gates),
        "edges": gates * (inputs + edges),
        "depth": gates,
        "ands": gates * ands,
        "ors": gates * ors,
        "nots": gates * nots,
        "buffers": gates * (inputs + buffers),
    }


def holds(source: Unordered, mapped: Mapped[Layered]) -> bool:
    """Whether all copies not below a gate's level are right: for copies 0 of all 0, and all 1."""
    right, m = unordered_values(source), len(source.gates)
    for first in (0, 1):
        values = source.values + bytes([first]) * m
        found = wire_values(Layered(mapped.instance.circuit, values))
        for t in range(m + 1):
            copy = found[t * len(right) : (t + 1) * len(right)]
            pairs = zip(copy, right, source.levels, strict=True)
            if any(value != expected for value, expected, level in pairs if level <= t):
                return False
    return True


def steps() -> Iterator[tuple[str, bool]]:
    """Each kind of gate over operands of all values; and that each copy is like the one before it.

    Copy t of a gate is right if copies t - 1 of its operands are, which are on lower levels.
    """
    yield from over_one_gate(Unordered, forward, holds)  # type: ignore[type-var]
    for k in (1, 2, 3):
        source = UNORDERED.ladder(k)
        rows, wires = forward(source).instance.rows, len(source.levels)
        for t in range(1, len(source.gates)):
            moved = [
                ([(wire + t * wires, weight) for wire, weight in terms], threshold)
                for terms, threshold in rows[:wires]
            ]
            yield f"copy {t + 1} of {k}", moved == list(rows[t * wires : (t + 1) * wires])


def second(source: Unordered) -> Layered:
    """By sorting: gates by level, and each wire carried up by buffers as far as it is read."""
    n, level = len(source.values), source.levels
    reach = list(level)
    for g, (_, *read) in enumerate(source.gates):
        for wire in read:
            reach[wire] = max(reach[wire], level[n + g] - 1)
    rows: list[tuple[int, ...]] = []
    there = {wire: wire for wire in range(n)}
    for t in range(1, max(level, default=0) + 1):
        below, there = there, {}
        for wire, (own, last) in enumerate(zip(level, reach, strict=True)):
            if own == t:
                kind, *read = source.gates[wire - n]
                rows.append((kind, *(below[operand] for operand in read)))
            elif own < t <= last:
                rows.append((BUFFER, below[wire]))
            else:
                continue
            there[wire] = n + len(rows) - 1
        if level[source.output] == t:
            output = there[source.output]
    if level[source.output] == 0:
        output = source.output
    return Layered.of_gates(source.values, *table_of(rows), output)


RULE: Reduction[Unordered, Claims, Layered, str] = Reduction(
    name="unordered_cvp_layered_cvp",
    source=UNORDERED,
    target=LAYERED,
    summary="As many copies of the circuit as there are gates; copy t reads copy t - 1, so nothing "
    "is sorted, and the last copy is right.",
    forward=forward,
    formulas=formulas,
    resources="AC0",
    why="gate t (n + m) + w is read off gate w: its operands are moved by (t - 1) (n + m)",
    reference="Greenlaw, Hoover, Ruzzo 1995, Limits to Parallel Computation, section A.1",
    back=back,
    invariant=Invariant(
        "copy t of each gate of level at most t is right, whatever copy 0 is", holds, steps
    ),
    metered=copies(),
    second=second,
)
