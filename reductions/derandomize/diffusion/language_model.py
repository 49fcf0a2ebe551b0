"""The next token of a prefix by diffusion: one sample for each seed, and the token of the most."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tcsim.errors import ArgumentError
from tcsim.networks import Argmax, Gather, Sketch, Sum, Table
from tcsim.networks.procedures import sampler

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reductions.derandomize.diffusion.regions import Regions
    from tcsim.networks.integer import IntegerNetwork
    from tcsim.networks.procedures import FixedPoint, Schedule, Score
    from tcsim.typing import Integers


@dataclass(frozen=True)
class LanguageModel:
    """What tokens follow a prefix: prefix network, score, schedule, numbers and regions.

    Attributes:
        prefix: reads the prefix and gives the score's condition.
        score: of states on the line, d = 1.
        schedule: T steps.
        numbers: units and ranges.
        regions: which token a last state is.

    Raises:
        ArgumentError: the score has another dimension, or the prefix network gives what it does not
            read.
    """

    prefix: IntegerNetwork
    score: Score
    schedule: Schedule
    numbers: FixedPoint
    regions: Regions

    def __post_init__(self) -> None:
        if self.score.dimensions != 1:
            raise ArgumentError(f"regions are of the line, not of {self.score.dimensions} axes")
        (given,), wanted = self.prefix.output_values, self.score.condition
        if given.shape != wanted.axes or given.code != wanted.code:
            raise ArgumentError(
                f"the prefix network gives {given.shape} in {given.code}, but the score reads "
                f"{wanted.axes} in {wanted.code}"
            )
        state = self.numbers.state
        if not state.lo < self.regions.cuts[0] <= self.regions.cuts[-1] <= state.hi:
            raise ArgumentError(
                f"the cuts {self.regions.cuts} leave the states {state.lo}..{state.hi}"
            )

    @property
    def length(self) -> int:
        """n, tokens of a prefix."""
        return int(self.prefix.inputs.features)

    def draws(self, seeds: Iterable[int]) -> Integers:
        """The draws of some seeds: int64, shape (seeds, steps + 1, 1)."""
        given = [self.numbers.draws(seed, self.schedule) for seed in seeds]
        if not given:
            raise ArgumentError("the pool of seeds is empty: give at least one seed")
        return np.stack(given)

    def conditions(self, prefixes: object) -> Integers:
        """What the score reads of prefixes, shape (rows, n)."""
        return self.prefix(prefixes)

    def states(self, conditions: object, draws: object) -> Integers:
        """The last states: int64, shape (rows, seeds)."""
        return sampler(self.score, self.schedule, self.numbers, draws)(conditions)[..., 0]

    def tokens(self, prefixes: object, draws: object) -> Integers:
        """What each seed says of each prefix: int64, shape (rows, seeds).

        Prefixes of one condition are sampled once.

        Args:
            prefixes: tokens, shape (rows, n).
            draws: shape (seeds, steps + 1, 1).
        """
        conditions = self.conditions(prefixes)
        kinds, which = np.unique(conditions, axis=0, return_inverse=True)
        return self.regions.decode(self.states(kinds, draws))[which.reshape(-1)]

    def network(self, draws: object) -> IntegerNetwork:
        """Prefix in, next token out: the plurality of the seeds' samples, the lowest on a tie.

        Depth: that of the prefix network, of all steps, and 2 for the vote. Each sample's token is
        a linear form of its state, so that ballots and counts cost no level. With one seed it is
        the sampler itself.

        Args:
            draws: of the seeds that vote, shape (seeds, steps + 1, 1).
        """
        run = sampler(self.score, self.schedule, self.numbers, draws)
        sketch, source = Sketch(), self.prefix.inputs
        prefix = sketch.input(source.name, source.axes, source.code)
        with sketch.scope("prefix"):
            (condition,) = sketch.inline(self.prefix, prefix)
        with sketch.scope("sampler"):
            (states,) = sketch.inline(run, condition)
        with sketch.scope("vote"):
            state, tokens = self.numbers.state, self.regions.count
            spread = sketch.add(Gather(np.zeros(tokens, np.int64), 1), states)
            table = Table(self.regions.table(state.lo, state.hi), state.lo, "token")
            counts = sketch.add(Sum([0]), sketch.add(table, spread))
            return sketch.network(sketch.add(Argmax(tokens), counts))
