"""The word problem of S5 to a tree of matrix products as a program: level after level.

The gates of a product of r matrices are 5^(r - 1) ANDs for each entry, and then the 25 entries. A
matrix that is left over at the end of a level is handed on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reductions.rules.programs.records import after, number_at, record

if TYPE_CHECKING:
    from tcsim.uniformity.tape import Tape, Write

ARITY = 2


def write_tree(tape: Tape, write: Write) -> None:
    """Write the circuit and the values of its inputs."""
    n = 0
    start = 1
    for place in range(len(tape)):
        if start == 1 and tape[place] == 1 and tape[place + 1] == 3:
            n += 1
        start = tape[place] == 4
    write(0, 25 * n)
    write()
    level = 0
    count = n
    while count > 1:
        for group in range((count + ARITY - 1) // ARITY):
            r = min(ARITY, count - group * ARITY)
            if r > 1:
                write_product(write, n, level, group, r)
        level += 1
        count = (count + ARITY - 1) // ARITY
    place = record(tape, 2, 0)
    root = matrix(n, level, 0)
    write(1, 5)
    for p in range(5):
        write(1, root + 5 * p + number_at(tape, place))
        place = after(tape, place)
    write()
    write(2, products_from(n, level))
    write()
    write(3)
    for letter in range(n):
        place = record(tape, 1, letter)
        for _p in range(5):
            for q in range(5):
                write(number_at(tape, place) == q)
            place = after(tape, place)
    write()


def write_product(write: Write, n: int, level: int, group: int, r: int) -> None:
    """Write the product of a group of r matrices of a level."""
    through = 1
    for _factor in range(r - 1):
        through *= 5
    late = matrix(n, level, group * ARITY + r - 1)
    early = late < matrix(n, level, group * ARITY)  # handed on: its wires are smaller
    for path in range(25 * through):
        write(1, r)
        if early:
            write(1, late + step(path, through, r, r - 1))
        for factor in range(r - 1 if early else r):
            base = matrix(n, level, group * ARITY + factor)
            write(1, base + step(path, through, r, factor))
        write()
    first = matrix(n, level + 1, group) - 25 * through
    for entry in range(25):
        write(1, 1)
        for path in range(through):
            write(1, first + entry * through + path)
        write()


def step(path: int, through: int, r: int, factor: int) -> int:
    """The entry, 5 p + q, of a factor that a path goes through.

    The digits of a path to the base 5 are: where it starts, where it ends, and between these what
    it goes through.
    """
    p = path // (5 * through)
    q = path // through % 5
    scale = through
    left = p
    right = p
    for place in range(factor + 1):
        left = right
        scale = scale // 5
        right = q if place == r - 1 else path // scale % 5
    return 5 * left + right


def matrix(n: int, level: int, place: int) -> int:
    """The first wire of a matrix of a level; level 0 has the letters."""
    count = n
    for _level in range(level):
        count = (count + ARITY - 1) // ARITY
    above = level
    own = place
    size = below(n, above)
    # One that is alone in its group is handed on: look for it where it was made.
    while above > 0 and own == count - 1 and size - own * ARITY == 1:
        own = size - 1
        count = size
        above -= 1
        size = below(n, above)
    if above == 0:
        return 25 * own
    through = 1
    for _factor in range(min(ARITY, size - own * ARITY) - 1):
        through *= 5
    whole = 1
    for _factor in range(ARITY - 1):
        whole *= 5
    return products_from(n, above - 1) + own * (25 * whole + 25) + 25 * through


def below(n: int, level: int) -> int:
    """How many matrices the level under this one has; n for level 0."""
    count = n
    for _level in range(level - 1):
        count = (count + ARITY - 1) // ARITY
    return count


def products_from(n: int, level: int) -> int:
    """The first wire of the products of a level's matrices; of the last level, the output."""
    wire = 25 * n
    count = n
    whole = 1
    for _factor in range(ARITY - 1):
        whole *= 5
    for _level in range(level):
        wire += count // ARITY * (25 * whole + 25)
        if count % ARITY > 1:
            through = 1
            for _factor in range(count % ARITY - 1):
                through *= 5
            wire += 25 * through + 25
        count = (count + ARITY - 1) // ARITY
    return wire
