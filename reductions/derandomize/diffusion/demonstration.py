"""From a trained diffusion model to one circuit that is right on every prefix, in one call."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from reductions.derandomize.alphabet import Alphabet, Domain
from reductions.derandomize.derandomizing import Derandomized
from reductions.derandomize.diffusion.decider import DiffusionDecider
from reductions.derandomize.failures import VoteDefeatedError
from reductions.derandomize.margins import Margins
from reductions.derandomize.posing import pose
from reductions.derandomize.seeds import find_seeds
from reductions.derandomize.verification import verify
from reductions.derandomize.voting import Depths

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from reductions.derandomize.diffusion.language_model import LanguageModel
    from reductions.derandomize.seeds import Found
    from reductions.derandomize.seeds.comparison import Method
    from tcsim.typing import Bits, Integers, Progress, StrPath
VOTE = 2
"""Levels of a vote whose ballots are linear forms: counts compared in pairs, and an AND."""


@dataclass(frozen=True, eq=False)
class Demonstration:
    """A model, the vote of some of its seeds, and what was verified.

    Attributes:
        decider: the model with its pool.
        made: seeds, margins, and the vote: one circuit, verified on every prefix. Ballots are
            linear forms of the last states, so that they cost no level.
        safe: share of last states, over prefixes and pool, that are away from all borders by the
            margin.
    """

    decider: DiffusionDecider
    made: Derandomized
    safe: Fraction

    @property
    def margins(self) -> Margins:
        """Every seed of the pool on every prefix."""
        assert self.made.margins is not None  # noqa: S101 - `demonstrate` made it
        return self.made.margins

    @property
    def error(self) -> Fraction:
        """p: share of the pool that is wrong on the worst prefix."""
        return self.margins.error

    @property
    def mistakes(self) -> tuple[int, ...]:
        """For each seed of the pool, on how many prefixes it is wrong by itself."""
        table = self.margins.table
        right = (table > 0).any(axis=1)
        return tuple((~right).sum(axis=1).tolist())

    @property
    def single(self) -> bool:
        """Whether one seed of the pool would do; all were tried on all prefixes."""
        return 0 in self.mistakes

    def save(self, vote: StrPath, certificate: StrPath) -> None:
        """Write the circuit and a certificate that other programs can check."""
        self.made.save(vote, certificate)


def demonstrate(
    model: LanguageModel,
    answers: Callable[[Integers], Integers],
    *,
    pool: Iterable[int],
    k: int | None = None,
    method: Method = "greedy",
    progress: Progress | None = None,
) -> Demonstration:
    """Sample, choose seeds, vote, and verify every prefix.

    Args:
        model: whose seeds vote.
        answers: the right token of each of some prefixes, shape (rows, n) to (rows,).
        pool: seeds to choose from.
        k: how many vote; None: as few as the method finds.
        method: see `reductions.derandomize.seeds`.
        progress: called as ``progress(done, total)`` in each stage.

    Raises:
        VoteDefeatedError: names a prefix that defeats the vote, and what would suffice.
        ArgumentError: the pool is empty.
        LimitError: too many prefixes for a table of all seeds.
    """
    decider = DiffusionDecider(model, tuple(pool))
    letters = decider.letters

    def right(bits: Bits) -> Integers:
        spelled = bits.reshape(-1, letters.width)
        return answers(letters.tokens(spelled).reshape(len(bits), -1))

    posed = pose(decider, right, inputs=letters, tokens=decider.tokens)
    margins = posed.margins(progress)
    margins.check_gap()
    found = _find(margins, method, k, progress)
    seeds = tuple(decider.seeds[number] for number in found.chosen)
    circuit = decider.voted(seeds)
    verification = verify(
        circuit, posed.answers, posed.domain, scope="exhaustive", progress=progress
    )
    made = Derandomized(
        circuit,
        seeds,
        Depths(circuit.depth - VOTE, VOTE, circuit.depth),
        found,
        margins,
        verification,
        decider,
        posed.answers,
        posed.domain,
        posed.alphabet,
    )
    return Demonstration(decider, made, _safe(decider, made))


def _find(margins: Margins, method: Method, k: int | None, progress: Progress | None) -> Found:
    """Seeds for the whole table, looked for in its different columns alone.

    Prefixes of one condition have the same column, so a vote that wins all columns wins everywhere.
    """
    seeds, kinds, strings = margins.table.shape
    columns = np.unique(margins.table.reshape(seeds * kinds, strings), axis=1)
    domain = Domain(Alphabet.binary(columns.shape[1]), 1)
    few = Margins(columns.reshape(seeds, kinds, -1), margins.rule, domain)
    try:
        return find_seeds(few, method, k, progress=progress)
    except VoteDefeatedError:
        # The whole table fails as well, and names a prefix.
        return find_seeds(margins, method, k, progress=progress)


def _safe(decider: DiffusionDecider, made: Derandomized) -> Fraction:
    model, letters = decider.model, decider.letters
    bits = made.domain.vectors(0, made.domain.count)
    prefixes = letters.tokens(bits.reshape(-1, letters.width)).reshape(len(bits), -1)
    kinds, many = np.unique(model.conditions(prefixes), axis=0, return_counts=True)
    safe = model.regions.safe(model.states(kinds, model.draws(decider.seeds)))
    return Fraction(int((safe.sum(axis=1) * many).sum()), len(bits) * len(decider.seeds))
