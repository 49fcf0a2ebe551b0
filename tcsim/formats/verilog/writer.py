"""The writer of structural Verilog: one assignment or primitive a gate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcsim.formats.gate_text import TextGates
from tcsim.formats.lines import wrapped
from tcsim.formats.signals import Names, comparison, constant_of, gate_terms, signals
from tcsim.formats.verilog.tokens import KEYWORDS, is_simple

if TYPE_CHECKING:
    from tcsim.circuit import Circuit


def write_verilog(circuit: Circuit) -> bytes:
    """Write one module.

    AND and OR gates, with any operands negated, are one ``assign`` each, buffers and NOT gates
    primitives; a gate that is neither becomes adders and a comparison (`tcsim.lowering`).

    Args:
        circuit: any circuit.

    Raises:
        LimitError: it becomes too many gates.
    """
    names = Names()
    named = signals(circuit, names, inputs_as_outputs=False)
    spelled = [_spell(name) for name in named.wires]
    inputs, outputs = spelled[: circuit.n_inputs], [_spell(name) for name in named.outputs]
    body: list[str] = []
    ports = {*inputs, *outputs}
    wires = [name for name in spelled if name not in ports]

    def emit(kind: str, operands: list[str], name: str) -> None:
        sign = {"and": " & ", "or": " | "}.get(kind, "")
        text = sign.join(operands) if sign else f"~{operands[0]}"
        wires.append(name)
        body.append(f"assign {name} = {text};")

    gates = TextGates(emit, lambda: _spell(names.new("t")))
    for number, (terms, threshold) in enumerate(gate_terms(circuit), circuit.n_inputs):
        name, gate = spelled[number], comparison(terms, threshold)
        literals = [f"{'~' if inverted else ''}{spelled[wire]}" for wire, inverted in gate.literals]
        if gate.kind == "constant":
            body.append(f"or ({name}, 1'b{gate.value}, 1'b{gate.value});")
        elif gate.kind == "threshold":
            body.append(f"assign {name} = {gates.threshold(gate, spelled)};")
        elif len(literals) == 1:
            primitive = "not" if gate.literals[0][1] else "buf"
            body.append(f"{primitive} ({name}, {spelled[gate.literals[0][0]]});")
        else:
            sign = " & " if gate.kind == "and" else " | "
            body.append(f"assign {name} = {sign.join(literals)};")
    for name, wire in named.aliases.items():
        value = constant_of(wire)
        text = spelled[wire] if value is None else f"1'b{value}"
        body.append(f"assign {_spell(name)} = {text};")
    head = [
        f"module top({_listed([*inputs, *outputs])});"
    ]  # some readers skip modules of other names
    for kind, group in (("input", inputs), ("output", outputs), ("wire", wires)):
        if group:
            head.append(f"  {kind} {_listed(group)};")
    lines = [*head, *(f"  {line}" for line in body), "endmodule", ""]
    return "\n".join(lines).encode("ascii")


def _listed(names: list[str]) -> str:
    if not names:
        return ""
    return wrapped([*(f"{name}," for name in names[:-1]), names[-1]], end="")


def _spell(name: str) -> str:
    """A name as Verilog takes it: what is no simple identifier is escaped, up to a blank."""
    return name if is_simple(name) and name not in KEYWORDS else f"\\{name} "
