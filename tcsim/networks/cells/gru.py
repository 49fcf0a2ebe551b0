"""GRU: 5 levels a step, fused 3 with the reset before the matrix and 4 with it after."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tcsim.networks.cells.cell import (
    matrices_of,
    rounded_activation,
    rounded_quotient,
    weighted,
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


class GRU:
    """A gated recurrent unit of integers.

    With N the largest value of `gate` and R that of `hidden`, which stands for 1::

        r, z = round(N * sigmoid(unit * (W x + U h + b)))
        n    = round(R * tanh(unit * (N (W x + b) + U (r h)) / N))              reset before
        n    = round(R * tanh(unit * (N (W x + b) + q r round(U h / q)) / N))   reset after
        h'   = round(((N - z) n + z h) / N)

    Args:
        x_weights: W, integers, shape (inputs, 3 * hidden): for r, z, n, in this order.
        h_weights: U, integers, shape (hidden, 3 * hidden).
        bias: b, integers, shape (3 * hidden,).
        gate: range 0..N of r and z.
        hidden: range -R..R of n and h.
        unit: real value of 1 in the sums.
        after: range of the rounded ``U h / q`` where the reset comes after the matrix, as in torch;
            None: it comes before.
        quotient: q.
        fused: round r, z and n in the gates of the products that read them.

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
        hidden: Code,
        unit: float,
        after: Code | None = None,
        quotient: int = 1,
        fused: bool = False,
    ) -> None:
        self.hidden, self._matrices = matrices_of(x_weights, h_weights, bias, 3)
        self.codes = (hidden,)
        self._fused, self._one, self._quotient = fused, gate.hi, quotient
        self._sigmoid = rounded_activation("logistic", unit, gate.hi, gate)
        self._tanh = rounded_activation("tanh", unit / gate.hi, hidden.hi, hidden)
        self._inner = None if after is None else rounded_quotient(quotient, after)
        self._blend = rounded_quotient(gate.hi, hidden)
        self._above = Table.from_function(lambda h: h - hidden.lo, hidden, "h - lo")
        self._rest = Table.from_function(lambda z: gate.hi - z, gate, "1 - z")

    def step(self, sketch: Sketch, x: Edge, state: State | None) -> State:
        """See `Cell`."""
        h = None if state is None else state[0]
        r, z = (weighted_sum(sketch, x, h, *one) for one in self._matrices[:2])
        update = sketch.add(self._sigmoid, z)
        total = self._candidate(sketch, x, h, r)
        if h is None:
            new = self._new(sketch, total, update, None)
            return (sketch.add(self._blend, new),)
        # With lo the least value: (N - z) (n - lo) + z (h - lo) + N lo, which reads no wire twice.
        new = self._new(sketch, total, update, self._above)
        if self._fused:
            old = sketch.add(FusedProduct(self._sigmoid, None, self._above), z, h)
        else:
            old = sketch.add(Product(None, self._above), update, h)
        least = self._one * self._above.lo
        return (sketch.add(self._blend, sketch.add(Combine([1, 1], least), new, old)),)

    def _new(self, sketch: Sketch, total: Edge, update: Edge, table: Table | None) -> Edge:
        """``N - z`` times a table of n."""
        if self._fused:
            return sketch.add(FusedProduct(self._tanh, table, self._rest), total, update)
        return sketch.add(Product(table, self._rest), sketch.add(self._tanh, total), update)

    def _candidate(self, sketch: Sketch, x: Edge, h: Edge | None, r: Edge) -> Edge:
        """The sum of n, N times as large."""
        w, u, b = self._matrices[2]
        if self._inner is None:
            reset = None if h is None else self._reset(sketch, r, h)
            return weighted_sum(sketch, x, reset, w, u, b, factor=self._one)
        read = weighted(sketch, w, b, x)
        if h is None:  # U h is 0
            return sketch.add(Combine([self._one]), read)
        moved = sketch.add(self._inner, weighted(sketch, u, np.zeros_like(b), h))
        reset = self._reset(sketch, r, moved)
        return sketch.add(Combine([self._one, self._quotient]), read, reset)

    def _reset(self, sketch: Sketch, r: Edge, value: Edge) -> Edge:
        """A value times the rounded gate r."""
        if self._fused:
            return sketch.add(FusedProduct(self._sigmoid), r, value)
        return sketch.add(Product(), sketch.add(self._sigmoid, r), value)

    def read(self, sketch: Sketch, state: State) -> Edge:  # noqa: ARG002 - others need the sketch
        """See `Cell`."""
        return state[0]
