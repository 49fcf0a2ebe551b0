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
from reductions.tasks.levelled import levelled
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


def spanned(kind, operands, inputs, output):
    """Whether a path of gates that matter leads through all levels, gate by gate."""
    functions = (lambda a, b: a & b, lambda a, b: a | b, lambda a, b: 1 - a)

    def answer(flip=None):
        values = inputs
        for level, (kinds, wires) in enumerate(zip(kind, operands, strict=True)):
            values = [
                functions[k](values[a], values[b]) for k, (a, b) in zip(kinds, wires, strict=True)
            ]
            if flip is not None and flip[0] == level:
                values[flip[1]] ^= 1
        return values[output]

    reached = set(range(len(inputs)))
    for level, wires in enumerate(operands):
        reached = {
            place
            for place, (a, b) in enumerate(wires)
            if answer((level, place)) != answer() and {a, b} & reached
        }
    return output in reached


def test_a_circuit_is_spanned_iff_gates_that_matter_lead_through_all_levels():
    random = np.random.default_rng(3)
    rows, depth, width = 150, 4, 4
    kind = random.integers(0, 3, (rows, depth, width))
    operands = random.integers(0, width, (rows, depth, width, 2))
    operands[..., 1] = np.where(kind == 2, operands[..., 0], operands[..., 1])
    inputs = random.integers(0, 2, (rows, width))
    output = random.integers(0, width, rows)
    found = levelled(inputs, kind, operands, output)
    expected = [
        spanned(*(part[row].tolist() for part in (kind, operands, inputs)), output[row])
        for row in range(rows)
    ]
    assert found.spanned.tolist() == expected
    assert 20 < sum(expected) < rows - 20


def test_products_are_those_of_the_word_problem():
    from reductions.tasks.families.s5 import _NAMES, _products

    letters = [_NAMES.index(name) for name in ("01234", "10234", "12340")]
    assert (_products()[:, letters] == word_problem_table(5)).all()
