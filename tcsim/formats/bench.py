"""ISCAS `.bench`: gates by name, any arity, in any order."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tcsim.formats.gate_text import TextGates
from tcsim.formats.limits import excerpt
from tcsim.formats.lines import ascii_text
from tcsim.formats.netlist import Netlist
from tcsim.formats.signals import Names, comparison, constant_of, gate_terms, signals

if TYPE_CHECKING:
    from collections.abc import Callable

    from tcsim.circuit import Circuit
    from tcsim.formats.assembly import Assembly

_NAME = r"[^\s(),=#]+"
_PORT = re.compile(rf"(?i:(INPUT|OUTPUT))\s*\(\s*({_NAME})\s*\)").fullmatch
_GATE = re.compile(rf"({_NAME})\s*=\s*([A-Za-z0-9_]+)\s*\((.*)\)").fullmatch
_CONSTANT = re.compile(rf"({_NAME})\s*=\s*(gnd|vdd)", re.IGNORECASE).fullmatch
_ILLEGAL = r"[^!-~]|[(),=#]"

_KINDS: dict[str, Callable[[Assembly, list[int]], int]] = {
    "AND": lambda gates, x: gates.conjunction(x),
    "NAND": lambda gates, x: gates.conjunction(x, inverted=True),
    "OR": lambda gates, x: gates.disjunction(x),
    "NOR": lambda gates, x: gates.disjunction(x, inverted=True),
    "XOR": lambda gates, x: gates.parity(x),
    "XNOR": lambda gates, x: gates.parity(x, inverted=True),
    "NOT": lambda gates, x: gates.conjunction(x, inverted=True),
    "BUFF": lambda gates, x: gates.conjunction(x),
    "BUF": lambda gates, x: gates.conjunction(x),
}
_ONE_OPERAND = {"NOT", "BUFF", "BUF"}
_SEQUENTIAL = {"DFF", "DFFSR", "LATCH"}


def read_bench(data: bytes, path: str | None = None) -> Circuit:
    """Read a `.bench` file: each gate is one threshold gate, XOR and XNOR of n floor(n/2) + 1.

    Args:
        data: the file's content.
        path: its name, for errors.

    Raises:
        ParseError: names the line, what was found, what was expected.
    """
    netlist = Netlist(path)
    lines = ascii_text(data, path).split("\n")
    for number, line in enumerate(lines, 1):
        statement = line.partition("#")[0].strip()
        if not statement:
            continue
        if port := _PORT(statement):
            add = netlist.add_input if port[1].upper() == "INPUT" else netlist.add_output
            add(port[2], number)
        elif gate := _GATE(statement):
            _gate(netlist, gate[1], gate[2].upper(), gate[3], number)
        elif constant := _CONSTANT(statement):
            value = int(constant[2].lower() == "vdd")
            netlist.define(constant[1], (), _constant, value, number)
        else:
            netlist.fail(
                f"found {excerpt(statement)!r}; expected INPUT(a), OUTPUT(a) or a = KIND(b, c)",
                number,
            )
    if not any(lines):
        netlist.fail("the file is empty; expected INPUT(a), OUTPUT(b), b = NOT(a)", len(lines))
    return netlist.build()


def _gate(netlist: Netlist, name: str, kind: str, text: str, line: int) -> None:
    operands = [operand.strip() for operand in text.split(",")]
    if kind in _SEQUENTIAL:
        netlist.fail(f"{kind} is a memory element; only combinational circuits are read", line)
    if kind not in _KINDS:
        netlist.fail(f"unknown gate {excerpt(kind)!r}; known are {', '.join(_KINDS)}", line)
    for operand in operands:
        if not re.fullmatch(_NAME, operand):
            netlist.fail(f"{excerpt(operand)!r} is no name of a signal", line)
    if kind in _ONE_OPERAND and len(operands) != 1:
        netlist.fail(f"{kind} takes one operand, not {len(operands)}", line)
    netlist.define(name, operands, _make, kind, line)


def _make(assembly: Assembly, literals: list[int], kind: str) -> int:
    return _KINDS[kind](assembly, literals)


def _constant(assembly: Assembly, literals: list[int], value: int) -> int:  # noqa: ARG001
    return value


def write_bench(circuit: Circuit) -> bytes:
    """Write a `.bench` file.

    AND, NAND, OR, NOR, NOT and buffers are one gate each; a negated operand among plain ones costs
    a NOT, and a gate that is none of these becomes adders and a comparison (`tcsim.lowering`).

    Args:
        circuit: any circuit.

    Raises:
        LimitError: it becomes too many gates.
    """
    names = Names(_ILLEGAL)
    named = signals(circuit, names)
    lines = ["# written by tcsim", *(f"INPUT({name})" for name in named.wires[: circuit.n_inputs])]
    lines += [f"OUTPUT({name})" for name in named.outputs]

    def emit(kind: str, operands: list[str], name: str) -> None:
        lines.append(f"{name} = {kind.upper()}({', '.join(operands)})")

    gates = TextGates(emit, lambda: names.new("t"))
    for number, (terms, threshold) in enumerate(gate_terms(circuit), circuit.n_inputs):
        name, gate = named.wires[number], comparison(terms, threshold)
        if gate.kind == "constant":
            lines.append(f"{name} = {'vdd' if gate.value else 'gnd'}")
        elif gate.kind == "threshold":
            emit("buff", [gates.threshold(gate, named.wires)], name)
        else:
            signs = {inverted for _, inverted in gate.literals}
            if signs == {True}:
                operands = [named.wires[wire] for wire, _ in gate.literals]
                kind = "nor" if gate.kind == "and" else "nand"
            else:
                operands = [
                    gates.literal(named.wires[wire], inverted=inverted)
                    for wire, inverted in gate.literals
                ]
                kind = gate.kind
            if len(operands) == 1:
                kind = {"and": "buff", "nor": "not"}[kind]
            emit(kind, operands, name)
    for name, wire in named.aliases.items():
        value = constant_of(wire)
        if value is None:
            emit("buff", [named.wires[wire]], name)
        else:
            lines.append(f"{name} = {'vdd' if value else 'gnd'}")
    return ("\n".join(lines) + "\n").encode("ascii")
