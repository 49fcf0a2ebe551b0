"""Reductions between decision problems, as programs that can be run, composed and checked.

A reduction maps every instance of one problem to an instance of another, maps witnesses back, and
declares what it costs; `check` tests all of it.
"""

from __future__ import annotations

from reductions.chain import Chain, ChainRun
from reductions.checks import POINTS, CheckReport, Outcome, Status, check
from reductions.overhead import Bound, Overhead, at_most
from reductions.problem import Problem, Witnesses
from reductions.provenance import Provenance
from reductions.reduction import Invariant, Mapped, Metered, Reduction
from reductions.registry import (
    chains,
    diagnostics,
    graph,
    path,
    problem,
    problem_table,
    rule,
    rule_table,
)

__all__ = [
    "POINTS",
    "Bound",
    "Chain",
    "ChainRun",
    "CheckReport",
    "Invariant",
    "Mapped",
    "Metered",
    "Outcome",
    "Overhead",
    "Problem",
    "Provenance",
    "Reduction",
    "Status",
    "Witnesses",
    "at_most",
    "chains",
    "check",
    "diagnostics",
    "graph",
    "path",
    "problem",
    "problem_table",
    "rule",
    "rule_table",
]
