"""LSTM: 4 levels a step with an unrounded hidden value, 5 with a rounded one, fused 3 and 4."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tcsim.networks.cells.cell import (
    matrices_of,
    rounded_activation,
    rounded_quotient,
    weighted_sum,
)
from tcsim.networks.operations.combine import Combine
from tcsim.networks.operations.fused_product import FusedProduct
from tcsim.networks.operations.product import Product
from tcsim.networks.operations.table import Table

if TYPE_CHECKING:
    from tcsim.networks.cells.cell import State
    from tcsim.networks.codes import Code
    from tcsim.networks.sketch import Edge, Sketch


class LSTM:
    """A long short-term memory cell of integers.

    With N and M the largest values of `gate` and `candidate`::

        i, f, o = round(N * sigmoid(unit * (W x + U h + b)))
        g       = round(M * tanh(unit * (W x + U h + b)))
        c'      = round((M f c + one i g) / (N M)), clipped to `cell`
        h'      = o * round(M * tanh(c' / one)), in units of 1 / (N M)

    Levels of a step: gates; products f c and i g; c'; product h'. Where `h'` is rounded to
    `hidden`, one more. Fused, f is rounded in the gates of f c, and c' in those of h': one less.

    Args:
        x_weights: W, integers, shape (inputs, 4 * hidden): for i, f, g, o, in this order.
        h_weights: U, integers, shape (hidden, 4 * hidden).
        bias: b, integers, shape (4 * hidden,).
        gate: range 0..N of i, f and o.
        candidate: range -M..M of g.
        cell: range of c.
        one: the integer that stands for 1 in c.
        hidden: range of rounded hidden values, -R..R, R for 1.
        unit: real value of 1 in the sums.
        rounded: whether U reads hidden values rounded to `hidden`; otherwise it reads `h'` itself,
            and only `read` rounds.
        fused: see above.

    Raises:
        NetworkError: shapes that do not fit each other.
    """

    def __init__(
        self,
        x_weights: object,
        h_weights: object,
        bias: object,
        *,
        gate: Code,
        candidate: Code,
        cell: Code,
        one: int,
        hidden: Code,
        unit: float,
        rounded: bool = False,
        fused: bool = False,
    ) -> None:
        self.hidden, self._matrices = matrices_of(x_weights, h_weights, bias, 4)
        self.codes = (hidden, cell) if rounded else ()
        self._rounded, self._fused = rounded, fused
        n, m = gate.hi, candidate.hi
        self._keep, self._write = m, one
        self._sigmoid = rounded_activation("logistic", unit, n, gate)
        self._tanh = rounded_activation("tanh", unit, m, candidate)
        self._cell = rounded_quotient(n * m, cell)
        self._table = Table.from_function(
            lambda c: np.floor(m * np.tanh(c / one) + 0.5), cell, "tanh"
        )
        self._hidden = rounded_quotient(n * m, hidden, hidden.hi)

    def step(self, sketch: Sketch, x: Edge, state: State | None) -> State:
        """See `Cell`; the state is h and c."""
        h, c = (None, None) if state is None else state
        i, f, g, o = (weighted_sum(sketch, x, h, *one) for one in self._matrices)
        written = sketch.add(Product(), sketch.add(self._sigmoid, i), sketch.add(self._tanh, g))
        total = self._total(sketch, f, c, written)
        output = sketch.add(self._sigmoid, o)
        after = sketch.add(self._cell, total)
        if self._fused:
            made = sketch.add(FusedProduct(self._cell, self._table), total, output)
        else:
            made = sketch.add(Product(self._table), after, output)
        return (sketch.add(self._hidden, made) if self._rounded else made), after

    def _total(self, sketch: Sketch, f: Edge, c: Edge | None, written: Edge) -> Edge:
        """``M f c + one i g``."""
        if c is None:
            return sketch.add(Combine([self._write]), written)
        if self._fused:
            kept = sketch.add(FusedProduct(self._sigmoid), f, c)
        else:
            kept = sketch.add(Product(), sketch.add(self._sigmoid, f), c)
        return sketch.add(Combine([self._keep, self._write]), kept, written)

    def read(self, sketch: Sketch, state: State) -> Edge:
        """See `Cell`; one more level where the hidden values are not rounded."""
        return state[0] if self._rounded else sketch.add(self._hidden, state[0])
