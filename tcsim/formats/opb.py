"""OPB, pseudo-Boolean constraints: two per gate, whatever its weights."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcsim.errors import ArgumentError
from tcsim.formats.lines import decimal
from tcsim.formats.signals import constant_of, gate_terms

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tcsim.circuit import Circuit


def write_opb(circuit: Circuit, *, asserted: Mapping[str, int] | None = None) -> bytes:
    """Write the constraints that tie every gate to its operands.

    Variable ``x<k>`` is wire k - 1: inputs first, then gates; comments give their names. With
    ``least`` and ``most`` the bounds of the form, a gate y with ``form >= t`` becomes
    ``form - (t - least) y >= least`` and ``-form + (most - t + 1) y >= 1 - t``.

    Args:
        circuit: any circuit.
        asserted: {output name: 0 or 1} for outputs that must have this value.

    Returns:
        The file. Its solutions are the runs of the circuit with the asserted outputs.

    Raises:
        ArgumentError: an asserted output does not exist.
        LimitError: the gates have too many operands to list.
    """
    constraints: list[str] = []
    largest = 1
    for y, (terms, threshold) in enumerate(gate_terms(circuit), circuit.n_inputs):
        kept = [(wire, weight) for wire, weight in terms if weight]
        least = sum(min(weight, 0) for _, weight in kept)
        most = sum(max(weight, 0) for _, weight in kept)
        down, up = threshold - least, most - threshold + 1
        constraints.append(_constraint([*kept, (y, -down)], least))
        negated = [(wire, -weight) for wire, weight in kept]
        constraints.append(_constraint([*negated, (y, up)], 1 - threshold))
        largest = max(largest, most - least + abs(down) + abs(up) + abs(threshold))
    for wire, value in assertions(circuit, asserted):
        constraints.append(_unit(wire, value))
    variables = max(circuit.n_inputs + circuit.size, 1 if constraints else 0)
    head = (
        f"* #variable= {variables} #constraint= {len(constraints)} "
        f"#equal= 0 intsize= {largest.bit_length()}"
    )
    return "\n".join([head, *variable_map(circuit, "* ", "x"), *constraints, ""]).encode("ascii")


def _constraint(terms: list[tuple[int, int]], bound: int) -> str:
    # A coefficient of 0 is legal in OPB but refused by some solvers.
    parts = [f"{'+' if w > 0 else ''}{decimal(w)} x{wire + 1}" for wire, w in terms if w]
    return " ".join([*(parts or ["0 x1"]), ">=", decimal(bound), ";"])


def _unit(wire: int, value: int) -> str:
    constant = constant_of(wire)
    if constant is None:
        return f"+1 x{wire + 1} >= 1 ;" if value else f"-1 x{wire + 1} >= 0 ;"
    # A constant output: a constraint that always holds, or never.
    return "+1 x1 >= 0 ;" if constant == value else "+1 x1 >= 2 ;"


def assertions(circuit: Circuit, asserted: Mapping[str, int] | None) -> Iterator[tuple[int, int]]:
    """The asserted outputs as (wire, value).

    Raises:
        ArgumentError: there is no such output, or a value is neither 0 nor 1.
    """
    wires = dict(zip(circuit.output_names, circuit.output_wire.tolist(), strict=True))
    for name, value in (asserted or {}).items():
        if name not in wires:
            known = ", ".join(list(wires)[:8])
            raise ArgumentError(f"asserted: there is no output {name!r}; there are {known}")
        if value not in (0, 1):
            raise ArgumentError(f"asserted: output {name!r} is 0 or 1, not {value!r}")
        yield wires[name], int(value)


def variable_map(circuit: Circuit, comment: str, letter: str) -> Iterator[str]:
    """Comments that name the variables: ``input x1 a``, ``gate x3 carry``, ``output x3 f``."""
    for wire, name in enumerate(circuit.input_names):
        yield f"{comment}input {letter}{wire + 1} {_printable(name)}"
    for gate, name in circuit.gate_names.items():
        yield f"{comment}gate {letter}{circuit.n_inputs + gate + 1} {_printable(name)}"
    for name, wire in zip(circuit.output_names, circuit.output_wire.tolist(), strict=True):
        constant = constant_of(wire)
        what = f"{letter}{wire + 1}" if constant is None else f"constant-{constant}"
        yield f"{comment}output {what} {_printable(name)}"


def _printable(name: str) -> str:
    """A name on one ASCII line; what is not printable ASCII is escaped."""
    text = name.encode("unicode_escape").decode("ascii")
    return text or '""'
