"""`.th`, the threshold networks of threABC: one line of signals and one of weights per gate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcsim.formats.limits import excerpt
from tcsim.formats.lines import MOST_DIGITS, ascii_text, decimal, integer
from tcsim.formats.netlist import Netlist
from tcsim.formats.signals import Names, constant_of, gate_terms, signals

if TYPE_CHECKING:
    from tcsim.circuit import Circuit
    from tcsim.formats.assembly import Assembly

TITLE = "Threshold logic gate list written by tcsim."


def read_th(data: bytes, path: str | None = None) -> Circuit:
    """Read a `.th` file, literally: every ``.threshold`` is one gate.

    Args:
        data: the file's content.
        path: its name, for errors.

    Raises:
        ParseError: names the line, what was found, what was expected.
    """
    netlist = Netlist(path)
    lines = ascii_text(data, path).split("\n")
    number = 0
    seen: set[str] = set()
    while number < len(lines):
        words = lines[number].split()
        number += 1
        if not words:
            continue
        if number == 1 and not words[0].startswith("."):
            continue  # a title
        match words[0]:
            case ".end":
                break
            case ".model":
                _once(netlist, ".model", seen, number)
            case ".input" | ".inputs":
                for name in words[1:]:
                    netlist.add_input(name, number)
            case ".output" | ".outputs":
                for name in words[1:]:
                    netlist.add_output(name, number)
            case ".threshold":
                at = number
                while number < len(lines) and not lines[number].strip():
                    number += 1
                found = lines[number].split() if number < len(lines) else []
                _gate(netlist, words[1:], found, at, number + 1)
                number += 1
            case other:
                netlist.fail(
                    f"found {excerpt(other)!r}; expected .model, .inputs, .outputs, .threshold "
                    "or .end",
                    number,
                )
    if not any(line.lstrip().startswith(".") for line in lines):
        netlist.fail("the file has no statement; expected .model, .inputs, .outputs", len(lines))
    return netlist.build()


def _once(netlist: Netlist, word: str, seen: set[str], line: int) -> None:
    if word in seen:
        netlist.fail(f"a second {word}; a file holds one network", line)
    seen.add(word)


def _gate(netlist: Netlist, names: list[str], numbers: list[str], at: int, line: int) -> None:
    """One gate: the signals on line `at`, the weights and the threshold on `line`."""
    if not names:
        netlist.fail(".threshold names no signal; expected the operands and then the gate", at)
    if not numbers or numbers[0].startswith("."):
        netlist.fail(f"the line of weights of the gate {excerpt(names[-1])!r} is missing", at)
    if len(numbers) != len(names):
        netlist.fail(
            f"{len(numbers)} numbers for a gate of {len(names) - 1} operands; expected "
            f"{len(names)}: a weight for each operand, then the threshold",
            line,
        )
    values = [integer(token, "a weight", netlist.path, line) for token in numbers[:-1]]
    threshold = integer(numbers[-1], "the threshold", netlist.path, line)
    netlist.define(names[-1], names[:-1], _make, (values, threshold), at)


def _make(assembly: Assembly, literals: list[int], detail: tuple[list[int], int]) -> int:
    weights, threshold = detail
    return assembly.gate(zip(literals, weights, strict=True), threshold)


def write_th(circuit: Circuit) -> bytes:
    """Write a `.th` file.

    Outputs that are inputs, constants or second outputs of one gate become gates of their own.
    Scopes and shared forms are not kept.

    Args:
        circuit: any circuit.

    Raises:
        LimitError: it has too many operands to list, or an integer of more than 640 digits.
    """
    named = signals(circuit, Names())
    lines = [
        TITLE,
        ".model circuit",
        " ".join([".inputs", *named.wires[: circuit.n_inputs]]),
        " ".join([".outputs", *named.outputs]),
    ]

    def gate(operands: list[str], name: str, numbers: list[int]) -> None:
        lines.append(" ".join([".threshold", *operands, name]))
        lines.append(" ".join(decimal(number, MOST_DIGITS) for number in numbers))

    for number, (terms, threshold) in enumerate(gate_terms(circuit), circuit.n_inputs):
        operands = [named.wires[wire] for wire, _ in terms]
        gate(operands, named.wires[number], [*(weight for _, weight in terms), threshold])
    for name, wire in named.aliases.items():
        value = constant_of(wire)
        if value is None:
            gate([named.wires[wire]], name, [1, 1])
        else:
            gate([], name, [1 - value])
    lines.append(".end")
    return ("\n".join(lines) + "\n").encode("ascii")
