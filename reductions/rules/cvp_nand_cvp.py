"""CVP to circuits of NAND gates: NOT is one gate, AND and a buffer two, OR three."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reductions.overhead import at_most
from reductions.problems.circuits import CVP, LADNER, NAND, AndOrNot, Nand
from reductions.problems.gate_kinds import AND
from reductions.problems.gate_kinds import NAND as NAND_GATE
from reductions.reduction import Reduction
from reductions.rules.gadgets import adopted, back_by_images, image_invariant
from reductions.rules.programs.metered import gate_by_gate
from reductions.rules.universal import by_universal_gates

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reductions.overhead import Size
    from reductions.reduction import Mapped


def forward(source: AndOrNot) -> Mapped[Any]:
    """Gate by gate; the image of a gate is the last of its gates."""
    return by_universal_gates(source, Nand, NAND_GATE, AND)


def formulas(
    inputs: Size, depth: Size, ands: Size, ors: Size, nots: Size, buffers: Size, **_: Size
) -> Mapping[str, Size]:
    """Sizes of the target; see `Reduction.formulas`."""
    return {
        "inputs": inputs,
        "gates": 2 * ands + 3 * ors + nots + 2 * buffers,
        "edges": 3 * ands + 4 * ors + nots + 2 * buffers,
        "depth": at_most(2 * depth),
    }


def second(source: AndOrNot) -> Nand:
    """By the transform of tcsim, which shares no code with this rule."""
    from tcsim.transform import to_nand

    return adopted(Nand, to_nand(source.circuit), source.values)


RULE: Reduction[AndOrNot, str, Nand, str] = Reduction(
    name="cvp_nand_cvp",
    source=CVP,
    target=NAND,
    summary="AND is NOT of NAND, OR is the NAND of both NOTs, a NOT is a NAND of one wire.",
    forward=forward,
    formulas=formulas,
    resources="logspace",
    why="wires are renumbered by counting the gates before them, with a counter",
    reference=LADNER,
    back=back_by_images,
    invariant=image_invariant(AndOrNot, forward),
    metered=gate_by_gate(CVP, direct=2, universal=-1),
    second=second,
)
