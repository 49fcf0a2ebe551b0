"""Integers beside constants: a comparison is a gate a value, a sum is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tcsim.networks.codes import Code
from tcsim.networks.importers.onnx.tensors import Integers
from tcsim.networks.operations.arrangement import Broadcast
from tcsim.networks.operations.combine import Combine
from tcsim.networks.operations.requantize import Requantize
from tcsim.networks.values import LIMIT

if TYPE_CHECKING:
    from tcsim.networks.importers.onnx.graph import Importer, Step
    from tcsim.networks.sketch import Edge

_MIRRORED = {
    "Greater": "Less",
    "GreaterOrEqual": "LessOrEqual",
    "Less": "Greater",
    "LessOrEqual": "GreaterOrEqual",
}
"""The same comparison with its operands in the other order."""


def against_constant(importer: Importer, step: Step) -> Integers | None:
    """A comparison of order whose one side is known: ``[x >= cut]``, a gate a value.

    The other side may be a sum that stands on no wires of its own. None where both sides are
    computed, or for a comparison of another kind.
    """
    x, y = step.inputs
    operator = step.operator
    if isinstance(x, np.ndarray):
        x, y = y, x
        operator = _MIRRORED.get(operator, "")
    if operator not in _MIRRORED or not isinstance(x, Integers) or not isinstance(y, np.ndarray):
        return None
    edge = x.form or x.edge
    least, largest = edge.known.least, edge.known.largest
    # Beyond the range the answer is the same for all values, wherever the cut lies.
    cut = np.clip(y.astype(object), least - 1, largest + 1)
    if operator.startswith("Less"):
        edge, cut = importer.add(Combine([-1]), edge), -cut
    if not operator.endswith("Equal"):
        cut = cut + 1
    shape = np.broadcast_shapes(edge.known.shape, cut.shape)
    if shape != edge.known.shape:
        edge = importer.add(Broadcast(shape), edge)
    cuts = np.atleast_1d(cut.astype(np.int64))[..., None]
    return Integers("BOOL", importer.add(Requantize(cuts, Code(0, 1)), edge))


def plus_constant(importer: Importer, step: Step) -> Edge | None:
    """A sum of linear forms with constants, which is one again. None where it is anything else."""
    x, y = step.inputs
    if step.operator == "Add" and isinstance(x, np.ndarray):
        x, y = y, x
    if step.operator not in {"Add", "Sub"} or not isinstance(x, Integers) or x.form is None:
        return None
    known = x.form.known
    if not isinstance(y, np.ndarray) or np.broadcast_shapes(known.shape, y.shape) != known.shape:
        return None
    constant = y.astype(object) * (1 if step.operator == "Add" else -1)
    low, high = known.least + int(constant.min()), known.largest + int(constant.max())
    if low < x.type.lo or high > x.type.hi or abs(constant).max() >= LIMIT:
        return None
    return importer.add(Combine([1], constant.astype(np.int64)), x.form)
