"""Word-RAMs to Boolean programs: one loop of T rounds; a round is one step of the machine.

A variable tells for each instruction whether it is next, and for each bit of registers and memory
what it is. A round goes through all instructions: each does what it does only if it is next, and
exactly one is. An address is decoded into a variable a cell, which selects what is read or written.
With `boolean_program_cvp` this is the circuit in which memory is multiplexers.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from reductions.problems.boolean_problem import BOOLEAN_PROGRAM
from reductions.problems.boolean_program import Assign, BooleanProgram, Repeat, run
from reductions.problems.gate_kinds import BUFFER, OR
from reductions.problems.ram_problem import WORD_RAM
from reductions.problems.word_ram import (
    ACCEPT,
    ADD,
    JUMP,
    LOAD,
    NAND,
    SET,
    STORE,
    History,
    WordRam,
    after,
)
from reductions.provenance import NONE, Provenance
from reductions.reduction import Invariant, Mapped, Reduction
from reductions.rules.programs.metered_computations import machine_rounds
from reductions.rules.ram_rounds import Round
from reductions.rules.ram_run import along_the_run
from reductions.rules.ram_variables import Variables

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reductions.overhead import Size
    from reductions.problems.claims import Claims


def forward(source: WordRam) -> Mapped[BooleanProgram]:
    """The loop, and behind it an OR over all accepts."""
    one, at = Round(source), Variables.of(source)
    accepts = [place for place, row in enumerate(source.program) if row[0] == ACCEPT]
    end = [Assign(BUFFER, at.one, (at.zero,))]
    end += [Assign(OR, at.one, tuple(sorted((at.one, at.next(place))))) for place in accepts]
    values = bytearray(at.count)
    values[at.next(0)] = 1
    for cell, word in enumerate(source.memory):
        for b in range(source.bits):
            values[at.cell(cell, b)] = word >> b & 1
    target = BooleanProgram(bytes(values), (Repeat(source.steps, tuple(one.code)), *end), at.one)
    origin = np.array([*one.origin, NONE, *accepts])
    return Mapped(target, Provenance("statement", "instruction", origin))


def back(source: WordRam, _: Mapped[BooleanProgram], claims: Claims) -> History:
    """Which instruction is claimed to be next after each round, in its last assignments."""
    length = len(source.program) + 1
    size = (len(claims) - 1 - sum(row[0] == ACCEPT for row in source.program)) // source.steps
    ends = range(size, size * source.steps + 1, size)
    return (0, *(claims[end - length : end].index(1) for end in ends))


def formulas(
    bits: Size,
    registers: Size,
    cells: Size,
    address: Size,
    time: Size,
    sets: Size,
    adds: Size,
    nands: Size,
    loads: Size,
    stores: Size,
    jumps: Size,
    accepts: Size,
    ones: Size,
) -> Mapping[str, Size]:
    """Sizes of the target; see `Reduction.formulas`."""
    length = sets + adds + nands + loads + stores + jumps + accepts
    memory = loads + stores
    words = cells * bits
    ands = (
        sets * bits - ones + 6 * adds * bits + 3 * nands * bits + memory * cells * address
        + loads * (bits + words) + 2 * stores * words + 2 * jumps
    )  # fmt: skip
    ors = (
        1 + length + ones + 4 * adds * bits + nands * bits + loads * words + stores * words
        + jumps * bits
    )  # fmt: skip
    nots = length + 2 * adds * bits + nands * bits + memory * address + stores * cells + jumps
    buffers = 2 * (length + 1) + adds + memory * cells + jumps
    one = ands + ors + nots + buffers
    return {
        "variables": 2 * (length + 1) + (registers + cells) * bits + cells + address + 7,
        "statements": one + 1 + accepts,
        "steps": time * one + 1 + accepts,
        "ands": time * ands,
        "ors": time * ors + accepts,
        "nots": time * nots,
        "buffers": time * buffers + 1,
    }


def holds(source: WordRam, mapped: Mapped[BooleanProgram]) -> bool:
    """Whether after each round the variables are the machine's configuration after that step."""
    at, values = Variables.of(source), list(mapped.instance.values)
    loop = mapped.instance.statements[0]
    assert isinstance(loop, Repeat)  # noqa: S101 - what forward makes
    now = (0, (*[0] * source.registers, *source.memory))
    for _ in range(source.steps):
        run(loop.body, values)
        now = after(source, now)
        if values[: at.zero] != at.of_configuration(now):
            return False
    return True


def steps() -> Iterator[tuple[str, bool]]:
    """Each instruction from every configuration of a small machine; additions on three bits."""
    rows = ((SET, 0, 2), (ADD, 0, 1), (NAND, 1, 0), (LOAD, 0, 1), (LOAD, 1, 1), (STORE, 0, 1))
    for row in (*rows, (STORE, 1, 1), (JUMP, 0, 0), (JUMP, 1, 2), (ACCEPT, 0, 0)):
        bits, cells = (3, 1) if row[0] == ADD else (2, 2)
        machine = WordRam(bits, 2, (row, (ACCEPT, 0, 0)), (0,) * cells, 1)
        body, at = tuple(Round(machine).code), Variables.of(machine)
        good = True
        for before in product(range(3), product(range(1 << bits), repeat=2 + cells)):
            values = [*at.of_configuration(before), *[0] * (at.count - at.zero)]
            run(body, values)
            good = good and values[: at.zero] == at.of_configuration(after(machine, before))
        yield f"{row} from every configuration", good


RULE: Reduction[WordRam, History, BooleanProgram, Claims] = Reduction(
    name="word_ram_boolean_program",
    source=WORD_RAM,
    target=BOOLEAN_PROGRAM,
    summary="A loop of T rounds; in each all instructions, done only by the one that is next, and "
    "memory is selected by decoded addresses.",
    forward=forward,
    formulas=formulas,
    resources="logspace",
    why="assignments are written in loops over instructions, cells and bits, with a counter each",
    reference="Cook and Reckhow 1973, Time bounded random access machines",
    back=back,
    invariant=Invariant(
        "after each round the variables are the configuration after that step", holds, steps
    ),
    metered=machine_rounds(),
    second=along_the_run,
)
