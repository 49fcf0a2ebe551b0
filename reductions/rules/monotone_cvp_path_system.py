"""Monotone CVP to path systems: a triple for each way in which a gate becomes 1."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reductions.overhead import at_most
from reductions.problems.circuit_value import wire_values
from reductions.problems.circuits import MONOTONE, Monotone
from reductions.problems.gate_kinds import OR
from reductions.problems.path_system import PATH_SYSTEM, PathSystem, generated
from reductions.provenance import Provenance
from reductions.reduction import Invariant, Mapped, Reduction
from reductions.rules.induction import forcing_sets, over_one_gate
from reductions.rules.programs.metered_rules import path_system

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reductions.overhead import Size


def forward(source: Monotone) -> Mapped[PathSystem]:
    """Wires are nodes, 1-inputs axioms. AND: (g, a, b); OR: (g, a, a) and (g, b, b)."""
    n, kind = len(source.values), source.gates.kind
    a, b = source.gates.operands[:, 0], source.gates.operands[:, 1]
    gate = np.repeat(np.arange(len(kind)), np.where(kind == OR, 2, 1))
    second = np.append(False, gate[1:] == gate[:-1])[: len(gate)]
    left = np.where(second, b[gate], a[gate])
    right = np.where((kind[gate] == OR) | (b[gate] < 0), left, b[gate])
    triples = zip((n + gate).tolist(), left.tolist(), right.tolist(), strict=True)
    axioms = tuple(wire for wire, value in enumerate(source.values) if value)
    result = PathSystem(n + len(kind), axioms, tuple(triples), source.output)
    return Mapped(result, Provenance("triple", "wire", n + gate))


def back(source: Monotone, mapped: Mapped[PathSystem], derivation: tuple[int, ...]) -> str:
    """The gates whose nodes are generated are claimed to be 1; of the others nothing is claimed."""
    target, n = mapped.instance, len(source.values)
    count = len(target.axioms)
    heads = {target.triples[number - count][0] for number in derivation if number >= count}
    return "".join("1" if n + g in heads else "-" for g in range(source.circuit.size))


def formulas(
    inputs: Size, gates: Size, ands: Size, ors: Size, buffers: Size, **_: Size
) -> Mapping[str, Size]:
    """Sizes of the target; see `Reduction.formulas`."""
    return {
        "nodes": inputs + gates,
        "axioms": at_most(inputs),
        "triples": ands + 2 * ors + buffers,
    }


def holds(source: Monotone, mapped: Mapped[PathSystem]) -> bool:
    """Whether the nodes that are generated are the wires of value 1."""
    ones = {wire for wire, value in enumerate(wire_values(source)) if value}
    return generated(mapped.instance) == ones


def steps() -> Iterator[tuple[str, bool]]:
    """Each kind of gate, over operands of all values."""
    return over_one_gate(Monotone, forward, holds)


def second(source: Monotone) -> PathSystem:
    """From one axiom, a further node; triples by the sets of operands that make a gate fire."""
    n, m = len(source.values), source.circuit.size
    root = n + m
    triples = [(wire, root, root) for wire, value in enumerate(source.values) if value]
    for gate, (terms, threshold) in enumerate(source.rows, n):
        for pairs in forcing_sets(terms, threshold, 1):
            wires = [wire for wire, _ in pairs]
            triples.append((gate, wires[-1], wires[0]))
    return PathSystem(n + m + 1, (root,), tuple(reversed(triples)), source.output)


RULE: Reduction[Monotone, str, PathSystem, tuple[int, ...]] = Reduction(
    name="monotone_cvp_path_system",
    source=MONOTONE,
    target=PATH_SYSTEM,
    summary="A wire is a node, a 1-input an axiom; a triple for each way in which a gate becomes "
    "1: an AND needs both operands, an OR one of them, named twice.",
    forward=forward,
    formulas=formulas,
    resources="AC0",
    why="each triple is read off one gate",
    reference="Cook 1974; Jones and Laaser 1976, Complete problems for deterministic polynomial "
    "time",
    back=back,
    invariant=Invariant("the nodes generated are the wires of value 1", holds, steps),
    metered=path_system(),
    second=second,
)
