"""Arrangement: wires, or linear forms, moved. No gate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tcsim.expressions import LinearForm
from tcsim.networks.circuits.tensor import Tensor
from tcsim.networks.operations.arrangement import Pad

if TYPE_CHECKING:
    import numpy.typing as npt

    from tcsim.networks.operations.axes import Arrangement
    from tcsim.networks.values import Values


class Moved(Tensor):
    """Coded values from other tensors: their words, and, only if asked for, their stored forms."""

    def __init__(
        self, operation: Arrangement, name: str, values: Values, operands: tuple[Tensor, ...]
    ) -> None:
        # The operation moves what is behind the first axis; here that is the axis of wires.
        words = operation(*(np.moveaxis(x.words, -1, 0) for x in operands))
        words = np.moveaxis(words, 0, -1)
        super().__init__(operands[0].builder, name, values, words=words)
        self._operation = operation
        self._operands = operands

    @property
    def forms(self) -> npt.NDArray[Any]:
        """The same stored forms: the difference of two that are one keeps its weights of 0."""
        made = self._operation(*(x.forms[None] for x in self._operands))
        moved: npt.NDArray[Any] = made[0, ...]  # an array even without axes
        return moved


def build(operation: Arrangement, name: str, values: Values, *operands: Tensor) -> Tensor:
    """Words where the result has a code, else forms."""
    if values.code is not None:
        return Moved(operation, name, values, operands)
    forms = [x.forms[None] for x in operands]
    if isinstance(operation, Pad):
        made = operation.around(forms[0], LinearForm({}, operation.value))
    else:
        made = operation(*forms)
    return Tensor(operands[0].builder, name, values, forms=made[0, ...])
