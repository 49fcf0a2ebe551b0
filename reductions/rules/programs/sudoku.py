"""Single candidates of a Sudoku puzzle as a program: loops over rounds, cells, digits and peers.

The input is the height and width of a box and the cells, and T ones. Where gates are is described
in `reductions.rules.sudoku_layout`; v numbers cells and digits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reductions.rules.programs.records import after, number_at

if TYPE_CHECKING:
    from tcsim.uniformity.tape import Tape, Write


def write_rounds(tape: Tape, write: Write) -> None:  # noqa: C901 - one pass
    """Write the circuit and the values of its inputs."""
    h = number_at(tape, 0)
    place = after(tape, 0)
    w = number_at(tape, place)
    place = after(tape, place)
    n = h * w
    clues = place
    for _ in range(n * n):
        place = after(tape, place)
    rounds = len(tape) - place
    kinds = 3 if h > 1 and w > 1 else 2
    rivals = n - 1 + 2 * (n - 1) + (h - 1) * (w - 1) * (kinds - 2)
    size = n * n * n * (rivals - 1 + (kinds + 1) * (n - 1))
    write(0, n * n * n)
    write()
    for t in range(rounds):
        first = n * n * n + t * size
        before = n * n * n + (t - 1) * size
        for v in range(n * n * n):
            for j in range(rivals - 1):
                a = rival(h, w, rivals, v, 2 * j)
                b = rival(h, w, rivals, v, 2 * j + 1)
                a = placed(n, kinds, rivals, before, t, a) if 2 * j < rivals else a + first
                b = placed(n, kinds, rivals, before, t, b) if 2 * j + 1 < rivals else b + first
                gate(write, 1, a, b)
        for v in range(n * n * n):
            base = first + n * n * n * (rivals - 1) + v * (kinds + 1) * (n - 1)
            for k in range(kinds + 1):
                for j in range(n - 2):
                    a = single(h, w, rivals, v, k, first, base, 2 * j)
                    gate(write, 2, a, single(h, w, rivals, v, k, first, base, 2 * j + 1))
            last = base + (kinds + 1) * (n - 2)
            for j in range(kinds + 1):
                if j == 0:
                    a = placed(n, kinds, rivals, before, t, v)
                else:
                    a = reason(h, w, kinds, rivals, v, first, base, 2 * j, last)
                gate(write, 1, a, reason(h, w, kinds, rivals, v, first, base, 2 * j + 1, last))
    before = n * n * n + (rounds - 1) * size
    first = before + size
    for cell in range(n * n):
        for j in range(n - 1):
            base = first + cell * (n - 1) - n
            a = base + 2 * j
            b = a + 1
            if 2 * j < n:
                a = placed(n, kinds, rivals, before, rounds, cell * n + 2 * j)
            if 2 * j + 1 < n:
                b = placed(n, kinds, rivals, before, rounds, cell * n + 2 * j + 1)
            gate(write, 1, a, b)
    last = first + n * n * (n - 1)
    for j in range(n * n - 1):
        a = first + (2 * j + 1) * (n - 1) - 1 if 2 * j < n * n else last + 2 * j - n * n
        b = first + (2 * j + 2) * (n - 1) - 1 if 2 * j + 1 < n * n else last + 2 * j + 1 - n * n
        gate(write, 2, a, b)
    write(2, last + n * n - 2)
    write()
    write(3)
    for _ in range(n * n):
        for digit in range(n):
            write(number_at(tape, clues) == digit + 1)
        clues = after(tape, clues)
    write()


def gate(write: Write, threshold: int, a: int, b: int) -> None:
    """Write an AND (threshold 2) or an OR."""
    write(1, threshold, 1, min(a, b), 1, max(a, b))
    write()


def placed(n: int, kinds: int, rivals: int, before: int, t: int, v: int) -> int:
    """The wire of v behind t rounds; `before` is the first wire of the last of them."""
    if t == 0:
        return v
    return before + n * n * n * (rivals - 1) + (v + 1) * (kinds + 1) * (n - 1) - 1


def skip(k: int, left_out: int) -> int:
    """Item k of 0, 1, ... without one."""
    return k if k < left_out else k + 1


def rival(h: int, w: int, rivals: int, v: int, k: int) -> int:
    """Which v rules out this one; for k from `rivals` on a gate, from the first of the round."""
    n = h * w
    cell = v // n
    row = cell // n
    column = cell % n
    if k >= rivals:
        return v * (rivals - 1) + k - rivals
    if k < n - 1:
        return cell * n + skip(k, v % n)
    if k < 2 * (n - 1):
        return (row * n + skip(k - (n - 1), column)) * n + v % n
    if k < 3 * (n - 1):
        return (skip(k - 2 * (n - 1), row) * n + column) * n + v % n
    place = k - 3 * (n - 1)
    down = row - row % h + skip(place // (w - 1), row % h)
    across = column - column % w + skip(place % (w - 1), column % w)
    return (down * n + across) * n + v % n


def single(h: int, w: int, rivals: int, v: int, k: int, first: int, base: int, item: int) -> int:
    """A wire of the k-th AND for v: of the cell, row, column or box; a gate of the tree behind."""
    n = h * w
    if item >= n - 1:
        return base + k * (n - 2) + item - (n - 1)
    cell = v // n
    row = cell // n
    column = cell % n
    other = cell * n + skip(item, v % n)
    if k == 1:
        other = (row * n + skip(item, column)) * n + v % n
    if k == 2:
        other = (skip(item, row) * n + column) * n + v % n
    if k == 3:
        place = skip(item, row % h * w + column % w)
        down = row - row % h + place // w
        other = (down * n + column - column % w + place % w) * n + v % n
    return first + (other + 1) * (rivals - 1) - 1


def reason(
    h: int, w: int, kinds: int, rivals: int, v: int, first: int, base: int, item: int, last: int
) -> int:
    """Item 1, 2, ... of the OR for v: the ANDs, then the OR's own gates; `last` is its first."""
    n = h * w
    if item >= kinds + 2:
        return last + item - (kinds + 2)
    if n == 2:
        return single(h, w, rivals, v, item - 1, first, base, 0)
    return base + item * (n - 2) - 1
