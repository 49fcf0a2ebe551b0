"""Tabulate: a gate a change; with a code, a gate a wire on a second level."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tcsim.networks.costs.operands import Operands, Support
from tcsim.networks.costs.parts import Part

if TYPE_CHECKING:
    from tcsim.networks.costs.parts import Quantities
    from tcsim.networks.operations.tabulate import Tabulate


def cost(
    operation: Tabulate, quantity: Quantities, origin: int, x: Operands
) -> tuple[Operands, list[Part]]:
    """Each wire of a code reads all changes, also those that it does not see."""
    changes = quantity("C", operation.cuts.shape[-1], "changes of a function")
    count, level = x.count, x.level + 1
    part = Part(count * changes, x.all_wires * changes, x.most_wires, x.weight, level, x.exact)
    code = operation.code
    if code is None:
        reach = int(np.abs(np.diff(operation.values.astype(object), axis=-1)).max())
        weight = quantity("D", max(reach, 1), "largest change of a function")
        return Operands(x.shape, (Support(origin, changes),), weight, level), [part]
    steps = quantity("N", code.steps, "steps of a value")
    wires, weight = quantity.word(code.kind, steps)
    level = level + 1
    second = Part(count * wires, count * wires * changes, changes, 1, level)
    made = Operands(x.shape, (Support(origin, wires),), weight, level, code.kind, steps)
    return made, [part, second]
