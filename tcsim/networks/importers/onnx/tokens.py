"""Inputs that are tokens: they say which row of a constant table is taken."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np

_SAME = ("Cast", "Identity", "DequantizeLinear")
"""Operators that a table goes through before rows are taken."""


def vocabularies(graph: Any, constants: Mapping[str, np.ndarray]) -> dict[str, int]:  # noqa: ANN401
    """{input: rows of the smallest table that it chooses from}, of inputs that do nothing else."""
    tables = {name: len(array) for name, array in constants.items() if array.ndim == 2}
    found: dict[str, int] = {}
    other = {value.name for value in graph.output}
    for node in graph.node:
        if node.op_type in _SAME and node.input and node.input[0] in tables:
            tables[node.output[0]] = tables[node.input[0]]
        chosen = ""
        if node.op_type == "Gather" and node.input[0] in tables and not _axis(node):
            chosen = node.input[1]
            rows = tables[node.input[0]]
            found[chosen] = min(found.get(chosen, rows), rows)
        if node.op_type not in ("Shape", "Size"):
            other.update(name for name in node.input if name != chosen)
    inputs = {value.name for value in graph.input}
    return {name: rows for name, rows in found.items() if name in inputs - other and rows > 1}


def _axis(node: Any) -> int:  # noqa: ANN401
    return next((int(one.i) for one in node.attribute if one.name == "axis"), 0)
