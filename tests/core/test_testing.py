"""The assertions: they pass on what is right, and say what is wrong."""

import numpy as np
import pytest
import sympy
from hypothesis import given

import tcsim as tc
from tcsim.errors import ArgumentError
from tcsim.strategies import circuits
from tcsim.testing import assert_engines_agree, assert_equivalent, assert_formula_matches
from tests.measure.oracle import flatten


def threshold(n, k):
    builder = tc.Builder()
    builder.output("y", tc.at_least(k, builder.inputs("x", n)))
    return builder.build()


@given(circuits())
def test_a_circuit_equals_itself_and_its_function(circuit):
    assert_equivalent(circuit, circuit)
    table = dict(enumerate(flatten(circuit).table()))

    def function(batch):
        weights = 1 << np.arange(circuit.n_inputs)[::-1]
        rows = [table[int(row @ weights)] for row in batch.astype(int)]
        return np.array(rows).reshape(len(batch), circuit.n_outputs)

    assert_equivalent(circuit, function)


def test_different_circuits():
    with pytest.raises(
        AssertionError, match=r"^output y is 1 in the first and 0 in the second"
    ) as e:
        assert_equivalent(threshold(4, 2), threshold(4, 3))
    assert "x[0] = 1, x[1] = 1, x[2] = 0, x[3] = 0 (found among all 16 input vectors)" in str(
        e.value
    )


def test_different_circuits_of_many_inputs():
    assert_equivalent(threshold(40, 20), threshold(40, 20), vectors=1000)
    with pytest.raises(AssertionError, match=r"1,000 of 2\*\*40 input vectors, seed 3"):
        assert_equivalent(threshold(40, 20), threshold(40, 21), vectors=1000, seed=3)


@pytest.mark.parametrize("k", [1, 40])
def test_ends_are_tried(k):
    constant = threshold(40, 0 if k == 1 else 41)
    with pytest.raises(AssertionError, match="output y"):
        assert_equivalent(threshold(40, k), constant, vectors=2)


def test_every_vector_is_tried():
    for wrong in range(32):
        builder = tc.Builder()
        x = builder.inputs("x", 5)
        literals = [wire if wrong >> i & 1 else ~wire for i, wire in enumerate(x)]
        builder.output("y", tc.all(literals))
        with pytest.raises(AssertionError):
            assert_equivalent(threshold(5, 6), builder.build())


def test_different_shapes():
    with pytest.raises(AssertionError, match=r"\(4, 1\) inputs and outputs in the first, \(5, 1\)"):
        assert_equivalent(threshold(4, 2), threshold(5, 2))
    with pytest.raises(AssertionError, match=r"shape \(16, 1\) in the first, \(16,\)"):
        assert_equivalent(threshold(4, 2), lambda batch: batch.sum(axis=1) >= 2)
    with pytest.raises(ArgumentError, match="vectors"):
        assert_equivalent(threshold(4, 2), threshold(4, 2), vectors=0)


def test_without_inputs():
    builder = tc.Builder()
    builder.output("y", builder.constant(1))
    with pytest.raises(AssertionError, match="there are no inputs"):
        assert_equivalent(builder.build(), lambda batch: np.zeros((len(batch), 1)))


@given(circuits() | circuits(weights=(-(2**66), 2**66)))
def test_engines_agree(circuit):
    assert_engines_agree(circuit)


def test_engines_that_disagree(monkeypatch):
    from tcsim.simulate import engines

    true = engines.reference

    def wrong(circuit, batch, wires):
        values = true(circuit, batch, wires)
        values[-1] ^= 1
        return values

    monkeypatch.setattr(engines, "reference", wrong)
    first = "output y is 0 by reference and 1 by (auto|bigint)(, packed)?\nwhere x"
    with pytest.raises(AssertionError, match=first):
        assert_engines_agree(threshold(3, 2))
    batch = np.zeros((2, 3), np.uint8)
    with pytest.raises(AssertionError, match=r"is 1 by reference and 0 by (auto|bigint)"):
        assert_engines_agree(threshold(3, 2), batch)


def test_formulas():
    n, k = sympy.symbols("n k")
    points = [{"n": a, "k": b} for a in range(3, 7) for b in range(2, a)]
    assert_formula_matches(1, threshold, points)
    assert_formula_matches(n, threshold, points, measure="edges")
    # Padding makes the majority of n wires that of 2k - 1 or 2(n - k) + 1, whichever is more.
    formulas = {"size": 1, "fan_in_2.max_fan_in": 2, "majority.depth": sympy.Integer(1)}
    assert_formula_matches(formulas, threshold, points)
    assert_formula_matches({"width": sympy.sqrt(n) ** 2 / n}, threshold, points)
    assert_formula_matches({"depth": sympy.ceiling(sympy.log(k, 2) / k)}, threshold, points)


def test_symbols_are_matched_by_name():
    n = sympy.Symbol("n", integer=True, positive=True)
    assert_formula_matches(n, threshold, [{"n": 5, "k": 2}], measure="max_fan_in")


def test_formulas_that_are_wrong():
    n = sympy.Symbol("n")
    points = [{"n": 3, "k": 2}, {"n": 5, "k": 2}]
    message = "^edges at n = 5, k = 2: the formula 3 gives 3, the circuit has 5$"
    with pytest.raises(AssertionError, match=message):
        assert_formula_matches({"depth": 1, "edges": 3}, threshold, points)
    with pytest.raises(AssertionError, match="gives 5/2, the circuit has 5"):
        assert_formula_matches(n / 2, threshold, points[1:], measure="edges")


def test_formulas_that_cannot_be_compared():
    point = [{"n": 3, "k": 2}]
    m = sympy.Symbol("m")
    for formula, points, measure, message in (
        (m, point, "depth", "uses m, which is no parameter"),
        (1, [], "depth", "no points"),
        (1, point, "deepness", "no measure 'deepness'"),
        (1, point, "levels", "no measure 'levels'"),
        (1, point, "binary.depth", "no basis 'binary'"),
        ("n", point, "depth", "is no expression"),
    ):
        with pytest.raises(ArgumentError, match=message):
            assert_formula_matches(formula, threshold, points, measure=measure)
