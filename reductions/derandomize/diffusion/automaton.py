"""A sampler that follows no score: it runs a cellular automaton, one row a step.

What the theorem assumes of a score is what keeps diffusion shallow. Any circuit may stand in the
place of the score; then T steps compute T rounds of anything (paper, comment after Theorem F.1).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tcsim.errors import ArgumentError
from tcsim.networks import Affine, Code, Combine, IntegerNetwork, Requantize, Sketch, Table
from tcsim.networks.inputs import Inputs
from tcsim.networks.procedures import FixedPoint, Schedule, Update, sampler

if TYPE_CHECKING:
    from tcsim.networks.sketch import Edge

STEP_NOISE = 0.1
"""Standard deviation of the noise of a step, where a cell is a state around -1 or 1."""


@dataclass(frozen=True)
class AutomatonScore:
    """``r = target - x``, which no density has for a score.

    At the first step the target is the row that is given, as -1 and 1, and after that the next row
    of what the state's signs show.

    Attributes:
        width: cells in a row; those beyond either end are 0.
        rule: the number of the elementary automaton in Wolfram's numbering, 0..255.
        numbers: units and ranges; ``unit == score_unit``.

    Raises:
        ArgumentError: no such width or rule, or two different units.
    """

    width: int
    rule: int
    numbers: FixedPoint

    def __post_init__(self) -> None:
        if not isinstance(self.width, int) or self.width < 1:
            raise ArgumentError(f"a row has at least one cell, not {self.width!r}")
        if not isinstance(self.rule, int) or not 0 <= self.rule < 256:
            raise ArgumentError(f"an elementary rule is an integer in 0..255, not {self.rule!r}")
        if self.numbers.unit != self.numbers.score_unit:
            raise ArgumentError("state and score of an automaton have the same unit")

    @property
    def dimensions(self) -> int:
        """One for each cell."""
        return self.width

    @property
    def condition(self) -> Inputs:
        """The first row."""
        return Inputs(self.width, Code(0, 1), "row")

    def edge(self, sketch: Sketch, state: Edge, condition: Edge, step: int) -> Edge:
        """See `tcsim.networks.procedures.Score`: a gate for each neighborhood, one level."""
        unit, lo, hi = self.numbers.unit, self.numbers.state.lo, self.numbers.state.hi
        if step == 0:
            given = sketch.add(Combine([2 * unit], np.array(-unit)), condition)
            return sketch.add(Combine([-1, 1]), state, given)
        sign = [int(x > 0) for x in range(lo, hi + 1)]
        cells = sketch.add(Table(sign, lo, "cell"), state)
        detect, ones = np.zeros((self.width, self.width, 8), np.int64), np.zeros(8, np.int64)
        for kind in range(8):
            ones[kind] = kind.bit_count()
            for offset, bit in ((-1, kind >> 2 & 1), (0, kind >> 1 & 1), (1, kind & 1)):
                for cell in range(self.width):
                    if 0 <= cell + offset < self.width:
                        detect[cell + offset, cell, kind] = 2 * bit - 1
        units = 8 * self.width
        flat = Affine(detect.reshape(self.width, units), -np.tile(ones, self.width))
        seen = sketch.add(Requantize([[0]], Code(0, 1), "neighborhood"), sketch.add(flat, cells))
        write = np.zeros((self.width, 8, self.width), np.int64)
        for kind in range(8):
            write[range(self.width), kind, range(self.width)] = 2 * unit * (self.rule >> kind & 1)
        target = Affine(write.reshape(units, self.width), np.full(self.width, -unit))
        return sketch.add(Combine([-1, 1]), state, sketch.add(target, seen))


def automaton_sampler(width: int, rows: int, rule: int = 110, seed: int = 0) -> IntegerNetwork:
    """The sampler that runs an automaton, in spite of its noise. Depth ``1 + 2 * rows``.

    Args:
        width: cells in a row.
        rows: how often the rule is applied, at least once.
        rule: see `AutomatonScore`.
        seed: of the noise, which the update rounds into the states and the signs take out.

    Returns:
        A network that reads ``row`` and gives the states of the last row, shape (1, width): a cell
        is 1 where its state is positive.

    Raises:
        ArgumentError: no such width, rows or rule.
    """
    if not isinstance(rows, int) or rows < 1:
        raise ArgumentError(f"the rule is applied at least once, not {rows!r} times")
    numbers = FixedPoint(limit=16, unit=8, noise_bits=4, noise_unit=16, score_unit=8)
    schedule = Schedule(
        "automaton", (Update(1.0, 1.0, STEP_NOISE, 1.0, 1.0),) * (rows + 1), 1.0, (1.0, 0.0)
    )
    score = AutomatonScore(width, rule, numbers)
    return sampler(score, schedule, numbers, numbers.draws(seed, schedule, width)[None])
