"""A problem and a rule of your own, from nothing: lamps, and what the check says of the rule.

A lamp is on unless one of the two lamps that it watches is. The rule makes each such lamp two gates
of a circuit, OR and NOT. Run this, or `tcsim reductions verify examples/own_reduction.py:RULE`.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, product
from typing import TYPE_CHECKING

import numpy as np
from hypothesis import strategies as st

import reductions
from reductions import Mapped, Problem, Provenance, Reduction
from reductions.overhead import Size, at_most
from reductions.problems.circuit_value import table_of
from reductions.problems.circuits import AndOrNot
from reductions.problems.gate_kinds import NOT, OR
from tcsim.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True)
class Lamps:
    """The first lamps are given; each later one watches two others before it. Is the last on?"""

    given: tuple[bool, ...]
    watches: tuple[tuple[int, int], ...]

    def __post_init__(self) -> None:
        for number, pair in enumerate(self.watches, len(self.given)):
            if not 0 <= min(pair) < max(pair) < number:
                raise ArgumentError(f"lamp {number} watches {pair}: two lamps before it are meant")
        if not self.watches:
            raise ArgumentError("no lamp watches others")


def decide(lamps: Lamps) -> bool:
    """One lamp after the other, as the rule of the lamps says."""
    on = list(lamps.given)
    for left, right in lamps.watches:
        on.append(not (on[left] or on[right]))
    return on[-1]


def from_data(data: object) -> Lamps:
    """From JSON; whatever else it is, is an error."""
    match data:
        case {"given": list(given), "watches": list(watches), **others} if not others:
            if all(isinstance(one, bool) for one in given) and all(
                isinstance(pair, list) and [type(lamp) for lamp in pair] == [int, int]
                for pair in watches
            ):
                return Lamps(tuple(given), tuple((pair[0], pair[1]) for pair in watches))
    raise ArgumentError("lamps are {given: [true, ..], watches: [[0, 1], ..]}")


def every(most: int) -> Iterator[Lamps]:
    """All instances of two or three given lamps and at most so many others."""
    for count, later in product((2, 3), range(1, most + 1)):
        pairs = (combinations(range(count + k), 2) for k in range(later))
        for watches in product(*pairs):
            for given in product((False, True), repeat=count):
                yield Lamps(given, watches)


@st.composite
def lamps(draw: st.DrawFn) -> Lamps:
    """Instances for Hypothesis."""
    given = draw(st.lists(st.booleans(), min_size=2, max_size=4))
    watches = []
    for number in range(len(given), len(given) + draw(st.integers(1, 8))):
        left = draw(st.integers(0, number - 2))
        watches.append((left, draw(st.integers(left + 1, number - 1))))
    return Lamps(tuple(given), tuple(watches))


def forward(source: Lamps) -> Mapped[AndOrNot]:
    """Lamp by lamp: OR of what it watches, then NOT."""
    wires = list(range(len(source.given)))  # the wire of each lamp
    rows, origin = [], list(range(len(source.given)))
    for number, (left, right) in enumerate(source.watches, len(source.given)):
        gate = len(source.given) + len(rows)
        rows += [(OR, wires[left], wires[right]), (NOT, gate)]
        wires.append(gate + 1)
        origin += [number, number]
    target = AndOrNot.of_gates(bytes(source.given), *table_of(rows), wires[-1])
    return Mapped(target, Provenance("wire", "lamp", np.array(origin)))


def formulas(given: Size, watching: Size) -> dict[str, Size]:
    """Sizes of the target in those of the source."""
    return {
        "inputs": given,
        "ands": 0,
        "ors": watching,
        "nots": watching,
        "buffers": 0,
        "gates": 2 * watching,
        "edges": 3 * watching,
        "depth": at_most(2 * watching),
    }


LAMPS = Problem(
    name="lamps",
    question="Is the last lamp on?",
    instance=Lamps,
    fields={"given": "lamps that are given", "watching": "lamps that watch others"},
    sizes=lambda one: {"given": len(one.given), "watching": len(one.watches)},
    decide=decide,
    to_data=lambda one: {
        "given": list(one.given),
        "watches": [list(pair) for pair in one.watches],
    },
    from_data=from_data,
    every=every,
    scope=lambda most: f"two or three given lamps and at most {most} others",
    reach=2,
    strategy=lamps,
    ladder=lambda k: Lamps((True, False), tuple((i, i + 1) for i in range(k))),
    mutations={},  # only rules into a problem need them
    hardness="P-complete",
    reference="NOR circuits by another name",
)

RULE = Reduction(
    name="lamps_cvp",
    source=LAMPS,
    target=reductions.problem("cvp"),
    summary="A lamp is NOT of OR.",
    forward=forward,
    formulas=formulas,
    resources="logspace",
    why="a lamp's gates have twice its number",
    reference="none",
)

if __name__ == "__main__":
    report = reductions.check(RULE, examples=50)
    print(report)
    assert report.passed
