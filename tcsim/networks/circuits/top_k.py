"""TopK, Rank, Largest: comparisons of pairs, and thresholds over how many hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tcsim import expressions
from tcsim.networks.circuits.tensor import Tensor, empty
from tcsim.networks.operations.top_k import Largest, TopK

if TYPE_CHECKING:
    from tcsim.expressions import Expression, Signal
    from tcsim.networks.operations.top_k import Rank
    from tcsim.networks.values import Values


def build(operation: Rank | Largest, name: str, values: Values, x: Tensor) -> Tensor:
    """See the operations."""
    result = Tensor(
        x.builder, f"{name}.value", values, words=empty((*values.shape, values_wires(values)))
    )
    for place in np.ndindex(values.shape[:-1]):
        if isinstance(operation, Largest):
            columns = list(zip(*x.words[place].tolist(), strict=True))
            for r in range(operation.k):
                result.words[(*place, r)] = [
                    expressions.at_least(r + 1, column) for column in columns
                ]
            continue
        steps = ranks(operation, x.forms[place].tolist())
        if isinstance(operation, TopK):
            for i, word in enumerate(steps):
                for r in range(operation.k):
                    result.words[(*place, r, i)] = hit(word, r)
        else:
            for i, word in enumerate(steps):
                result.words[(*place, i)] = word
    return result


def ranks(operation: Rank, forms: list[Expression]) -> list[list[Signal]]:
    """``[rank >= 1], [rank >= 2], ...`` of each place, as far as they are asked for."""
    n = len(forms)
    first = operation.ties == "first"
    ahead = {
        (i, j): forms[i] - forms[j] >= 0 if first else forms[i] - forms[j] > 0
        for i in range(n)
        for j in range(i + 1, n)
    }
    made: list[list[Signal]] = []
    for i in range(n):
        behind = [ahead[j, i] if j < i else ~ahead[i, j] for j in range(n) if j != i]
        most = min(operation.k, n - 1)
        made.append([expressions.at_least(r, behind) for r in range(1, most + 1)])
    return made


def hit(steps: list[Signal], r: int) -> Signal:
    """``[rank = r]``."""
    here = [steps[r - 1]] if r else []
    beyond = [~steps[r]] if r < len(steps) else []
    return expressions.all([*here, *beyond])


def values_wires(values: Values) -> int:
    """Wires of a value in its code."""
    assert values.code is not None  # noqa: S101 - these operations have one
    return values.code.wires
