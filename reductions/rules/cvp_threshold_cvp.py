"""CVP to the circuit value problem of threshold gates: an inclusion."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reductions.problems.circuit_value import CircuitValue
from reductions.problems.circuits import CVP, LADNER, AndOrNot
from reductions.problems.threshold_circuits import THRESHOLD
from reductions.provenance import Provenance
from reductions.reduction import Mapped, Reduction
from reductions.rules.gadgets import Images, back_by_images, image_invariant
from reductions.rules.programs.metered import inclusion

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reductions.overhead import Size


def forward(source: AndOrNot) -> Mapped[CircuitValue]:
    """The circuit itself: AND, OR and NOT are threshold gates."""
    wires = np.arange(len(source.values) + source.circuit.size)
    target = CircuitValue(source.circuit, source.values)
    return Mapped(target, Provenance("wire", "wire", wires), Images(wires))


def formulas(inputs: Size, gates: Size, edges: Size, depth: Size, **_: Size) -> Mapping[str, Size]:
    """Sizes of the target; see `Reduction.formulas`."""
    return {"inputs": inputs, "gates": gates, "edges": edges, "depth": depth}


def second(source: AndOrNot) -> CircuitValue:
    """In NAND gates, by the transform of tcsim."""
    from tcsim.transform import to_nand

    return CircuitValue(to_nand(source.circuit), source.values)


RULE: Reduction[AndOrNot, str, CircuitValue, str] = Reduction(
    name="cvp_threshold_cvp",
    source=CVP,
    target=THRESHOLD,
    summary="AND, OR and NOT are threshold gates already.",
    forward=forward,
    formulas=formulas,
    resources="AC0",
    why="the circuit is copied",
    reference=LADNER,
    back=back_by_images,
    invariant=image_invariant(AndOrNot, forward),
    metered=inclusion(),
    second=second,
)
