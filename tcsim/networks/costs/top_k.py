"""TopK, Rank, Largest: n(n-1)/2 comparisons, k thresholds a place; sorted values, a gate a step."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tcsim.networks.costs.operands import Operands, Support, latest, product
from tcsim.networks.costs.pairs import pairs
from tcsim.networks.costs.parts import Part
from tcsim.networks.operations.top_k import Largest, TopK

if TYPE_CHECKING:
    from tcsim.networks.costs.parts import Quantities
    from tcsim.networks.operations.top_k import Rank


def cost(
    operation: Rank | Largest, quantity: Quantities, origin: int, x: Operands
) -> tuple[Operands, list[Part]]:
    """See `tcsim.networks.circuits.top_k`."""
    *rest, n = x.shape
    count = product(rest)
    if isinstance(operation, Largest):
        return _largest(operation, quantity, origin, x)
    compares, level = pairs(x)
    all_of_them = operation.k >= operation.places - 1
    steps = n - 1 if all_of_them else quantity("k", operation.k, "ranks")
    level = level + 1
    order = Part(count * n * steps, count * n * steps * (n - 1), n - 1, 1, level)
    if not isinstance(operation, TopK):
        made = Operands(x.shape, (Support(origin, steps),), 1, level, "thermometer", steps)
        return made, [compares, order]
    level = level + 1
    wanted = n if operation.k == operation.places else steps
    # The first rank and the last one read one step, the others two.
    edges = count * n * (2 * wanted - 1 - int(operation.k == operation.places))
    fan_in = 1 if operation.k < 2 or operation.places == 2 else 2
    select = Part(count * n * wanted, edges, fan_in, 1, level)
    shape = (*rest, wanted)
    code = Operands(shape, (Support(origin, n),), n - 1, level, "one_hot", n - 1)
    return code, [compares, order, select]


def _largest(
    operation: Largest, quantity: Quantities, origin: int, x: Operands
) -> tuple[Operands, list[Part]]:
    *rest, n = x.shape
    k = quantity("k", operation.k, "largest values")
    level = latest(x.level, len(rest), len(x.shape)) + 1
    last = len(rest)
    exact = x.exact and all(last not in one.mixed | one.overlapping for one in x.supports)
    gates = product(rest) * k * x.steps
    weight = 1 if exact else n  # a wire that several places share is read several times
    part = Part(gates, gates * n, n, weight, level, exact)
    made = Operands((*rest, k), (Support(origin, x.steps),), 1, level, "thermometer", x.steps)
    return replace(made, exact=True), [part]
