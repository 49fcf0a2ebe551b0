"""Procedures: what a network computes when it is looped or voted on, and what that costs."""

from __future__ import annotations

import numpy as np
import pytest

import tcsim as tc
from tcsim.errors import NetworkError
from tcsim.measure import scope_measures
from tcsim.networks import (
    Affine,
    Argmax,
    Code,
    Combine,
    Inputs,
    IntegerNetwork,
    Requantize,
    Sketch,
)
from tcsim.networks.operations.arrangement import Reshape, Slice
from tcsim.networks.operations.indicators import Indicators
from tcsim.networks.operations.sum import Sum
from tcsim.networks.procedures import (
    chain_formulas,
    chain_of_thought,
    diffusion,
    looped,
    port_delays,
    recurrent,
    vote,
)
from tests.networks.oracle import all_rows


def step(kind: str, seed: int = 0, width: int = 3, steps: int = 3) -> IntegerNetwork:
    random = np.random.default_rng(seed)
    code = Code(0, steps, kind)
    cuts = np.sort(random.integers(-4, 9, (width, steps)), axis=1)
    return IntegerNetwork(
        Inputs(width, code),
        [Affine(random.integers(-3, 4, (width, width)), [0] * width), Requantize(cuts, code)],
    )


def classifier(seed: int) -> IntegerNetwork:
    random = np.random.default_rng(seed)
    return IntegerNetwork(
        Inputs(2, Code(0, 3)), [Affine(random.integers(-3, 4, (2, 3)), [0, 1, 0]), Argmax(3)]
    )


@pytest.mark.parametrize("kind", ["thermometer", "binary"])
@pytest.mark.parametrize("loops", [1, 2, 5])
def test_looped(kind: str, loops: int) -> None:
    network = step(kind)
    rows = expected = np.array(all_rows(network, 100))
    for _ in range(loops):
        expected = network(expected)
    found = looped(network, loops)
    assert np.array_equal(found(rows), expected)
    circuit = tc.networks.compile(found, share=False, fold=False)
    assert np.array_equal(found.decode(circuit(found.encode(rows))), expected)
    (slope,) = port_delays(network).rows()[0]
    assert circuit.depth == found.cost().total.depth == loops * slope
    assert {one.path for one in scope_measures(circuit)} >= {"loop1", "loop1/output"}


@pytest.mark.parametrize("count", [1, 2, 3, 5])
def test_vote(count: int) -> None:
    voters = [classifier(seed) for seed in range(count)]
    found = vote(voters)
    rows = all_rows(voters[0])
    said = np.stack([voter(rows) for voter in voters])
    counts = np.stack([(said == label).sum(axis=0) for label in range(3)])
    assert found(rows).tolist() == counts.argmax(axis=0).tolist()
    circuit = tc.networks.compile(found, share=False, fold=False)
    assert np.array_equal(found.decode(circuit(found.encode(rows))), found(rows))
    total = found.cost().numbers().total
    assert (total.depth, total.size, total.edges, total.max_fan_in) == (
        circuit.depth,
        circuit.size,
        circuit.edges,
        circuit.measures.max_fan_in,
    )
    assert circuit.depth == voters[0].cost().total.depth + 2


def cell(seed: int, width: int = 2) -> IntegerNetwork:
    """A state of `width` values that is mixed with an element and rounded."""
    random = np.random.default_rng(seed)
    sketch = Sketch()
    code = Code(-1, 2)
    state, x = sketch.input("h", width, code), sketch.input("x", 3, Code(0, 2))
    with sketch.scope("cell"):
        kept = sketch.add(Affine(random.integers(-2, 3, (width, width)), [0] * width), state)
        read = sketch.add(Affine(random.integers(-2, 3, (3, width)), [0, 1]), x)
        total = sketch.add(Combine([1, 1]), kept, read)
        new = sketch.add(Requantize([[-2, 1, 4]], code), total)
    return sketch.network(new)


@pytest.mark.parametrize("every", [True, False])
@pytest.mark.parametrize("given", [True, False])
@pytest.mark.parametrize("steps", [1, 2, 5])
def test_recurrent(steps: int, given: bool, every: bool) -> None:
    step = cell(steps)
    random = np.random.default_rng(0)
    xs = random.integers(0, 3, (40, steps, 3))
    state = random.integers(-1, 3, (40, 2)) if given else np.tile([2, 0], (40, 1))
    operands = (state, xs) if given else (xs,)
    found = recurrent(step, steps, initial=None if given else [[2, 0]], every=every)
    states = []
    for number in range(steps):
        state = step(state, xs[:, number])
        states.append(state)
    expected = np.stack(states, axis=1) if every else state
    assert np.array_equal(found(*operands), expected)
    circuit = tc.networks.compile(found, share=False, fold=False)
    assert np.array_equal(found.decode(circuit(found.encode(*operands))), expected)
    total = found.cost().numbers().total
    assert (total.depth, total.size, total.edges) == (circuit.depth, circuit.size, circuit.edges)
    delays = port_delays(step)
    assert circuit.depth == steps * delays[0, 0]
    assert delays.rows() == [[1, 1]]


def speaker() -> IntegerNetwork:
    """Says the token that comes most often so far, less the last one: depth 2 a pass."""
    sketch = Sketch()
    tokens = sketch.input("token", ("n",), Code(0, 2, "one_hot"))
    wide = sketch.add(Reshape([-1, 1]), tokens)
    shown = sketch.add(Indicators(3), wide)
    counts = sketch.add(Sum([0]), shown)
    last = sketch.add(Slice(0, -1, None), shown)
    score = sketch.add(Combine([2, -3]), counts, last)
    row = sketch.add(Reshape([3]), score)
    return sketch.network(sketch.add(Argmax(3), row))


@pytest.mark.parametrize("every", [True, False])
@pytest.mark.parametrize("tokens", [1, 2, 4])
@pytest.mark.parametrize("prompt", [1, 3])
def test_chain_of_thought(tokens: int, prompt: int, every: bool) -> None:
    network = speaker()
    found = chain_of_thought(network, tokens, prompt=prompt, every=every)
    rows = np.random.default_rng(1).integers(0, 3, (30, prompt))
    text = rows
    for number in range(tokens):
        said = network.at(n=prompt + number)(text)
        text = np.concatenate((text, said[:, None]), axis=1)
    expected = text[:, prompt:] if every else text[:, -1]
    assert np.array_equal(found(rows), expected)
    circuit = tc.networks.compile(found, share=False, fold=False)
    assert np.array_equal(found.decode(circuit(found.encode(rows))), expected)
    assert circuit.depth == found.cost().numbers().total.depth == 2 * tokens
    shared = tc.networks.compile(found)
    assert np.array_equal(found.decode(shared(found.encode(rows))), expected)
    assert shared.size <= circuit.size
    formulas = chain_formulas(network, prompt=prompt, tokens=tokens)
    assert formulas.exact
    for formula, measured in ((formulas.depth, circuit.depth), (formulas.size, circuit.size)):
        assert formula.subs(dict.fromkeys(formula.free_symbols, tokens)) == measured


def test_a_chain_that_does_not_wait_for_its_last_token_is_bounded() -> None:
    """The next token is the first of the prompt: no pass waits for another."""
    sketch = Sketch()
    tokens = sketch.input("token", ("n",), Code(0, 2, "one_hot"))
    shown = sketch.add(Indicators(3), sketch.add(Reshape([-1, 1]), tokens))
    first = sketch.add(Reshape([3]), sketch.add(Slice(0, 0, 1), shown))
    network = sketch.network(sketch.add(Argmax(3), first))
    formulas = chain_formulas(network, prompt=2, tokens=5)
    found = chain_of_thought(network, 5, prompt=2).cost().numbers().total
    assert not formulas.exact
    assert found.depth < formulas.levels * 5
    assert formulas.size.subs(dict.fromkeys(formulas.size.free_symbols, 5)) == found.size


def test_diffusion() -> None:
    steps = [cell(0), cell(1), cell(2)]
    sketch = Sketch()
    code = Code(-1, 2)
    state, noise = sketch.input("h", 2, code), sketch.input("noise", 2, Code(-1, 1))
    prefix = sketch.input("prefix", 2, Code(0, 1))
    total = sketch.add(Combine([1, 1, 2]), state, noise, prefix)
    step = sketch.network(sketch.add(Requantize([[0, 2, 3]], code), total))
    noises = [[1, -1], [0, 1], [-1, -1]]
    found = diffusion([step] * 3, [0, 1], [{"noise": one} for one in noises])
    rows = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    expected = np.tile([0, 1], (4, 1))
    for one in noises:
        expected = step(expected, np.tile(one, (4, 1)), rows)
    assert np.array_equal(found(rows), expected)
    circuit = tc.networks.compile(found, share=False, fold=False)
    assert np.array_equal(found.decode(circuit(found.encode(rows))), expected)
    assert circuit.depth == found.cost().numbers().total.depth == 3
    with pytest.raises(NetworkError, match="2 sets of constants for 3 steps"):
        diffusion([step] * 3, [0, 1], [{}, {}])
    with pytest.raises(NetworkError, match="beside its state and noise"):
        diffusion(steps, [0, 1], [{"x": [0, 0, 0]}] * 3)


def test_a_state_that_does_not_come_first() -> None:
    sketch = Sketch()
    x, state = sketch.input("x", 3, Code(0, 2)), sketch.input("h", 2, Code(-1, 2))
    total = sketch.add(Combine([1, 1]), sketch.add(Affine(np.ones((3, 2), int), [0, 0]), x), state)
    wrong = sketch.network(sketch.add(Requantize([[-2, 1, 4]], Code(-1, 2)), total))
    with pytest.raises(NetworkError, match=r"goes in as x, \(3,\) .* first inputs .* its state"):
        recurrent(wrong, 2)


def test_refused() -> None:
    with pytest.raises(NetworkError, match="at least one"):
        vote([])
    with pytest.raises(NetworkError, match="voter 2 is no classifier"):
        vote([classifier(0), step("binary")])
    with pytest.raises(NetworkError, match="positive integer, not 0"):
        looped(step("binary"), 0)
    with pytest.raises(NetworkError, match=r"reads x as \(2,\) .* gives \(1,\)"):
        looped(classifier(0), 2)
