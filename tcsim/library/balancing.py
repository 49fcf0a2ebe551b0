"""Balancing a formula: logarithmic depth in the number of its leaves (Spira 1971)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcsim.errors import LimitError
from tcsim.library.boolean_formula import Formula, circuit_of, constant, formula_of, join

if TYPE_CHECKING:
    from tcsim.circuit import Circuit

MOST_LEAVES = 20_000
"""Of a formula that is balanced."""


def balance(circuit: Circuit, output: int = 0) -> Circuit:
    """An output as a formula of depth at most 2 log_1.5(leaves), about 3.42 lg(leaves).

    Some part G has between a third and two thirds of the leaves of F. As no negation is above it,
    F is ``F[G = 0] OR (F[G = 1] AND G)``, where each of the three has at most two thirds of the
    leaves. What is not made shallower stays as it was.

    Args:
        circuit: of gates of at most two operands.
        output: number of the output.

    Returns:
        A circuit with the same inputs and this output, of AND and OR gates of fan-in 2; negations
        are absorbed (an output that is the complement of an input is a NOT gate).

    Raises:
        ArgumentError: a gate has more, or there is no such output.
        LimitError: the formula has more than `MOST_LEAVES` leaves.

    Example:
        >>> import tcsim as tc
        >>> b = tc.Builder()
        >>> x = b.inputs("x", 64)
        >>> chain = x[0]
        >>> for i, wire in enumerate(x[1:]):
        ...     chain = chain | wire if i % 2 else chain & wire
        >>> b.output("chain", chain)
        >>> circuit = b.build()
        >>> circuit.depth, balance(circuit).depth
        (63, 16)
    """
    formula = formula_of(circuit, output)
    if formula.leaves > MOST_LEAVES:
        raise LimitError(
            f"output {circuit.output_names[output]} is a formula of {formula.leaves:,} leaves: "
            f"at most {MOST_LEAVES:,} can be balanced"
        )
    return circuit_of(balanced(formula), circuit.input_names, circuit.output_names[output])


def balanced(formula: Formula) -> Formula:
    """The formula, balanced."""
    if formula.depth <= 1:
        return formula
    part, above = formula, []
    while 3 * part.leaves > 2 * formula.leaves:
        light, heavy = sorted(part.parts, key=lambda below: below.leaves)
        above.append((part.kind, light))
        part = heavy
    zero, one = (balanced(_filled(above, value)) for value in (0, 1))
    result = join("or", zero, join("and", one, balanced(part)))
    return result if result.depth < formula.depth else formula


def _filled(above: list[tuple[str, Formula]], value: int) -> Formula:
    """The formula with a constant in the place of the part below these joins."""
    filled = constant(value)
    for kind, other in reversed(above):
        filled = join(kind, other, filled)
    return filled
