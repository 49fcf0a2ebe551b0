"""The writers of AIGER, as text and in binary."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tcsim.formats.aiger.lowering import and_graph
from tcsim.formats.aiger.symbols import write_symbols

if TYPE_CHECKING:
    from tcsim.circuit import Circuit
    from tcsim.formats.aiger.graph import Graph
    from tcsim.typing import Integers


def write_aag(circuit: Circuit) -> bytes:
    """The AIGER text of a circuit.

    Args:
        circuit: any circuit; gates that are no AND of two are built of such.

    Raises:
        ArgumentError: an input or output has a name that AIGER cannot hold.
        LimitError: it would take more ANDs than `lowering.MOST_ANDS`.
    """
    graph = and_graph(circuit)
    own = 2 * (len(graph.input_names) + 1 + np.arange(len(graph.left)))
    lines = [_header("aag", graph)]
    lines += [f"{2 * k}\n" for k in range(1, len(graph.input_names) + 1)]
    lines += [f"{literal}\n" for literal in graph.outputs.tolist()]
    lines += [
        f"{literal} {left} {right}\n"
        for literal, left, right in zip(
            own.tolist(), graph.left.tolist(), graph.right.tolist(), strict=True
        )
    ]
    return "".join(lines).encode() + write_symbols(graph.input_names, graph.output_names)


def write_aig(circuit: Circuit) -> bytes:
    """The binary AIGER of a circuit.

    Args:
        circuit: any circuit; gates that are no AND of two are built of such.

    Raises:
        ArgumentError: an input or output has a name that AIGER cannot hold.
        LimitError: it would take more ANDs than `lowering.MOST_ANDS`.
    """
    graph = and_graph(circuit)
    own = 2 * (len(graph.input_names) + 1 + np.arange(len(graph.left)))
    delta = np.stack((own - graph.left, graph.left - graph.right), axis=1).reshape(-1)
    outputs = "".join(f"{literal}\n" for literal in graph.outputs.tolist())
    head = (_header("aig", graph) + outputs).encode()
    return head + _encode(delta) + write_symbols(graph.input_names, graph.output_names)


def _header(magic: str, graph: Graph) -> str:
    inputs, ands = len(graph.input_names), len(graph.left)
    return f"{magic} {inputs + ands} {inputs} 0 {len(graph.outputs)} {ands}\n"


def _encode(values: Integers) -> bytes:
    """Numbers of 7 bits a byte, the lowest first; the high bit says that more follow."""
    length = np.ones(len(values), np.int64)
    while (more := values >> 7 * length > 0).any():
        length += more
    start = np.cumsum(length) - length
    code = np.zeros(int(length.sum()), np.uint8)
    for byte in range(int(length.max(initial=0))):
        here = np.flatnonzero(length > byte)
        digit = values[here] >> 7 * byte & 0x7F
        code[start[here] + byte] = np.where(length[here] > byte + 1, digit | 0x80, digit)
    return code.tobytes()
