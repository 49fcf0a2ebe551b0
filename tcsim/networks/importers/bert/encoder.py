"""The operations of an encoder: embeddings, blocks with the norm last, pooling."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tcsim.networks.importers.functions import FUNCTIONS
from tcsim.networks.operations.arrangement import Reshape, Slice, Transpose
from tcsim.networks.operations.sum import Sum
from tcsim.networks.quantizing.quantizer import Real

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tcsim.networks.importers.bert.config import Config
    from tcsim.networks.quantizing.quantizer import Quantizer


class Encoder:
    """Writes an encoder with a `Quantizer`.

    One rounding per residual sum; queries, keys and values are rounded, each in the code `parts`.

    Args:
        config: its dimensions.
        weights: its tensors, by the names of `Config.shapes`.
        quantizer: what it is written with.
        parts: code of queries, keys and values.
    """

    def __init__(
        self, config: Config, weights: Mapping[str, np.ndarray], quantizer: Quantizer, parts: str
    ) -> None:
        self.config = config
        self.weights = weights
        self.quantizer = quantizer
        self.parts = parts

    def embeddings(self, tokens: Real) -> Real:
        """Word, position and segment (the first one) summed, rounded, normalized."""
        table = "embeddings.{}_embeddings.weight".format
        (n,) = tokens.edge.known.shape
        places = np.asarray(self.weights[table("position")][:n], np.float64)
        words = self.quantizer.embedding(tokens, self.weights[table("word")])
        beside = places + self.weights[table("token_type")][0]
        total = self.quantizer.code(self.quantizer.add(words, constant=beside), name="sum")
        return self._norm("embeddings", total)

    def block(self, number: int, x: Real) -> Real:
        """One layer: attention and feed-forward, each added to what it read and normalized."""
        layer, q = f"encoder.layer.{number}", self.quantizer
        with q.sketch.scope("attention"):
            q_k_v = (self._heads(f"{layer}.attention.self.{name}", x) for name in _PARTS)
            mixed = self._joined(q.attention(*q_k_v, top=2**q.activation_bits - 1))
            x = self._residual(f"{layer}.attention.output", mixed, x)
        with q.sketch.scope("feedforward"):
            up = q.code(self._dense(f"{layer}.intermediate.dense", x), name="up")
            bent = q.table(up, FUNCTIONS[self.config.hidden_act])
            return self._residual(f"{layer}.output", bent, x)

    def mean(self, x: Real) -> Real:
        """The average of all positions, rounded."""
        n = x.edge.known.shape[0]
        total = self.quantizer.apply(Sum([0]), x, sample=x.sample.sum(axis=1))
        return self.quantizer.code(
            Real(total.edge, total.scale / n, total.shift, total.sample / n), name="mean"
        )

    def first(self, x: Real) -> Real:
        """The first position."""
        one = self.quantizer.apply(Slice(0, 0, 1), x, sample=x.sample[:, :1])
        return self.quantizer.apply(Reshape((-1,)), one, sample=x.sample[:, 0])

    def unit_length(self, x: Real) -> Real:
        """Divided by the Euclidean norm."""
        width = x.edge.known.shape[-1]
        return self.quantizer.norm(x, 1 / np.sqrt(width), eps=1e-12, centered=False)

    def _heads(self, name: str, x: Real) -> Real:
        """A projection of x cut into heads: shape (heads, n, width)."""
        value = self.quantizer.code(self._dense(name, x), name=name[-5:], kind=self.parts)
        n, d = x.edge.known.shape
        shape = (n, self.config.num_attention_heads, d // self.config.num_attention_heads)
        split = value.sample.reshape(-1, *shape)
        cut = self.quantizer.apply(Reshape(shape), value, sample=split)
        return self.quantizer.apply(Transpose((1, 0, 2)), cut, sample=split.swapaxes(1, 2))

    def _joined(self, x: Real) -> Real:
        heads, n, width = x.edge.known.shape
        turned = x.sample.swapaxes(1, 2)
        back = self.quantizer.apply(Transpose((1, 0, 2)), x, sample=turned)
        flat = turned.reshape(-1, n, heads * width)
        return self.quantizer.apply(Reshape((n, heads * width)), back, sample=flat)

    def _residual(self, name: str, x: Real, skipped: Real) -> Real:
        """``LayerNorm(skipped + x W + b)``: one rounding of the sum, one after the norm."""
        added = self.quantizer.add(skipped, self._dense(f"{name}.dense", x, one_scale=True))
        return self._norm(name, self.quantizer.code(added, name="sum"))

    def _dense(self, name: str, x: Real, *, one_scale: bool = False) -> Real:
        weights, bias = self.weights[f"{name}.weight"], self.weights[f"{name}.bias"]
        return self.quantizer.linear(x, weights.T, bias, one_scale=one_scale)

    def _norm(self, name: str, x: Real) -> Real:
        gamma, beta = (self.weights[f"{name}.LayerNorm.{part}"] for part in ("weight", "bias"))
        eps = self.config.layer_norm_eps
        return self.quantizer.norm(x, gamma, beta, eps=eps, centered=True)


_PARTS = ("query", "key", "value")
