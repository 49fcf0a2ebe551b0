"""Monotone CVP to alternating circuits: every image is an OR, which reads ANDs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reductions.problems.alternating_circuits import ALTERNATING, Alternating
from reductions.problems.circuits import GOLDSCHLAGER, MONOTONE, Monotone
from reductions.problems.gate_kinds import AND, BUFFER, OR
from reductions.provenance import Provenance
from reductions.reduction import Mapped, Reduction
from reductions.rules.gadgets import Images, back_by_images, image_invariant
from reductions.rules.programs.metered import gate_by_gate

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reductions.overhead import Size


def forward(source: Monotone) -> Mapped[Alternating]:
    """AND becomes AND and an OR of it alone; OR becomes the OR of an AND of each operand alone."""
    kind, operands = source.gates.kind, source.gates.operands
    n, m = len(source.values), len(kind)
    count = np.where(kind == OR, 3, 2)
    last = n + np.cumsum(count) - 1
    image = np.concatenate((np.arange(n), last))
    new_kind = np.full(int(count.sum()), BUFFER)
    new = np.full((len(new_kind), 2), -1, np.int64)
    place, a, b = last - n, image[operands[:, 0]], image[operands[:, 1]]
    ands, ors, others = kind == AND, kind == OR, kind != OR
    new_kind[place[ands] - 1] = AND
    new[place[others] - 1, 0], new[place[ands] - 1, 1] = a[others], b[ands]
    new[place[others], 0] = last[others] - 1
    new_kind[place[ors]] = OR
    new[place[ors] - 2, 0], new[place[ors] - 1, 0] = a[ors], b[ors]
    new[place[ors], 0], new[place[ors], 1] = last[ors] - 2, last[ors] - 1
    result = Alternating.of_gates(source.values, new_kind, new, int(image[source.output]))
    origin = np.concatenate((np.arange(n), n + np.repeat(np.arange(m), count)))
    return Mapped(result, Provenance("wire", "wire", origin), Images(image))


def formulas(
    inputs: Size, depth: Size, ands: Size, ors: Size, buffers: Size, **_: Size
) -> Mapping[str, Size]:
    """Sizes of the target; see `Reduction.formulas`."""
    return {
        "inputs": inputs,
        "gates": 2 * ands + 3 * ors + 2 * buffers,
        "edges": 3 * ands + 4 * ors + 2 * buffers,
        "depth": 2 * depth,
        "ands": ands,
        "ors": ors,
        "buffers": ands + 2 * ors + 2 * buffers,
    }


def second(source: Monotone) -> Alternating:
    """Copies a gate of the wrong kind into a buffer of the right one, only where that is needed."""
    n = len(source.values)
    rows: list[tuple[int, ...]] = []
    made: dict[tuple[int, int], int] = {}
    kinds, operands = source.gates.kind.tolist(), source.gates.operands.tolist()

    def add(*row: int) -> int:
        rows.append(row)
        return n + len(rows) - 1

    for gate, (kind, wires) in enumerate(zip(kinds, operands, strict=True)):
        for wanted in (AND, OR):
            opposite = AND + OR - wanted
            read = [w if w < n else made[w, opposite] for w in wires if w >= 0]
            if kind == wanted:
                made[n + gate, wanted] = add(kind, *read)
            elif kind == BUFFER:
                made[n + gate, wanted] = add(BUFFER, *read)
        if kind != BUFFER:
            made[n + gate, AND + OR - kind] = add(BUFFER, made[n + gate, kind])
    output = source.output if source.output < n else made[source.output, OR]
    from reductions.problems.circuit_value import table_of

    return Alternating.of_gates(source.values, *table_of(rows), output)


RULE: Reduction[Monotone, str, Alternating, str] = Reduction(
    name="monotone_cvp_alternating_cvp",
    source=MONOTONE,
    target=ALTERNATING,
    summary="A buffer counts as an AND or as an OR: put between gates, it makes them alternate.",
    forward=forward,
    formulas=formulas,
    resources="logspace",
    why="wires are renumbered by counting the gates before them, with a counter",
    reference=GOLDSCHLAGER,
    back=back_by_images,
    invariant=image_invariant(Monotone, forward),
    metered=gate_by_gate(MONOTONE, direct=0),
    second=second,
)
