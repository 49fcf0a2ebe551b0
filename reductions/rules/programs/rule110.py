"""Rule 110 as programs: the light cone of a cell, in gates or by look-up of `STRIDE` steps.

The input is the three words, each closed by a comma, the number of the cell, and T ones. Where
gates are is described in `reductions.rules.rule110_cone`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reductions.rules.programs.records import after, number_at

if TYPE_CHECKING:
    from tcsim.uniformity.tape import Tape, Write

STRIDE = 2


def write_cone(tape: Tape, write: Write) -> None:
    """Write five gates for each cell, and the values of the inputs."""
    steps = len(tape) - after(tape, cell_place(tape))
    n = 2 * steps + 1
    write(0, n)
    write()
    for t in range(1, steps + 1):
        for i in range(2 * (steps - t) + 1):
            a = image(steps, t - 1, i)
            b = image(steps, t - 1, i + 1)
            c = image(steps, t - 1, i + 2)
            gate = image(steps, t, i) - 4
            write(1, 2, 1, a, 1, b)
            write()
            write(1, 2, 1, c, 1, gate)
            write()
            write(1, 0, -1, gate + 1)
            write()
            write(1, 1, 1, b, 1, c)
            write()
            write(1, 2, 1, gate + 2, 1, gate + 3)
            write()
    write(2, image(steps, steps, 0))
    write()
    write_values(tape, write, n)


def image(steps: int, t: int, i: int) -> int:
    """The wire of cell i of row t."""
    if t == 0:
        return i
    return 2 * steps + 1 + 5 * (t - 1) * (2 * steps + 1 - t) + 5 * i + 4


def write_tables(tape: Tape, write: Write) -> None:
    """Write an AND for each row of the table of a cell and an OR, and the values of the inputs."""
    steps = len(tape) - after(tape, cell_place(tape))
    n = 2 * steps + 1
    last = 0
    write(0, n)
    write()
    size = ones(STRIDE) + 1
    for layer in range((steps + STRIDE - 1) // STRIDE):
        s = min(STRIDE, steps - layer * STRIDE)
        rows = ones(s)
        for i in range(2 * (steps - layer * STRIDE - s) + 1):
            gate = layer_start(steps, layer, size) + i * (rows + 1)
            for number in range(1 << 2 * s + 1):
                if value_after(number, s) == 1:
                    count = 0
                    for place in range(2 * s + 1):
                        count += number >> place & 1
                    write(1, count)
                    for place in range(2 * s + 1):
                        write(2 * (number >> 2 * s - place & 1) - 1)
                        write(table_image(steps, layer, i + place, size))
                    write()
            write(1, 1)
            for row in range(rows):
                write(1, gate + row)
            write()
            last = gate + rows
    write(2, last)
    write()
    write_values(tape, write, n)


def layer_start(steps: int, layer: int, size: int) -> int:
    """The first gate of a layer; those before it have `size` gates a cell."""
    cells = layer * (2 * steps + 1) - STRIDE * layer * (layer + 1)
    return 2 * steps + 1 + cells * size


def table_image(steps: int, layers: int, i: int, size: int) -> int:
    """The wire of cell i of the row behind so many layers of `STRIDE` steps."""
    if layers == 0:
        return i
    return layer_start(steps, layers - 1, size) + (i + 1) * size - 1


def value_after(row: int, steps: int) -> int:
    """The middle cell of a row of 2 * steps + 1 after so many steps."""
    found = row
    width = 2 * steps + 1
    for _ in range(steps):
        width -= 2
        every = found & found >> 1 & found >> 2
        found = (found | found >> 1) & ~every
        found = found % (1 << width)
    return found


def ones(steps: int) -> int:
    """How many rows make the middle cell 1 after so many steps."""
    count = 0
    for row in range(1 << 2 * steps + 1):
        count += value_after(row, steps)
    return count


def write_values(tape: Tape, write: Write, n: int) -> None:
    """Write the first values of the n cells of the cone."""
    middle = word_end(tape, 0) + 1
    right = word_end(tape, middle) + 1
    end = word_end(tape, right)
    cell = number_at(tape, end + 1) - n // 2
    write(3)
    for _ in range(n):
        if cell < 0:
            write(tape[cell % (middle - 1)])
        elif cell < right - 1 - middle:
            write(tape[middle + cell])
        else:
            write(tape[right + (cell - (right - 1 - middle)) % (end - right)])
        cell += 1
    write()


def cell_place(tape: Tape) -> int:
    """Where the number of the cell begins."""
    place = 0
    for _ in range(3):
        place = word_end(tape, place) + 1
    return place


def word_end(tape: Tape, place: int) -> int:
    """The comma behind a word."""
    while tape[place] < 2:
        place += 1
    return place
