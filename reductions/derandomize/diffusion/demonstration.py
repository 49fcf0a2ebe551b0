"""From a trained diffusion model to one circuit that is right on every prefix, in one call."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from reductions.derandomize.derandomizing import Derandomized, derandomize
from reductions.derandomize.diffusion.decider import DiffusionDecider
from reductions.derandomize.verification import verify
from tcsim.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from reductions.derandomize.diffusion.language_model import LanguageModel
    from reductions.derandomize.margins import Margins
    from reductions.derandomize.seeds.comparison import Method
    from tcsim.circuit import Circuit
    from tcsim.typing import Integers, Progress, StrPath

@dataclass(frozen=True, eq=False)
class Demonstration:
    """A model, the vote of some of its seeds, and what was verified.

    Attributes:
        decider: the model with its pool.
        made: seeds, margins, and the vote as `derandomize` builds it, verified on every prefix.
        fused: the same function in one network: votes are linear forms of the last states, so it
            has fewer levels. Verified on every prefix too, if it is there.
        safe: share of last states, over prefixes and pool, that are away from all borders by the
            margin.
    """

    decider: DiffusionDecider
    made: Derandomized
    fused: Circuit
    safe: Fraction

    @property
    def margins(self) -> Margins:
        """Every seed of the pool on every prefix."""
        assert self.made.margins is not None  # noqa: S101 - checked by `demonstrate`
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
    fused: bool = True,
    progress: Progress | None = None,
) -> Demonstration:
    """Sample, choose seeds, vote, and verify every prefix.

    Args:
        model: whose seeds vote.
        answers: the right token of each of some prefixes, shape (rows, n) to (rows,).
        pool: seeds to choose from.
        k: how many vote; None: as few as the method finds.
        method: see `reductions.derandomize.seeds`.
        fused: whether the fused circuit is built and verified as well.
        progress: called as ``progress(done, total)`` in each stage.

    Raises:
        VoteDefeatedError: names a prefix that defeats the vote, and what would suffice.
        ArgumentError: the pool is empty, or there are too many prefixes for a table.
    """
    decider = DiffusionDecider(model, tuple(pool))
    letters = decider.letters

    def right(bits: Integers) -> Integers:
        spelled = bits.reshape(-1, letters.width)
        return answers(letters.tokens(spelled).reshape(len(bits), -1))

    made = derandomize(
        decider,
        right,
        inputs=letters,
        tokens=decider.tokens,
        k=k,
        method=method,
        scope="exhaustive",
        progress=progress,
    )
    if made.margins is None:
        raise ArgumentError("too many prefixes for a table of all seeds: give a smaller pool")
    circuit = made.circuit
    if fused:
        circuit = decider.voted(made.seeds)
        verify(circuit, made.answers, made.domain, scope="exhaustive", progress=progress)
    return Demonstration(decider, made, circuit, _safe(decider, made))


def _safe(decider: DiffusionDecider, made: Derandomized) -> Fraction:
    model, letters = decider.model, decider.letters
    bits = made.domain.vectors(0, made.domain.count)
    prefixes = letters.tokens(bits.reshape(-1, letters.width)).reshape(len(bits), -1)
    kinds, many = np.unique(model.conditions(prefixes), axis=0, return_counts=True)
    safe = model.regions.safe(model.states(kinds, model.draws(decider.seeds)))
    return Fraction(int((safe.sum(axis=1) * many).sum()), len(bits) * len(decider.seeds))
