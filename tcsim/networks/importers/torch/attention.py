"""Attention: the layers of a transformer's encoder, and the function below them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tcsim.errors import NetworkError
from tcsim.networks.importers.functions import FUNCTIONS, MONOTONE
from tcsim.networks.importers.torch.layers import array, bent, norm
from tcsim.networks.operations.arrangement import Reshape, Transpose

if TYPE_CHECKING:
    from collections.abc import Callable

    from tcsim.networks.importers.torch.tracing import Tracer
    from tcsim.networks.quantizing.quantizer import Real


def _self_attention(tracer: Tracer, layer: Any, x: Real, mask: Any) -> Real:  # noqa: ANN401
    return _attention(tracer, layer, (x, x, x), mask)


def _attention(tracer: Tracer, layer: Any, read: tuple[Real, ...], mask: Any) -> Real:  # noqa: ANN401
    """Projections, rounded; their softmax attention, rounded; the last projection, not rounded."""
    if not layer.batch_first:
        raise NetworkError(
            "the first axis is that of the batch: make the layer with batch_first=True"
        )
    if layer.in_proj_weight is None or layer.bias_k is not None or layer.add_zero_attn:
        raise NetworkError("kdim, vdim, add_bias_kv and add_zero_attn have no construction")
    q = tracer.quantizer
    weights = np.split(array(layer.in_proj_weight), 3)
    biases = [None] * 3 if layer.in_proj_bias is None else np.split(array(layer.in_proj_bias), 3)
    parts = []
    for one, weight, bias in zip(read, weights, biases, strict=True):
        value = q.code(q.linear(one, weight.T, bias))
        n, d = value.edge.known.shape
        split = value.sample.reshape(-1, n, layer.num_heads, d // layer.num_heads)
        cut = q.apply(Reshape(split.shape[1:]), value, sample=split)
        parts.append(q.apply(Transpose((1, 0, 2)), cut, sample=split.swapaxes(1, 2)))
    mixed = q.attention(*parts, mask=mask, top=2**q.activation_bits - 1)
    turned = mixed.sample.swapaxes(1, 2)
    back = q.apply(Transpose((1, 0, 2)), mixed, sample=turned)
    flat = turned.reshape(*turned.shape[:2], -1)
    joined = q.apply(Reshape(flat.shape[1:]), back, sample=flat)
    out = layer.out_proj
    return q.linear(joined, array(out.weight).T, _optional(out.bias), one_scale=True)


def multihead(
    tracer: Tracer,
    node: Any,  # noqa: ANN401
    layer: Any,  # noqa: ANN401
    query: Real,
    key: Real,
    value: Real,
    key_padding_mask: object = None,
    need_weights: bool = True,  # noqa: FBT001, FBT002
    attn_mask: object = None,
    average_attn_weights: bool = True,  # noqa: FBT001, FBT002
    is_causal: bool = False,  # noqa: FBT001, FBT002
) -> tuple[Real, None]:
    """The attention, and None for its weights, which no circuit gives."""
    del node, need_weights, average_attn_weights, is_causal  # is_causal only hints at the mask
    _no_padding(key_padding_mask)
    return _attention(tracer, layer, (query, key, value), _seen(attn_mask, allowed=False)), None


def encoder_layer(
    tracer: Tracer,
    node: Any,  # noqa: ANN401
    layer: Any,  # noqa: ANN401
    src: Real,
    src_mask: object = None,
    src_key_padding_mask: object = None,
    is_causal: bool = False,  # noqa: FBT001, FBT002
) -> Real:
    """Attention and feed-forward, each sum rounded once."""
    del node, is_causal  # a hint at what the mask is
    _no_padding(src_key_padding_mask)
    mask = _seen(src_mask, allowed=False)
    q, scope = tracer.quantizer, tracer.quantizer.sketch.scope

    def attend(x: Real) -> Real:
        return _self_attention(tracer, layer.self_attn, x, mask)

    def feed(x: Real) -> Real:
        up = q.linear(x, array(layer.linear1.weight).T, _optional(layer.linear1.bias))
        name = _activation(layer.activation)
        bend = bent(tracer, up, FUNCTIONS[name], name, monotone=name in MONOTONE)
        second = layer.linear2
        return q.linear(bend, array(second.weight).T, _optional(second.bias), one_scale=True)

    x = tracer.coded(src)
    for name, normalize, part in (
        ("attention", layer.norm1, attend),
        ("feedforward", layer.norm2, feed),
    ):
        with scope(name):
            if layer.norm_first:
                x = q.code(q.add(x, part(norm(tracer, None, normalize, x))))
            else:
                x = norm(tracer, None, normalize, q.code(q.add(x, part(x))))
    return x


def encoder(
    tracer: Tracer,
    node: Any,  # noqa: ANN401
    layer: Any,  # noqa: ANN401
    src: Real,
    mask: object = None,
    src_key_padding_mask: object = None,
    is_causal: bool | None = None,  # noqa: FBT001
) -> Real:
    """Layers one after the other."""
    del is_causal
    x = src
    for number, one in enumerate(layer.layers):
        with tracer.quantizer.sketch.scope(f"layer{number + 1}"):
            x = encoder_layer(tracer, node, one, x, mask, src_key_padding_mask)
    return x if layer.norm is None else norm(tracer, node, layer.norm, x)


def scaled_dot_product(
    tracer: Tracer,
    node: Any,  # noqa: ANN401
    query: Real,
    key: Real,
    value: Real,
    attn_mask: object = None,
    dropout_p: float = 0.0,
    is_causal: bool = False,  # noqa: FBT001, FBT002
) -> Real:
    """Softmax attention of shapes (batch, heads, n, width)."""
    del node, dropout_p
    q = tracer.quantizer
    parts = [tracer.coded(one) for one in (query, key, value)]
    if is_causal and query.sample.shape[-2] != key.sample.shape[-2]:
        raise NetworkError("is_causal with another number of keys than queries")
    seen = _seen(attn_mask, allowed=True)
    return q.attention(*parts, causal=is_causal, mask=seen, top=2**q.activation_bits - 1)


def _seen(mask: Any, *, allowed: bool) -> np.ndarray | None:  # noqa: ANN401
    """Which query sees which key; booleans mean either that it does or that it does not."""
    if mask is None:
        return None
    values = np.asarray(mask)
    if values.dtype == np.bool_:
        return values if allowed else ~values
    if not np.isin(values, (0.0, -np.inf)).all():
        raise NetworkError("a mask of numbers other than 0 and -inf adds to scores")
    found: np.ndarray = values == 0
    return found


def _no_padding(mask: object) -> None:
    if mask is not None:
        raise NetworkError(
            "padding masks differ from row to row: a circuit reads rows of one length"
        )


def _optional(bias: Any) -> np.ndarray | None:  # noqa: ANN401
    return None if bias is None else array(bias)


def _activation(function: Any) -> str:  # noqa: ANN401
    name = str(getattr(function, "__name__", type(function).__name__)).lower()
    if name not in FUNCTIONS or getattr(function, "approximate", "none") != "none":
        raise NetworkError(f"activation {name!r} has no construction")
    return name


LAYERS = {
    "MultiheadAttention": multihead,
    "TransformerEncoder": encoder,
    "TransformerEncoderLayer": encoder_layer,
}
"""Layers by type."""

CALLS: dict[str, Callable[..., Any]] = {"scaled_dot_product_attention": scaled_dot_product}
"""Calls by name."""
