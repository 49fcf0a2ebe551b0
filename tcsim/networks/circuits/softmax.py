"""Softmax: comparisons, their ANDs, and gates ``[A a_i >= B sum a]``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tcsim import expressions
from tcsim.networks.circuits.averaging import nearness, weight_sum
from tcsim.networks.circuits.tensor import Tensor, digits, empty

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tcsim.builder import Builder
    from tcsim.expressions import Expression, LinearForm
    from tcsim.networks.circuits.averaging import Indicator
    from tcsim.networks.operations.softmax import Softmax
    from tcsim.networks.values import Values


def build(operation: Softmax, name: str, values: Values, x: Tensor) -> Tensor:
    """Row by row."""
    builder, code, table = x.builder, operation.code, operation.table
    result = Tensor(builder, f"{name}.value", values, words=empty((*values.shape, code.wires)))
    for row in np.ndindex(values.shape[:-1]):
        near = nearness(builder, x.forms[row].tolist(), table)
        total = weight_sum(builder, table, near)
        for i, key in enumerate(near):
            steps = [one >= 0 for one in probability(builder, operation, key, total)]
            word = digits(steps, code.wires) if code.kind == "binary" else steps
            result.words[(*row, i)] = word
    return result


def probability(
    builder: Builder, operation: Softmax, key: Sequence[Indicator], total: Expression | int
) -> list[LinearForm]:
    """``A a_i - B sum a`` for each step of the output; it is reached from 0 on."""
    gates = [one.gate for one in key if one.gate is not None]
    own = builder.form(expressions.dot(operation.table.drops, gates) + operation.table.tail)
    # Gates that both forms read with opposite weights are operands, of weight 0.
    both = 0 * builder.form(expressions.sum(gates))
    return [a * own - b * total + both for a, b in operation.thresholds]
