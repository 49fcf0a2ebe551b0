"""Best of k and tree search: against plain Python, and what is serial in them."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

import tcsim as tc
from tcsim.errors import NetworkError
from tcsim.networks import Affine, Argmax, Code, IntegerNetwork, Requantize, Sketch
from tcsim.networks.operations.arrangement import Reshape
from tcsim.networks.procedures import best_of, tree_search, vote


def run(seed: int) -> IntegerNetwork:
    """A class and how sure it is."""
    random = np.random.default_rng(seed)
    sketch = Sketch()
    x = sketch.input("x", 2, Code(0, 3))
    said = sketch.add(Argmax(3), sketch.add(Affine(random.integers(-3, 4, (2, 3)), [0] * 3), x))
    total = sketch.add(Affine(random.integers(-3, 4, (2, 1)), [seed]), x)
    score = sketch.add(Requantize([[-2, 0, 3, 5]], Code(0, 4)), total)
    return sketch.network(said, score)


def grow(seed: int, children: int = 2, kind: str = "thermometer") -> IntegerNetwork:
    """Children of a state of two values, and their scores: depth 1, binary 2."""
    random = np.random.default_rng(seed)
    sketch = Sketch()
    code = Code(-1, 2, kind)
    state = sketch.input("state", 2, code)
    weights = random.integers(-3, 4, (2, 2 * children))
    sums = sketch.add(Affine(weights, random.integers(-2, 3, 2 * children)), state)
    flat = sketch.add(Requantize([[-2, 0, 2]], code), sums)
    made = sketch.add(Reshape((children, 2)), flat)
    score = sketch.add(Affine(random.integers(-3, 4, (2, children)), [0] * children), state)
    return sketch.network(made, sketch.add(Requantize([[-3, 0, 1, 4]], Code(0, 4)), score))


def search(step: IntegerNetwork, state: list[int], depth: int, width: int | None) -> list[int]:
    """The same by lists and a stable sort."""
    states = [state]
    for number in range(depth):
        scored = []
        for one in states:
            made, scores = step.run(np.array([one]))
            scored += list(zip(scores[0].tolist(), made[0].tolist(), strict=True))
        kept = 1 if number == depth - 1 else width or len(scored)
        if kept < len(scored):
            scored = sorted(scored, key=lambda pair: -pair[0])[:kept]
        states = [one for _, one in scored]
    return states[0]


STATES = np.array(list(itertools.product(range(-1, 3), repeat=2)))


@pytest.mark.parametrize("count", [2, 3, 4])
def test_best_of(count: int) -> None:
    runs = [run(seed) for seed in range(count)]
    found = best_of(runs)
    rows = np.array(list(itertools.product(range(4), repeat=2)))
    expected = []
    for row in rows:
        pairs = [one.run(row[None]) for one in runs]
        best = max(range(count), key=lambda i: (pairs[i][1][0, 0], -i))
        expected.append(int(pairs[best][0][0, 0]))
    assert found(rows).tolist() == expected
    circuit = tc.networks.compile(found, share=False, fold=False)
    assert found.decode(circuit(found.encode(rows))).tolist() == expected
    total = found.cost().numbers().total
    assert (total.depth, total.size, total.edges) == (circuit.depth, circuit.size, circuit.edges)
    deepest = max(one.cost().numbers().total.depth for one in runs)
    assert circuit.depth <= deepest + 5


@pytest.mark.parametrize("width", [None, 1, 2, 3])
@pytest.mark.parametrize("depth", [1, 2, 3])
@pytest.mark.parametrize("kind", ["thermometer", "binary"])
def test_tree_search(depth: int, width: int | None, kind: str) -> None:
    step = grow(depth, 2, kind)
    found = tree_search(step, depth, width=width)
    expected = [search(step, state, depth, width) for state in STATES.tolist()]
    assert found(STATES).tolist() == expected
    circuit = tc.networks.compile(found, share=False, fold=False)
    assert found.decode(circuit(found.encode(STATES))).tolist() == expected
    total = found.cost().numbers().total
    assert (total.depth, total.size, total.edges) == (circuit.depth, circuit.size, circuit.edges)


def test_depth_is_that_of_the_path() -> None:
    step = grow(0, 3)
    depths = [tree_search(step, d).cost().numbers().total.depth for d in (1, 2, 3, 4)]
    assert np.diff(depths).tolist() == [1, 1, 1]  # an expansion a round
    beams = [tree_search(step, d, width=2).cost().numbers().total.depth for d in (1, 2, 3, 4)]
    assert len(set(np.diff(beams).tolist())) == 1
    assert beams[-1] > depths[-1]


def test_refused() -> None:
    with pytest.raises(NetworkError, match="at least 2 runs"):
        best_of([run(0)])
    with pytest.raises(NetworkError, match="run 2 does not give"):
        best_of([run(0), grow(0)])
    with pytest.raises(NetworkError, match="reads a state"):
        tree_search(run(0), 2)
    with pytest.raises(NetworkError, match="2 children, not 3"):
        tree_search(grow(0), 2, children=3)
    with pytest.raises(NetworkError, match="width is a positive"):
        tree_search(grow(0), 2, width=0)
    with pytest.raises(NetworkError, match="no classifier"):
        vote([run(0)])
