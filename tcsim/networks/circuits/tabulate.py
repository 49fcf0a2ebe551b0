"""Tabulate: a gate a change, and the differences between values as weights."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tcsim import expressions
from tcsim.networks.circuits.tensor import Tensor, empty, thermometer

if TYPE_CHECKING:
    from tcsim.networks.operations.tabulate import Tabulate
    from tcsim.networks.values import Values


def build(operation: Tabulate, name: str, values: Values, x: Tensor) -> Tensor:
    """Bit b of the code is 1 at value v: a sum of the changes of that bit, compared with 1."""
    code = operation.code
    rows = np.broadcast_to(operation.values, (*values.shape, operation.values.shape[-1]))
    cuts = np.broadcast_to(operation.cuts, (*values.shape, operation.cuts.shape[-1]))
    if code is None:
        result = Tensor(x.builder, name, values, forms=empty(values.shape))
    else:
        words = empty((*values.shape, code.wires))
        result = Tensor(x.builder, f"{name}.value", values, words=words)
    for place in result.places():
        form = x.builder.form(x.forms[place])
        steps = thermometer(form, cuts[place].tolist())
        row = rows[place]
        if code is None:
            changes = np.diff(row).tolist()
            made = x.builder.form(expressions.dot(changes, steps))
            result.forms[place] = made + int(row[0])
        else:
            bits = code.encode(row).astype(np.int64)
            columns = np.diff(bits, axis=0).T.tolist()
            first = bits[0].tolist()
            result.words[place] = [
                expressions.dot(column, steps) + bit >= 1
                for column, bit in zip(columns, first, strict=True)
            ]
    return result
