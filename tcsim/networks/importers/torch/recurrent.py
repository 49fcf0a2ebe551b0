"""Recurrent layers, unrolled over the positions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tcsim.errors import NetworkError
from tcsim.networks.cells import LSTM, Elman
from tcsim.networks.cells.unrolling import constants, states
from tcsim.networks.codes import Code
from tcsim.networks.importers.torch.gru import TorchGRU
from tcsim.networks.importers.torch.layers import array
from tcsim.networks.operations.arrangement import Concatenate, Stack
from tcsim.networks.quantizing.quantizer import Real

if TYPE_CHECKING:
    from tcsim.networks.importers.torch.tracing import Tracer

_LARGEST = 2**24
"""An integer weight of the inputs: what a step of theirs is worth may be far more than one of h."""


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
    x = tracer.coded(x)
    ends: list[Real] = []
    for number in range(layer.num_layers):
        ways = []
        for back in range(1 + layer.bidirectional):
            with tracer.quantizer.sketch.scope(f"layer{number + 1}" + "/back" * back):
                out, end = _way(tracer, layer, number, x, reverse=bool(back))
                ways.append(out)
                ends.append(end)
        x = ways[0]
        if len(ways) > 1:
            sample = np.concatenate([one.sample for one in ways], axis=-1)
            x = tracer.quantizer.apply(Concatenate(-1), *ways, sample=sample)
    stacked = np.stack([one.sample for one in ends])
    last = _Ends(ends, stacked)
    return (x, (last, None)) if type(layer).__name__ == "LSTM" else (x, last)


class _Ends:
    """What PyTorch calls h_n: the state after the last position, of each layer and direction."""

    def __init__(self, ends: list[Real], sample: np.ndarray) -> None:
        self._ends = ends
        self.sample = sample

    def __getitem__(self, index: object) -> Real:
        if not isinstance(index, int):
            raise NetworkError("h_n is indexed by the number of a layer")
        return self._ends[index]


def _way(
    tracer: Tracer,
    layer: Any,  # noqa: ANN401
    number: int,
    x: Real,
    *,
    reverse: bool,
) -> tuple[Real, Real]:
    """One layer in one direction: all its hidden values, and those after its last position."""
    sketch = tracer.quantizer.sketch
    single = _single(layer, number, reverse=reverse)
    sample, cell = _samples(single, x.sample, reverse=reverse)
    made, scale = _cell(tracer, layer, single, x.step, cell)
    first = None
    if isinstance(made, TorchGRU):
        zeros = np.zeros(layer.hidden_size, np.int64)
        first = [constants(sketch, x.edge, (zeros, made.codes[0]))]
    after = states(sketch, made, x.edge, first, reverse=reverse)
    rows = [made.read(sketch, state) for state in after]
    edge = sketch.add(Stack(0), *rows)
    out = Real(edge, np.full(1, scale), np.zeros(1), sample)
    at = 0 if reverse else -1
    return out, Real(rows[at], out.scale, out.shift, sample[:, at])


def _single(layer: Any, number: int, *, reverse: bool) -> Any:  # noqa: ANN401
    """One layer in one direction, as a module."""
    import torch

    suffix = f"_l{number}" + "_reverse" * reverse
    weights = {name: getattr(layer, f"{name}{suffix}") for name in ("weight_ih", "weight_hh")}
    options = {"nonlinearity": layer.nonlinearity} if type(layer).__name__ == "RNN" else {}
    inputs = weights["weight_ih"].shape[1]
    made = type(layer)(inputs, layer.hidden_size, batch_first=True, bias=layer.bias, **options)
    names = [*weights, *(("bias_ih", "bias_hh") if layer.bias else ())]
    made = made.double().eval()
    with torch.no_grad():
        for name in names:
            getattr(made, f"{name}_l0").copy_(getattr(layer, f"{name}{suffix}"))
    return made


def _samples(single: Any, x: np.ndarray, *, reverse: bool) -> tuple[np.ndarray, float]:  # noqa: ANN401
    """Hidden values on the calibration rows, and the largest value of an LSTM's cell."""
    import torch

    turned = torch.from_numpy(np.ascontiguousarray(x[:, ::-1] if reverse else x))
    largest, state, rows = 0.0, None, []
    with torch.no_grad():
        for t in range(x.shape[1]):
            out, state = single(turned[:, t : t + 1], state)
            rows.append(out.numpy()[:, 0])
            if isinstance(state, tuple):
                largest = max(largest, float(state[1].abs().max()))
    found = np.stack(rows, axis=1)
    return (found[:, ::-1] if reverse else found), largest


def _cell(
    tracer: Tracer,
    layer: Any,  # noqa: ANN401
    single: Any,  # noqa: ANN401
    scale: float,
    largest: float,
) -> tuple[Any, float]:  # a cell
    """The cell of integers, and what a step of its hidden values is worth when read."""
    kind = type(layer).__name__
    bits, most = tracer.quantizer.weight_bits, 2 ** (tracer.quantizer.activation_bits - 1) - 1
    signed, gate = Code(-most, most), Code(0, 2 * most + 1)
    w, u = (array(getattr(single, name)).T for name in ("weight_ih_l0", "weight_hh_l0"))
    zeros = np.zeros(w.shape[1])
    inner, outer = (
        (array(getattr(single, f"bias_{name}_l0")) if layer.bias else zeros)
        for name in ("hh", "ih")
    )
    if kind == "RNN" and layer.nonlinearity != "tanh":
        raise NetworkError("relu has no bound over many steps: only tanh has a construction")
    hidden = 1 / (gate.hi * most) if kind == "LSTM" else 1 / most
    unit = _unit(w * scale, u * hidden, bits)
    whole_w, whole_u = (np.rint(one / unit).astype(np.int64) for one in (w * scale, u * hidden))
    bias, inside = (np.rint(one / unit).astype(np.int64) for one in (outer + inner, inner))
    if kind == "RNN":
        return Elman(whole_w, whole_u, bias, signed, unit=unit), 1 / most
    if kind == "GRU":
        third = len(bias) // 3
        bias[2 * third :] -= inside[2 * third :]
        reach = int(np.abs(whole_u[:, 2 * third :]).sum(axis=0).max()) * most
        quotient = max(1, -(-(reach + int(np.abs(inside[2 * third :]).max())) // (4 * most)))
        wide = Code(-4 * most, 4 * most)
        made = TorchGRU(
            whole_w,
            whole_u,
            bias,
            gate=gate,
            hidden=signed,
            unit=unit,
            after=wide,
            quotient=quotient,
        )
        made.inside = inside[2 * third :]
        return made, 1 / most
    one = max(1, int(most / max(largest, 1.0)))
    cell = LSTM(
        whole_w,
        whole_u,
        bias,
        gate=gate,
        candidate=signed,
        cell=signed,
        one=one,
        hidden=signed,
        unit=unit,
    )
    return cell, 1 / most


def _unit(read: np.ndarray, kept: np.ndarray, bits: int) -> float:
    """What 1 of a sum is worth, so that recurrent weights fit the bits."""
    most = 2 ** (bits - 1) - 1
    unit = max(float(np.abs(kept).max()) / most, float(np.abs(read).max()) / _LARGEST)
    return unit or 1.0


LAYERS = dict.fromkeys(("GRU", "LSTM", "RNN"), recurrent)
"""Layers by type."""
