"""Embedding: linear forms over the wires of a token, or over an AND for each token."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tcsim.networks.circuits.recode import minterms
from tcsim.networks.circuits.table import lookup
from tcsim.networks.circuits.tensor import Tensor, empty

if TYPE_CHECKING:
    from tcsim.networks.operations.embedding import Embedding
    from tcsim.networks.values import Values


def build(operation: Embedding, name: str, values: Values, x: Tensor) -> Tensor:
    """All values of a token stand on the same wires: sums that are not stored."""
    columns = operation.rows.T.tolist()
    kind = x.code.kind
    result = Tensor(x.builder, name, values, forms=empty(values.shape))
    for place in np.ndindex(x.shape):
        word = x.words[place].tolist()
        if kind == "binary":
            word = minterms(word, len(operation.rows))
        for j, column in enumerate(columns):
            form = lookup(column, word, "thermometer" if kind == "thermometer" else "one_hot")
            result.forms[(*place, j)] = form
    return result
