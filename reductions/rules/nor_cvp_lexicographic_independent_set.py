"""NOR circuits to the lexicographically first maximal independent set: a gate joins iff it is 1."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reductions.problems.circuit_value import wire_values
from reductions.problems.circuits import NOR, Nor
from reductions.problems.greedy_sets import (
    LEXICOGRAPHIC_INDEPENDENT_SET,
    FirstIndependentSet,
    chosen,
)
from reductions.provenance import NONE, Provenance
from reductions.reduction import Invariant, Mapped, Reduction
from reductions.rules.induction import over_one_gate
from reductions.rules.programs.metered_rules import independent_set

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reductions.overhead import Size


def forward(source: Nor) -> Mapped[FirstIndependentSet]:
    """Node 0 joins, so node 1, its neighbor, does not; wire w is node w + 2.

    A gate is adjacent to its operands, an input to node 0 if it is 0, else to node 1.
    """
    operands = source.gates.operands[:, :2].tolist()
    inputs = [(value,) for value in source.values]
    gates = [(a + 2,) if b < 0 else (a + 2, b + 2) for a, b in operands]
    result = FirstIndependentSet(((), (0,), *inputs, *gates), source.output + 2)
    wires = np.arange(len(inputs) + len(gates))
    return Mapped(result, Provenance("node", "wire", np.concatenate(([NONE, NONE], wires))))


def back(source: Nor, _: Mapped[FirstIndependentSet], claims: str) -> str:
    """A gate is claimed to be 1 where its node is claimed to join."""
    return claims[len(source.values) + 2 :]


def formulas(inputs: Size, gates: Size, edges: Size, **_: Size) -> Mapping[str, Size]:
    """Sizes of the target; see `Reduction.formulas`."""
    return {"nodes": inputs + gates + 2, "edges": inputs + edges + 1}


def holds(source: Nor, mapped: Mapped[FirstIndependentSet]) -> bool:
    """Whether the set is node 0 and the wires of value 1."""
    ones = {wire + 2 for wire, value in enumerate(wire_values(source)) if value}
    return chosen(mapped.instance) == ones | {0}


def steps() -> Iterator[tuple[str, bool]]:
    """Each kind of gate, over operands of all values."""
    return over_one_gate(Nor, forward, holds)


def second(source: Nor) -> FirstIndependentSet:
    """Each 0-input has a neighbor of its own before it, which joins."""
    earlier: list[tuple[int, ...]] = []
    node: list[int] = []
    for value in source.values:
        if not value:
            earlier.append(())
        node.append(len(earlier))
        earlier.append(() if value else (len(earlier) - 1,))
    for terms, _ in source.rows:
        node.append(len(earlier))
        earlier.append(tuple(sorted(node[wire] for wire, _ in terms)))
    return FirstIndependentSet(tuple(earlier), node[source.output])


RULE: Reduction[Nor, str, FirstIndependentSet, str] = Reduction(
    name="nor_cvp_lexicographic_independent_set",
    source=NOR,
    target=LEXICOGRAPHIC_INDEPENDENT_SET,
    summary="Gates in their order are nodes, adjacent to their operands: a node joins unless an "
    "earlier neighbor has, which is NOR. Before them are a node that joins and one that does not, "
    "the neighbors of the inputs.",
    forward=forward,
    formulas=formulas,
    resources="AC0",
    why="the neighbors of a node are read off one gate or input",
    reference="Cook 1985; Greenlaw, Hoover, Ruzzo 1995, Limits to Parallel Computation, A.2.1",
    back=back,
    invariant=Invariant("the set is the first node and the wires of value 1", holds, steps),
    metered=independent_set(),
    second=second,
)
