"""Recurrent layers of real numbers, quantized and unrolled over the positions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from tcsim.networks.cells import GRU, LSTM, Elman
from tcsim.networks.cells.unrolling import constants, states
from tcsim.networks.codes import Code
from tcsim.networks.importers.gru import BiasedGRU
from tcsim.networks.operations.arrangement import Stack
from tcsim.networks.quantizing.quantizer import Real

if TYPE_CHECKING:
    from tcsim.networks.quantizing.quantizer import Quantizer
    from tcsim.networks.tables.activations import Floats

_LARGEST = 2**24
"""An integer weight of the inputs: what a step of theirs is worth may be far more than one of h."""


@dataclass(frozen=True)
class RecurrentLayer:
    """One layer in one direction. The first state is 0.

    Attributes:
        kind: "RNN", "LSTM" or "GRU".
        x_weights: float64, shape (inputs, gates * hidden); gates are i, f, g, o of an LSTM and
            r, z, n of a GRU, in this order.
        h_weights: float64, shape (hidden, gates * hidden).
        bias: of the sum of both, shape (gates * hidden,).
        inner: the part of it that stands beside the h weights: where the reset gate of a GRU comes
            after them, it multiplies this too.
        reset_after: whether it does.
    """

    kind: str
    x_weights: Floats
    h_weights: Floats
    bias: Floats
    inner: Floats
    reset_after: bool = True

    @property
    def hidden(self) -> int:
        """How many values a state has."""
        return len(self.h_weights)

    def run(self, x: Floats) -> tuple[Floats, float]:
        """Hidden values after each position, and the largest value of a cell.

        Args:
            x: shape (rows, positions, inputs).
        """
        h = np.zeros((len(x), self.hidden))
        c, largest, rows = h, 0.0, []
        for t in range(x.shape[1]):
            h, c = self._step(x[:, t], h, c)
            largest = max(largest, float(np.abs(c).max(initial=0.0)))
            rows.append(h)
        return np.stack(rows, axis=1), largest

    def _step(self, x: Floats, h: Floats, c: Floats) -> tuple[Floats, Floats]:
        read = x @ self.x_weights + self.bias
        kept = h @ self.h_weights
        if self.kind == "RNN":
            return np.tanh(read + kept), c
        if self.kind == "LSTM":
            i, f, g, o = np.split(read + kept, 4, axis=-1)
            c = _logistic(f) * c + _logistic(i) * np.tanh(g)
            return _logistic(o) * np.tanh(c), c
        r, z, n = np.split(read, 3, axis=-1)
        u_r, u_z, u_n = np.split(kept, 3, axis=-1)
        r, z = _logistic(r + u_r), _logistic(z + u_z)
        inner = self.inner[2 * self.hidden :]
        if self.reset_after:
            n = np.tanh(n - inner + r * (u_n + inner))
        else:
            n = np.tanh(n + (r * h) @ self.h_weights[:, 2 * self.hidden :])
        return (1 - z) * n + z * h, c


def unrolled(
    quantizer: Quantizer, layer: RecurrentLayer, x: Real, *, reverse: bool = False
) -> tuple[Real, Real]:
    """All hidden values of a layer, shape (positions, hidden), and those after its last position.

    Args:
        quantizer: what writes them.
        layer: its weights.
        x: rounded values of one scale, shape (positions, inputs).
        reverse: from the last position to the first.

    Raises:
        NetworkError: values of several scales.
    """
    sketch = quantizer.sketch
    way = slice(None, None, -1 if reverse else 1)
    sample, largest = layer.run(x.sample[:, way])
    sample = sample[:, way]
    cell, scale = _cell(quantizer, layer, x.step, largest)
    first = None
    if isinstance(cell, BiasedGRU):
        first = [constants(sketch, x.edge, (np.zeros(layer.hidden, np.int64), cell.codes[0]))]
    after = states(sketch, cell, x.edge, first, reverse=reverse)
    rows = [cell.read(sketch, state) for state in after]
    out = Real(sketch.add(Stack(0), *rows), np.full(1, scale), np.zeros(1), sample)
    at = 0 if reverse else -1
    return out, Real(rows[at], out.scale, out.shift, sample[:, at])


def _cell(
    quantizer: Quantizer, layer: RecurrentLayer, scale: float, largest: float
) -> tuple[Any, float]:
    """The cell of integers, and what a step of its hidden values is worth when read."""
    bits, most = quantizer.weight_bits, 2 ** (quantizer.activation_bits - 1) - 1
    signed, gate = Code(-most, most), Code(0, 2 * most + 1)
    hidden = 1 / (gate.hi * most) if layer.kind == "LSTM" else 1 / most
    read, kept = layer.x_weights * scale, layer.h_weights * hidden
    unit = _unit(read, kept, bits)
    w, u, bias, inner = (_rounded(one / unit) for one in (read, kept, layer.bias, layer.inner))
    if layer.kind == "RNN":
        return Elman(w, u, bias, signed, unit=unit), 1 / most
    if layer.kind == "LSTM":
        one = max(1, int(most / max(largest, 1.0)))
        made: Any = LSTM(
            w, u, bias, gate=gate, candidate=signed, cell=signed, one=one, hidden=signed, unit=unit
        )
        return made, 1 / most
    if not layer.reset_after:
        return GRU(w, u, bias, gate=gate, hidden=signed, unit=unit), 1 / most
    new = 2 * layer.hidden
    bias[new:] -= inner[new:]
    reach = int(np.abs(u[:, new:]).sum(axis=0).max()) * most + int(np.abs(inner[new:]).max())
    made = BiasedGRU(
        w,
        u,
        bias,
        gate=gate,
        hidden=signed,
        unit=unit,
        after=Code(-4 * most, 4 * most),
        quotient=max(1, -(-reach // (4 * most))),
    )
    made.inside = inner[new:]
    return made, 1 / most


def _unit(read: Floats, kept: Floats, bits: int) -> float:
    """What 1 of a sum is worth, so that recurrent weights fit the bits."""
    most = 2 ** (bits - 1) - 1
    unit = max(float(np.abs(kept).max()) / most, float(np.abs(read).max()) / _LARGEST)
    return unit or 1.0


def _rounded(values: Floats) -> Any:  # noqa: ANN401
    return np.rint(values).astype(np.int64)


def _logistic(x: Floats) -> Floats:
    with np.errstate(over="ignore"):
        found: Floats = 1 / (1 + np.exp(-x))
    return found
