"""DO1 with a gap to DO1: who knows d_1 knows on which side of a gap it lies."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from reductions.problems.do1 import DO1, DepthQuestion
from reductions.problems.do1_gap import DO1_GAP, Claim, DepthGap
from reductions.provenance import Provenance
from reductions.reduction import Invariant, Mapped, Reduction
from reductions.rules.programs.metered import without_gap

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reductions.overhead import Size


def forward(source: DepthGap) -> Mapped[DepthQuestion]:
    """The same circuit and N."""
    wires = len(source.circuit.values) + source.circuit.circuit.size
    origin = Provenance("wire", "wire", np.arange(wires))
    return Mapped(DepthQuestion(source.circuit, source.threshold), origin)


def formulas(**sizes: Size) -> Mapping[str, Size]:
    """Sizes of the target; see `Reduction.formulas`."""
    return sizes


def back(_: DepthGap, __: Mapped[DepthQuestion], claim: Claim) -> Claim:
    """The same claim."""
    return claim


def holds(source: DepthGap, mapped: Mapped[DepthQuestion]) -> bool:
    """Whether circuit and N are the same."""
    one = mapped.instance
    return one.circuit == source.circuit and one.threshold == source.threshold


def steps() -> Iterator[tuple[str, bool]]:
    """What the promise says of d_1, for each way in which it may lie."""
    epsilon, threshold = Fraction(1, 2), 10
    for depth, answer in ((0, False), (4, False), (10, True), (11, True)):
        kept = depth >= threshold or depth < epsilon * threshold
        yield (
            f"d_1 = {depth}, N = {threshold}, epsilon = 1/2",
            kept and ((depth >= threshold) == answer),
        )


def second(source: DepthGap) -> DepthQuestion:
    """The lower end of the gap in place of N: no depth lies between."""
    lower = source.epsilon * source.threshold
    return DepthQuestion(source.circuit, max(1, -(-lower.numerator // lower.denominator)))


RULE: Reduction[DepthGap, Claim, DepthQuestion, Claim] = Reduction(
    name="do1_gap_do1",
    source=DO1_GAP,
    target=DO1,
    summary="The same circuit and the same N; the promise is forgotten.",
    forward=forward,
    formulas=formulas,
    resources="AC0",
    why="it copies",
    reference="paper, Theorem G.1",
    back=back,
    invariant=Invariant("circuit and N are unchanged", holds, steps),
    metered=without_gap(),
    second=second,
)
