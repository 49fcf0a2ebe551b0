"""Integer networks in plain Python, and random ones: what the tests of this folder compare with."""

from __future__ import annotations

import itertools
import random

import numpy as np
from hypothesis import strategies as st

from tcsim.networks import Affine, Argmax, Code, Inputs, IntegerNetwork, Requantize
from tcsim.networks.values import Values


def run(network: IntegerNetwork, row: list[int]) -> list[int]:
    """The outputs for one row, with nothing but Python integers."""
    values = [int(value) for value in row]
    for operation in network.operations:
        if isinstance(operation, Affine):
            columns = zip(operation.weights.T.tolist(), operation.bias.tolist(), strict=True)
            values = [
                bias + sum(w * v for w, v in zip(column, values, strict=True))
                for column, bias in columns
            ]
        elif isinstance(operation, Requantize):
            lo = operation.code.lo
            values = [
                lo + sum(value >= cut for cut in cuts)
                for value, cuts in zip(values, operation.cuts.tolist(), strict=True)
            ]
        else:
            assert isinstance(operation, Argmax)
            winner = 0
            for number, value in enumerate(values):
                if value > values[winner]:
                    winner = number
            values = [winner]
    return values


def ends(operation, lo, hi):
    """The least and largest value that an operation gives for values in lo..hi."""
    found = operation.infer(Values(np.shape(lo), np.array(lo), np.array(hi)))
    return found.full()


def word(code: Code, value: int) -> list[int]:
    """The bits of a value, by the definitions of the codes."""
    if code.kind == "thermometer":
        return [int(value >= level) for level in range(code.lo + 1, code.hi + 1)]
    if code.kind == "one_hot":
        return [int(value == level) for level in range(code.lo, code.hi + 1)]
    return [int(digit) for digit in reversed(f"{value - code.lo:0{code.wires}b}")]


def words(code: Code, values: list[int]) -> list[int]:
    """The bits of several values, one after the other."""
    return [bit for value in values for bit in word(code, value)]


def all_rows(network: IntegerNetwork, limit: int = 600) -> list[list[int]]:
    """Every input of a network, or `limit` random ones where there are more."""
    code, features = network.inputs.code, network.inputs.features
    if (code.steps + 1) ** features <= limit:
        return [
            list(row) for row in itertools.product(range(code.lo, code.hi + 1), repeat=features)
        ]
    source = random.Random(0)
    return [[source.randint(code.lo, code.hi) for _ in range(features)] for _ in range(limit)]


def assert_circuit_equals_network(network, circuit, rows=None) -> None:
    """Plain Python, the network in NumPy and its circuit agree bit for bit."""
    rows = all_rows(network) if rows is None else rows
    expected = [run(network, row) for row in rows]
    found = network(rows)
    assert found.tolist() == ([value for (value,) in expected] if network.classify else expected)
    batch = np.array([words(network.inputs.code, row) for row in rows], np.uint8)
    assert np.array_equal(network.encode(rows), batch)
    bits = circuit(batch)
    assert bits.tolist() == [words(network.output_code, row) for row in expected]
    assert np.array_equal(network.encode_outputs(found), bits)
    assert np.array_equal(network.decode(bits), found)


@st.composite
def networks(
    draw,
    max_features: int = 4,
    max_steps: int = 7,
    max_hidden: int = 3,
    max_weight: int = 9,
) -> IntegerNetwork:
    """Networks of any depth, code and shape, with saturated layers and equal cuts among them."""
    code = draw(codes(max_steps, ["thermometer", "binary", "one_hot"]))
    inputs = Inputs(draw(st.integers(1, max_features)), code)
    operations: list[Affine | Requantize | Argmax] = []
    lo, hi = np.full(inputs.features, code.lo), np.full(inputs.features, code.hi)
    classify = draw(st.booleans())
    hidden = draw(st.integers(0, max_hidden))
    for layer in range(hidden + 1):
        last = layer == hidden
        outputs = draw(st.integers(2 if last and classify else 1, max_features))
        if draw(st.integers(0, 9)):  # now and then a layer without weights of its own
            affine = draw(affines(len(lo), outputs, max_weight))
            operations.append(affine)
            lo, hi = ends(affine, lo, hi)
        if last and classify and len(lo) > 1:
            operations.append(Argmax(len(lo)))
            break
        code = draw(codes(max_steps, ["thermometer", "binary"]))
        reach = st.integers(int(lo.min()) - 2, int(hi.max()) + 2)
        cuts = st.lists(reach, min_size=code.steps, max_size=code.steps).map(sorted)
        table = draw(st.lists(cuts, min_size=len(lo), max_size=len(lo)))
        operations.append(Requantize(table, code))
        lo, hi = ends(operations[-1], lo, hi)
    return IntegerNetwork(inputs, operations)


@st.composite
def codes(draw, max_steps: int, kinds: list[str]) -> Code:
    lo = draw(st.integers(-5, 5))
    return Code(lo, lo + draw(st.integers(1, max_steps)), draw(st.sampled_from(kinds)))


@st.composite
def affines(draw, inputs: int, outputs: int, max_weight: int) -> Affine:
    number = st.integers(-max_weight, max_weight)
    row = st.lists(number, min_size=outputs, max_size=outputs)
    weights = draw(st.lists(row, min_size=inputs, max_size=inputs))
    return Affine(weights, draw(row))
