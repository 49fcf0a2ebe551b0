"""Problems of derandomization: a decider, its answers and its inputs, put in order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reductions.derandomize.alphabet import BIT, Alphabet, Domain
from reductions.derandomize.answers import Answers, Given, make_answers
from reductions.derandomize.deciders import POOL, Decider, circuit_decider
from reductions.derandomize.measuring import make_margins
from tcsim.circuit import Circuit
from tcsim.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reductions.derandomize.margins import Margins
    from tcsim.typing import Progress


@dataclass(frozen=True, eq=False)
class Problem:
    """A decider, its answers and its inputs, put in order; see `pose`."""

    decider: Decider
    answers: Answers
    domain: Domain
    alphabet: Alphabet | None

    @property
    def cells(self) -> int:
        """Cells of its table of margins."""
        kinds = len(self.decider.outputs) if self.alphabet is None else len(self.alphabet) - 1
        return len(self.decider.seeds) * kinds * self.domain.count

    def margins(self, progress: Progress | None = None) -> Margins:
        """The table of every seed on every input."""
        return make_margins(
            self.decider, self.answers, self.domain, alphabet=self.alphabet, progress=progress
        )


def pose(
    decider: Circuit | Decider,
    answers: Given,
    *,
    seed_inputs: str | Sequence[str] = "s[*]",
    inputs: Alphabet = BIT,
    tokens: Alphabet | None = None,
    pool: int | Sequence[Sequence[int]] = POOL,
    seed: int = 0,
) -> Problem:
    """Put a decider and its answers in order; arguments as in `derandomize`.

    Raises:
        ArgumentError: they do not fit.
    """
    made = (
        circuit_decider(decider, seed_inputs, pool=pool, seed=seed)
        if isinstance(decider, Circuit)
        else decider
    )
    if not made.seeds:
        raise ArgumentError("the pool of seeds is empty: give at least one seed")
    length, rest = divmod(len(made.inputs), inputs.width)
    if rest:
        raise ArgumentError(
            f"{len(made.inputs)} input bits are no whole number of tokens of {inputs.width} bits"
        )
    if tokens is not None and tokens.width != len(made.outputs):
        raise ArgumentError(
            f"tokens of {tokens.width} bits are not spelled by the {len(made.outputs)} outputs"
        )
    domain = Domain(inputs, length)
    right = make_answers(answers, domain, made.inputs, made.outputs, tokens)
    return Problem(made, right, domain, tokens)
