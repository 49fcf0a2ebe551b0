"""The layers that trained models are made of, in NumPy float64, named as PyTorch names them."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tcsim.networks.tables.activations import Floats

Weights: TypeAlias = "Mapping[str, Floats]"
"""PyTorch's name of a parameter -> its values, float64."""


def linear(w: Weights, name: str, x: Floats) -> Floats:
    """``x @ weight.T + bias``: the last axis from in-features to out-features."""
    found: Floats = x @ w[f"{name}.weight"].T + w[f"{name}.bias"]
    return found


def rms_norm(w: Weights, name: str, x: Floats, eps: float) -> Floats:
    """``weight * x / sqrt(mean(x^2) + eps)`` over the last axis."""
    found: Floats = w[f"{name}.weight"] * x / np.sqrt((x * x).mean(-1, keepdims=True) + eps)
    return found


def layer_norm(w: Weights, name: str, x: Floats, eps: float) -> Floats:
    """``weight * (x - mean) / sqrt(variance + eps) + bias`` over the last axis."""
    centered = x - x.mean(-1, keepdims=True)
    scale = np.sqrt((centered * centered).mean(-1, keepdims=True) + eps)
    found: Floats = w[f"{name}.weight"] * centered / scale + w[f"{name}.bias"]
    return found


def norm(w: Weights, name: str, x: Floats, kind: str, eps: float) -> Floats:
    """`rms_norm` or `layer_norm`, as the kind, ``"rms"`` or ``"layer"``, says."""
    return {"rms": rms_norm, "layer": layer_norm}[kind](w, name, x, eps)


def relu(x: Floats) -> Floats:
    """``max(x, 0)``."""
    return np.maximum(x, 0.0)


def gelu(x: Floats) -> Floats:
    """``x * Phi(x)``, Phi the standard normal distribution function (not its tanh form)."""
    from math import erf

    below: Floats = 0.5 * (1.0 + np.vectorize(erf, otypes=[float])(x / np.sqrt(2.0)))
    return x * below


def sigmoid(x: Floats) -> Floats:
    """``1 / (1 + exp(-x))``."""
    return 0.5 * (1.0 + np.tanh(0.5 * x))  # exp(-x) would overflow


def silu(x: Floats) -> Floats:
    """``x * sigmoid(x)``."""
    return x * sigmoid(x)


def softplus(x: Floats) -> Floats:
    """``log(1 + exp(x))``."""
    return np.logaddexp(0.0, x)


def softmax(x: Floats) -> Floats:
    """``exp(x) / sum(exp(x))`` over the last axis."""
    exponentials = np.exp(x - x.max(-1, keepdims=True))
    found: Floats = exponentials / exponentials.sum(-1, keepdims=True)
    return found


def convolution(w: Weights, name: str, x: Floats, padding: int) -> Floats:
    """2-D cross-correlation, stride 1: (rows, in, side, side) to (rows, out, side', side')."""
    weight = w[f"{name}.weight"]
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    windows = np.lib.stride_tricks.sliding_window_view(padded, weight.shape[2:], axis=(2, 3))
    found: Floats = np.einsum("rcyxij,ocij->royx", windows, weight, optimize=True)
    return found + w[f"{name}.bias"][:, None, None]


def max_pool(x: Floats, size: int) -> Floats:
    """Largest of each square of size x size pixels; what is left over at the edge is dropped."""
    rows, channels, side, _ = x.shape
    kept = side // size
    parts = x[:, :, : kept * size, : kept * size].reshape(rows, channels, kept, size, kept, size)
    found: Floats = parts.max(axis=(3, 5))
    return found
