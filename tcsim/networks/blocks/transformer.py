"""Transformer blocks as integer networks, with what is rounded where in their names.

Each function writes one block into a `Sketch`, on a stream of shape (positions, width) in
thermometer code. With at least two positions and thermometers everywhere, the depths are: post-norm
12, pre-RMSNorm 10 (11 with a gated unit), post-norm with every tensor rounded 17. Binary q and k
take one level more; binary v none, because v is needed two levels later.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from tcsim.errors import NetworkError
from tcsim.networks.operations.arrangement import Reshape, Transpose
from tcsim.networks.operations.combine import Combine
from tcsim.networks.operations.matrix_product import MatrixProduct
from tcsim.networks.operations.product import Product
from tcsim.networks.tables import rescaling

if TYPE_CHECKING:
    from tcsim.networks.codes import Code
    from tcsim.networks.operations.affine import Affine
    from tcsim.networks.operations.layer_norm import LayerNorm
    from tcsim.networks.operations.requantize import Requantize
    from tcsim.networks.operations.rms_norm import RMSNorm
    from tcsim.networks.operations.softmax import Softmax
    from tcsim.networks.operations.softmax_attention import SoftmaxAttention
    from tcsim.networks.operations.table import Table
    from tcsim.networks.sketch import Edge, Sketch
    from tcsim.networks.tables.rounding import Rounding


def rescale(code: Code, scale: Fraction | int, rounding: Rounding = "half_up") -> Requantize:
    """``scale * x`` rounded and clipped to a code.

    Args:
        code: the result's range, and how it stands on wires.
        scale: an exact number above 0.
        rounding: half up, or toward minus infinity.

    Raises:
        NetworkError: a scale that is not above 0.

    Example:
        >>> import numpy as np
        >>> from tcsim.networks import Code
        >>> rescale(Code(0, 3), Fraction(1, 2))(np.array([[-5], [1], [2], [90]])).ravel().tolist()
        [0, 1, 1, 3]
    """
    if not isinstance(scale, int | Fraction) or scale <= 0:
        raise NetworkError(f"a scale is a positive integer or Fraction, not {scale!r}")
    exact = Fraction(scale)
    return rescaling.rescale(exact.numerator, exact.denominator, code, rounding=rounding)


@dataclass(frozen=True)
class Linear:
    """A linear layer whose result is rounded.

    Attributes:
        affine: weights and biases.
        rounding: of the sums.
    """

    affine: Affine
    rounding: Requantize

    def add(self, sketch: Sketch, x: Edge) -> Edge:
        """The layer behind x."""
        return sketch.add(self.rounding, sketch.add(self.affine, x))


@dataclass(frozen=True)
class Heads:
    """Attention with exact scores and averages rounded once.

    Attributes:
        q: to (heads * head width) features.
        k: to (groups * head width).
        v: to (groups * value width).
        heads: how many.
        groups: of keys and values; as many as heads, or a divisor of it.
        attention: scores, weights and averages.
        output: from (heads * value width) features back to the stream's width; not rounded.
    """

    q: Linear
    k: Linear
    v: Linear
    heads: int
    groups: int
    attention: SoftmaxAttention
    output: Affine

    def add(self, sketch: Sketch, x: Edge) -> Edge:
        """The branch behind x, as linear forms."""
        q = _split(sketch, self.q, x, self.heads)
        k, v = (_split(sketch, one, x, self.groups) for one in (self.k, self.v))
        mixed = sketch.add(self.attention, q, k, v)
        return sketch.add(self.output, _merged(sketch, mixed, self.output))


@dataclass(frozen=True)
class RoundedHeads:
    """Attention with scores, probabilities, averages and outputs rounded, each by itself.

    Attributes:
        q: to (heads * head width) features.
        k: likewise.
        v: to (heads * value width).
        heads: how many.
        scores: rounds q k^T.
        softmax: the probabilities.
        averages: rounds the probabilities times v.
        output: back to the stream's width.
    """

    q: Linear
    k: Linear
    v: Linear
    heads: int
    scores: Requantize
    softmax: Softmax
    averages: Requantize
    output: Linear

    def add(self, sketch: Sketch, x: Edge) -> Edge:
        """The branch behind x."""
        q, k, v = (_split(sketch, one, x, self.heads) for one in (self.q, self.k, self.v))
        turned = sketch.add(Transpose((0, 2, 1)), k)
        scores = sketch.add(self.scores, sketch.add(MatrixProduct(), q, turned))
        mixed = sketch.add(MatrixProduct(), sketch.add(self.softmax, scores), v)
        averages = sketch.add(self.averages, mixed)
        return self.output.add(sketch, _merged(sketch, averages, self.output.affine))


@dataclass(frozen=True)
class FeedForward:
    """Two linear layers with an activation, or a gated unit, between them.

    Attributes:
        up: to the hidden width.
        activation: a `Table` of its rounded values; free.
        down: back to the stream's width; a `Linear` is rounded by itself.
        gate: of a gated unit: its activation is that of this layer, times that of `up` without one.
    """

    up: Linear
    activation: Table
    down: Affine | Linear
    gate: Linear | None = None

    def add(self, sketch: Sketch, x: Edge) -> Edge:
        """The branch behind x."""
        if self.gate is None:
            hidden = sketch.add(self.activation, self.up.add(sketch, x))
        else:
            gated, passed = self.gate.add(sketch, x), self.up.add(sketch, x)
            hidden = sketch.add(Product(None, self.activation), passed, gated)
        if isinstance(self.down, Linear):
            return self.down.add(sketch, hidden)
        return sketch.add(self.down, hidden)


@dataclass(frozen=True)
class Residual:
    """``factors[0] * branch + factors[1] * stream``, rounded once.

    Attributes:
        factors: integers that bring both to one scale.
        rounding: of their sum.
    """

    factors: tuple[int, int]
    rounding: Requantize

    def add(self, sketch: Sketch, branch: Edge, stream: Edge) -> Edge:
        """The stream behind the addition."""
        return sketch.add(self.rounding, sketch.add(Combine(self.factors), branch, stream))


def post_norm_block(
    sketch: Sketch,
    x: Edge,
    heads: Heads | RoundedHeads,
    first: tuple[Residual, LayerNorm],
    feed_forward: FeedForward,
    second: tuple[Residual, LayerNorm],
) -> Edge:
    """A block as in BERT: each branch is added to the stream, which is then normalized.

    Depth 12 = 1 + 4 + 1 + 2 + 1 + 1 + 2 with `Heads`; 17 with `RoundedHeads` and a rounded `down`.

    Args:
        sketch: where it is written.
        x: the stream, (positions, width).
        heads: the attention.
        first: how its branch is added, and the norm behind.
        feed_forward: the second branch.
        second: likewise.

    Raises:
        NetworkError: parts that do not fit each other.
    """
    for name, part, (residual, norm) in (
        ("attention", heads, first),
        ("feed_forward", feed_forward, second),
    ):
        with sketch.scope(name):
            branch = part.add(sketch, x)
        with sketch.scope(f"{name}_residual"):
            total = residual.add(sketch, branch, x)
        with sketch.scope(f"{name}_norm"):
            x = sketch.add(norm, total)
    return x


def pre_norm_block(
    sketch: Sketch,
    x: Edge,
    heads: tuple[RMSNorm | LayerNorm, Heads, Residual],
    feed_forward: tuple[RMSNorm | LayerNorm, FeedForward, Residual],
) -> Edge:
    """A block as in LLaMA: each branch reads the normalized stream and is added to the stream.

    Depth 10 = 1 + 1 + 4 + 1 + 1 + 1 + 1 with `RMSNorm`; a gated unit takes one level more.

    Args:
        sketch: where it is written.
        x: the stream, (positions, width).
        heads: the norm, the attention, and how its branch is added.
        feed_forward: likewise.

    Raises:
        NetworkError: parts that do not fit each other.
    """
    norm, attention, residual = heads
    second_norm, second, second_residual = feed_forward
    for name, before, part, after in (
        ("attention", norm, attention, residual),
        ("feed_forward", second_norm, second, second_residual),
    ):
        with sketch.scope(f"{name}_norm"):
            normal = sketch.add(before, x)
        with sketch.scope(name):
            branch = part.add(sketch, normal)
        with sketch.scope(f"{name}_residual"):
            x = after.add(sketch, branch, x)
    return x


def _split(sketch: Sketch, layer: Linear, x: Edge, heads: int) -> Edge:
    """A layer's (positions, heads * width) as (heads, positions, width)."""
    features = layer.affine.weights.shape[1]
    if features % heads:
        raise NetworkError(f"{features} features cannot be cut into {heads} heads")
    cut = sketch.add(Reshape((-1, heads, features // heads)), layer.add(sketch, x))
    return sketch.add(Transpose((1, 0, 2)), cut)


def _merged(sketch: Sketch, x: Edge, output: Affine) -> Edge:
    """(heads, positions, width) as (positions, heads * width), what the output layer reads."""
    turned = sketch.add(Transpose((1, 0, 2)), x)
    return sketch.add(Reshape((-1, output.weights.shape[0])), turned)
