"""Norms of values in binary code: products of digits and signs, then a gate a step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcsim.networks.costs.factors import code_wires
from tcsim.networks.costs.operands import half
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
    plain = not any(one.mixed or one.overlapping for one in x.supports)
    exact = plain and bool(x.supports)
    steps = quantity("N", operation.code.steps, "steps of a value")
    a, b, c = (
        quantity(name, max(1, *(abs(one) for one in table.ravel())), meaning)
        for name, table, meaning in zip(
            "ABC",
            operation.coefficients(size),
            ("factor of a square", "factor of a mean square", "threshold of a norm"),
            strict=True,
        )
    )
    if operation.centered:
        wires = m * bits
        products = half(wires * (wires - 1))
        made = _ratio(x.count, m) * products
        square, mean, reach = 2 * (m * x.weight) ** 2, 4 * m * x.weight**2, m * x.steps
        signed, heaviest, edges = wires, m * x.weight, products + wires + 1
    else:
        products = half(bits * (bits - 1))
        made = x.count * products
        reach = abs(x.least) + x.steps
        square = mean = 2 * x.weight**2 + 2 * abs(x.least) * x.weight
        signed, heaviest, edges = bits, x.weight, m * (products + bits) + 1
    first = (level if operation.centered else x.level) + 1
    weight = a * square + b * mean + a * reach**2 + c + 1
    parts = [
        Part(x.count, x.count * signed, signed, heaviest, first, exact),
        Part(x.count * steps, x.count * steps * edges, edges, weight, level + 2, exact),
    ]
    # One digit alone has no products.
    if number_of(quantity, made) != 0:
        parts.insert(0, Part(made, 2 * made, 2, 1, first, exact))
    return parts


def _ratio(count: Formula, m: Formula) -> Formula:
    return count // m if isinstance(count, int) and isinstance(m, int) else count / m
