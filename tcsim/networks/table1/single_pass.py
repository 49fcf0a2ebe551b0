"""The architectures that read a whole input at once: one network per n, one pass.

Each reads n tokens and says one of two classes.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from tcsim.networks.blocks.mamba import MambaBlock
from tcsim.networks.blocks.transformer import rescale
from tcsim.networks.codes import Code
from tcsim.networks.operations.arrangement import Reshape, Transpose
from tcsim.networks.operations.combine import Combine
from tcsim.networks.operations.convolution import Convolution
from tcsim.networks.operations.embedding import Embedding
from tcsim.networks.operations.linear_recurrence import LinearRecurrence
from tcsim.networks.operations.maximum_pool import MaximumPool
from tcsim.networks.operations.rms_norm import RMSNorm
from tcsim.networks.operations.selective_scan import SelectiveScan
from tcsim.networks.operations.sum import Sum
from tcsim.networks.operations.table import Table
from tcsim.networks.sketch import Sketch
from tcsim.networks.table1.weights import CODE, TOKENS, WIDTH, Draw, tokens

if TYPE_CHECKING:
    from tcsim.networks.integer import IntegerNetwork

_RELU = Code(0, 3)
_STATES = 2


def mlp(n: int) -> IntegerNetwork:
    """Two hidden layers of n units, and the answer."""
    draw, sketch = Draw(17), Sketch()
    token = tokens(sketch, n)
    with sketch.scope("hidden1"):
        rows = sketch.add(Embedding(draw.integers(TOKENS, WIDTH)), token)
        read = sketch.add(Reshape((n * WIDTH,)), rows)
        first = draw.linear(n * WIDTH, n, _RELU).add(sketch, read)
    with sketch.scope("hidden2"):
        second = draw.linear(n, n, _RELU).add(sketch, first)
    with sketch.scope("answer"):
        return sketch.network(draw.classified(sketch, second, n))


def cnn(n: int) -> IntegerNetwork:
    """Convolution, pool of pairs, convolution, sum over the positions, and the answer."""
    draw, sketch = Draw(1), Sketch()
    token = tokens(sketch, n)
    with sketch.scope("convolution1"):
        rows = sketch.add(Embedding(draw.integers(TOKENS, WIDTH)), token)
        read = sketch.add(Transpose((1, 0)), rows)
        maps = sketch.add(Convolution(draw.integers(WIDTH, WIDTH, 3), padding=1), read)
        first = sketch.add(rescale(_RELU, Fraction(1, 2)), maps)
    with sketch.scope("pool"):
        pooled = sketch.add(MaximumPool([2], strides=2), first)
    with sketch.scope("convolution2"):
        maps = sketch.add(Convolution(draw.integers(WIDTH, WIDTH, 3), padding=1), pooled)
        second = sketch.add(rescale(_RELU, Fraction(1, 2)), maps)
    with sketch.scope("answer"):
        total = sketch.add(Sum([1]), second)
        return sketch.network(draw.classified(sketch, total, WIDTH))


def transformer(n: int) -> IntegerNetwork:
    """Embedding, a pre-RMSNorm block with softmax attention, and the answer."""
    return _transformer(n, hard=False)


def hard_transformer(n: int) -> IntegerNetwork:
    """The same with average-hard attention."""
    return _transformer(n, hard=True)


def _transformer(n: int, *, hard: bool) -> IntegerNetwork:
    draw, sketch = Draw(3), Sketch()
    x = draw.embedded(sketch, tokens(sketch, n))
    with sketch.scope("block"):
        x = draw.block(sketch, x, hard=hard)
    return sketch.network(draw.answer(sketch, x))


def linear_ssm(n: int) -> IntegerNetwork:
    """Embedding, a linear recurrence with a fixed matrix (S4), a layer, and the answer."""
    draw, sketch = Draw(12), Sketch()
    x = draw.embedded(sketch, tokens(sketch, n))
    with sketch.scope("recurrence"):
        half = Fraction(1, 2)
        moves = [[half, half], [-half, half]]
        b, c = draw.integers(WIDTH, WIDTH), draw.integers(WIDTH, WIDTH)
        state = sketch.add(LinearRecurrence(moves, b, c, CODE), x)
    with sketch.scope("out"):
        mixed = sketch.add(Table([0, 0, 0, 1], CODE.lo, "relu"), state)
        both = sketch.add(Combine([1, 1]), sketch.add(draw.affine(WIDTH, WIDTH), mixed), x)
        x = sketch.add(rescale(CODE, half), both)
    return sketch.network(draw.answer(sketch, x))


def selective_ssm(n: int) -> IntegerNetwork:
    """Embedding, a Mamba block with a selective diagonal scan, and the answer."""
    draw, sketch = Draw(5), Sketch()
    x = draw.embedded(sketch, tokens(sketch, n))
    scan = SelectiveScan(
        np.array([[[1, 2], [1, 3]]] * WIDTH), np.array([[[4, 2, 1], [4, 3, 2]]] * WIDTH)
    )
    inside = Code(-1, 2)
    block = MambaBlock(
        norm=RMSNorm(inside, gamma=Fraction(3, 2), eps=Fraction(1, 4)),
        read=(draw.integers(WIDTH, WIDTH), 2),
        gate=(draw.integers(WIDTH, WIDTH), 2),
        kernel=(draw.integers(WIDTH, 2), 2),
        delta=(draw.integers(WIDTH, WIDTH), draw.integers(WIDTH)),
        unit=0.4,
        one_delta=1,
        step=Code(0, 2),
        b=(draw.integers(WIDTH, _STATES), 2),
        c=(draw.integers(WIDTH, _STATES), 2),
        scan=scan,
        skip=draw.integers(WIDTH),
        scanned=6,
        silu=Table([0, 0, 1, 3], lo=-1, name="silu"),
        write=(draw.integers(WIDTH, WIDTH), 4),
        stream=4,
        code=inside,
    )
    with sketch.scope("block"):
        x = block.add(sketch, x)
    return sketch.network(draw.answer(sketch, x))
