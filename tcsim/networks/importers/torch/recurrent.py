"""Recurrent layers of torch: RNN, LSTM, GRU, of several layers and both directions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tcsim.errors import NetworkError
from tcsim.networks.importers.recurrent import RecurrentLayer, unrolled
from tcsim.networks.importers.torch.layers import array
from tcsim.networks.operations.arrangement import Concatenate

if TYPE_CHECKING:
    from tcsim.networks.importers.torch.tracing import Tracer
    from tcsim.networks.quantizing.quantizer import Real


def recurrent(tracer: Tracer, node: Any, layer: Any, x: Real, first: object = None) -> Any:  # noqa: ANN401
    """The hidden values at every position, and those after the last of each layer."""
    del node
    if first is not None:
        raise NetworkError("a first state as an argument has no construction: it is zeros")
    if not layer.batch_first:
        raise NetworkError(
            "the first axis is that of the batch: make the layer with batch_first=True"
        )
    if getattr(layer, "proj_size", 0):
        raise NetworkError("proj_size has no construction")
    if len(x.edge.known.shape) != 2:
        raise NetworkError(f"a sequence is (rows, positions, features), not {x.sample.shape}")
    if getattr(layer, "nonlinearity", "tanh") != "tanh":
        raise NetworkError("relu has no bound over many steps: only tanh has a construction")
    x = tracer.coded(x)
    ends: list[Real] = []
    for number in range(layer.num_layers):
        ways = []
        for back in range(1 + layer.bidirectional):
            with tracer.quantizer.sketch.scope(f"layer{number + 1}" + "/back" * back):
                made = _weights(layer, f"_l{number}" + "_reverse" * back)
                out, end = unrolled(tracer.quantizer, made, x, reverse=bool(back))
                ways.append(out)
                ends.append(end)
        x = ways[0]
        if len(ways) > 1:
            sample = np.concatenate([one.sample for one in ways], axis=-1)
            x = tracer.quantizer.apply(Concatenate(-1), *ways, sample=sample)
    last = _Ends(ends)
    return (x, (last, None)) if type(layer).__name__ == "LSTM" else (x, last)


class _Ends:
    """What PyTorch calls h_n: the state after the last position, of each layer and direction."""

    def __init__(self, ends: list[Real]) -> None:
        self._ends = ends
        self.sample = np.stack([one.sample for one in ends])

    def __getitem__(self, index: object) -> Real:
        if not isinstance(index, int):
            raise NetworkError("h_n is indexed by the number of a layer")
        return self._ends[index]


def _weights(layer: Any, suffix: str) -> RecurrentLayer:  # noqa: ANN401
    """One layer in one direction."""
    w, u = (array(getattr(layer, f"weight_{one}{suffix}")).T for one in ("ih", "hh"))
    outer = inner = np.zeros(w.shape[1])
    if layer.bias:
        outer, inner = (array(getattr(layer, f"bias_{one}{suffix}")) for one in ("ih", "hh"))
    return RecurrentLayer(type(layer).__name__, w, u, outer + inner, inner)


LAYERS = dict.fromkeys(("GRU", "LSTM", "RNN"), recurrent)
"""Layers by type."""
