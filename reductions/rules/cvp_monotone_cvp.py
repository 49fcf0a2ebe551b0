"""CVP to monotone CVP: each wire becomes two rails, its value and the complement."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reductions.problems.circuits import CVP, GOLDSCHLAGER, MONOTONE, AndOrNot, Monotone
from reductions.problems.gate_kinds import AND, BUFFER, NOT, OR
from reductions.provenance import Provenance
from reductions.reduction import Mapped, Reduction
from reductions.rules.gadgets import Images, adopted, back_by_images, image_invariant
from reductions.rules.programs.metered import dual_rail

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reductions.overhead import Size


def forward(source: AndOrNot) -> Mapped[Monotone]:
    """Wire w becomes wire 2 w, of its value, and 2 w + 1, of the complement.

    AND and OR trade places on the second rail; a NOT is two buffers that swap the rails.
    """
    kind, operands = source.gates.kind, source.gates.operands[:, :2]
    other = kind.copy()
    other[kind == AND], other[kind == OR] = OR, AND
    new_kind = np.stack((kind, other), axis=1).reshape(-1)
    new_kind[new_kind == NOT] = BUFFER
    inverts = (kind == NOT)[:, None].astype(np.int64)
    rails = np.stack((2 * operands + inverts, 2 * operands + 1 - inverts), axis=1)
    rails = np.where(operands[:, None, :] < 0, -1, rails).reshape(-1, 2)
    values = np.frombuffer(source.values, np.uint8)
    both = np.stack((values, 1 - values), axis=1).reshape(-1)
    result = Monotone.of_gates(both.tobytes(), new_kind, rails, 2 * source.output)
    wires = np.arange(len(values) + len(kind))
    origin = Provenance("wire", "wire", np.repeat(wires, 2))
    return Mapped(result, origin, Images(2 * wires, 2 * wires + 1))


def formulas(
    inputs: Size,
    gates: Size,
    edges: Size,
    depth: Size,
    ands: Size,
    ors: Size,
    nots: Size,
    buffers: Size,
) -> Mapping[str, Size]:
    """Sizes of the target; see `Reduction.formulas`."""
    return {
        "inputs": 2 * inputs,
        "gates": 2 * gates,
        "edges": 2 * edges,
        "depth": depth,
        "ands": ands + ors,
        "ors": ands + ors,
        "buffers": 2 * nots + 2 * buffers,
    }


def second(source: AndOrNot) -> Monotone:
    """By the transform of tcsim, which makes a rail only where it is read."""
    from tcsim.transform import to_monotone

    circuit = to_monotone(source.circuit)
    known = dict(zip(source.circuit.input_names, source.values, strict=True))
    known |= {f"not {name}": 1 - value for name, value in known.items()}
    return adopted(Monotone, circuit, bytes(known[name] for name in circuit.input_names))


RULE: Reduction[AndOrNot, str, Monotone, str] = Reduction(
    name="cvp_monotone_cvp",
    source=CVP,
    target=MONOTONE,
    summary="Two rails a wire, its value and the complement; a NOT swaps them.",
    forward=forward,
    formulas=formulas,
    resources="AC0",
    why="each target gate is read off one source gate; wires are numbered 2 w and 2 w + 1",
    reference=GOLDSCHLAGER,
    back=back_by_images,
    invariant=image_invariant(AndOrNot, forward),
    metered=dual_rail(),
    second=second,
)
