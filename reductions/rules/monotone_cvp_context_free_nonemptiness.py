"""Monotone CVP to grammars: a variable derives the empty word iff its wire is 1."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reductions.problems.circuit_value import wire_values
from reductions.problems.circuits import MONOTONE, Monotone
from reductions.problems.context_free import (
    CONTEXT_FREE,
    UNUSED,
    Grammar,
    Production,
    productive,
)
from reductions.problems.gate_kinds import OR
from reductions.provenance import Provenance
from reductions.reduction import Invariant, Mapped, Reduction
from reductions.rules.induction import forcing_sets, over_one_gate
from reductions.rules.programs.metered_rules import grammar

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reductions.overhead import Size


def forward(source: Monotone) -> Mapped[Grammar]:
    """Wires are variables. AND: G -> A B; OR: G -> A and G -> B.

    An input has one production: the empty body if it is 1, else itself, which derives nothing.
    """
    n = len(source.values)
    productions: list[Production] = [
        (wire, () if value else (wire,)) for wire, value in enumerate(source.values)
    ]
    heads = list(range(n))
    kinds, operands = source.gates.kind.tolist(), source.gates.operands[:, :2].tolist()
    for gate, (kind, (a, b)) in enumerate(zip(kinds, operands, strict=True), n):
        if kind == OR:
            productions += [(gate, (a,)), (gate, (b,))]
            heads += [gate, gate]
        else:
            productions.append((gate, (a,) if b < 0 else (a, b)))
            heads.append(gate)
    result = Grammar(n + len(kinds), tuple(productions), source.output)
    return Mapped(result, Provenance("production", "wire", np.array(heads)))


def back(source: Monotone, _: Mapped[Grammar], chosen: tuple[int, ...]) -> str:
    """The gates whose variables have a production are claimed to be 1; of others nothing."""
    return "".join("-" if number == UNUSED else "1" for number in chosen[len(source.values) :])


def formulas(
    inputs: Size, gates: Size, ands: Size, ors: Size, buffers: Size, **_: Size
) -> Mapping[str, Size]:
    """Sizes of the target; see `Reduction.formulas`."""
    from reductions.overhead import at_most

    return {
        "variables": inputs + gates,
        "productions": inputs + ands + 2 * ors + buffers,
        "symbols": at_most(inputs + 2 * ands + 2 * ors + buffers),
    }


def holds(source: Monotone, mapped: Mapped[Grammar]) -> bool:
    """Whether the variables that derive a word are the wires of value 1."""
    ones = {wire for wire, value in enumerate(wire_values(source)) if value}
    return productive(mapped.instance) == ones


def steps() -> Iterator[tuple[str, bool]]:
    """Each kind of gate, over operands of all values."""
    return over_one_gate(Monotone, forward, holds)


def second(source: Monotone) -> Grammar:
    """1-inputs derive a terminal, 0-inputs have no production; bodies by the sets that fire."""
    productions: list[Production] = [
        (wire, ("a",)) for wire, value in enumerate(source.values) if value
    ]
    for gate, (terms, threshold) in enumerate(source.rows, len(source.values)):
        sets = forcing_sets(terms, threshold, 1)
        productions += [(gate, tuple(wire for wire, _ in reversed(pairs))) for pairs in sets]
    wires = len(source.values) + source.circuit.size
    return Grammar(wires, tuple(reversed(productions)), source.output)


RULE: Reduction[Monotone, str, Grammar, tuple[int, ...]] = Reduction(
    name="monotone_cvp_context_free_nonemptiness",
    source=MONOTONE,
    target=CONTEXT_FREE,
    summary="A wire is a variable, which derives the empty word iff the wire is 1: an AND is "
    "replaced by both operands, an OR by one of them.",
    forward=forward,
    formulas=formulas,
    resources="AC0",
    why="each production is read off one gate or input",
    reference="Jones and Laaser 1976, Complete problems for deterministic polynomial time",
    back=back,
    invariant=Invariant("the variables that derive a word are the wires of value 1", holds, steps),
    metered=grammar(),
    second=second,
)
