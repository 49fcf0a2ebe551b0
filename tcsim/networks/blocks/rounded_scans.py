"""A selective scan whose states are rounded at every step: two levels a position, fused one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tcsim.errors import NetworkError
from tcsim.networks.cells.cell import rounded_quotient
from tcsim.networks.cells.unrolling import positions
from tcsim.networks.operations.arrangement import Gather, Stack
from tcsim.networks.operations.combine import Combine
from tcsim.networks.operations.fused_product import FusedProduct
from tcsim.networks.operations.product import Product
from tcsim.networks.operations.table import Table

if TYPE_CHECKING:
    from tcsim.networks.codes import Code
    from tcsim.networks.operations.operation import Operation
    from tcsim.networks.operations.requantize import Requantize
    from tcsim.networks.operations.selective_scan import SelectiveScan
    from tcsim.networks.sketch import Edge, Sketch


def rounded_scan(
    sketch: Sketch,
    scan: SelectiveScan,
    delta: Edge,
    b: Edge,
    c: Edge,
    x: Edge,
    code: Code,
    *,
    fused: bool = False,
) -> Edge:
    """``h_t = round(w(delta_t) h_{t-1} / w(0) + B_t x_t)`` and ``y_t = sum_j C_tj h_tj``.

    A step is a product and a rounding; fused, the product's gates round.

    Args:
        sketch: where the operations go.
        scan: its tables w, one row for all channels, positive at 0.
        delta: shape (positions, channels), in thermometer or one-hot code.
        b: shape (positions, states).
        c: likewise.
        x: shape (positions, channels).
        code: range of states, in thermometer or binary code; what lies outside is clipped.
        fused: see above.

    Returns:
        y as linear forms, shape (positions, channels).

    Raises:
        NetworkError: tables that differ between channels, are not positive at 0 or multiply by
            delta; operands that are not on wires.
    """
    if len(scan.table) != 1 or scan.table[..., 0].min() <= 0 or scan.times_delta:
        raise NetworkError(
            "a rounded scan has tables for all channels, positive at 0, and inputs that are "
            "multiplied by delta before"
        )
    tables, ones = _decays(scan, delta), scan.table[0, :, 0].tolist()
    rounds = [rounded_quotient(one, code) for one in ones]
    states: list[Edge | None] = [None] * len(ones)
    times = _fused if fused else _plain
    outputs = []
    every = [positions(sketch, one) for one in (delta, b, c, x)]
    for t, (decay, written, seen, value) in enumerate(zip(*every, strict=True)):
        with sketch.scope(f"step{t + 1}"):
            terms = []
            for j, (table, one, to_state) in enumerate(zip(tables, ones, rounds, strict=True)):
                pick = Gather(np.array([j]), 0)
                new = sketch.add(Product(), sketch.add(pick, written), value)
                before = states[j]
                if before is None:
                    total = sketch.add(Combine([one]), new)
                else:
                    kept = sketch.add(times(to_state, table), before, decay)
                    total = sketch.add(Combine([1, one]), kept, new)
                # Fused, those who read a state round its sum themselves.
                state = total if fused else sketch.add(to_state, total)
                states[j] = state
                terms.append(sketch.add(times(to_state, None), state, sketch.add(pick, seen)))
            outputs.append(sketch.add(Combine([1] * len(terms)), *terms))
    return sketch.add(Stack(0), *outputs)


def _decays(scan: SelectiveScan, delta: Edge) -> list[Table]:
    """For each state, `w` of one value of delta."""
    code = delta.known.code
    if code is None:
        raise NetworkError("delta must stand on wires: round it with Requantize first")
    passed = np.arange(code.lo, code.hi + 1)[:, None] >= scan.cuts[0][:, None, :]
    steps = passed.sum(axis=-1)
    return [Table(row[found], lo=code.lo) for row, found in zip(scan.table[0], steps, strict=True)]


def _fused(to_state: Requantize, table: Table | None) -> Operation:
    return FusedProduct(to_state, None, table)


def _plain(to_state: Requantize, table: Table | None) -> Operation:  # noqa: ARG001 - as `_fused`
    return Product(None, table)
