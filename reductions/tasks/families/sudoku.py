"""Sudoku: which digit stands in a cell that is found last?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reductions.tasks.family import Block, Family

if TYPE_CHECKING:
    from reductions.tasks.draws import Draws

MOST_OPEN = 60
"""Puzzles with more open cells that single candidates solve are too rare to look for."""

_SWAPS = 400


def _block(draws: Draws, rows: int, depth: int, width: int) -> Block:
    from reductions.problems.sudoku import Sudoku, signatures
    from reductions.problems.sudoku.grid import units
    from reductions.tasks.kernels.sudoku import make_all

    digit_orders = draws.orders(rows * 81, 9).reshape(rows, 729)
    cell_orders = draws.orders(rows, 81)
    swaps = draws.below(np.array([depth * width, 81 - depth * width]), rows, _SWAPS, 2)
    puzzle = np.zeros((rows, 81), np.int64)
    solved = np.zeros((rows, 81), np.int64)
    last = np.full(rows, -1)
    make_all(
        np.ascontiguousarray(units(3, 3)).reshape(-1),
        depth,
        depth * width,
        (digit_orders, cell_orders, swaps),
        (puzzle, solved, last),
    )
    # Other names for the digits make the answer any digit, each as often as another.
    names = 1 + draws.orders(rows, 9)
    digit = np.take_along_axis(names, solved[np.arange(rows), last][:, None] - 1, axis=1)[:, 0]
    named = np.where(puzzle > 0, np.take_along_axis(names, np.maximum(puzzle - 1, 0), axis=1), 0)
    key = signatures([Sudoku(3, 3, one.tobytes()) for one in named.astype(np.uint8)])

    def text(row: int) -> tuple[str, str]:
        line = "".join(".123456789"[digit] for digit in named[row].tolist())
        grid = '","'.join(line[at : at + 9] for at in range(0, 81, 9))
        at = f"[{last[row] // 9},{last[row] % 9}]"
        return f'{{"grid":["{grid}"],"cell":{at}}}', str(digit[row])

    return Block(last >= 0, digit - 1, key, text)


def _limit(depth: int, width: int) -> str | None:
    if depth * width > MOST_OPEN:
        return f"that is {depth * width} open cells, and more than {MOST_OPEN} are not looked for"
    return None


SUDOKU = Family(
    name="sudoku",
    version=1,
    question="Which digit stands in this cell?",
    input="JSON: nine rows of a puzzle with exactly one solution, with . for an open cell; the row "
    "and column that are asked for, from 0",
    answer="1 to 9",
    depth="rounds in which single candidates, naked and hidden, solve the puzzle; the cell asked "
    "for is found in the last one",
    width="open cells a round, on average: depth * width cells are open",
    unit="open cells",
    symmetries="other names of digits, other orders of rows, columns, bands and stacks, rows "
    "exchanged with columns",
    hardness="finding a solution is NP-complete on grids of any size; whether single candidates "
    "suffice is a question in P, which is not known here to be P-complete. Nine by nine is finite: "
    "the family stands for the paper's parable",
    assumption="none is known to suffice",
    reference="paper, Figure 1; Yato and Seta 2003, Complexity and completeness of finding another "
    "solution",
    least=(1, 1),
    answers=lambda _depth, _width: 9,
    work=lambda depth, width: depth * width,
    block=_block,
    limit=_limit,
    most_rows=64,
)
