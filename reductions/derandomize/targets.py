"""What a verification compares: a vote with its answers, on all strings or on random ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from tcsim.campaign.target import GENERATOR, Target

if TYPE_CHECKING:
    from collections.abc import Callable

    from reductions.derandomize.alphabet import Domain
    from reductions.derandomize.answers import Answers
    from tcsim.circuit import Circuit
    from tcsim.simulate.engines import Engine
    from tcsim.typing import Words


@dataclass(frozen=True, eq=False)
class VoteTarget(Target):
    """A campaign's target whose vectors are strings, and whose answers may be a table.

    Attributes:
        domain: the strings.
        table: as in `Answers`; None where `other` is a circuit.
    """

    domain: Domain
    table: Words | None

    def inputs(self, first: int, last: int) -> Words:
        """See `Target`."""
        if self.seed is None:
            return self.domain.words(first, last)
        return self.domain.random(self.seed, first, last)

    def evaluator(self, vectors: int) -> tuple[int, Callable[[int, int], Words]]:
        """See `Target`: where the vote and the answers differ."""
        step, outputs = super().evaluator(vectors)
        table = self.table
        if table is None:
            return step, outputs
        return step, lambda first, last: outputs(first, last) ^ table[:, first:last]

    def describe(self) -> dict[str, Any]:
        """See `Target`."""
        known = super().describe()
        known["vectors"] |= {"letters": self.domain.alphabet.text(), "length": self.domain.length}
        if self.seed is not None:
            known["vectors"]["generator"] = GENERATOR
        if self.table is not None:
            known["circuits"].append(f"table:{_digest(self.table)}")
        return known

    def _generated(self, engine: Engine, first: int, last: int) -> Words:
        if self.domain.is_cube:
            return super()._generated(engine, first, last)
        return engine.words(self.inputs(first, last))


def vote_target(
    vote: Circuit, answers: Answers, domain: Domain, vectors: int, seed: int | None
) -> VoteTarget:
    """The target of a verification.

    Args:
        vote: the voting circuit.
        answers: in the order of its inputs and outputs.
        domain: the strings.
        vectors: how many of them.
        seed: of random ones; None for the first `vectors` of all.
    """
    return VoteTarget(
        vote, answers.circuit, np.arange(vote.n_inputs), vectors, seed, domain, answers.table
    )


def _digest(table: Words) -> str:
    from reductions.derandomize.answers import Answers

    return Answers(None, table).digest
