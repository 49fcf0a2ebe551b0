"""Norms: a gate a step; where they are centered, thermometers of sums and differences first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tcsim.networks.costs.factors import code_wires
from tcsim.networks.costs.operands import Operands, largest, uniform
from tcsim.networks.costs.parts import Part
from tcsim.networks.costs.requantize import coded
from tcsim.networks.costs.squaring import squaring_parts

if TYPE_CHECKING:
    from tcsim.networks.costs.operands import Formula
    from tcsim.networks.costs.parts import Quantities
    from tcsim.networks.operations.normalization import Normalization


def cost(
    operation: Normalization, quantity: Quantities, origin: int, x: Operands
) -> tuple[Operands, list[Part]]:
    """Of a group of m values of N steps: m N + 2 m (m - 1) N thermometer steps, if centered."""
    _, m = operation.groups(x.shape)
    steps = quantity("N", operation.code.steps, "steps of a value")
    wires = code_wires(x, quantity)
    reads = m * wires * int(bool(x.supports))
    if operation.centered and not x.separate:
        quantity.even = False  # what two values share cancels in their difference
    reach = abs(x.least) + x.steps
    level = _group_level(operation, x)
    size = _number(quantity, m)
    if x.kind == "binary":
        parts = squaring_parts(operation, quantity, x, level, size)
        return coded(operation.code.kind, steps, quantity, origin, parts, x.shape)
    parts = []
    edges = reads
    exact = x.separate
    square = signed = 2 * reach if x.kind != "one_hot" else reach**2
    if operation.centered:
        differences = 2 * (m - 1) * x.steps
        gates = x.count * (x.steps + differences)
        weight = (m if operation.groups(x.shape)[1] != 1 else 1) * x.weight
        parts.append(Part(gates, gates * reads, reads, weight, level + 1, exact))
        edges = reads + m * x.steps + differences
        level = level + 1
        square, signed = largest(m * square, 2 * m * reach), 2 * m * x.steps
    a, b, _ = operation.largest_coefficients(size)
    weight = largest(
        quantity("A", a, "largest factor of a square") * signed
        + quantity("B", b, "largest factor of a mean square") * square,
        1,
    )
    count = x.count * steps
    parts.append(Part(count, count * edges, edges, weight, level + 1, exact))
    return coded(operation.code.kind, steps, quantity, origin, parts, x.shape)


def _group_level(operation: Normalization, x: Operands) -> Any:  # noqa: ANN401
    """The latest level in each group, place by place."""
    if not isinstance(x.level, np.ndarray):
        return x.level
    groups, m = operation.groups(x.shape)
    full = np.broadcast_to(x.level, x.shape).reshape(-1, groups, m)
    latest = np.broadcast_to(full.max(axis=-1, keepdims=True), full.shape)
    return uniform(latest.reshape(x.shape))


def _number(quantity: Quantities, formula: Formula) -> int:
    """The size of a group in this network; formulas for another size keep its weights."""
    return int(formula if isinstance(formula, int) else formula.subs(quantity.values))
