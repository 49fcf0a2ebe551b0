"""DOT, the language of Graphviz: a drawing of the gates and their weights. Written only."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tcsim.formats.lines import decimal
from tcsim.formats.signals import constant_of, gate_terms
from tcsim.gates import kind

if TYPE_CHECKING:
    from tcsim.circuit import Circuit


def write_dot(circuit: Circuit) -> bytes:
    """Write a directed graph: a node per input, gate and output, an edge per operand.

    A gate's node tells its name, its kind and its threshold, an edge's label is its weight (left
    out where it is 1). Gates of one level stand in one rank.

    Args:
        circuit: any circuit.

    Raises:
        LimitError: the gates have too many operands to draw.
    """
    lines = ["digraph circuit {", "  rankdir=LR;", "  node [shape=box];"]
    for wire, name in enumerate(circuit.input_names):
        lines.append(f"  w{wire} [label={_quoted(name)}, shape=plaintext];")
    ranks: dict[int, list[str]] = {}
    for gate, (terms, threshold) in enumerate(gate_terms(circuit)):
        node = f"w{circuit.n_inputs + gate}"
        name = circuit.gate_names.get(gate, f"g{gate}")
        label = (
            f"{name}\n{kind([weight for _, weight in terms], threshold)}, >= {decimal(threshold)}"
        )
        lines.append(f"  {node} [label={_quoted(label)}];")
        for wire, weight in terms:
            mark = "" if weight == 1 else f" [label={_quoted(decimal(weight))}]"
            lines.append(f"  w{wire} -> {node}{mark};")
        ranks.setdefault(int(circuit.levels[gate]), []).append(node)
    lines += [f"  {{ rank=same; {'; '.join(nodes)}; }}" for _, nodes in sorted(ranks.items())]
    for number, (name, wire) in enumerate(
        zip(circuit.output_names, circuit.output_wire.tolist(), strict=True)
    ):
        lines.append(f"  o{number} [label={_quoted(name)}, shape=plaintext];")
        value = constant_of(wire)
        if value is None:
            lines.append(f"  w{wire} -> o{number};")
        else:
            lines.append(f"  c{number} [label={_quoted(str(value))}, shape=plaintext];")
            lines.append(f"  c{number} -> o{number};")
    return ("\n".join([*lines, "}"]) + "\n").encode()


def _quoted(text: str) -> str:
    """A string of DOT. Of the escapes only the newline, the quote and the backslash exist."""
    printable = "".join(c if c.isprintable() or c == "\n" else json.dumps(c)[1:-1] for c in text)
    escaped = printable.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
