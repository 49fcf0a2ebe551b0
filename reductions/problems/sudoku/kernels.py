"""The loop that searches for solutions. Plain code, or compiled."""

from __future__ import annotations

from typing import Any


def search(
    digits: int,
    units: Any,
    cells: Any,
    allowed: Any,
    order: Any,
    most: int,
    effort: int,
    used: Any,
    path: Any,
    tried: Any,
    solution: Any,
) -> int:
    """How many solutions there are, counted up to `most`; -1 after `effort` choices of a cell.

    Backtracking on the cell with the fewest digits left. ``units`` has 3 entries a cell, bits of
    ``allowed`` are the digits that may stand in an open cell, and ``order`` has for each cell the
    digits (from 0) in the order in which they are tried. ``cells`` is as before when it returns;
    ``solution`` is the first one found. ``used``, ``path`` and ``tried`` are room to work in.
    """
    area = digits * digits
    for unit in range(3 * digits):
        used[unit] = 0
    empty = 0
    for cell in range(area):
        if cells[cell] == 0:
            empty += 1
            continue
        bit = 1 << (cells[cell] - 1)
        for k in range(3):
            unit = units[3 * cell + k]
            if used[unit] & bit:
                return 0
            used[unit] |= bit
    found = depth = choices = 0
    forward = True
    while depth >= 0:
        if forward and depth == empty:
            if found == 0:
                for cell in range(area):
                    solution[cell] = cells[cell]
            found += 1
            if found >= most:
                break
            forward = False
            depth -= 1
            continue
        if forward:
            choices += 1
            if choices > effort:
                found = -1
                break
            best = digits + 1
            for cell in range(area):
                if cells[cell] != 0:
                    continue
                taken = used[units[3 * cell]] | used[units[3 * cell + 1]]
                free = allowed[cell] & ~(taken | used[units[3 * cell + 2]])
                count = 0
                while free != 0 and count < best:
                    free &= free - 1
                    count += 1
                if count < best:
                    best = count
                    path[depth] = cell
                    if best <= 1:
                        break
            tried[depth] = 0
        cell = path[depth]
        row, column, box = units[3 * cell], units[3 * cell + 1], units[3 * cell + 2]
        if cells[cell] != 0:  # back here: take the digit away
            bit = 1 << (cells[cell] - 1)
            used[row] ^= bit
            used[column] ^= bit
            used[box] ^= bit
            cells[cell] = 0
        free = allowed[cell] & ~(used[row] | used[column] | used[box])
        place = tried[depth]
        while place < digits and (free >> order[digits * cell + place]) & 1 == 0:
            place += 1
        if place == digits:
            forward = False
            depth -= 1
            continue
        digit = order[digits * cell + place]
        tried[depth] = place + 1
        cells[cell] = digit + 1
        used[row] |= 1 << digit
        used[column] |= 1 << digit
        used[box] |= 1 << digit
        forward = True
        depth += 1
    for place in range(depth):
        cells[path[place]] = 0
    return found
