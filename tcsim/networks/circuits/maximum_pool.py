"""MaximumPool: the OR of each step over a window. What lies outside is no operand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcsim.networks.circuits.maximum import extreme
from tcsim.networks.circuits.tensor import Tensor, empty

if TYPE_CHECKING:
    from tcsim.networks.operations.maximum_pool import MaximumPool
    from tcsim.networks.values import Values


def build(operation: MaximumPool, name: str, values: Values, x: Tensor) -> Tensor:
    """A gate a step."""
    windows = operation.windows
    words = empty(x.shape)
    for place in x.places():
        words[place] = x.words[place].tolist()
    patches = windows.of_padded(windows.padded(words, None))
    result = Tensor(x.builder, f"{name}.value", values, words=empty((*values.shape, x.code.wires)))
    for place in result.places():
        inside = [word for word in patches[place].reshape(-1).tolist() if word is not None]
        result.words[place] = extreme(inside, larger=True)
    return result
