"""Softmax: comparisons of all ordered pairs, an AND per score and step, a gate per output step."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tcsim.networks.costs.operands import Operands, latest, most
from tcsim.networks.costs.parts import Part
from tcsim.networks.costs.requantize import coded
from tcsim.networks.costs.uneven import Uneven

if TYPE_CHECKING:
    from tcsim.networks.costs.operands import Formula
    from tcsim.networks.costs.parts import Quantities
    from tcsim.networks.operations.softmax import Softmax


def cost(
    operation: Softmax, quantity: Quantities, origin: int, x: Operands
) -> tuple[Operands, list[Part]]:
    """Of rows of m scores."""
    m = x.shape[-1]
    grades = quantity("N", operation.code.steps, "steps of a value")
    parts, steps, weight = weights_cost(operation, quantity, x)
    wires, level = m * steps, parts[-1].level + 1
    parts.append(Part(x.count * grades, x.count * grades * wires, wires, weight, level))
    return coded(operation.code.kind, grades, quantity, origin, parts, x.shape)


def weights_cost(
    operation: Softmax, quantity: Quantities, x: Operands
) -> tuple[list[Part], Formula, Formula]:
    """Comparisons and their ANDs, the steps of the table, and the largest weight behind them."""
    m = x.shape[-1]
    steps = quantity("E", operation.table.steps, "steps of the table of weights")
    level = latest(x.level, len(x.shape) - 1, len(x.shape))
    wires = x.pair(-1)
    exact = x.exact and x.apart(-1) and not isinstance(wires, np.ndarray | Uneven)
    compared = x.count * (m - 1) * steps
    # A score's own steps weigh A - B, those of the others -B.
    factor = max(max(abs(a - b), abs(b)) for a, b in operation.thresholds)
    factor *= max(operation.table.drops)
    weight = quantity("C", factor, "largest weight of a step in a probability")
    parts = [
        Part(compared, compared * most(wires), most(wires), 2 * x.weight, level + 1, exact),
        Part(x.count * steps, compared, m - 1, 1, level + 2),
    ]
    return parts, steps, weight
