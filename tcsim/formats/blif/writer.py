"""The writer of BLIF: a table per gate, small ones with their prime products."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcsim.formats.covers import MOST_LITERALS, cover
from tcsim.formats.gate_text import TextGates
from tcsim.formats.lines import wrapped
from tcsim.formats.signals import Comparison, Names, comparison, constant_of, gate_terms, signals

if TYPE_CHECKING:
    from tcsim.circuit import Circuit


def write_blif(circuit: Circuit) -> bytes:
    """Write a BLIF file.

    AND and OR gates of any fan-in, and others of at most ten operands, are one `.names` each, with
    the products of the gate's 1s or of its 0s, whichever are fewer; all products are prime. Any
    other gate becomes adders and a comparison (`tcsim.lowering`).

    Args:
        circuit: any circuit.

    Raises:
        LimitError: it becomes too many gates.
    """
    names = Names(r"[^!-~]|[#\\]")
    named = signals(circuit, names)
    lines = [
        ".model circuit",
        wrapped([".inputs", *named.wires[: circuit.n_inputs]]),
        wrapped([".outputs", *named.outputs]),
    ]

    def table(operands: list[str], name: str, rows: list[str]) -> None:
        lines.append(wrapped([".names", *operands, name]))
        lines.extend(rows)

    def emit(kind: str, operands: list[str], name: str) -> None:
        table(operands, name, {"and": ["11 1"], "or": ["00 0"], "not": ["0 1"]}[kind])

    gates = TextGates(emit, lambda: names.new("t"))
    for number, (terms, threshold) in enumerate(gate_terms(circuit), circuit.n_inputs):
        name, gate = named.wires[number], comparison(terms, threshold)
        operands = [named.wires[wire] for wire, _ in gate.literals]
        if gate.kind == "constant":
            table([], name, ["1"] if gate.value else [])
        elif gate.kind != "threshold" or len(operands) <= MOST_LITERALS:
            table(operands, name, _rows(gate))
        else:
            table([gates.threshold(gate, named.wires)], name, ["1 1"])
    for name, wire in named.aliases.items():
        value = constant_of(wire)
        if value is None:
            table([named.wires[wire]], name, ["1 1"])
        else:
            table([], name, ["1"] if value else [])
    lines.append(".end")
    return ("\n".join(lines) + "\n").encode("ascii")


def _rows(gate: Comparison) -> list[str]:
    """The rows of a gate's table."""
    inverted = [flag for _, flag in gate.literals]
    if gate.kind == "and":
        return ["".join("01"[not flag] for flag in inverted) + " 1"]
    if gate.kind == "or":
        return ["".join("01"[flag] for flag in inverted) + " 0"]
    products, on = cover(gate)
    rows = []
    for product in products:
        row = ["-"] * len(inverted)
        for position, value in product:
            row[position] = str(value ^ inverted[position])
        rows.append("".join(row) + f" {int(on)}")
    return rows
