"""One step of a cell as a network of its own, for procedures that repeat it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcsim.errors import NetworkError
from tcsim.networks.sketch import Sketch

if TYPE_CHECKING:
    from tcsim.networks.cells.cell import Cell
    from tcsim.networks.codes import Code
    from tcsim.networks.integer import IntegerNetwork


def step_network(cell: Cell, inputs: int, code: Code) -> IntegerNetwork:
    """The state and a position's features to the next state.

    `tcsim.networks.procedures.recurrent` repeats it, and `levels_per_step` says how serial it is.

    Args:
        cell: all of its state stands on wires; an LSTM is one of rounded hidden values.
        inputs: features of a position.
        code: their range, and how they stand on wires.

    Returns:
        A network that reads ``"state0"``, ``"state1"``, ... and ``"x"``, and gives the state.

    Raises:
        NetworkError: a part of the state is a linear form.

    Example:
        >>> from tcsim.networks import Code
        >>> from tcsim.networks.cells import Elman, step_network
        >>> from tcsim.networks.procedures import levels_per_step
        >>> cell = Elman([[1, -1]], [[1, 0], [0, 1]], [0, 0], Code(-2, 2), unit=0.5)
        >>> int(levels_per_step(step_network(cell, 1, Code(0, 3))))
        1
    """
    if not cell.codes:
        raise NetworkError("the hidden values of this cell are linear forms: let it round them")
    sketch = Sketch()
    state = [
        sketch.input(f"state{number}", cell.hidden, one) for number, one in enumerate(cell.codes)
    ]
    x = sketch.input("x", inputs, code)
    return sketch.network(*cell.step(sketch, x, tuple(state)))
