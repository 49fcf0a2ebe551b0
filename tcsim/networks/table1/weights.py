"""The parts of the table's networks: two features of two bits, integer weights from a seed."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from tcsim.networks.blocks.transformer import (
    FeedForward,
    Heads,
    Linear,
    Residual,
    pre_norm_block,
    rescale,
)
from tcsim.networks.codes import Code
from tcsim.networks.operations.affine import Affine
from tcsim.networks.operations.argmax import Argmax
from tcsim.networks.operations.arrangement import Gather
from tcsim.networks.operations.embedding import Embedding
from tcsim.networks.operations.hard_attention import HardAttention
from tcsim.networks.operations.rms_norm import RMSNorm
from tcsim.networks.operations.softmax_attention import SoftmaxAttention
from tcsim.networks.operations.table import Table
from tcsim.networks.tables.exp_table import ExpTable
from tcsim.networks.tables.positions import add_positions, sinusoidal

if TYPE_CHECKING:
    from tcsim.networks.sketch import Edge, Sketch
    from tcsim.typing import Integers

TOKENS = 3
"""Tokens are 0..2, in one-hot code."""
WIDTH = 2
"""Features of a position."""
CODE = Code(-2, 1)
"""The range of every rounded feature: two bits, in thermometer code."""
CLASSES = 2
"""An answer is one of two classes, whatever n is: a decision problem."""

_EXP = ExpTable([0, 2], [2, 1])
"""A softmax whose weights are 3, 1 and 0."""


class Draw:
    """Integers from a seed, and parts of networks made of them.

    Args:
        seed: with the same seed, weights of shapes that do not depend on n are the same at every n.
    """

    def __init__(self, seed: int) -> None:
        self._random = np.random.default_rng(seed)

    def integers(self, *shape: int) -> Integers:
        """Weights in -2..2."""
        return self._random.integers(-2, 3, shape)

    def affine(self, inputs: int, outputs: int) -> Affine:
        """A linear layer, without a bias: with so few bits, biases would saturate it."""
        return Affine(self.integers(inputs, outputs), np.zeros(outputs, np.int64))

    def linear(self, inputs: int, outputs: int, code: Code = CODE) -> Linear:
        """A linear layer whose result is rounded."""
        return Linear(self.affine(inputs, outputs), rescale(code, Fraction(1, 2)))

    def embedded(self, sketch: Sketch, token: Edge) -> Edge:
        """The features of tokens at their positions, rounded: (n,) to (n, width). One level."""
        length = token.known.shape[0]
        with sketch.scope("embedding"):
            read = sketch.add(Embedding(self.integers(TOKENS, WIDTH)), token)
            placed = sketch.add(add_positions(sinusoidal(length, WIDTH, 1)), read)
            return sketch.add(rescale(CODE, 1), placed)

    def block(self, sketch: Sketch, x: Edge, *, hard: bool = False, causal: bool = False) -> Edge:
        """A pre-RMSNorm block of a transformer. Ten levels over two positions or more."""
        mixing = HardAttention(CODE, causal=causal)
        if not hard:
            mixing = SoftmaxAttention(_EXP, CODE, causal=causal)  # type: ignore[assignment]
        q, k, v = (self.linear(WIDTH, WIDTH) for _ in range(3))
        heads = Heads(q, k, v, 1, 1, mixing, self.affine(WIDTH, WIDTH))
        up = self.linear(WIDTH, WIDTH)
        forward = FeedForward(up, Table([0, 0, 0, 1], CODE.lo, "relu"), self.affine(WIDTH, WIDTH))
        return pre_norm_block(
            sketch,
            x,
            (_norm(), heads, _residual()),
            (_norm(), forward, _residual()),
        )

    def answer(self, sketch: Sketch, x: Edge, classes: int = CLASSES) -> Edge:
        """The class that the features of the last position say. Two levels."""
        with sketch.scope("answer"):
            length, width = x.known.shape
            last = sketch.add(Gather(np.array(length - 1), 0), x)
            return self.classified(sketch, last, width, classes)

    def classified(self, sketch: Sketch, x: Edge, width: int, classes: int = CLASSES) -> Edge:
        """The class that features say. Two levels."""
        return sketch.add(Argmax(classes), sketch.add(self.affine(width, classes), x))


def tokens(sketch: Sketch, n: int) -> Edge:
    """The input: n tokens."""
    return sketch.input("token", (n,), Code(0, TOKENS - 1, "one_hot"))


def _norm() -> RMSNorm:
    return RMSNorm(CODE, eps=Fraction(1, 16))


def _residual() -> Residual:
    return Residual((1, 2), rescale(CODE, Fraction(1, 2)))
