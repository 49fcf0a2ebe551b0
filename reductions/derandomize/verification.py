"""Verification: the vote against the answers on every string, or on random ones."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Literal, TypeAlias

from reductions.derandomize.clopper_pearson import upper_limit
from reductions.derandomize.failures import VoteDefeatedError, shown
from reductions.derandomize.targets import vote_target
from tcsim.campaign.find import Find
from tcsim.campaign.running import Options, run
from tcsim.errors import ArgumentError, LimitError

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from reductions.derandomize.alphabet import Domain
    from reductions.derandomize.answers import Answers
    from tcsim.circuit import Circuit
    from tcsim.typing import Progress, StrPath

Scope: TypeAlias = Literal["auto", "exhaustive", "sampled"]

EXHAUSTIVE_LIMIT = 2**40
"""Strings up to which all of them may be tried,"""
AUTO_LIMIT = 2**30
"""and up to which they are unless something else is asked for."""
SAMPLES = 2**20
"""Random strings unless another number is asked for."""
CONFIDENCE = Fraction(99, 100)


@dataclass(frozen=True)
class Verification:
    """What was tried, without finding a mistake, and what follows.

    Attributes:
        scope: ``"exhaustive"``: proven on every string; ``"sampled"``: a statistical statement.
        strings: how many strings were tried.
        seed: of the random ones, else None.
        confidence: of the statistical statement, else None.
        upper: with that confidence the vote is wrong on at most this share of all strings.
    """

    scope: Literal["exhaustive", "sampled"]
    strings: int
    seed: int | None = None
    confidence: Fraction | None = None
    upper: Fraction | None = None

    @property
    def statement(self) -> str:
        """The result in a sentence."""
        if self.scope == "exhaustive":
            return f"The vote is right on every one of the {self.strings:,} inputs."
        assert self.upper is not None and self.confidence is not None  # noqa: PT018, S101
        return (
            f"Statistical, no proof: no mistake on {self.strings:,} random inputs (seed "
            f"{self.seed}); with confidence {float(self.confidence):.6g} the vote is wrong on at "
            f"most a share of {float(self.upper):.6g} of all inputs (Clopper-Pearson, one-sided)."
        )


def verify(
    vote: Circuit,
    answers: Answers,
    domain: Domain,
    *,
    scope: Scope = "auto",
    samples: int = SAMPLES,
    seed: int = 0,
    confidence: Fraction = CONFIDENCE,
    checkpoint: StrPath | None = None,
    workers: int = 1,
    executor: Executor | None = None,
    progress: Progress | None = None,
) -> Verification:
    """Try a vote on all strings, or on random ones where there are too many.

    The work is cut into parts, of which each thread or worker holds one at a time, so memory does
    not grow with the number of strings.

    Args:
        vote: a circuit with the domain's inputs.
        answers: in the order of its inputs and outputs.
        domain: the strings.
        scope: ``"auto"``: all strings up to 2**30 of them.
        samples: random strings, where not all are tried.
        seed: of these.
        confidence: of the statement that follows from them.
        checkpoint: a file that keeps what is done; the same call goes on from there.
        workers: threads of this process.
        executor: does the parts instead.
        progress: called as ``progress(done, total)``, in strings.

    Raises:
        VoteDefeatedError: the vote is wrong on a string; names the first such.
        LimitError: too many strings, or a table for random ones.
        TcsimError: as in `tcsim.campaign.exhaustive`.
    """
    if vote.n_inputs != domain.inputs:
        raise ArgumentError(f"the vote has {vote.n_inputs} inputs, the domain {domain.inputs} bits")
    sampled = scope == "sampled" or (scope == "auto" and domain.count > AUTO_LIMIT)
    if sampled:
        if answers.circuit is None:
            raise LimitError("random strings need the answers as a circuit, not as a table")
        if not 1 <= samples <= 2**62:
            raise ArgumentError(f"samples is {samples!r}, not an integer from 1 to 2**62")
    elif domain.count > EXHAUSTIVE_LIMIT:
        raise LimitError(
            f"there are {domain.count:,} inputs, and the limit is {EXHAUSTIVE_LIMIT:,}: "
            "scope='sampled' gives a statistical statement instead"
        )
    target = vote_target(
        vote, answers, domain, samples if sampled else domain.count, seed if sampled else None
    )
    found = run(target, Find(), Options(checkpoint, workers, executor, None, None, progress))
    if found is not None:
        wrong = tuple(target.vector(found).tolist())
        raise VoteDefeatedError(
            f"the vote is wrong on the input {shown(wrong)}: other seeds, or more of them, "
            "would be needed",
            "outvoted",
            wrong,
        )
    if not sampled:
        return Verification("exhaustive", domain.count)
    upper = min(Fraction(1), upper_limit(0, samples, confidence) + domain.bias)
    return Verification("sampled", samples, seed, confidence, upper)
