"""Rows of constant tables that computed tokens choose, as integers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tcsim.errors import NetworkError
from tcsim.networks.codes import Code
from tcsim.networks.importers.onnx.tensors import TYPES, Integers, Scaled, type_of
from tcsim.networks.operations.embedding import Embedding
from tcsim.networks.operations.requantize import Requantize

if TYPE_CHECKING:
    from tcsim.networks.importers.onnx.graph import Importer, Step
    from tcsim.networks.importers.onnx.tensors import Tensor
    from tcsim.networks.sketch import Edge


def chosen_rows(importer: Importer, step: Step) -> Tensor:
    """Gather with computed places: of one-hot tokens sums of wires, no gate.

    Raises:
        NetworkError: the table is computed, has several scales or another axis than the first; or
            tokens that could be beyond it.
    """
    table, tokens = step.input(0), step.input(1)
    kept = table.constant if isinstance(table, Scaled) else table
    if not isinstance(kept, np.ndarray):
        raise NetworkError("what it chooses from is computed, and so is what it chooses")
    if step.attributes.get("axis", 0) or kept.ndim != 2:
        raise NetworkError("computed places choose rows of a matrix only")
    code = tokens.edge.known.code
    if code is None or code.lo != 0 or code.hi >= len(kept):
        raise NetworkError(f"tokens are integers 0..{len(kept) - 1}: declare `ranges`")
    rows = kept[: code.hi + 1].astype(np.int64)
    made = importer.add(Embedding(rows), tokens.edge)
    if isinstance(table, Scaled):
        zeros = np.zeros(1, np.int64) if table.zeros is None else np.asarray(table.zeros)
        if table.scale.size != 1 or zeros.size != 1:
            raise NetworkError("a table of several scales: one is needed")
        zero = int(zeros.reshape(-1)[0]) if table.zeros is not None else table.zero
        return Scaled(made, table.scale.reshape(1), zero)
    kind = type_of(kept)
    if not kind or TYPES[kind].bits > 8:
        raise NetworkError(f"a table of {kept.dtype}: real ones, or integers of at most 8 bits")
    return Integers(kind, lambda: _coded(importer, made, kind), made)


def _coded(importer: Importer, edge: Edge, kind: str) -> Edge:
    """Sums on wires, in the range of their type."""
    low, high = TYPES[kind]
    ends = (np.array([edge.known.least]), np.array([edge.known.largest]))
    code = Code(low, high)
    return importer.add(Requantize.from_function(lambda v: v, *ends, code, "rows"), edge)
