"""Sudoku puzzles that single candidates solve in a given number of rounds."""

from __future__ import annotations

from typing import Any

from numba import njit

from reductions.problems.sudoku.kernels import search as plain_search

search = njit(cache=True, nogil=True)(plain_search)

_ALL = 511
_EFFORT = 10_000


@njit(cache=True, nogil=True)
def rounds(units: Any, puzzle: Any, cells: Any, used: Any, once: Any, twice: Any) -> int:
    """In how many rounds single candidates fill all cells, or -1.

    Fills in ``cells`` from ``puzzle`` as far as it goes, as negative digits where the last round
    that placed something found them.

    Args:
        units: row, column and box of each cell, shape (243,).
        puzzle: digits, 0 for open cells, shape (81,).
        cells: to fill in.
        used: room for the digits of each unit, as bits, shape (27,).
        once: room for the candidates of each unit.
        twice: room for those that two cells have.
    """
    left = 0
    for unit in range(27):
        used[unit] = 0
    for cell in range(81):
        cells[cell] = puzzle[cell]
        if puzzle[cell] == 0:
            left += 1
        for k in range(3):
            used[units[3 * cell + k]] |= (1 << puzzle[cell]) >> 1
    count = 0
    while left > 0:
        for unit in range(27):
            once[unit] = twice[unit] = 0
        for cell in range(81):
            cells[cell] = abs(cells[cell])
            if cells[cell] > 0:
                continue
            row, column, box = units[3 * cell], units[3 * cell + 1], units[3 * cell + 2]
            free = _ALL & ~(used[row] | used[column] | used[box])
            for k in range(3):
                unit = units[3 * cell + k]
                twice[unit] |= once[unit] & free
                once[unit] |= free
        found = 0
        for cell in range(81):
            if cells[cell] != 0:
                continue
            row, column, box = units[3 * cell], units[3 * cell + 1], units[3 * cell + 2]
            free = _ALL & ~(used[row] | used[column] | used[box])
            single = free
            if free & (free - 1) != 0:
                hidden = (
                    (once[row] & ~twice[row])
                    | (once[column] & ~twice[column])
                    | (once[box] & ~twice[box])
                )
                single = free & hidden
            if single != 0:
                digit = 0
                while single >> digit != 0:
                    digit += 1
                cells[cell] = -digit
                found += 1
        if found == 0:
            return -1
        for cell in range(81):
            if cells[cell] < 0:
                for k in range(3):
                    used[units[3 * cell + k]] |= (1 << -cells[cell]) >> 1
        left -= found
        count += 1
    return count


@njit(cache=True, nogil=True)
def make_all(units: Any, depth: int, opened: int, draws: Any, results: Any) -> None:
    """Puzzles of that many open cells that take ``depth`` rounds.

    Cells of a full grid are opened in random order, each unless single candidates no longer
    suffice; then open and given cells are exchanged where that does not lead away from ``depth``.

    Args:
        units: row, column and box of each cell.
        depth: rounds.
        opened: open cells.
        draws: orders of digits (rows, 729) and of cells (rows, 81); open and given cells to
            exchange, by place in a list (rows, swaps, 2).
        results: filled in: puzzles and solutions (rows, 81); a cell found in the last round
            (rows,), or -1 where there is no such puzzle.
    """
    digit_orders, cell_orders, swaps = draws
    puzzles, solutions, last = results
    empty, allowed, path, tried, cells, listed = (
        puzzles[0] * 0,
        puzzles[0] * 0 + _ALL,
        puzzles[0] * 0,
        puzzles[0] * 0,
        puzzles[0] * 0,
        puzzles[0] * 0,
    )
    used, once, twice = cells[:27].copy(), cells[:27].copy(), cells[:27].copy()
    for number in range(len(puzzles)):
        puzzle, solved = puzzles[number], solutions[number]
        order = digit_orders[number]
        if search(9, units, empty, allowed, order, 1, _EFFORT, used, path, tried, solved) != 1:
            continue
        puzzle[:] = solved
        left, found = opened, 0
        for place in range(81):
            cell = cell_orders[number, place]
            if left == 0:
                break
            puzzle[cell] = 0
            turn = rounds(units, puzzle, cells, used, once, twice)
            if turn < 0:
                puzzle[cell] = solved[cell]
            else:
                left -= 1
                found = turn
        if left > 0:
            continue
        first, final = 0, 80  # open cells come first in the list
        for cell in range(81):
            if puzzle[cell] == 0:
                listed[first] = cell
                first += 1
            else:
                listed[final] = cell
                final -= 1
        for swap in range(swaps.shape[1]):
            if found == depth:
                break
            a, b = swaps[number, swap, 0], opened + swaps[number, swap, 1]
            puzzle[listed[a]], puzzle[listed[b]] = solved[listed[a]], 0
            turn = rounds(units, puzzle, cells, used, once, twice)
            if turn >= 0 and abs(turn - depth) <= abs(found - depth):
                found = turn
                listed[a], listed[b] = listed[b], listed[a]
            else:
                puzzle[listed[a]], puzzle[listed[b]] = 0, solved[listed[b]]
        if found != depth:
            continue
        rounds(units, puzzle, cells, used, once, twice)
        for place in range(81):
            cell = cell_orders[number, place]
            if cells[cell] < 0:
                last[number] = cell
                break
