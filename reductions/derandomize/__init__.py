"""Derandomization by vote: seeds fixed, copies of a decider, majority or plurality, a certificate.

A circuit f(x, s) that is right with probability above 1/2 over its seed s, on every x, has k seeds
whose majority is right on every x at once: Theorem 4.1 and F.1 of *The Serial Scaling Hypothesis*
use it, after Hajnal et al. 1993. `derandomize` finds such seeds, builds the circuit and verifies
it.
"""

from reductions.derandomize.alphabet import BIT, Alphabet, Domain
from reductions.derandomize.answers import Answers
from reductions.derandomize.certificate import write_certificate
from reductions.derandomize.checking import check_certificate
from reductions.derandomize.clopper_pearson import lower_limit, upper_limit
from reductions.derandomize.counterexamples import STORED, ErrorSets
from reductions.derandomize.deciders import (
    CircuitDecider,
    Decider,
    circuit_decider,
)
from reductions.derandomize.derandomizing import Derandomized, derandomize
from reductions.derandomize.failures import VoteDefeatedError
from reductions.derandomize.margins import Margins
from reductions.derandomize.measuring import make_margins
from reductions.derandomize.odds import Odds, odds
from reductions.derandomize.posing import Problem, pose
from reductions.derandomize.sampler import SamplerDecider
from reductions.derandomize.verification import Verification, verify
from reductions.derandomize.voting import Depths, depths, voting_circuit

__all__ = [
    "BIT",
    "STORED",
    "Alphabet",
    "Answers",
    "CircuitDecider",
    "Decider",
    "Depths",
    "Derandomized",
    "Domain",
    "ErrorSets",
    "Margins",
    "Odds",
    "Problem",
    "SamplerDecider",
    "Verification",
    "VoteDefeatedError",
    "check_certificate",
    "circuit_decider",
    "depths",
    "derandomize",
    "lower_limit",
    "make_margins",
    "odds",
    "pose",
    "upper_limit",
    "verify",
    "voting_circuit",
    "write_certificate",
]
