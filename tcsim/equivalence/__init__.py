"""Are two circuits equivalent? A verdict, with a counterexample or a proof."""

from tcsim.equivalence.deciding import equivalent
from tcsim.equivalence.proof import Proof
from tcsim.equivalence.simulation import Difference
from tcsim.equivalence.verdict import Attempt, Equivalence, Method, Verdict

__all__ = [
    "Attempt",
    "Difference",
    "Equivalence",
    "Method",
    "Proof",
    "Verdict",
    "equivalent",
]
