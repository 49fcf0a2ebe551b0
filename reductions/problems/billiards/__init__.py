"""The billiard-ball machine: particles on a board that move by a rule on blocks of 2 x 2 cells."""

from __future__ import annotations

from reductions.problems.billiards.board import back, run, step
from reductions.problems.billiards.circuits import fredkin, join, run_circuit, switch
from reductions.problems.billiards.interaction import interact, unite

__all__ = ["back", "fredkin", "interact", "join", "run", "run_circuit", "step", "switch", "unite"]
