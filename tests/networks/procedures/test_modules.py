"""Networks as modules: what is composed equals what is written out, level by level."""

from __future__ import annotations

import numpy as np
import pytest

from tcsim.networks import Affine, Code, Combine, IntegerNetwork, Product, Requantize, Sketch
from tcsim.networks.procedures import network_module, recurrent, step_loop
from tcsim.networks.trained import load
from tcsim.networks.trained.integer import recurrent_step


def gated(kind: str) -> IntegerNetwork:
    """Two arrays of state at different delays: a gate opens for one, the other is mixed in."""
    random = np.random.default_rng(0)
    sketch = Sketch()
    code = Code(-1, 2, kind)
    h, c = sketch.input("h", 2, code), sketch.input("c", 2, code)
    x = sketch.input("x", 3, Code(0, 1))
    with sketch.scope("gate"):
        read = sketch.add(Affine(random.integers(-2, 3, (3, 2)), [0, 1]), x)
        kept = sketch.add(Affine(random.integers(-2, 3, (2, 2)), [1, 0]), h)
        gate = sketch.add(Requantize([[0]], Code(0, 1)), sketch.add(Combine([1, 1]), read, kept))
    with sketch.scope("cell"):
        product = sketch.add(Product(), gate, c)
        cuts = Requantize([[-1, 1, 2]], code)
        new_c = sketch.add(cuts, sketch.add(Combine([1, 1]), product, h))
        new_h = sketch.add(cuts, sketch.add(Combine([1, 1]), new_c, read))
    return sketch.network(new_h, new_c)


@pytest.mark.parametrize("kind", ["thermometer", "binary"])
@pytest.mark.parametrize("steps", [1, 2, 3, 7])
def test_a_loop_is_the_network_written_out(kind: str, steps: int) -> None:
    step = gated(kind)
    loop = step_loop(step, 2)
    total = recurrent(step, steps, states=2).cost().numbers().total
    rounds = loop.times(steps)
    assert rounds.depth == total.depth == loop.depth()(steps)
    assert rounds.size == total.size == loop.size(steps)
    assert tuple(rounds.levels) == (0, *total.levels)
    assert rounds.width == total.width


def test_a_trained_step() -> None:
    loop = step_loop(recurrent_step(load("parity_rnn"), activation_bits=4))
    assert str(loop.depth().formula()) == "T"
    assert loop.size(10**6) == 10**6 * network_module(loop_step()).size


def loop_step() -> IntegerNetwork:
    return recurrent_step(load("parity_rnn"), activation_bits=4)
