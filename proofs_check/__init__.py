"""Machine checks of the statements of "The Serial Scaling Hypothesis", and of any other paper's.

A ledger holds a paper's statements, what is thought of each, and checks by a named method
(symbolic, exhaustive, by properties, by intervals or by a solver). A run says of each statement
what was checked, how far, and under which assumptions.
"""

from __future__ import annotations

from proofs_check.assumptions import Assumption, Lattice
from proofs_check.checks import Check, check
from proofs_check.claim import Claim
from proofs_check.ledger import Ledger
from proofs_check.outcome import Kind, Outcome, exhausted, on_cases, proved, refuted
from proofs_check.result import Result, Run
from proofs_check.running import run, run_flips

__all__ = [
    "Assumption",
    "Check",
    "Claim",
    "Kind",
    "Lattice",
    "Ledger",
    "Outcome",
    "Result",
    "Run",
    "check",
    "exhausted",
    "on_cases",
    "proved",
    "refuted",
    "run",
    "run_flips",
]
