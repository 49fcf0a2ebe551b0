"""The loops: tables of gates against the rules they stand for, rounds of a Sudoku puzzle."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from reductions.problems.billiards.board import step
from reductions.problems.sudoku import Sudoku, propagate
from reductions.problems.sudoku.grid import units
from reductions.tasks.kernels.levels import BILLIARD, TABLES
from reductions.tasks.kernels.sudoku import rounds
from tcsim.networks.symmetric_group import word_problem_table

EASY = "53..7....6..195....98....6.8...6...34..8.3..17...2...6.6....28....419..5....8..79"
OPEN = "." * 81
HARD = "8..........36......7..9.2...5...7.......457.....1...3...1....68..85...1..9....4.."


def test_the_billiard_table():
    for own, beside, across, opposite in product((0, 1), repeat=4):
        board = step([[own, beside], [across, opposite]])
        line = own + 2 * beside + 4 * across + 8 * opposite
        assert (TABLES[BILLIARD] >> line) & 1 == board[0, 0]


@pytest.mark.parametrize("line", [EASY, OPEN, HARD])
def test_rounds_are_those_of_propagation(line):
    puzzle = Sudoku.of(line)
    cells, spare = np.zeros(81, np.int64), np.zeros((3, 27), np.int64)
    given = np.frombuffer(puzzle.cells, np.uint8).astype(np.int64)
    count = rounds(units(3, 3).reshape(-1), given, cells, *spare)
    found = propagate(puzzle)
    assert count == (found.rounds if found.solved else -1)
    if found.solved:
        assert bytes(np.abs(cells).astype(np.uint8)) == found.cells.cells
        last = found.placed_in.max(axis=1) == found.rounds
        assert ((cells < 0) == last).all()


def test_products_are_those_of_the_word_problem():
    from reductions.tasks.families.s5 import _NAMES, _products

    letters = [_NAMES.index(name) for name in ("01234", "10234", "12340")]
    assert (_products()[:, letters] == word_problem_table(5)).all()
