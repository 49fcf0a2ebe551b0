"""Outputs of a small circuit as SymPy expressions, Boolean or arithmetic."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from tcsim.errors import ArgumentError, LimitError
from tcsim.formats.covers import MOST_LITERALS, cover
from tcsim.formats.signals import comparison, constant_of, gate_terms

if TYPE_CHECKING:
    from tcsim.circuit import Circuit
    from tcsim.formats.signals import Comparison

MOST_GATES = 200
"""Larger circuits are refused: SymPy walks over an expression many times, and by recursion."""


def to_sympy(
    circuit: Circuit, style: Literal["boolean", "piecewise"] = "boolean"
) -> dict[str, Any]:
    """Each output as an expression in symbols that are named like the inputs.

    Args:
        circuit: of at most 200 gates.
        style: ``"boolean"``: And, Or, Not over Boolean symbols; a gate that is neither AND nor OR
            is the sum of its prime products, at most 10 operands. ``"piecewise"``: over integer
            symbols worth 0 or 1, a gate is ``Piecewise((1, form >= threshold), (0, True))``.

    Returns:
        {output name: expression}.

    Raises:
        LimitError: there are more gates, or (Boolean) more operands of a gate.
        ArgumentError: there is no such style.

    Example:
        >>> import tcsim as tc
        >>> b = tc.Builder()
        >>> x, y = b.input("x"), b.input("y")
        >>> b.output("f", x & ~y)
        >>> to_sympy(b.build())
        {'f': x & ~y}
    """
    import sympy

    if style not in ("boolean", "piecewise"):
        raise ArgumentError(f"style is 'boolean' or 'piecewise', not {style!r}")
    if circuit.size > MOST_GATES:
        raise LimitError(
            f"{circuit.size} gates; expressions are written of at most {MOST_GATES}: "
            "restrict the circuit, or take one part of it"
        )
    arithmetic = style == "piecewise"
    # A symbol that is an integer in SymPy's eyes can be added, but not be And-ed.
    wires: list[Any] = [
        sympy.Symbol(name, integer=True, nonnegative=True) if arithmetic else sympy.Symbol(name)
        for name in circuit.input_names
    ]
    for terms, threshold in gate_terms(circuit):
        if arithmetic:
            form = sympy.Add(*(weight * wires[wire] for wire, weight in terms))
            wires.append(sympy.Piecewise((1, form >= threshold), (0, True)))
        else:
            wires.append(_boolean(comparison(terms, threshold), wires))
    result = {}
    for name, wire in zip(circuit.output_names, circuit.output_wire.tolist(), strict=True):
        value = constant_of(wire)
        if value is None:
            result[name] = wires[wire]
        else:
            result[name] = (
                sympy.Integer(value) if arithmetic else sympy.true if value else sympy.false
            )
    return result


def _boolean(gate: Comparison, wires: list[Any]) -> Any:  # noqa: ANN401
    from sympy import And, Not, Or, false, true

    literals = [Not(wires[wire]) if inverted else wires[wire] for wire, inverted in gate.literals]
    if gate.kind == "constant":
        return true if gate.value else false
    if gate.kind == "and":
        return And(*literals)
    if gate.kind == "or":
        return Or(*literals)
    if len(literals) > MOST_LITERALS:
        raise LimitError(
            f"a gate has {len(literals)} operands; as a Boolean expression it may have at most "
            f"{MOST_LITERALS}: use style='piecewise'"
        )
    products, on = cover(gate)
    total = Or(
        *(And(*(literals[i] if v else Not(literals[i]) for i, v in each)) for each in products)
    )
    return total if on else Not(total)
