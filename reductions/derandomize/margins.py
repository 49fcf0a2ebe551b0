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
from tcsim.errors import ArgumentError, LimitError
from tcsim.simulate import unpack

if TYPE_CHECKING:
    import numpy.typing as npt

    from reductions.derandomize.alphabet import Alphabet, Domain
    from reductions.derandomize.answers import Answers
    from reductions.derandomize.deciders import Decider
    from tcsim.typing import Bits, Integers, Progress, Words

Rule: TypeAlias = Literal["majority", "plurality"]

MOST_CELLS = 2**30
"""Seeds times points of a table at most: a byte each."""

_WORDS = 2**12
"""Words of strings that a decider is given at a time."""


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


def make_margins(
    decider: Decider,
    answers: Answers,
    domain: Domain,
    *,
    alphabet: Alphabet | None = None,
    progress: Progress | None = None,
) -> Margins:
    """Run every seed of the pool on every string.

    Args:
        decider: as many inputs as the domain.
        answers: for the decider's inputs and outputs.
        domain: the strings.
        alphabet: tokens that the outputs spell, for a plurality; None for a majority of each bit.
        progress: called as ``progress(done, seeds)``.

    Raises:
        ArgumentError: an answer spells no token.
        LimitError: the table would be too large.
    """
    kinds = len(decider.outputs) if alphabet is None else len(alphabet) - 1
    seeds, count = len(decider.seeds), domain.count
    if seeds * kinds * count > MOST_CELLS:
        raise LimitError(
            f"a table of {seeds:,} seeds on {kinds * count:,} points has more than "
            f"{MOST_CELLS:,} cells: take a smaller pool, or say k= or error= with method='random', "
            "which draws seeds and verifies the vote without a table"
        )
    table = np.empty((seeds, kinds, count), np.int8)
    blocks = [(first, min(first + _WORDS, -(-count // 64))) for first in range(0, count, _WORDS)]
    for first, last in [block for block in blocks if block[0] < block[1]]:
        inputs = domain.words(first, last)
        many = min(64 * last, count) - 64 * first
        right = _unpacked(answers.words(first, inputs), many)
        place = slice(64 * first, 64 * first + many)
        for seed in range(seeds):
            said = _unpacked(decider.words(seed, inputs), many)
            table[seed, :, place] = _lead(said, right, alphabet)
            if progress is not None:
                progress(seeds * first + (seed + 1) * (last - first), seeds * blocks[-1][1])
    return Margins(table, "majority" if alphabet is None else "plurality", domain)


def _unpacked(words: Words, many: int) -> Bits:
    return unpack(np.ascontiguousarray(words), many)


def _lead(said: Bits, right: Bits, alphabet: Alphabet | None) -> npt.NDArray[np.int8]:
    """Margins of one seed on some strings: shape (kinds, strings)."""
    if alphabet is None:
        lead: npt.NDArray[np.int8] = 1 - 2 * (said ^ right).astype(np.int8)
        return lead.T
    token = alphabet.tokens(right)
    if len(token) and token.min() < 0:
        raise ArgumentError(
            f"the right answer {''.join(map(str, right[token.argmin()]))} spells no token of the "
            f"alphabet {', '.join(alphabet.text()[:8])}"
        )
    votes = ballots(said, alphabet)
    rows, tokens = np.arange(len(said)), len(alphabet)
    return np.array(
        [votes[rows, token] - votes[rows, (token + r) % tokens] for r in range(1, tokens)], np.int8
    ).reshape(tokens - 1, len(said))


def ballots(said: Bits, alphabet: Alphabet) -> npt.NDArray[np.int8]:
    """Votes for each token: int8, shape (strings, tokens).

    A word that spells no letter is no vote, but of a one-hot alphabet every 1 is one.
    """
    if alphabet.is_one_hot:
        return said.astype(np.int8)
    votes: npt.NDArray[np.bool_] = alphabet.tokens(said)[:, None] == np.arange(len(alphabet))
    return votes.astype(np.int8)
