"""CVP to circuits of NOR gates: NOT is one gate, OR and a buffer two, AND three."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reductions.overhead import at_most
from reductions.problems.circuits import CVP, LADNER, NOR, AndOrNot, Nor
from reductions.problems.gate_kinds import NOR as NOR_GATE
from reductions.problems.gate_kinds import OR
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
    return by_universal_gates(source, Nor, NOR_GATE, OR)


def formulas(
    inputs: Size, depth: Size, ands: Size, ors: Size, nots: Size, buffers: Size, **_: Size
) -> Mapping[str, Size]:
    """Sizes of the target; see `Reduction.formulas`."""
    return {
        "inputs": inputs,
        "gates": 3 * ands + 2 * ors + nots + 2 * buffers,
        "edges": 4 * ands + 3 * ors + nots + 2 * buffers,
        "depth": at_most(2 * depth),
    }


def second(source: AndOrNot) -> Nor:
    """By the transform of tcsim, which shares no code with this rule."""
    from tcsim.transform import to_nor

    return adopted(Nor, to_nor(source.circuit), source.values)


RULE: Reduction[AndOrNot, str, Nor, str] = Reduction(
    name="cvp_nor_cvp",
    source=CVP,
    target=NOR,
    summary="OR is NOT of NOR, AND is the NOR of both NOTs, a NOT is a NOR of one wire.",
    forward=forward,
    formulas=formulas,
    resources="logspace",
    why="wires are renumbered by counting the gates before them, with a counter",
    reference=LADNER,
    back=back_by_images,
    invariant=image_invariant(AndOrNot, forward),
    metered=gate_by_gate(CVP, direct=1, universal=0),
    second=second,
)
