"""What is known about two circuits, and what that rests on."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from tcsim.equivalence.proof import Proof
    from tcsim.equivalence.simulation import Difference

Method = Literal["auto", "exhaustive", "sampled", "sat", "linear"]
METHODS: tuple[str, ...] = get_args(Method)


class Verdict(Enum):
    """What is known about two circuits."""

    EQUIVALENT = "equivalent"
    DIFFERENT = "different"
    UNDECIDED = "undecided"


@dataclass(frozen=True)
class Attempt:
    """One way that was tried.

    Attributes:
        method: its name.
        outcome: what came of it, in words.
        seconds: how long it took.
        numbers: what was counted on the way.
    """

    method: str
    outcome: str
    seconds: float
    numbers: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Equivalence:
    """A verdict, and what it rests on. It is true where the circuits are proven equivalent.

    Attributes:
        verdict: EQUIVALENT and DIFFERENT are certain; UNDECIDED says nothing.
        method: what decided: ``"identical"`` (the same gates), or one of `METHODS`; where nothing
            did, what was tried last.
        vectors: input vectors that were tried.
        counterexample: where DIFFERENT: an input, confirmed by the reference engine.
        inputs_matched_by: ``"name"`` or ``"position"``.
        outputs_matched_by: likewise.
        tried: everything that was tried, in order.
        proof: of EQUIVALENT by ``"sat"``, if it was asked for.
        seed: of random vectors.
    """

    verdict: Verdict
    method: str
    vectors: int
    counterexample: Difference | None
    inputs_matched_by: str
    outputs_matched_by: str
    tried: tuple[Attempt, ...] = ()
    proof: Proof | None = None
    seed: int = 0

    def __bool__(self) -> bool:
        return self.verdict is Verdict.EQUIVALENT
