"""Monotone CVP to alternating reachability: an AND is universal, an OR existential."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reductions.overhead import at_most
from reductions.problems.alternating_reachability import (
    ALTERNATING_REACHABILITY,
    AlternatingGraph,
    accepting,
)
from reductions.problems.circuit_value import wire_values
from reductions.problems.circuits import MONOTONE, Monotone
from reductions.problems.gate_kinds import AND
from reductions.provenance import NONE, Provenance
from reductions.reduction import Invariant, Mapped, Reduction
from reductions.rules.induction import forcing_sets, over_one_gate
from reductions.rules.programs.metered_rules import alternating_graph

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reductions.overhead import Size


def operands_of(source: Monotone) -> list[tuple[int, ...]]:
    """Of each gate the wires that it reads, increasing."""
    return [(a,) if b < 0 else (a, b) for a, b in source.gates.operands[:, :2].tolist()]


def forward(source: Monotone) -> Mapped[AlternatingGraph]:
    """Wires are nodes, edges lead to operands, from 1-inputs to the goal, a further node."""
    goal = len(source.values) + source.circuit.size
    owners = bytes(len(source.values)) + (source.gates.kind == AND).astype(np.uint8).tobytes()
    inputs = [(goal,) if value else () for value in source.values]
    successors = (*inputs, *operands_of(source), ())
    result = AlternatingGraph(owners + b"\0", successors, source.output, goal)
    return Mapped(result, Provenance("node", "wire", np.append(np.arange(goal), NONE)))


def back(source: Monotone, _: Mapped[AlternatingGraph], proof: tuple[int, ...]) -> str:
    """The gates whose nodes are in the proof are claimed to be 1; of the others nothing."""
    proved, n = set(proof), len(source.values)
    return "".join("1" if n + g in proved else "-" for g in range(source.circuit.size))


def formulas(inputs: Size, gates: Size, edges: Size, **_: Size) -> Mapping[str, Size]:
    """Sizes of the target; see `Reduction.formulas`."""
    return {"nodes": inputs + gates + 1, "edges": at_most(inputs + edges)}


def holds(source: Monotone, mapped: Mapped[AlternatingGraph]) -> bool:
    """Whether the nodes with an alternating path are the wires of value 1, and the goal."""
    ones = {wire for wire, value in enumerate(wire_values(source)) if value}
    return accepting(mapped.instance) == ones | {mapped.instance.goal}


def steps() -> Iterator[tuple[str, bool]]:
    """Each kind of gate, over operands of all values."""
    return over_one_gate(Monotone, forward, holds)


def second(source: Monotone) -> AlternatingGraph:
    """Every gate is an existential node; it leads to universal ones, each a set that fires it."""
    n, m = len(source.values), source.circuit.size
    goal = n + m
    successors: list[tuple[int, ...]] = [(goal,) if value else () for value in source.values]
    sets: list[tuple[int, ...]] = []
    for terms, threshold in source.rows:
        firing = [tuple(wire for wire, _ in pairs) for pairs in forcing_sets(terms, threshold, 1)]
        start = goal + 1 + len(sets)
        successors.append(tuple(range(start, start + len(firing))))
        sets += firing
    owners = bytes(n + m + 1) + b"\1" * len(sets)
    return AlternatingGraph(owners, (*successors, (), *sets), source.output, goal)


RULE: Reduction[Monotone, str, AlternatingGraph, tuple[int, ...]] = Reduction(
    name="monotone_cvp_alternating_reachability",
    source=MONOTONE,
    target=ALTERNATING_REACHABILITY,
    summary="An AND is a universal node, an OR an existential one, with edges to the operands; "
    "inputs of value 1 have an edge to the goal.",
    forward=forward,
    formulas=formulas,
    resources="AC0",
    why="each node and its edges are read off one gate or input",
    reference="Immerman 1999, Descriptive Complexity, section 3.4; Chandra, Kozen, Stockmeyer "
    "1981, Alternation",
    back=back,
    invariant=Invariant(
        "the nodes with an alternating path are the wires of value 1, and the goal", holds, steps
    ),
    metered=alternating_graph(),
    second=second,
)
