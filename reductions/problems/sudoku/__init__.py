"""Sudoku: puzzles of any box, a solver, puzzles with one solution from a seed, propagation."""

from __future__ import annotations

from reductions.problems.sudoku.generating import generate, puzzle
from reductions.problems.sudoku.grid import Sudoku
from reductions.problems.sudoku.propagation import Propagation, propagate
from reductions.problems.sudoku.solving import count_solutions, solve
from reductions.problems.sudoku.symmetry import signatures

__all__ = [
    "Propagation",
    "Sudoku",
    "count_solutions",
    "generate",
    "propagate",
    "puzzle",
    "signatures",
    "solve",
]
