"""Deciders on which few seeds fail: each w of N seeds are the ones that are wrong on some input."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import comb
from typing import TYPE_CHECKING

import numpy as np

from reductions.derandomize.alphabet import Alphabet, Domain
from reductions.derandomize.sampler import SamplerDecider
from tcsim.errors import ArgumentError

if TYPE_CHECKING:
    from tcsim.typing import Bits


@dataclass(frozen=True)
class ErrorSets:
    """A decider of M**n inputs and N seeds: on the r-th input the r-th w-subset of them is wrong.

    On further inputs no seed is wrong. The right answer is 0 everywhere. So the error of a random
    seed is at most w / N, and of any 2 w - 1 seeds some w are wrong together and outvote the rest.

    Attributes:
        tokens: M.
        length: n.
        seeds: N.
        wrong: w, at least 1.

    Raises:
        ArgumentError: there are more subsets than inputs, or w is out of range.
    """

    tokens: int
    length: int
    seeds: int
    wrong: int

    def __post_init__(self) -> None:
        if not 1 <= self.wrong <= self.seeds:
            raise ArgumentError(f"wrong is {self.wrong}, not from 1 to the {self.seeds} seeds")
        if comb(self.seeds, self.wrong) > self.tokens**self.length:
            raise ArgumentError(
                f"{self.seeds} seeds have {comb(self.seeds, self.wrong):,} subsets of "
                f"{self.wrong}, more than the {self.tokens**self.length:,} inputs"
            )

    @property
    def error(self) -> Fraction:
        """p: the largest error of a random seed on an input."""
        return Fraction(self.wrong, self.seeds)

    @property
    def domain(self) -> Domain:
        """The inputs: strings of tokens in binary."""
        return Domain(Alphabet.binary(self.tokens), self.length)

    def table(self) -> Bits:
        """Which seeds are wrong where: 0/1, shape (seeds, inputs)."""
        found = np.zeros((self.seeds, self.domain.count), np.uint8)
        for number, subset in enumerate(combinations(range(self.seeds), self.wrong)):
            found[list(subset), number] = 1
        return found

    def decider(self) -> SamplerDecider:
        """The decider, of one output bit."""
        table, domain = self.table(), self.domain
        place = {domain.vector(r): r for r in range(domain.count)}

        def sample(seed: int, batch: Bits) -> Bits:
            rows = [place.get(tuple(bits), 0) for bits in batch.tolist()]
            return table[seed, rows][:, None]

        names = tuple(f"x[{i}]" for i in range(domain.inputs))
        return SamplerDecider(sample, names, ("wrong",), tuple(range(self.seeds)))


STORED = (ErrorSets(3, 6, 28, 2), ErrorSets(2, 11, 16, 4))
"""At these the formula that the paper prints gives 3 and 6 seeds, and every choice of 3 and 6 of
them, repetitions allowed, is strictly outvoted on some input."""
