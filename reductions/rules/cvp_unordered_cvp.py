"""CVP to CVP with gates in any order: in reverse, so that each reads what is behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reductions.problems.certificates import OPEN
from reductions.problems.circuit_value import wire_values
from reductions.problems.circuits import CVP, LADNER, AndOrNot
from reductions.problems.unordered_circuits import UNORDERED, Unordered, shuffled
from reductions.problems.unordered_circuits import wire_values as unordered_values
from reductions.provenance import Provenance
from reductions.reduction import Invariant, Mapped, Reduction
from reductions.rules.gadgets import Images
from reductions.rules.induction import over_one_gate
from reductions.rules.programs.metered_computations import reversing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reductions.overhead import Size
    from reductions.problems.claims import Claims


def forward(source: AndOrNot) -> Mapped[Unordered]:
    """Gate g becomes gate m - 1 - g."""
    n, m = len(source.values), source.circuit.size
    image = np.concatenate((np.arange(n), n + np.arange(m)[::-1]))
    operands = source.gates.operands
    moved = np.where(operands < 0, -1, image[operands])[::-1]
    target = Unordered.of_gates(
        source.values, source.gates.kind[::-1], moved, int(image[source.output])
    )
    return Mapped(target, Provenance("wire", "wire", image), Images(image))


def back(_: AndOrNot, __: Mapped[Unordered], claims: Claims) -> str:
    """The same claims in reverse."""
    return "".join(OPEN if claim is None else str(claim) for claim in reversed(claims))


def formulas(**sizes: Size) -> Mapping[str, Size]:
    """Sizes of the target; see `Reduction.formulas`."""
    return sizes


def holds(source: AndOrNot, mapped: Mapped[Unordered]) -> bool:
    """Whether the images have the values of their wires."""
    after = unordered_values(mapped.instance)
    return [after[image] for image in mapped.images.same.tolist()] == wire_values(source)


def steps() -> Iterator[tuple[str, bool]]:
    """Each kind of gate over operands of all values: gates are mapped one by one."""
    return over_one_gate(AndOrNot, forward, holds)


def second(source: AndOrNot) -> Unordered:
    """The circuit as it is."""
    return shuffled(source, range(source.circuit.size))


RULE: Reduction[AndOrNot, str, Unordered, Claims] = Reduction(
    name="cvp_unordered_cvp",
    source=CVP,
    target=UNORDERED,
    summary="Gates that stand in order stand in some order; they are written in reverse.",
    forward=forward,
    formulas=formulas,
    resources="AC0",
    why="gate g is read off gate m - 1 - g",
    reference=LADNER,
    back=back,
    invariant=Invariant("every wire has an image of the same value", holds, steps),
    metered=reversing(),
    second=second,
)
