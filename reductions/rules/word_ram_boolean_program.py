"""Word-RAMs to Boolean programs: one loop of T rounds; a round is one step of the machine.

A variable tells for each instruction whether it is next, and for each bit of registers and memory
what it is. A round goes through all instructions: each does what it does only if it is next, and
exactly one is. An address is decoded into a variable a cell, which selects what is read or written.
With `boolean_program_cvp` this is the circuit in which memory is multiplexers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reductions.problems.boolean_program import (
    BOOLEAN_PROGRAM,
    Assign,
    BooleanProgram,
    Repeat,
    run,
)
from reductions.problems.gate_kinds import AND, BUFFER, NOT, OR
from reductions.problems.word_ram import (
    ACCEPT,
    ADD,
    JUMP,
    LOAD,
    NAND,
    SET,
    STORE,
    WORD_RAM,
    History,
    WordRam,
    after,
)
from reductions.provenance import NONE, Provenance
from reductions.reduction import Invariant, Mapped, Reduction
from reductions.rules.programs.metered_computations import machine_rounds
from reductions.rules.ram_run import along_the_run
from reductions.rules.ram_variables import Variables

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reductions.overhead import Size
    from reductions.problems.claims import Claims


class Round:
    """The assignments of one step, in order.

    Args:
        machine: any number of steps.
    """

    def __init__(self, machine: WordRam) -> None:
        self.machine, self.at = machine, Variables.of(machine)
        self.code: list[Assign] = []
        self.origin: list[int] = []
        length = len(machine.program)
        for place in range(length + 1):
            self.put(NONE, BUFFER, self.at.later(place), self.at.zero)
        self.put(NONE, OR, self.at.later(length), self.at.later(length), self.at.next(length))
        for place, row in enumerate(machine.program):
            self.instruction(place, *row)
        for place in range(length + 1):
            self.put(NONE, BUFFER, self.at.next(place), self.at.later(place))

    def put(self, place: int, kind: int, target: int, *reads: int) -> None:
        """Append an assignment that belongs to an instruction."""
        self.code.append(Assign(kind, target, tuple(sorted(reads))))
        self.origin.append(place)

    def instruction(self, place: int, operation: str, r: int, s: int) -> None:
        """What an instruction does if it is next, and which is next after it."""
        at, bits = self.at, range(self.machine.bits)
        go, idle = at.next(place), at.idle

        def put(kind: int, target: int, *reads: int) -> None:
            self.put(place, kind, target, *reads)

        def change(bit: int, new: int) -> None:
            """A bit becomes another variable, if the instruction is next."""
            put(AND, at.kept, idle, bit)
            put(AND, at.made, go, new)
            put(OR, bit, at.kept, at.made)

        put(NOT, idle, go)
        if operation == SET:
            for b in bits:
                kind, other = (OR, go) if s >> b & 1 else (AND, idle)
                put(kind, at.register(r, b), at.register(r, b), other)
        elif operation == ADD:
            put(BUFFER, at.carry, at.zero)
            for b in bits:
                x, y = at.register(r, b), at.register(s, b)
                put(AND, at.both, x, y)
                put(OR, at.one, x, y)
                put(NOT, at.kept, at.both)
                put(AND, at.one, at.one, at.kept)
                put(AND, at.made, at.one, at.carry)
                put(OR, at.one, at.one, at.carry)
                put(NOT, at.kept, at.made)
                put(AND, at.one, at.one, at.kept)
                put(OR, at.carry, at.both, at.made)
                change(x, at.one)
        elif operation == NAND:
            for b in bits:
                put(AND, at.both, at.register(r, b), at.register(s, b))
                put(NOT, at.one, at.both)
                change(at.register(r, b), at.one)
        elif operation in {LOAD, STORE}:
            self.select(place, s)
            cells = range(len(self.machine.memory))
            if operation == LOAD:
                for b in bits:
                    put(AND, at.register(r, b), at.register(r, b), idle)
            for cell in cells:
                if operation == STORE:
                    put(NOT, at.kept, at.selected(cell))
                for b in bits:
                    x, y = at.register(r, b), at.cell(cell, b)
                    if operation == LOAD:
                        put(AND, at.made, at.selected(cell), y)
                        put(OR, x, x, at.made)
                    else:
                        put(AND, at.made, at.selected(cell), x)
                        put(AND, y, y, at.kept)
                        put(OR, y, y, at.made)
        elif operation == JUMP:
            put(BUFFER, at.one, at.register(r, 0))
            for b in bits[1:]:
                put(OR, at.one, at.one, at.register(r, b))
            put(NOT, at.both, at.one)
            put(AND, at.made, go, at.both)
            put(OR, at.later(s), at.later(s), at.made)
            put(AND, at.kept, go, at.one)
            go = at.kept
        onward = place if operation == ACCEPT else place + 1
        put(OR, at.later(onward), at.later(onward), go)

    def select(self, place: int, s: int) -> None:
        """A variable for each cell: whether the instruction is next and s is its address."""
        at = self.at
        for j in range(self.machine.address):
            self.put(place, NOT, at.inverted(j), at.register(s, j))
        for cell in range(len(self.machine.memory)):
            self.put(place, BUFFER, at.selected(cell), at.next(place))
            for j in range(self.machine.address):
                digit = at.register(s, j) if cell >> j & 1 else at.inverted(j)
                self.put(place, AND, at.selected(cell), at.selected(cell), digit)


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
    found = [0]
    for end in range(size, size * source.steps + 1, size):
        found.append(claims[end - length : end].index(1))
    return tuple(found)


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
    """One round from every configuration of a machine of two bits, for each instruction."""
    rows = ((SET, 0, 2), (ADD, 0, 1), (NAND, 1, 0), (LOAD, 0, 1), (LOAD, 1, 1), (STORE, 0, 1))
    for row in (*rows, (STORE, 1, 1), (JUMP, 0, 0), (JUMP, 1, 2), (ACCEPT, 0, 0)):
        machine = WordRam(2, 2, (row, (ACCEPT, 0, 0)), (0, 0), 1)
        body, at = tuple(Round(machine).code), Variables.of(machine)
        good = True
        for number in range(3 * 256):
            words = tuple(number >> 2 * place & 3 for place in range(4))
            before = (number >> 8, words)
            values = [*at.of_configuration(before), *[0] * (at.count - at.zero)]
            run(body, values)
            good = good and values[: at.zero] == at.of_configuration(after(machine, before))
        yield f"{row} from 768 configurations", good


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
