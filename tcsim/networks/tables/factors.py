"""Factors: a function of one coded integer as a constant and a weight for each of its wires."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tcsim.networks.codes import Code
    from tcsim.networks.operations.table import Table


def linear_weights(code: Code, table: Table | None = None) -> tuple[int, list[int]]:
    """``f(x) = constant + sum weights[k] * wire[k]``.

    Any function of a thermometer or one-hot code is linear in its wires; of a binary code, the
    value itself is.

    Args:
        code: how x stands on wires.
        table: f, of a thermometer or one-hot code; None for x itself.

    Returns:
        The constant, 0 in one-hot code, and the weights.
    """
    if table is None:
        weights = code.weights.tolist()
        if code.kind == "one_hot":
            return 0, [code.lo + weight for weight in weights]
        return code.lo, weights
    rows = table.rows.tolist()
    if code.kind == "one_hot":
        return 0, rows
    return rows[0], [after - before for before, after in pairwise(rows)]
