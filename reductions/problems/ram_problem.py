"""Word-RAMs as a problem: files, samples, wrong changes."""

from __future__ import annotations

from itertools import product
from random import Random
from typing import TYPE_CHECKING, Any

from reductions.codec import integer, items, members
from reductions.problem import Problem, Witnesses
from reductions.problems.word_ram import (
    ACCEPT,
    ADD,
    JUMP,
    LOAD,
    NAND,
    OPERATIONS,
    SET,
    STORE,
    History,
    Instruction,
    WordRam,
    by_configurations,
    decide,
    every_history,
    sizes,
    verify,
)
from tcsim.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hypothesis.strategies import SearchStrategy


def _to_data(instance: WordRam) -> Any:  # noqa: ANN401
    return {
        "bits": instance.bits,
        "registers": instance.registers,
        "program": [list(row) for row in instance.program],
        "memory": list(instance.memory),
        "steps": instance.steps,
    }


def _from_data(data: Any) -> WordRam:  # noqa: ANN401
    keys = ("bits", "registers", "program", "memory", "steps")
    bits, registers, program, memory, steps = members(data, "instance", keys)
    rows = []
    for place, row in enumerate(items(program, "instance.program")):
        if len(items(row, f"instance.program[{place}]")) != 3 or not isinstance(row[0], str):
            raise ArgumentError(f"instance.program[{place}] must be [operation, number, number]")
        rows.append((row[0], row[1], row[2]))
    return WordRam(bits, registers, tuple(rows), tuple(items(memory, "instance.memory")), steps)


def every(k: int) -> Iterator[WordRam]:
    """One or two instructions and an accept, words of one bit, two registers, up to k steps."""
    rows: list[Instruction] = [
        (SET, 0, 1), (ADD, 0, 1), (NAND, 1, 0), (LOAD, 0, 0), (STORE, 1, 0), (JUMP, 0, 0),
        (JUMP, 1, 2), (JUMP, 0, 3),
    ]  # fmt: skip
    for chosen in product(rows, repeat=2):
        for memory in product((0, 1), repeat=2):
            for steps in range(1, k + 2):
                yield WordRam(1, 2, (*chosen, (ACCEPT, 0, 0)), memory, steps)


def strategy() -> SearchStrategy[WordRam]:
    """Up to three bits, three registers, four cells, six instructions, eight steps."""
    from hypothesis import strategies as st

    @st.composite
    def drawn(draw: st.DrawFn) -> WordRam:
        bits, registers, length = (draw(st.integers(a, b)) for a, b in ((1, 3), (2, 3), (1, 6)))
        word, register = st.integers(0, 2**bits - 1), st.integers(0, registers - 1)
        program: list[Instruction] = []
        for _ in range(length):
            operation = draw(st.sampled_from(OPERATIONS[:-1]))
            r, s = draw(register), draw(register)
            if operation in {ADD, NAND} and r == s:
                s = (r + 1) % registers
            if operation == SET:
                s = draw(word)
            elif operation == JUMP:
                s = draw(st.integers(0, length))
            program.append((operation, r, s))
        cells = 1 << draw(st.integers(0, min(bits, 2)))
        memory = draw(st.lists(word, min_size=cells, max_size=cells))
        rows = (*program, (ACCEPT, 0, 0))
        return WordRam(bits, registers, rows, tuple(memory), draw(st.integers(1, 8)))

    return drawn()


def ladder(k: int) -> WordRam:
    """K instructions by chance on words of two bits, and 2 k steps; the same on every call."""
    random = Random(k)
    program: list[Instruction] = []
    for place in range(k):
        operation = random.choice(OPERATIONS[:-1])
        second = {SET: random.randrange(4), JUMP: random.randrange(place, k + 1)}
        program.append((operation, place % 2, second.get(operation, 1 - place % 2)))
    return WordRam(2, 2, (*program, (ACCEPT, 0, 0)), (1, 2), 2 * k)


WORD_RAM: Problem[WordRam, History] = Problem(
    name="word_ram",
    question="Is this word-RAM at an accept after so many steps?",
    instance=WordRam,
    fields={
        "bits": "of a word",
        "registers": "registers",
        "cells": "cells of memory, a power of two",
        "address": "bits of an address",
        "time": "T, given in unary",
        **{f"{name}s": f"instructions {name}" for name in OPERATIONS},
        "ones": "bits 1 of the constants of all instructions set",
    },
    sizes=sizes,
    decide=decide,
    to_data=_to_data,
    from_data=_from_data,
    every=every,
    scope=lambda k: (
        f"64 programs of two instructions and an accept, on all memories of two cells of one bit, "
        f"for 1 to {k + 1} steps"
    ),
    reach=2,
    strategy=strategy,
    ladder=ladder,
    mutations={
        "one step is lost": lambda one: WordRam(
            one.bits, one.registers, one.program, one.memory, one.steps - 1
        ),
    },
    hardness="P-complete under logspace reductions",
    reference="Cook and Reckhow 1973, Time bounded random access machines; Fredman and Willard "
    "1993 (words)",
    witnesses=Witnesses(
        meaning="the number of the next instruction before the first step and after each",
        verify=verify,
        every=every_history,
        few=lambda _: True,
        producers={
            "simulator": lambda one: next(every_history(one), None),
            "configurations": by_configurations,
        },
        to_data=list,
        from_data=lambda data: tuple(
            integer(place, "an instruction") for place in items(data, "a history")
        ),
    ),
)
