"""Elman: the plain recurrent cell, one level a step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcsim.networks.cells.cell import matrices_of, rounded_activation, weighted_sum

if TYPE_CHECKING:
    from tcsim.networks.cells.cell import State
    from tcsim.networks.codes import Code
    from tcsim.networks.sketch import Edge, Sketch


class Elman:
    """``h' = round(one * f(unit * (W x + U h + b)))``. One level a step, a gate a step of a value.

    Args:
        x_weights: W, integers, shape (inputs, hidden).
        h_weights: U, integers, shape (hidden, hidden).
        bias: b, integers, shape (hidden,).
        hidden: the range of hidden values, and how they stand on wires.
        unit: real value of 1 in the sum.
        one: the integer that stands for 1 among the hidden values; its largest one unless said.
        activation: name of f, in `tcsim.networks.tables.activations`.

    Raises:
        NetworkError: shapes that do not fit each other.
    """

    def __init__(
        self,
        x_weights: object,
        h_weights: object,
        bias: object,
        hidden: Code,
        *,
        unit: float,
        one: int | None = None,
        activation: str = "tanh",
    ) -> None:
        self.hidden, (self._matrices,) = matrices_of(x_weights, h_weights, bias, 1)
        self.codes = (hidden,)
        self._round = rounded_activation(
            activation, unit, hidden.hi if one is None else one, hidden
        )

    def step(self, sketch: Sketch, x: Edge, state: State | None) -> State:
        """See `Cell`."""
        h = None if state is None else state[0]
        return (sketch.add(self._round, weighted_sum(sketch, x, h, *self._matrices)),)

    def read(self, sketch: Sketch, state: State) -> Edge:  # noqa: ARG002 - others need the sketch
        """See `Cell`."""
        return state[0]
