"""The front door: a randomized decider and the right answers in, one deterministic circuit out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from reductions.derandomize import bounds
from reductions.derandomize.alphabet import BIT, Alphabet, Domain
from reductions.derandomize.deciders import POOL, Decider
from reductions.derandomize.failures import VoteDefeatedError
from reductions.derandomize.measuring import MOST_CELLS
from reductions.derandomize.posing import Problem, pose
from reductions.derandomize.seeds import Found, find_seeds
from reductions.derandomize.seeds.search import check_k
from reductions.derandomize.verification import (
    CONFIDENCE,
    SAMPLES,
    Scope,
    Verification,
    verify,
)
from reductions.derandomize.voting import Depths, depths, voting_circuit
from tcsim.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from concurrent.futures import Executor
    from fractions import Fraction

    from reductions.derandomize.answers import Answers, Given
    from reductions.derandomize.margins import Margins
    from reductions.derandomize.seeds.comparison import Method
    from tcsim.circuit import Circuit
    from tcsim.typing import Progress, StrPath


@dataclass(frozen=True, eq=False)
class Derandomized:
    """One deterministic circuit that is right on every input, and how that is known.

    Attributes:
        circuit: the vote.
        seeds: those that vote, in order; one that stands there repeatedly votes repeatedly.
        depths: where the circuit's depth comes from.
        found: how the seeds were found; None where they were drawn without a table.
        margins: every seed of the pool on every input; None where that is too large.
        verification: what was tried, and what follows.
        decider: as given, with its pool.
        answers: as given.
        domain: all inputs.
        alphabet: tokens of a plurality, else None.
    """

    circuit: Circuit
    seeds: tuple[Any, ...]
    depths: Depths
    found: Found | None
    margins: Margins | None
    verification: Verification
    decider: Decider
    answers: Answers
    domain: Domain
    alphabet: Alphabet | None

    def save(self, vote: StrPath, certificate: StrPath) -> dict[str, Any]:
        """Write circuit and certificate: `reductions.derandomize.certificate`."""
        from reductions.derandomize.certificate import write_certificate

        return write_certificate(self, vote, certificate)


def derandomize(
    decider: Circuit | Decider,
    answers: Given,
    *,
    seed_inputs: str | Sequence[str] = "s[*]",
    inputs: Alphabet = BIT,
    tokens: Alphabet | None = None,
    k: int | None = None,
    method: Method = "auto",
    pool: int | Sequence[Sequence[int]] = POOL,
    error: bounds.Number | None = None,
    seed: int = 0,
    scope: Scope = "auto",
    samples: int = SAMPLES,
    confidence: Fraction = CONFIDENCE,
    checkpoint: StrPath | None = None,
    search: StrPath | None = None,
    workers: int = 1,
    executor: Executor | None = None,
    progress: Progress | None = None,
) -> Derandomized:
    """Find seeds whose vote is right on every input, build the vote, and verify it.

    Args:
        decider: a circuit f(x, s), or a `SamplerDecider` or other `Decider`.
        answers: a circuit, a function of a batch, or an array; see `make_answers`.
        seed_inputs: which inputs of a circuit are the seed.
        inputs: tokens that the inputs spell: with M of them and n places the vote is right on all
            M**n strings. By default each input bit is one of two tokens.
        tokens: tokens that the outputs spell: the vote is a plurality of tokens. None: a majority
            of each output bit.
        k: how many seeds; None: as few as the method finds.
        method: ``"random"``, ``"greedy"``, ``"weights"``, ``"exact"`` or ``"auto"``.
        pool: the seeds of a circuit, or how many.
        error: what the error of a random seed is at most on every input: where the table of all
            seeds on all inputs would be too large and k is None, so many seeds are drawn as the
            proof asks for.
        seed: of random draws.
        scope: whether all inputs are verified; see `verify`.
        samples: random inputs, where not all are.
        confidence: of the statement that follows from them.
        checkpoint: a file from which an interrupted verification goes on.
        search: a file from which an interrupted search for seeds goes on.
        workers: threads of the verification.
        executor: does the verification instead.
        progress: called as ``progress(done, total)`` in each stage.

    Raises:
        VoteDefeatedError: no such vote; names an input that defeats it, and what would suffice.
        TcsimError: arguments do not fit, or limits are exceeded.

    Example:
        >>> import tcsim as tc
        >>> b = tc.Builder()
        >>> x, s = b.inputs("x", 3), b.inputs("s", 2)  # wrong on x = 11. where s = 00, ...
        >>> b.output("y", tc.all([x[0], x[1]]) ^ tc.all([x[2], s[0], s[1]]))
        >>> made = derandomize(b.build(), lambda x: x[:, 0] & x[:, 1])
        >>> made.circuit, len(made.seeds)
        (<Circuit: 3 inputs, 1 outputs, size 1, depth 1>, 1)
        >>> made.verification.statement
        'The vote is right on every one of the 8 inputs.'
    """
    check_k(k)
    posed = pose(
        decider,
        answers,
        seed_inputs=seed_inputs,
        inputs=inputs,
        tokens=tokens,
        pool=pool,
        seed=seed,
    )
    margins: Margins | None = None
    found: Found | None = None
    if posed.cells <= MOST_CELLS and not (method == "random" and error is not None):
        margins = posed.margins(progress)
        found = find_seeds(margins, method, k, seed=seed, checkpoint=search, progress=progress)
        chosen = list(found.chosen)
    else:
        chosen = _drawn(posed, method, k, error, seed)
    copies = [posed.decider.circuit(number) for number in chosen]
    circuit = voting_circuit(copies, posed.alphabet, progress=progress)
    try:
        verification = verify(
            circuit,
            posed.answers,
            posed.domain,
            scope=scope,
            samples=samples,
            seed=seed,
            confidence=confidence,
            checkpoint=checkpoint,
            workers=workers,
            executor=executor,
            progress=progress,
        )
    except VoteDefeatedError as failure:
        if found is not None:
            raise ArgumentError(
                f"{failure}; but the seeds' own answers are right there: the circuits of the seeds "
                "do not compute what the decider answers"
            ) from failure
        raise
    return Derandomized(
        circuit,
        tuple(posed.decider.seeds[number] for number in chosen),
        depths(circuit, posed.alphabet),
        found,
        margins,
        verification,
        posed.decider,
        posed.answers,
        posed.domain,
        posed.alphabet,
    )


def _drawn(
    posed: Problem, method: str, k: int | None, error: bounds.Number | None, seed: int
) -> list[int]:
    """Seeds drawn as in the proof, without a look at what they answer."""
    if method not in ("auto", "random"):
        posed.margins()  # says how large it would be
    if k is None and error is None:
        posed.margins()
    if k is None:
        assert error is not None  # noqa: S101
        tokens, n = len(posed.domain.alphabet), posed.domain.length
        if posed.alphabet is None:
            k = bounds.corrected(tokens, n, error).k
        else:
            gap = 1 - 2 * bounds.fraction(error, "error")
            k = bounds.plurality(tokens, n, gap).k
    rng = np.random.default_rng([seed, 0])
    drawn: list[int] = rng.integers(len(posed.decider.seeds), size=k).tolist()
    return drawn
