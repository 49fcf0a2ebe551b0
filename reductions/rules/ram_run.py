"""Word-RAMs to Boolean programs by following the run: the answer, with what it rests on.

It takes polynomial time, not logarithmic space: a check of the other map, with which it shares no
code. Words are computed from variables; where the run jumps, and which cell it uses, is asked of
them, and the last variable is 1 only if they say what the run did.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reductions.problems.boolean_program import Assign, BooleanProgram
from reductions.problems.gate_kinds import AND, BUFFER, NOT, OR
from reductions.problems.word_ram import ADD, JUMP, LOAD, NAND, SET, STORE, WordRam, accepts, after

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ZERO, ONE, RIGHT, A, B, C, D = range(7)
"""Constants, whether all was as in the run, and four variables for results in between."""


def along_the_run(source: WordRam) -> BooleanProgram:
    """The program."""
    w = source.bits
    words = [
        range(7 + w * place, 7 + w * (place + 1))
        for place in range(source.registers + len(source.memory))
    ]
    code: list[Assign] = []
    now = (0, (*[0] * source.registers, *source.memory))
    for _ in range(source.steps):
        place, values = now
        if place < len(source.program):
            code += _instruction(source, place, values, words)
        now = after(source, now)
    code.append(Assign(AND, RIGHT, (int(accepts(source, now[0])), RIGHT)))
    given = [0, 1, 1, 0, 0, 0, 0, *[0] * (source.registers * w)]
    given += [word >> b & 1 for word in source.memory for b in range(w)]
    return BooleanProgram(bytes(given), tuple(code), RIGHT)


def _instruction(
    source: WordRam, place: int, values: Sequence[int], words: Sequence[range]
) -> Iterator[Assign]:
    operation, r, s = source.program[place]
    if operation == SET:
        for b, bit in enumerate(words[r]):
            yield Assign(BUFFER, bit, (ONE if s >> b & 1 else ZERO,))
    elif operation == NAND:
        for x, y in zip(words[r], words[s], strict=True):
            yield Assign(AND, A, tuple(sorted((x, y))))
            yield Assign(NOT, x, (A,))
    elif operation == ADD:
        yield from _sum(words[r], words[s])
    elif operation == JUMP:
        yield Assign(BUFFER, A, (ZERO,))
        for bit in words[r]:
            yield Assign(OR, A, (A, bit))
        yield from _expect(A, values[r] != 0)
    elif operation in {LOAD, STORE}:
        cell = values[s] % len(source.memory)
        for j in range(source.address):
            yield from _expect(words[s][j], bool(cell >> j & 1))
        pair = words[r], words[source.registers + cell]
        target, origin = pair if operation == LOAD else pair[::-1]
        for x, y in zip(target, origin, strict=True):
            yield Assign(BUFFER, x, (y,))


def _sum(target: range, other: range) -> Iterator[Assign]:
    """Each digit twice an exclusive OR, as NOT (x AND y) AND (x OR y); C is the carry."""
    yield Assign(BUFFER, C, (ZERO,))
    for x, y in zip(target, other, strict=True):
        yield Assign(AND, D, tuple(sorted((x, y))))  # a carry from both digits
        for second in (y, C):
            if second == C:
                yield Assign(AND, A, (C, x))
                yield Assign(OR, D, (A, D))
            low, high = sorted((x, second))
            yield Assign(AND, A, (low, high))
            yield Assign(NOT, A, (A,))
            yield Assign(OR, B, (low, high))
            yield Assign(AND, x, (A, B))
        yield Assign(BUFFER, C, (D,))


def _expect(variable: int, value: bool) -> Iterator[Assign]:  # noqa: FBT001
    yield Assign(BUFFER if value else NOT, B, (variable,))
    yield Assign(AND, RIGHT, (RIGHT, B))
