"""Embedding: no gate, or an AND of digits for every token."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tcsim.networks.costs.axes import inserted
from tcsim.networks.costs.operands import Operands, Support
from tcsim.networks.costs.parts import Part

if TYPE_CHECKING:
    from tcsim.networks.costs.parts import Quantities
    from tcsim.networks.operations.embedding import Embedding


def cost(
    operation: Embedding, quantity: Quantities, origin: int, x: Operands
) -> tuple[Operands, list[Part]]:
    """Every value of a token's row reads all wires of the token."""
    width = quantity("m", operation.rows.shape[1], "values of a token")
    reach = operation.largest_step if x.kind == "thermometer" else operation.largest
    weight = quantity("D", max(reach, 1), "largest weight of an embedding")
    last = len(x.shape)
    parts, supports = [], x.supports
    level = x.level
    if x.kind == "binary":
        tokens = x.steps + 1
        bits, _ = quantity.word("binary", x.steps)
        level = level + 1
        exact = x.exact and bool(x.supports)
        parts = [Part(x.count * tokens, x.count * tokens * bits, bits, 1, level, exact)]
        supports = (Support(origin, tokens),)
    wide = inserted(replace(x, supports=supports, level=level), last)
    return Operands(
        (*x.shape, width),
        tuple(replace(one, mixed=one.mixed | {last}) for one in wide.supports),
        weight,
        wide.level,
        exact=x.exact,
    ), parts
