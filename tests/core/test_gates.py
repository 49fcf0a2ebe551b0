"""Kinds of gates, read off weights and threshold, against truth tables."""

from itertools import product

import pytest
from hypothesis import given

import tcsim as tc
from tcsim.gates import kind
from tcsim.strategies import circuits
from tests.measure.oracle import flatten


def read_off(weights, threshold):
    """The kind, from the truth table over literals (an operand of negative weight is inverted)."""
    count, fires, fails = len(weights), set(), set()
    for values in product((0, 1), repeat=count):
        literals = tuple(v if w > 0 else 1 - v for v, w in zip(values, weights, strict=True))
        total = sum(w * v for w, v in zip(weights, values, strict=True))
        (fires if total >= threshold else fails).add(literals)
    if not fires or not fails:
        return f"constant {int(not fails)}"
    if count == 1:
        return "buffer" if weights[0] > 0 else "not"
    if fires == {(1,) * count}:
        return "and"
    if fails == {(0,) * count}:
        return "or"
    if len({abs(weight) for weight in weights}) > 1:
        return "weighted"
    majority = fires == {v for v in fires | fails if 2 * sum(v) > count}
    return "maj" if majority else "k-of-n"


@pytest.mark.parametrize("count", [0, 1, 2, 3, 4])
def test_kinds_are_what_the_truth_table_says(count):
    sizes = (-3, -1, 1, 2) if count < 4 else (-2, 1, 2)
    for weights in product(sizes, repeat=count):
        for threshold in range(-8, 9):
            assert kind(weights, threshold) == read_off(weights, threshold)


def test_weights_of_zero_are_ignored():
    assert kind([0, 1, 0], 1) == "buffer"
    assert kind([0, 0], 1) == "constant 0"
    assert kind([1, 1, 1, 0], 2) == "maj"


def test_strict_majority():
    assert [kind([1] * 4, k) for k in range(6)] == [
        "constant 1",
        "or",
        "k-of-n",
        "maj",
        "and",
        "constant 0",
    ]
    assert kind([7] * 5, 15) == "maj"
    assert kind([2**200] * 3, 2**200 + 1) == "maj"


@given(circuits(weights=(-(2**65), 2**65)))
def test_views(circuit):
    flat = flatten(circuit)
    assert len(circuit.gates) == circuit.size
    for number, (view, (terms, threshold)) in enumerate(
        zip(circuit.gates, flat.gates, strict=True)
    ):
        assert view.number == number
        assert (view.terms, view.threshold) == (terms, threshold)
        assert view.form == circuit.gate_form[number]
        assert view.level == flat.levels()[number]
        assert view.fan_in == len(terms)
        assert view.kind == kind(terms.values(), threshold)
    assert circuit.gates[1:] == [circuit.gates[i] for i in range(1, circuit.size)]


def test_sequence():
    builder = tc.Builder()
    x = builder.inputs("x", 2)
    builder.output("y", [x[0] & x[1], x[0] | x[1]])
    gates = builder.build().gates
    assert repr(gates) == "<Gates: 2>"
    assert gates[-1] == gates[1]
    with pytest.raises(IndexError):
        gates[2]
