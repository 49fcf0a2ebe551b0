"""What the trained models compute: each architecture layer by layer, in NumPy float64.

`activations` returns every intermediate value by name, in the order of computation: what a
quantizer calibrates its ranges on. PyTorch computed the logits that each model's file carries as a
check (``Trained.check_inputs``, ``Trained.check_logits``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tcsim.networks.trained.layers import (
    convolution,
    gelu,
    linear,
    max_pool,
    norm,
    relu,
    silu,
    softmax,
    softplus,
)
from tcsim.networks.trained.validation import checked_inputs, positions

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tcsim.networks.tables.activations import Floats
    from tcsim.networks.trained.layers import Weights
    from tcsim.networks.trained.loading import Trained
    from tcsim.typing import Integers


def activations(model: Trained, inputs: object) -> dict[str, Floats]:
    """Every intermediate value.

    Args:
        model: a trained model.
        inputs: tokens, shape (rows, n), at every position one of ``config["vocabulary"]``; of a
            CNN pixels 0..16, shape (rows, 64).

    Returns:
        name -> float64 array, in the order of computation; first axis rows, second (but for a CNN)
        positions. The last is ``"logits"``.

    Raises:
        ArgumentError: wrong shape or dtype, a token outside the vocabulary, or more positions than
            the model has encodings for.

    Example:
        >>> from tcsim.networks import trained
        >>> values = activations(trained.load("parity_rnn"), [[1, 0, 1, 1]])
        >>> {name: value.shape for name, value in values.items()}
        {'rnn.preactivation': (1, 4, 16), 'rnn.state': (1, 4, 16), 'logits': (1, 4, 2)}
    """
    config = model.config
    compute = _ARCHITECTURES[config["architecture"]]
    return compute(config, model.weights, checked_inputs(inputs, config))


def logits(model: Trained, inputs: object) -> Floats:
    """The last of `activations`: shape (rows, n, classes); of a CNN (rows, classes)."""
    return activations(model, inputs)["logits"]


def _transformer(c: Mapping[str, Any], w: Weights, tokens: Integers) -> dict[str, Floats]:
    def normed(name: str, x: Floats) -> Floats:
        return norm(w, name, x, c["norm"], c["eps"])

    a: dict[str, Floats] = {}
    where = positions(tokens, c["letters"])
    x = a["embedding"] = w["embedding.weight"][tokens] + w["position.weight"][where]
    for i in range(c["blocks"]):
        block = f"blocks.{i}"
        if c["norm_placement"] == "pre":
            h = a[f"{block}.norm1"] = normed(f"{block}.norm1", x)
            x = a[f"{block}.residual1"] = x + _attention(c, w, f"{block}.attention", h, a)
            h = a[f"{block}.norm2"] = normed(f"{block}.norm2", x)
            x = a[f"{block}.residual2"] = x + _feed_forward(c, w, block, h, a)
        else:
            h = a[f"{block}.residual1"] = x + _attention(c, w, f"{block}.attention", x, a)
            x = a[f"{block}.norm1"] = normed(f"{block}.norm1", h)
            h = a[f"{block}.residual2"] = x + _feed_forward(c, w, block, x, a)
            x = a[f"{block}.norm2"] = normed(f"{block}.norm2", h)
    if c["norm_placement"] == "pre":
        x = a["norm"] = normed("norm", x)
    a["logits"] = linear(w, "head", x)
    return a


def _attention(
    c: Mapping[str, Any], w: Weights, name: str, x: Floats, a: dict[str, Floats]
) -> Floats:
    """Causal softmax attention; per head, arrays have the axes rows, heads, positions, ..."""
    rows, n, width = x.shape
    heads = c["heads"]
    for part in "qkv":
        whole = linear(w, f"{name}.{part}", x)
        a[f"{name}.{part}"] = whole.reshape(rows, n, heads, -1).transpose(0, 2, 1, 3)
    q, k, v = (a[f"{name}.{part}"] for part in "qkv")
    scores = a[f"{name}.scores"] = q @ k.transpose(0, 1, 3, 2) / np.sqrt(width // heads)
    past = np.tri(n, dtype=bool)
    weights = a[f"{name}.weights"] = softmax(np.where(past, scores, -np.inf))
    mixed = (weights @ v).transpose(0, 2, 1, 3).reshape(rows, n, width)
    a[f"{name}.mixed"] = mixed
    a[f"{name}.o"] = linear(w, f"{name}.o", mixed)
    return a[f"{name}.o"]


def _feed_forward(
    c: Mapping[str, Any], w: Weights, block: str, x: Floats, a: dict[str, Floats]
) -> Floats:
    up = a[f"{block}.up"] = linear(w, f"{block}.up", x)
    a[f"{block}.activation"] = {"relu": relu, "gelu": gelu}[c["activation"]](up)
    a[f"{block}.down"] = linear(w, f"{block}.down", a[f"{block}.activation"])
    return a[f"{block}.down"]


def _rnn(c: Mapping[str, Any], w: Weights, tokens: Integers) -> dict[str, Floats]:
    bias = w["rnn.bias_ih_l0"] + w["rnn.bias_hh_l0"]
    h = np.zeros((len(tokens), c["width"]))
    before, states = [], []
    for t in range(tokens.shape[1]):
        z = w["rnn.weight_ih_l0"].T[tokens[:, t]] + h @ w["rnn.weight_hh_l0"].T + bias
        h = np.tanh(z)
        before.append(z)
        states.append(h)
    a = {"rnn.preactivation": np.stack(before, 1), "rnn.state": np.stack(states, 1)}
    return {**a, "logits": linear(w, "head", a["rnn.state"])}


def _ssm(c: Mapping[str, Any], w: Weights, tokens: Integers) -> dict[str, Floats]:
    a: dict[str, Floats] = {}
    x = a["embedding"] = w["embedding.weight"][tokens]
    for i in range(c["blocks"]):
        block = f"blocks.{i}"
        h = a[f"{block}.norm"] = norm(w, f"{block}.norm", x, c["norm"], c["eps"])
        for part in ("value", "gate", "delta", "b", "c"):
            a[f"{block}.{part}"] = linear(w, f"{block}.{part}", h)
        step = a[f"{block}.step"] = softplus(a[f"{block}.delta"])
        decay = np.exp(-step[..., None] * np.exp(w[f"{block}.a_log"]))
        write = (step * a[f"{block}.value"])[..., None] * a[f"{block}.b"][:, :, None, :]
        a[f"{block}.decay"], a[f"{block}.write"] = decay, write
        state = a[f"{block}.state"] = np.empty_like(write)
        for t in range(tokens.shape[1]):
            state[:, t] = write[:, t] + (decay[:, t] * state[:, t - 1] if t else 0.0)
        y = a[f"{block}.read"] = (state @ a[f"{block}.c"][..., None])[..., 0]
        gated = a[f"{block}.gated"] = y * silu(a[f"{block}.gate"])
        x = a[f"{block}.residual"] = x + linear(w, f"{block}.out", gated)
    x = a["norm"] = norm(w, "norm", x, c["norm"], c["eps"])
    a["logits"] = linear(w, "head", x)
    return a


def _cnn(c: Mapping[str, Any], w: Weights, pixels: Integers) -> dict[str, Floats]:
    a: dict[str, Floats] = {}
    x = pixels.astype(np.float64).reshape(-1, 1, c["side"], c["side"])
    z = a["conv1"] = convolution(w, "conv1", x, c["padding"][0])
    a["relu1"] = relu(z)
    a["pool"] = max_pool(a["relu1"], c["pool"])
    z = a["conv2"] = convolution(w, "conv2", a["pool"], c["padding"][1])
    a["relu2"] = relu(z)
    a["logits"] = linear(w, "head", a["relu2"].reshape(len(x), -1))
    return a


_ARCHITECTURES = {"transformer": _transformer, "rnn": _rnn, "ssm": _ssm, "cnn": _cnn}
