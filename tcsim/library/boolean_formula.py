"""Boolean formulas in negation normal form: AND and OR of two parts, over literals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tcsim.builder import Builder
from tcsim.circuit import FALSE, TRUE
from tcsim.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tcsim.circuit import Circuit
    from tcsim.expressions import Signal


@dataclass(frozen=True, eq=False, repr=False)
class Formula:
    """A formula. Parts may be shared between formulas; leaves are counted as often as they stand.

    Args:
        kind: ``"and"``, ``"or"``, ``"literal"`` or ``"constant"``.
        parts: two, of an AND or an OR.
        number: of the input of a literal; 0 or 1, of a constant.
        negated: whether a literal is negated.
    """

    kind: str
    parts: tuple[Formula, ...] = ()
    number: int = 0
    negated: bool = False
    leaves: int = 1
    depth: int = 0


def literal(number: int, *, negated: bool = False) -> Formula:
    """An input or its complement."""
    return Formula("literal", number=number, negated=negated)


def constant(value: int) -> Formula:
    """0 or 1."""
    return Formula("constant", number=value, leaves=0)


def join(kind: str, left: Formula, right: Formula) -> Formula:
    """The AND or the OR of two formulas; constants, and a literal twice, go away."""
    if left is right:
        return left
    if left.kind == right.kind == "literal" and left.number == right.number:
        return left if left.negated == right.negated else constant(int(kind == "or"))
    for one, other in ((left, right), (right, left)):
        if one.kind == "constant":
            return other if one.number == (kind == "and") else one
    leaves, depth = left.leaves + right.leaves, 1 + max(left.depth, right.depth)
    return Formula(kind, (left, right), leaves=leaves, depth=depth)


def formula_of(circuit: Circuit, output: int = 0) -> Formula:
    """An output of a circuit as a formula: gates that are read more than once are repeated.

    Args:
        circuit: its gates have at most two operands.
        output: number of the output.

    Raises:
        ArgumentError: a gate has more, or there is no such output.
    """
    if output not in range(circuit.n_outputs):
        raise ArgumentError(f"there is no output {output!r}; there are {circuit.n_outputs}")
    n = circuit.n_inputs
    made: dict[tuple[int, bool], Formula] = {}  # by wire, and whether it is complemented
    for wire in range(n):
        made |= {(wire, flag): literal(wire, negated=flag) for flag in (False, True)}
    for value, wire in ((0, FALSE), (1, TRUE)):
        made |= {(wire, flag): constant(value ^ flag) for flag in (False, True)}
    for gate in range(circuit.size):
        terms = [(w, v) for w, v in circuit.expand(int(circuit.gate_form[gate])).items() if v]
        if len(terms) > 2:
            raise ArgumentError(
                f"gate {gate} has {len(terms)} operands: those of a formula have at most two, and "
                "tcsim.transform.bounded_fanin makes them so"
            )
        weights = [abs(weight) for _, weight in terms]
        limit = circuit.threshold(gate) - sum(weight for _, weight in terms if weight < 0)
        for flag in (False, True):
            made[n + gate, flag] = _threshold(
                [made[wire, (weight < 0) != flag] for wire, weight in terms],
                weights,
                sum(weights) + 1 - limit if flag else limit,
            )
    return made[int(circuit.output_wire[output]), False]


def _threshold(parts: Sequence[Formula], weights: Sequence[int], limit: int) -> Formula:
    """At least `limit`, of at most two formulas with positive weights."""
    if not 0 < limit <= sum(weights):
        return constant(int(limit <= 0))
    enough = [part for part, weight in zip(parts, weights, strict=True) if weight >= limit]
    if len(enough) == 1:
        return enough[0]
    return join("or" if enough else "and", *parts)


def circuit_of(formula: Formula, inputs: Sequence[str], output: str) -> Circuit:
    """A formula as a circuit of AND and OR gates of fan-in 2 over literals.

    Args:
        formula: parts that are one object become one gate.
        inputs: names of the inputs.
        output: name of the output.
    """
    builder = Builder(share=False, fold=False)
    wires = [builder.input(name) for name in inputs]
    made: dict[int, Signal] = {}
    stack = [formula]
    while stack:
        part = stack[-1]
        waiting = [below for below in part.parts if id(below) not in made]
        if waiting:
            stack += waiting
            continue
        stack.pop()
        if part.kind == "constant":
            made[id(part)] = builder.constant(part.number)
        elif part.kind == "literal":
            wire = wires[part.number]
            made[id(part)] = ~wire if part.negated else wire
        else:
            left, right = (made[id(below)] for below in part.parts)
            made[id(part)] = left & right if part.kind == "and" else left | right
    builder.output(output, made[id(formula)])
    return builder.build()
