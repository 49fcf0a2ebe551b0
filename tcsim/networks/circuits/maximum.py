"""Maximum: the OR, and for a minimum the AND, of each step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tcsim import expressions
from tcsim.networks.circuits.tensor import Tensor, empty

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tcsim.expressions import Signal
    from tcsim.networks.operations.maximum import Maximum
    from tcsim.networks.values import Values


def build(operation: Maximum, name: str, values: Values, *operands: Tensor) -> Tensor:
    """A gate a step."""
    x = operands[0]
    result = Tensor(x.builder, f"{name}.value", values, words=empty((*values.shape, x.code.wires)))
    if operation.axes is None:
        whole = (*values.shape, x.code.wires)
        rank = len(values.shape)
        words = np.stack(
            [
                np.broadcast_to(
                    one.words.reshape((1,) * (rank - len(one.shape)) + one.words.shape), whole
                )
                for one in operands
            ]
        ).reshape(-1, *whole)
    else:
        axes = operation.places(len(x.shape))
        rest = [axis for axis in range(len(x.shape) + 1) if axis not in axes]
        words = x.words.transpose([*axes, *rest])
        words = words.reshape(-1, *words.shape[len(axes) :])
    for place in result.places():
        among: Any = (slice(None), *place)
        result.words[place] = extreme(words[among].tolist(), operation.larger)
    return result


def extreme(words: Sequence[Sequence[Signal]], larger: bool) -> list[Signal]:  # noqa: FBT001
    """The thermometer of the largest, or of the least, of several."""
    join = expressions.any if larger else expressions.all
    return [join(steps) for steps in zip(*words, strict=True)]
