"""Boolean programs to CVP: loops are unrolled, and each assignment that is executed is a gate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from reductions.overhead import at_most
from reductions.problems.boolean_problem import BOOLEAN_PROGRAM
from reductions.problems.boolean_program import (
    ALLOWED,
    Assign,
    BooleanProgram,
    Repeat,
    executed,
    run,
)
from reductions.problems.certificates import OPEN
from reductions.problems.circuit_value import table_of, wire_values
from reductions.problems.circuits import CVP, LADNER, AndOrNot
from reductions.problems.gate_kinds import BUFFER, KINDS
from reductions.provenance import NONE, Provenance
from reductions.reduction import Invariant, Mapped, Reduction
from reductions.rules.programs.metered_computations import unrolling

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reductions.overhead import Size
    from reductions.problems.boolean_program import Statement
    from reductions.problems.claims import Claims
    from tcsim.typing import Integers


@dataclass(frozen=True, eq=False)
class Block:
    """Gates of some statements, wherever they stand.

    Attributes:
        kind: int64, shape (gates,).
        operands: int64, shape (gates, 2): gates of the block, -1 for none, and ``-2 - x`` for the
            value of variable x before the block.
        statement: int64, shape (gates,): the number of the statement, in the order of the text.
        last: of variables that are assigned the last gate.
    """

    kind: Integers
    operands: Integers
    statement: Integers
    last: Mapping[int, int]


def gates_of(statements: Sequence[Statement], first: int, variables: int) -> tuple[Block, int]:
    """The gates of statements in a row, and the number of the statement behind them."""
    blocks = []
    for one in statements:
        if isinstance(one, Assign):
            reads = [-2 - x for x in one.reads]
            operands = np.array([[*reads, -1][:2]])
            blocks.append(Block(np.array([one.kind]), operands, np.array([first]), {one.target: 0}))
            first += 1
        else:
            body, first = gates_of(one.body, first, variables)
            blocks.append(unrolled(body, one.count, variables))
    return chained(blocks, variables), first


def unrolled(body: Block, count: int, variables: int) -> Block:
    """The body so many times: the first time it reads what is before it, then what it has left."""
    size = len(body.kind)
    left = np.array([body.last.get(x, -2 - x) for x in range(variables)])
    before = body.operands <= -2
    again = body.operands.copy()
    again[before] = left[-2 - body.operands[before]]
    own = again >= 0
    moved = again + size * np.arange(1, count)[:, None, None]
    moved -= np.where(before & own, size, 0)  # what the time before has left
    later = np.where(own, moved, again).reshape(-1, 2)
    return Block(
        np.tile(body.kind, count),
        np.concatenate((body.operands, later)),
        np.tile(body.statement, count),
        {x: gate + size * (count - 1) for x, gate in body.last.items()},
    )


def chained(blocks: Sequence[Block], variables: int) -> Block:
    """Blocks in a row."""
    none = np.zeros(0, np.int64)
    kinds, operands, numbers = [none], [none.reshape(0, 2)], [none]
    last: dict[int, int] = {}
    size = 0
    for block in blocks:
        known = np.array([last.get(x, -2 - x) for x in range(variables)])
        before, own = block.operands <= -2, block.operands >= 0
        found = block.operands + size * own
        found[before] = known[-2 - block.operands[before]]
        kinds.append(block.kind)
        operands.append(found)
        numbers.append(block.statement)
        last |= {x: size + gate for x, gate in block.last.items()}
        size += len(block.kind)
    return Block(np.concatenate(kinds), np.concatenate(operands), np.concatenate(numbers), last)


def forward(source: BooleanProgram) -> Mapped[AndOrNot]:
    """The variables' values are inputs; gate t is the assignment that is executed as number t."""
    n = len(source.values)
    block, _ = gates_of(source.statements, 0, n)
    operands = block.operands + n * (block.operands >= 0)
    before = operands <= -2
    operands[before] = -2 - operands[before]
    gate = block.last.get(source.output)
    output = source.output if gate is None else n + gate
    target = AndOrNot.of_gates(source.values, block.kind, operands, output)
    origin = np.concatenate((np.full(n, NONE), block.statement))
    return Mapped(target, Provenance("wire", "statement", origin))


def back(_: BooleanProgram, __: Mapped[AndOrNot], claims: str) -> Claims:
    """An assignment is claimed to be what its gate is claimed to be."""
    return tuple(None if claim == OPEN else int(claim) for claim in claims)


def formulas(
    variables: Size, steps: Size, ands: Size, ors: Size, nots: Size, buffers: Size, **_: Size
) -> Mapping[str, Size]:
    """Sizes of the target; see `Reduction.formulas`."""
    return {
        "inputs": variables,
        "gates": steps,
        "edges": 2 * ands + 2 * ors + nots + buffers,
        "depth": at_most(steps),
        "ands": ands,
        "ors": ors,
        "nots": nots,
        "buffers": buffers,
    }


def holds(source: BooleanProgram, mapped: Mapped[AndOrNot]) -> bool:
    """Whether each gate has the value that is assigned, one step after the other."""
    values, wanted = list(source.values), list(source.values)
    for one in executed(source.statements):
        run((one,), values)
        wanted.append(values[one.target])
    return wanted == wire_values(mapped.instance)


def steps() -> Iterator[tuple[str, bool]]:
    """Each assignment over all values: alone, behind another, and in a loop.

    Blocks are put in a row, and repeated, by what they leave in the variables alone.
    """
    assignments = [
        Assign(kind, target, (0, 1)[: KINDS[kind].fan_in])
        for kind in ALLOWED
        for target in range(3)
    ]
    for one in assignments:
        other = Assign(BUFFER, 0, (2,))
        for number in range(8):
            values = bytes(number >> place & 1 for place in range(3))
            forms: tuple[tuple[Statement, ...], ...] = (
                (one,), (other, one), (one, other), (Repeat(3, (other, one)),),
            )  # fmt: skip
            for place, statements in enumerate(forms):
                source = BooleanProgram(values, statements, one.target)
                yield f"{one} on {values!r}, form {place}", holds(source, forward(source))


def second(source: BooleanProgram) -> AndOrNot:
    """From the end: only assignments whose value is still read later."""
    every = list(executed(source.statements))
    live, kept = {source.output}, []
    for one in reversed(every):
        if one.target in live:
            live = (live - {one.target}) | set(one.reads)
            kept.append(one)
    wire = dict(enumerate(range(len(source.values))))
    rows: list[tuple[int, ...]] = []
    for one in reversed(kept):
        rows.append((one.kind, *(wire[x] for x in one.reads)))
        wire[one.target] = len(source.values) + len(rows) - 1
    return AndOrNot.of_gates(source.values, *table_of(rows), wire[source.output])


RULE: Reduction[BooleanProgram, Claims, AndOrNot, str] = Reduction(
    name="boolean_program_cvp",
    source=BOOLEAN_PROGRAM,
    target=CVP,
    summary="Loops are unrolled; an assignment that is executed is a gate, which reads the last "
    "assignments to its variables.",
    forward=forward,
    formulas=formulas,
    resources="logspace",
    why="the program is run again for each gate, with the counters of all loops in one number",
    reference=LADNER,
    back=back,
    invariant=Invariant("each gate has the value that its assignment assigns", holds, steps),
    metered=unrolling(),
    second=second,
)
