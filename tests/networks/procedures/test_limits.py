"""Procedures and inputs too large to write out: refused at once, with how many it would be."""

from __future__ import annotations

import numpy as np
import pytest

from tcsim.errors import LimitError, NetworkError
from tcsim.networks import (
    Affine,
    Argmax,
    Code,
    Inputs,
    IntegerNetwork,
    Requantize,
    Reshape,
    Sketch,
    Slice,
)
from tcsim.networks.operations.convolution import Convolution
from tcsim.networks.procedures import chain_of_thought, looped, recurrent, tree_search, vote
from tcsim.networks.procedures.looped import LARGEST

CODE = Code(0, 3)


def step(outputs: int = 2) -> IntegerNetwork:
    weights = np.ones((2, outputs), np.int64)
    return IntegerNetwork(
        Inputs(2, CODE), [Affine(weights, [0] * outputs), Requantize([[1, 2, 3]], CODE)]
    )


def test_loops_and_steps() -> None:
    with pytest.raises(LimitError, match=r"1,000,000,000 loops are 2,000,000,000 operations"):
        looped(step(), 10**9)
    with pytest.raises(LimitError, match=r"1,000,000,000 steps are"):
        recurrent(step(), 10**9)
    assert len(looped(step(), 7).nodes) == 14
    with pytest.raises(LimitError, match="levels_per_step"):
        looped(step(), LARGEST // 2 + 1)


def test_chains_and_votes() -> None:
    sketch = Sketch()
    token = sketch.input("token", ("n",), Code(0, 2, "one_hot"))
    last = sketch.add(Reshape((1,)), sketch.add(Slice(0, -1, None), token))
    scores = sketch.add(Affine([[1, 2, 1]], [0] * 3), last)
    network = sketch.network(sketch.add(Argmax(3), scores))
    with pytest.raises(LimitError, match=r"10,000,000,000 tokens are 50,000,000,000 operations"):
        chain_of_thought(network, 10**10, prompt=1)
    with pytest.raises(LimitError, match=r"token of shape \(1000000000000,\) has"):
        chain_of_thought(network, 2, prompt=10**12)
    voter = IntegerNetwork(Inputs(2, CODE), [Affine([[0, 1], [0, 1]], [1, 0]), Argmax(2)])
    with pytest.raises(LimitError, match="100,000 voters are 300,000 operations"):
        vote([voter] * 100_000)


def test_trees() -> None:
    sketch = Sketch()
    state = sketch.input("state", 2, CODE)
    sums = sketch.add(Affine(np.ones((2, 4), np.int64), [0] * 4), state)
    children = sketch.add(Reshape((2, 2)), sketch.add(Requantize([[1, 2, 3]], CODE), sums))
    scores = sketch.add(
        Requantize([[1, 2, 3]], CODE), sketch.add(Affine(np.ones((2, 2), np.int64), [0, 0]), state)
    )
    grown = sketch.network(children, scores)
    with pytest.raises(LimitError, match="40 rounds are"):
        tree_search(grown, 40)
    with pytest.raises(LimitError, match="1,000,000,000 rounds are"):
        tree_search(grown, 10**9, width=2)
    assert tree_search(grown, 3).nodes


def test_loops_that_do_not_fit_themselves() -> None:
    with pytest.raises(NetworkError, match=r"reads x as \(2,\) .* and gives \(3,\)"):
        looped(step(3), 2)


def test_inputs_beyond_memory() -> None:
    with pytest.raises(LimitError, match=r"x of shape \(1000000, 1000000\) has 1,000,000,000,000"):
        Inputs((10**6, 10**6), CODE)
    assert Inputs(("n", 10**6), CODE).axes == ("n", 10**6)


def test_ranges_beyond_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise MemoryError("Unable to allocate 9 GiB")

    monkeypatch.setattr(Convolution, "infer", fails)
    sketch = Sketch()
    x = sketch.input("x", (1, 4), CODE)
    with pytest.raises(LimitError, match=r"shapes \(1, 4\) does not fit .*9 GiB"):
        sketch.add(Convolution(np.ones((1, 1, 2), np.int64), [0]), x)


def test_nothing_to_build() -> None:
    with pytest.raises(NetworkError, match="the outputs are the inputs as they are"):
        IntegerNetwork(Inputs(2, CODE), [])
