"""RNN, LSTM and GRU of ONNX, quantized and unrolled over the positions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tcsim.errors import NetworkError
from tcsim.networks.importers.onnx.lazy import Lazy, coded, lazy_input
from tcsim.networks.importers.recurrent import RecurrentLayer, unrolled
from tcsim.networks.operations.arrangement import Concatenate, Reshape, Stack

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tcsim.networks.importers.onnx.graph import Importer, Step
    from tcsim.networks.importers.onnx.tensors import Tensor
    from tcsim.networks.quantizing.quantizer import Real

_ACTIVATIONS = {"RNN": ["tanh"], "LSTM": ["sigmoid", "tanh", "tanh"], "GRU": ["sigmoid", "tanh"]}
"""Those that have a construction, per direction: the standard's own."""

_ORDERS = {"RNN": [0], "LSTM": [0, 2, 3, 1], "GRU": [1, 0, 2]}
"""Where ONNX (i, o, f, c and z, r, h) has the gates i, f, g, o and r, z, n."""

_WAYS = {"forward": [False], "reverse": [True], "bidirectional": [False, True]}


def recurrent(importer: Importer, step: Step) -> Sequence[Tensor]:
    """Y, the hidden values of all positions, and Y_h, those after the last of each direction."""
    options = step.attributes
    ways = _WAYS.get(options.get("direction", "forward"))
    if ways is None:
        raise NetworkError(f"a direction {options['direction']!r}")
    _refuse(importer, step, len(ways))
    x = coded(importer, lazy_input(step, 0))
    shape = x.edge.known.shape
    if len(shape) != 3 or shape[1] != 1:
        raise NetworkError(f"a sequence is (positions, 1, features), of one row, not {shape}")
    length, _, features = shape
    x = importer.quantizer.apply(
        Reshape((length, features)), x, sample=x.sample.reshape(-1, length, features)
    )
    outs, ends = [], []
    for number, reverse in enumerate(ways):
        with importer.sketch.scope("back" if reverse else "forth"):
            layer = _layer(step, number, features)
            out, end = unrolled(importer.quantizer, layer, x, reverse=reverse)
        outs.append(out)
        ends.append(end)
    return _arranged(importer, outs, ends)


def _arranged(importer: Importer, outs: list[Real], ends: list[Real]) -> Sequence[Tensor]:
    """Y, shape (positions, directions, 1, hidden), and Y_h, (directions, 1, hidden)."""
    length, hidden = outs[0].edge.known.shape
    count = len(outs)
    apply = importer.quantizer.apply
    beside = np.concatenate([one.sample for one in outs], axis=-1)
    made = apply(Concatenate(-1), *outs, sample=beside) if count > 1 else outs[0]
    full = (length, count, 1, hidden)
    y = apply(Reshape(full), made, sample=made.sample.reshape(-1, *full))
    stacked = np.stack([one.sample for one in ends], axis=1)
    made = apply(Stack(0), *ends, sample=stacked)
    last = (count, 1, hidden)
    y_h = apply(Reshape(last), made, sample=made.sample.reshape(-1, *last))
    return [Lazy(y), Lazy(y_h)]


def _refuse(importer: Importer, step: Step, ways: int) -> None:
    """What has no construction.

    Raises:
        NetworkError: it is named.
    """
    options = step.attributes
    names = [_text(one).lower() for one in options.get("activations", ())]
    if names and names != _ACTIVATIONS[step.operator] * ways:
        wanted = ", ".join(_ACTIVATIONS[step.operator] * ways)
        raise NetworkError(
            f"activations {', '.join(names)}: only {wanted} are bounded and have a construction"
        )
    if options.get("activation_alpha") or options.get("activation_beta"):
        raise NetworkError("activations with parameters")
    if options.get("clip"):
        raise NetworkError("clip has no construction")
    if options.get("input_forget"):
        raise NetworkError("input_forget has no construction")
    if options.get("layout"):
        raise NetworkError("layout = 1: transpose the sequence so that positions come first")
    length = step.input(0).shape[0]
    given = step.constant(4, "the lengths of sequences")
    if given is not None and (np.asarray(given) != length).any():
        raise NetworkError(f"sequences shorter than the {length} positions that are there")
    names_of = {5: "the first state", 6: "the first cell", 7: "the weights of peepholes"}
    for number, name in names_of.items():
        if np.any(step.constant(number, name)):
            raise NetworkError(f"{name} other than zeros")
    if (cell := "".join(step.node.output[2:3])) and importer.readers.get(cell):
        raise NetworkError(f"the last cell, {cell!r}, is read: only hidden values are known")


def _layer(step: Step, number: int, features: int) -> RecurrentLayer:
    """The weights of one direction."""
    order = _ORDERS[step.operator]
    w, r = (np.asarray(step.needed(i, f"input {i}"), np.float64)[number] for i in (1, 2))
    hidden = r.shape[-1]
    if w.shape != (len(order) * hidden, features) or r.shape != (len(order) * hidden, hidden):
        raise NetworkError(f"weights of shapes {w.shape} and {r.shape} for {features} features")
    given = step.constant(3, "the bias")
    both = np.zeros(2 * len(w)) if given is None else np.asarray(given, np.float64)[number]
    w, r, outer, inner = (_ordered(one, order) for one in (w, r, *np.split(both, 2)))
    after = bool(step.attributes.get("linear_before_reset", 0))
    return RecurrentLayer(step.operator, w.T, r.T, outer + inner, inner, reset_after=after)


def _ordered(values: np.ndarray, order: list[int]) -> np.ndarray:
    parts = np.split(values, len(order))
    return np.concatenate([parts[place] for place in order])


def _text(value: object) -> str:
    return value.decode() if isinstance(value, bytes) else str(value)


HANDLERS = dict.fromkeys(_ORDERS, recurrent)
