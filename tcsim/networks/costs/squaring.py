"""Norms of values in binary code: products of digits and signs, then a gate a step."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tcsim.networks.costs.factors import code_wires
from tcsim.networks.costs.operands import half, later
from tcsim.networks.costs.parts import Part
from tcsim.networks.costs.visible import number_of

if TYPE_CHECKING:
    from typing import Any

    from tcsim.networks.costs.operands import Formula, Operands
    from tcsim.networks.costs.parts import Quantities
    from tcsim.networks.operations.normalization import Normalization


def squaring_parts(
    operation: Normalization,
    quantity: Quantities,
    x: Operands,
    level: Any,  # noqa: ANN401 - a number or an array
    size: int,
) -> list[Part]:
    """Of b digits a value: m b (m b - 1) / 2 products a group of m that is centered, else b each.

    Args:
        operation: the norm.
        quantity: what numbers are called.
        x: the values.
        level: of the latest wire of each group.
        size: how many values a group has in this network.
    """
    _, m = operation.groups(x.shape)
    bits = code_wires(x, quantity)
    exact = x.separate and bool(x.supports)
    steps = quantity("N", operation.code.steps, "steps of a value")
    a, b, c = (
        quantity(name, value, meaning)
        for name, value, meaning in zip(
            "ABC",
            operation.largest_coefficients(size),
            ("factor of a square", "factor of a mean square", "threshold of a norm"),
            strict=True,
        )
    )
    # Products of two digits of one value, and where all values of a group meet, of two values.
    own = half(bits * (bits - 1))
    pairs = [Part(x.count * own, 2 * x.count * own, 2, 1, x.level + 1, exact)]
    if operation.centered:
        wires = m * bits
        products = half(wires * (wires - 1))
        mixed = _ratio(x.count, m) * half(m * (m - 1)) * bits**2
        pairs.append(Part(mixed, 2 * mixed, 2, 1, _meeting(operation, x, level) + 1, exact))
        square, mean, reach = 2 * (m * x.weight) ** 2, 4 * m * x.weight**2, m * x.steps
        signed, heaviest, edges = wires, m * x.weight, products + wires + 1
    else:
        products = own
        reach = abs(x.least) + x.steps
        square = mean = 2 * x.weight**2 + 2 * abs(x.least) * x.weight
        signed, heaviest, edges = bits, x.weight, m * (products + bits) + 1
    first = (level if operation.centered else x.level) + 1
    weight = a * square + b * mean + a * reach**2 + c + 1
    # One digit alone, or one value, has no products.
    pairs = [part for part in pairs if number_of(quantity, part.gates) != 0]
    last = later(first, level + 1 if pairs else level) + 1
    return [
        *pairs,
        Part(x.count, x.count * signed, signed, heaviest, first, exact),
        Part(x.count * steps, x.count * steps * edges, edges, weight, last, exact),
    ]


def _meeting(operation: Normalization, x: Operands, level: Any) -> Any:  # noqa: ANN401
    """The later level of each two values of a group: shape (groups in all, pairs)."""
    if not isinstance(x.level, np.ndarray):
        return level
    groups, m = operation.groups(x.shape)
    full = np.broadcast_to(x.level, x.shape).reshape(-1, groups, m)
    i, j = np.triu_indices(m, 1)
    return np.maximum(full[..., i], full[..., j]) if len(i) else level


def _ratio(count: Formula, m: Formula) -> Formula:
    return count // m if isinstance(count, int) and isinstance(m, int) else count / m
