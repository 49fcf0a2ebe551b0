"""Margins: what each seed adds to the lead of the right answer, at every point of every input.

A vote is right iff at each point the sum of its seeds' margins is positive. Of a majority a point
is an input and an output bit, and a seed's margin is 1 where the bit is right and -1 where not. Of
a plurality a point is an input and a wrong token b, and the margin is [right] - [b], which may be
0. So ties count as errors, and every search for seeds sees the same table.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from reductions.derandomize.failures import VoteDefeatedError, shown

if TYPE_CHECKING:
    import numpy.typing as npt

    from reductions.derandomize.alphabet import Domain
    from tcsim.typing import Integers

Rule: TypeAlias = Literal["majority", "plurality"]


@dataclass(frozen=True, eq=False)
class Margins:
    """The table of a pool of seeds.

    Attributes:
        table: int8 in {-1, 0, 1}, shape (seeds, kinds, strings): a kind is an output bit, or the
            r-th token after the right one, cyclically.
        rule: ``"majority"`` or ``"plurality"``.
        domain: the strings.
    """

    table: npt.NDArray[np.int8]
    rule: Rule
    domain: Domain

    @property
    def seeds(self) -> int:
        """How many seeds the pool has."""
        return len(self.table)

    @property
    def points(self) -> int:
        """How many points there are."""
        return int(self.table[0].size)

    @cached_property
    def flat(self) -> npt.NDArray[np.int8]:
        """The table of shape (seeds, points)."""
        return self.table.reshape(self.seeds, self.points)

    @cached_property
    def counts(self) -> tuple[Integers, Integers]:
        """How many seeds have margin 1, and -1, at each point: int64, shape (points,) each."""
        plus, minus = np.zeros(self.points, np.int64), np.zeros(self.points, np.int64)
        for row in self.flat:
            plus += row > 0
            minus += row < 0
        return plus, minus

    @property
    def gap(self) -> Fraction:
        """Least mean margin at any point: eps of a plurality, 1 - 2 p of a majority."""
        plus, minus = self.counts
        return Fraction(int((plus - minus).min(initial=self.seeds)), self.seeds)

    @property
    def error(self) -> Fraction:
        """Largest share of the pool that is wrong on an input: in some bit, or in the token."""
        most = 0
        for first in range(0, self.domain.count, 2**14):
            part = self.table[:, :, first : first + 2**14]
            right = (part > 0).all(axis=1)
            if self.rule == "plurality":  # a seed with the right token leads every other one
                right = (part > 0).any(axis=1) | (part.shape[1] == 0)
            most = max(most, int((~right).sum(axis=0).max(initial=0)))
        return Fraction(most, self.seeds)

    def sums(self, chosen: list[int]) -> Integers:
        """Lead of the right answer at each point, by the vote of these seeds."""
        total = np.zeros(self.points, np.int64)
        for seed in chosen:
            total += self.flat[seed]
        return total

    def good(self, chosen: list[int]) -> bool:
        """Whether the vote of these seeds is right everywhere."""
        return bool((self.sums(chosen) > 0).all())

    def witness(self, point: int) -> tuple[int, ...]:
        """The input of a point."""
        return self.domain.vector(point % self.domain.count)

    def check_hope(self) -> None:
        """Refuse a table in which no seed leads at some point: no vote of any kind can help.

        Raises:
            VoteDefeatedError: names the input.
        """
        plus, _ = self.counts
        if not self.points or plus.min():
            return
        found = self.witness(int(plus.argmin()))
        raise VoteDefeatedError(
            f"no seed of the pool of {self.seeds:,} is right on the input {shown(found)}, so no "
            "vote is: another answer there, or seeds that are right there, would suffice",
            "no seed is right",
            found,
        )

    def check_gap(self) -> None:
        """Refuse a table on which random votes need not become right however many seeds vote.

        Raises:
            VoteDefeatedError: names the input on which the right answer does not lead.
        """
        self.check_hope()
        if self.gap > 0:
            return
        plus, minus = self.counts
        point = int((plus - minus).argmin())
        found = self.witness(point)
        led = f"{int(plus[point])} of {self.seeds} for it, {int(minus[point])} against it"
        error = Fraction(int(minus[point]), self.seeds)
        what = f"the error is {error}, not below 1/2" if self.rule == "majority" else "the gap is "
        what += "" if self.rule == "majority" else f"{self.gap}, not positive"
        raise VoteDefeatedError(
            f"on the input {shown(found)} {what} ({led}), so a vote of random seeds need not be "
            "right there: a decider whose right answer leads there, a pool with more seeds if this "
            "one is a sample, or method='weights', which may repeat seeds, would suffice",
            "gap",
            found,
        )

    def defeat(self, chosen: list[int]) -> VoteDefeatedError:
        """The error that says where a vote fails."""
        sums = self.sums(chosen)
        point = int(sums.argmin())
        found, lead = self.witness(point), int(sums[point])
        tie = lead == 0
        return VoteDefeatedError(
            f"the vote of {len(chosen)} seeds is defeated on the input {shown(found)}: "
            + ("a tie" if tie else f"the right answer is {-lead} behind"),
            "tie" if tie else "outvoted",
            found,
        )
