"""Monotone CVP to circuits of majorities of three: a constant makes one an AND or an OR."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reductions.problems.circuits import MAJORITY, MONOTONE, Majority, Monotone
from reductions.problems.gate_kinds import BUFFER, OR
from reductions.problems.gate_kinds import MAJORITY as MAJ
from reductions.provenance import NONE, Provenance
from reductions.reduction import Mapped, Reduction
from reductions.rules.gadgets import Images, back_by_images, image_invariant
from reductions.rules.programs.metered import majorities

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reductions.overhead import Size

ZERO, ONE = 0, 1
"""Two further inputs, before the others: their values are 0 and 1."""


def forward(source: Monotone) -> Mapped[Majority]:
    """Wire w becomes wire w + 2. AND(a, b) = MAJ(a, b, 0), OR(a, b) = MAJ(a, b, 1)."""
    kind, operands = source.gates.kind, source.gates.operands
    new = np.full((len(kind), 3), ZERO, np.int64)
    new[:, 0] = operands[:, 0] + 2
    new[:, 1] = np.where(kind == BUFFER, ONE, operands[:, 1] + 2)
    new[kind == OR, 2] = ONE
    new_kind = np.full(len(kind), MAJ)
    result = Majority.of_gates(bytes((0, 1)) + source.values, new_kind, new, source.output + 2)
    wires = np.arange(len(source.values) + len(kind))
    origin = np.concatenate((np.full(2, NONE), wires))
    return Mapped(result, Provenance("wire", "wire", origin), Images(wires + 2))


def formulas(inputs: Size, gates: Size, depth: Size, **_: Size) -> Mapping[str, Size]:
    """Sizes of the target; see `Reduction.formulas`."""
    return {"inputs": inputs + 2, "gates": gates, "edges": 3 * gates, "depth": depth}


def second(source: Monotone) -> Majority:
    """With a Builder of tcsim, by the threshold of each gate; the constants stand behind."""
    from tcsim.builder import Builder

    builder = Builder(share=False, fold=False)
    wires = list(builder.inputs("x", len(source.values)))
    zero, one = builder.input("zero"), builder.input("one")
    for terms, threshold in source.rows:
        a, *b = (wires[wire] for wire, _ in terms)
        median = (a, zero, one) if not b else (a, b[0], zero if threshold == 2 else one)
        wires.append(builder.gate(median[0] + median[1] + median[2] >= 2))
    builder.output("y", wires[source.output])
    return Majority(builder.build(), source.values + bytes((0, 1)))


RULE: Reduction[Monotone, str, Majority, str] = Reduction(
    name="monotone_cvp_majority_cvp",
    source=MONOTONE,
    target=MAJORITY,
    summary="AND is the majority with a constant 0, OR with a constant 1, a buffer with both.",
    forward=forward,
    formulas=formulas,
    resources="AC0",
    why="each gate is read off one gate, with all wires moved by two",
    reference="Greenlaw, Hoover, Ruzzo 1995, Limits to Parallel Computation, section A.1",
    back=back_by_images,
    invariant=image_invariant(Monotone, forward),
    metered=majorities(),
    second=second,
)
