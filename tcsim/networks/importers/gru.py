"""The gated recurrent unit of PyTorch and cuDNN: its reset gate multiplies a bias too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcsim.networks.cells import GRU
from tcsim.networks.cells.cell import weighted
from tcsim.networks.operations.combine import Combine

if TYPE_CHECKING:
    from tcsim.networks.sketch import Edge, Sketch
    from tcsim.typing import Integers


class BiasedGRU(GRU):
    """``n = round(R * tanh(unit * (N (W x + b) + q r round((U h + c) / q)) / N))``.

    With its first state as constants, not as None.
    """

    inside: Integers
    """c, integers, shape (hidden,)."""

    def _candidate(self, sketch: Sketch, x: Edge, h: Edge | None, r: Edge) -> Edge:
        """See `GRU`."""
        assert h is not None and self._inner is not None  # noqa: S101, PT018 - see above
        w, u, b = self._matrices[2]
        read = weighted(sketch, w, b, x)
        inner = sketch.add(self._inner, weighted(sketch, u, self.inside, h))
        return sketch.add(Combine([self._one, self._quotient]), read, self._reset(sketch, r, inner))
