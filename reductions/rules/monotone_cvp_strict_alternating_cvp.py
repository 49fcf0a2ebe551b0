"""Monotone CVP to strict alternating circuits: gates become ORs of ANDs, and trees copy them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reductions.overhead import at_most
from reductions.problems.circuit_value import table_of, wire_values
from reductions.problems.circuits import GOLDSCHLAGER, MONOTONE, Monotone
from reductions.problems.gate_kinds import AND, BUFFER, OR
from reductions.problems.strict_alternating import (
    FRESH,
    STRICT_ALTERNATING,
    StrictAlternating,
    of_rows,
)
from reductions.provenance import Provenance
from reductions.reduction import Invariant, Mapped, Reduction
from reductions.rules.gadgets import Images, back_by_images, one_gate
from reductions.rules.programs.metered import strict_alternating
from reductions.rules.strict_gadgets import INNER, INPUT, ROOTS, Gadget, layout

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reductions.overhead import Size
    from tcsim.typing import Integers


def forward(source: Monotone) -> Mapped[StrictAlternating]:
    """All gadgets of one shape at once."""
    found = layout(source)
    values = np.zeros(found.inputs, np.uint8)
    kind = np.empty(found.gates, np.int64)
    operands = np.empty((found.gates, 2), np.int64)

    def put(gadget: Gadget, start: Integers, first: Integers, a: Integers, b: Integers) -> None:
        given = {"a": a, "b": b}
        for place in range(len(gadget.fresh)):
            given[f"x{place}"] = first + place
            if gadget.fresh[place] == "1":
                values[first + place] = 1
        for place, (number, *names) in enumerate(gadget.rows):
            given[f"g{place}"] = start + place
            kind[start + place - found.inputs] = number
            operands[start + place - found.inputs] = np.stack([given[x] for x in names], axis=1)

    reads = np.full((len(found.kind), 2), -1, np.int64)
    wires, there = source.gates.operands[:, :2], found.rank >= 0
    reads[len(source.values) :][there] = found.leaf(wires[there], found.rank[there])
    for number, gadget in ROOTS.items():
        w = np.flatnonzero(found.kind == number)
        put(gadget, found.start[w], found.first[w], reads[w, 0], reads[w, 1])
    given = np.flatnonzero(found.kind == INPUT)
    for place in range(len(ROOTS[INPUT].fresh)):
        values[found.first[given] + place] = np.frombuffer(source.values, np.uint8)

    every = np.arange(len(found.kind))
    w = np.repeat(every, found.readers)
    t = 1 + np.arange(len(w)) - np.repeat(np.cumsum(found.readers) - found.readers, found.readers)
    ends = np.append(found.first[1:], found.inputs) - len(INNER.fresh) * found.readers
    start = found.tree[w] + len(INNER.rows) * (t - 1)
    put(INNER, start, ends[w] + len(INNER.fresh) * (t - 1), found.node(w, t), t)

    out = np.array([source.output])
    output = int(found.leaf(out, found.readers[out] - 1)[0])
    origin = [
        np.repeat(every, np.diff(np.append(begin, end)))
        for begin, end in ((found.first, found.inputs), (found.start, found.inputs + found.gates))
    ]
    return Mapped(
        StrictAlternating.of_gates(values.tobytes(), kind, operands, output),
        Provenance("wire", "wire", np.concatenate(origin)),
        Images(found.tree - 1),
    )


def formulas(
    inputs: Size, edges: Size, depth: Size, ands: Size, ors: Size, buffers: Size, **_: Size
) -> Mapping[str, Size]:
    """Sizes of the target; see `Reduction.formulas`."""
    copied = 4 * (edges + 1)
    gates = inputs + 2 * ands + 4 * ors + 3 * buffers + copied
    return {
        "inputs": 2 * inputs + ands + 2 * ors + 3 * buffers + copied,
        "gates": gates,
        "edges": 2 * gates,
        "depth": at_most(2 * depth + 2 * edges + 3),
    }


def holds(source: Monotone, mapped: Mapped[StrictAlternating]) -> bool:
    """Whether every node of the tree of each wire has the value of the wire."""
    before, after = wire_values(source), wire_values(mapped.instance)
    found = layout(source)
    return all(
        after[int(found.node(np.array([wire]), np.array([number]))[0])] == value
        for wire, value in enumerate(before)
        for number in range(1, 2 * int(found.readers[wire]) + 2)
    )


def steps() -> Iterator[tuple[str, bool]]:
    """Each kind of root over all values; a tree whose inner nodes are all of one value.

    Gadgets read leaves and nodes alone, and each node is made from its parent alone: so what holds
    of one gadget holds of all.
    """
    yield from one_gate(Monotone, forward)
    for value in (0, 1):
        for count in range(6):
            rows = [(BUFFER, 0)] * (count + 1)
            source = Monotone.of_gates(bytes((value,)), *table_of(rows), 1)
            yield (
                f"a wire of value {value} with {count + 1} readers",
                holds(source, forward(source)),
            )


def second(source: Monotone) -> StrictAlternating:
    """Gate by gate from what the output needs; one copy at a time, buffers left out."""
    n = len(source.values)
    table = source.gates.operands.tolist()
    needed = {source.output}
    for gate in reversed(range(len(table))):
        if n + gate in needed:
            needed |= {wire for wire in table[gate] if wire >= 0}
    rows: list[tuple[int, int, int]] = []
    values: list[int] = []
    left: dict[int, int] = {}

    def add(kind: int, a: int, b: int, *fresh: int) -> int:
        rows.append((kind, a, b))
        values.extend(fresh)
        return len(rows) - 1

    def one() -> int:
        return add(OR, FRESH, FRESH, 1, 1)

    def take(wire: int) -> int:
        if wire < n:
            return add(OR, FRESH, FRESH, source.values[wire], source.values[wire])
        both = add(AND, left[wire], one())
        left[wire] = add(OR, both, FRESH, 0)
        return add(OR, both, FRESH, 0)

    for gate, (kind, (a, b, _)) in enumerate(
        zip(source.gates.kind.tolist(), table, strict=True), start=n
    ):
        if gate not in needed:
            continue
        if kind == AND:
            left[gate] = add(OR, add(AND, take(a), take(b)), FRESH, 0)
        elif kind == OR:
            left[gate] = add(OR, add(AND, take(a), one()), add(AND, take(b), one()))
        else:
            left[gate] = take(a)
    take(source.output)
    return of_rows(rows, bytes(values))


RULE: Reduction[Monotone, str, StrictAlternating, str] = Reduction(
    name="monotone_cvp_strict_alternating_cvp",
    source=MONOTONE,
    target=STRICT_ALTERNATING,
    summary="Gates become ORs of ANDs, over inputs 0 and 1 of their own; trees copy each wire.",
    forward=forward,
    formulas=formulas,
    resources="logspace",
    why="places in the target are sums over the gates before, with the number of their readers",
    reference=f"{GOLDSCHLAGER}; Greenlaw, Hoover, Ruzzo 1995, section A.1.4",
    back=back_by_images,
    invariant=Invariant(
        "all nodes of the tree of a wire have its value, whatever the inputs are", holds, steps
    ),
    metered=strict_alternating(),
    second=second,
)
