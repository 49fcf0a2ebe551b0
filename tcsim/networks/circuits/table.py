"""Table: a linear form over the wires of a thermometer or of a one-hot code."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tcsim import expressions
from tcsim.networks.circuits.tensor import Tensor, empty

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tcsim.expressions import LinearForm, Signal
    from tcsim.networks.operations.table import Table
    from tcsim.networks.values import Values


def build(operation: Table, name: str, values: Values, x: Tensor) -> Tensor:
    """Stored, so that each reader takes one term of it.

    Where places share a word, as after `Broadcast`, they stay sums over its wires: the difference
    of two then keeps a weight of 0 for each wire.
    """
    rows = np.broadcast_to(operation.rows, (*values.shape, operation.rows.shape[-1]))
    result = Tensor(x.builder, name, values, forms=empty(values.shape))
    first = [id(word[0]) for word in x.words.reshape(-1, x.words.shape[-1])]
    apart = len(set(first)) == len(first)
    for place in result.places():
        form = lookup(rows[place].tolist(), x.words[place].tolist(), x.code.kind)
        result.forms[place] = x.builder.form(form) if apart else form
    return result


def lookup(row: Sequence[int], word: Sequence[Signal], kind: str) -> LinearForm:
    """The entry of a row that a word stands for."""
    if kind == "one_hot":
        return expressions.dot(row, word)
    steps = [row[k + 1] - row[k] for k in range(len(word))]
    return expressions.dot(steps, word) + row[0]
