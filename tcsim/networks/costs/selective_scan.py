"""SelectiveScan: n(n-1)/2 pairs of positions; two levels, on one position alone one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tcsim.networks.costs.factors import code_wires
from tcsim.networks.costs.monomials import monomial_count, monomial_reads, plain
from tcsim.networks.costs.operands import Operands, Support, half, largest, product
from tcsim.networks.costs.parts import Part
from tcsim.networks.costs.scan_levels import scan_levels
from tcsim.networks.costs.uneven import Factor, along

if TYPE_CHECKING:
    from tcsim.networks.costs.operands import Formula
    from tcsim.networks.costs.parts import Quantities
    from tcsim.networks.operations.selective_scan import SelectiveScan


def cost(
    operation: SelectiveScan,
    quantity: Quantities,
    origin: int,
    delta: Operands,
    b: Operands,
    c: Operands,
    x: Operands,
) -> tuple[Operands, list[Part]]:
    """Per pair and state: a comparison a step, an AND of each with each monomial of C, B, x."""
    *batch, length, channels = x.shape
    states = b.shape[-1]
    top = int(np.abs(operation.table.astype(object)).max())
    steps = quantity("E", operation.cuts.shape[-1], "steps of the table")
    value = quantity("w", max(top, 1), "largest value of the table")
    factors = [x, delta] if operation.times_delta else [x]
    ands = monomial_count(quantity, c, b, *factors)
    weight = 2 * value * product(one.weight for one in (c, b, *factors))
    if operation.read is not None:
        reach = max(operation.read.largest, operation.read.largest_step, 1)
        weight = weight * quantity("D", reach, "largest step of a table")
    count = monomial_reads(c, b, *factors)
    exact = plain(c, b, *factors) and plain(delta)
    number = quantity.values.get(length, length)
    known = int(number) if isinstance(number, int | np.integer) else None
    level = scan_levels(known, delta, b, c, factors, fused=operation.fused)
    places = product(batch) * channels * states
    own = places * length * ands
    parts = [Part(own, own * count, count, 1, level.same, exact)]
    wires: Any = states * ands
    if known != 1:
        pairs = places * half(length * (length - 1))
        word = code_wires(delta, quantity) if delta.supports else 0
        # A pair (s, t) compares a sum of t - s values; over all pairs these are (n^3 - n) / 6.
        sums = places * _sixth(length**3 - length) * word
        farthest = (length - 1) * word
        gates = pairs * steps * ands
        if operation.fused:
            cut = quantity("u", int(operation.cuts.max()), "largest cut of the table")
            edges = sums * steps * ands + gates * count
            heavy = largest(delta.weight, cut)
            parts.append(Part(gates, edges, farthest + count, heavy, level.pair, exact))
        else:
            edges = sums * steps
            parts += [
                Part(pairs * steps, edges, farthest, delta.weight, level.compare, exact),
                Part(gates, gates * (count + 1), count + 1, 1, level.pair, exact),
            ]
        each = states * steps * ands
        if operation.tail:
            parts.append(Part(pairs * ands, pairs * ands * count, count, 1, level.plain, exact))
            each = each + states * ands
        if isinstance(length, int) and isinstance(each, int):
            wires = wires + each * np.arange(length)[:, None]
        else:
            wires = wires + along(each, -2, Factor(half(length * (length - 1)), length - 1))
    return Operands(x.shape, (Support(origin, wires),), weight, level.made), parts


def _sixth(amount: Formula) -> Formula:
    return amount // 6 if isinstance(amount, int) else amount / 6
