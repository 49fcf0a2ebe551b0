"""Monotone CVP to Horn entailment: a clause for each way in which a gate becomes 1."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from reductions.problems.circuit_value import table_of, wire_values
from reductions.problems.circuits import MONOTONE, Monotone
from reductions.problems.gate_kinds import AND, KINDS
from reductions.problems.horn_entailment import HORN_ENTAILMENT, Clause, Horn, derived
from reductions.provenance import Provenance
from reductions.reduction import Invariant, Mapped, Reduction
from reductions.rules.programs.metered_rules import horn_clauses

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reductions.overhead import Size


def forward(source: Monotone) -> Mapped[Horn]:
    """Wires are atoms. A 1-input is a fact; AND: a, b -> g; OR: a -> g and b -> g.

    An input has one clause: ``-> x`` if it is 1, else ``x -> x``, which derives nothing.
    """
    n = len(source.values)
    clauses: list[Clause] = [
        ((), wire) if value else ((wire,), wire) for wire, value in enumerate(source.values)
    ]
    origin = list(range(n))
    kinds, operands = source.gates.kind.tolist(), source.gates.operands.tolist()
    for gate, (kind, wires) in enumerate(zip(kinds, operands, strict=True), n):
        read = tuple(sorted(wire for wire in wires if wire >= 0))
        bodies = [read] if kind == AND else [(wire,) for wire in read]
        clauses += [(body, gate) for body in bodies]
        origin += [gate] * len(bodies)
    result = Horn(n + len(kinds), tuple(clauses), source.output)
    return Mapped(result, Provenance("clause", "wire", np.array(origin)))


def back(source: Monotone, mapped: Mapped[Horn], derivation: tuple[int, ...]) -> str:
    """The gates whose atoms are derived are claimed to be 1; of the others nothing is claimed."""
    heads = {mapped.instance.clauses[clause][1] for clause in derivation}
    n = len(source.values)
    return "".join("1" if n + g in heads else "-" for g in range(source.circuit.size))


def formulas(
    inputs: Size, gates: Size, ands: Size, ors: Size, buffers: Size, **_: Size
) -> Mapping[str, Size]:
    """Sizes of the target; see `Reduction.formulas`."""
    from reductions.overhead import at_most

    return {
        "atoms": inputs + gates,
        "clauses": inputs + ands + 2 * ors + buffers,
        "literals": at_most(2 * inputs + 3 * ands + 4 * ors + 2 * buffers),
    }


def holds(source: Monotone, mapped: Mapped[Horn]) -> bool:
    """Whether the atoms that follow are the wires of value 1."""
    ones = {wire for wire, value in enumerate(wire_values(source)) if value}
    return derived(mapped.instance) == ones


def steps() -> Iterator[tuple[str, bool]]:
    """Each kind of gate, over operands of all values; clauses of a gate are its own alone."""
    for kind in Monotone.kinds:
        fan_in = KINDS[kind].fan_in
        table = table_of([(kind, *range(fan_in))])
        for number in range(2**fan_in):
            values = bytes(number >> place & 1 for place in range(fan_in))
            source = Monotone.of_gates(values, *table, fan_in)
            yield f"{KINDS[kind].name}{tuple(values)}", holds(source, forward(source))


def second(source: Monotone) -> Horn:
    """A clause for every minimal set of operands that makes a gate fire; 0-inputs have none."""
    n = len(source.values)
    clauses: list[Clause] = [((), wire) for wire, value in enumerate(source.values) if value]
    for gate, (terms, threshold) in enumerate(source.rows, n):
        wires = sorted(wire for wire, _ in terms)
        sets = [s for k in range(len(wires) + 1) for s in combinations(wires, k)]
        firing = [s for s in sets if len(s) >= threshold]
        clauses += [(s, gate) for s in firing if not any(set(t) < set(s) for t in firing)]
    return Horn(n + len(source.rows), tuple(reversed(clauses)), source.output)


RULE: Reduction[Monotone, str, Horn, tuple[int, ...]] = Reduction(
    name="monotone_cvp_horn_entailment",
    source=MONOTONE,
    target=HORN_ENTAILMENT,
    summary="A wire is an atom; a clause for each way in which a gate becomes 1.",
    forward=forward,
    formulas=formulas,
    resources="AC0",
    why="each clause is read off one gate or input",
    reference="Jones and Laaser 1976, Complete problems for deterministic polynomial time",
    back=back,
    invariant=Invariant("the atoms that follow are the wires of value 1", holds, steps),
    metered=horn_clauses(),
    second=second,
)
