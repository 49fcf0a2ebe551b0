"""The expansion of a form that uses other forms: one linear form over wires alone."""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tcsim.circuit import Circuit


def expand(circuit: Circuit, form: int) -> dict[int, int]:
    """See `Circuit.expand`. Each inner form is visited once, however many ways lead to it."""
    total: dict[int, int] = {}
    zero: set[int] = set()
    pending = {form: 1}
    through_zero: set[int] = set()
    queue = [-form]
    while queue:
        current = -heapq.heappop(queue)
        factor = pending.pop(current)
        in_zero = current in through_zero
        for operand, weight in circuit.terms(current):
            product = factor * weight
            written_zero = weight == 0 or in_zero
            if operand >= 0:
                total[operand] = total.get(operand, 0) + product
                if written_zero:
                    zero.add(operand)
                continue
            if ~operand not in pending:
                heapq.heappush(queue, operand + 1)
            pending[~operand] = pending.get(~operand, 0) + product
            if written_zero:
                through_zero.add(~operand)
    return {w: total[w] for w in sorted(total) if total[w] or w in zero}
