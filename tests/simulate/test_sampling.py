"""Outputs on random inputs: by their definition, in any parts, by any engine."""

import numpy as np
import pytest

import tcsim as tc
from tcsim.errors import ArgumentError, LimitError
from tcsim.simulate import engines, random_inputs, random_outputs
from tcsim.simulate.sources import random_words


@pytest.fixture
def circuit():
    b = tc.Builder()
    x = b.inputs("x", 70)
    b.output("y", [tc.majority(x), x[0] & ~x[69], x[5], b.constant(1)])
    return b.build()


@pytest.mark.parametrize("engine", ["auto", "bigint", "bits", "reference"])
def test_outputs_are_those_on_the_inputs(circuit, engine):
    inputs = random_inputs(circuit, 3, 10, 5)
    np.testing.assert_array_equal(inputs, random_words(70, 3, 10, 15))
    got = random_outputs(circuit, 3, 10, 5, engine=engine)
    assert got.dtype == np.uint64
    np.testing.assert_array_equal(got, circuit(inputs, packed=True, engine="reference"))


def test_long_inputs_are_made_in_parts(circuit):
    np.testing.assert_array_equal(random_inputs(circuit, 3, 7, 3000), random_words(70, 3, 7, 3007))


@pytest.mark.parametrize("threads", [1, 3])
@pytest.mark.parametrize("engine", ["bigint", "bits"])
def test_parts_and_threads_change_nothing(circuit, monkeypatch, engine, threads):
    whole = random_outputs(circuit, 2**64 - 1, 2**40, 300)
    monkeypatch.setattr(engines, "BIGINT_VECTORS", 64)
    monkeypatch.setattr(engines, "CACHE_BYTES", 0)
    calls = []
    got = random_outputs(
        circuit,
        2**64 - 1,
        2**40,
        300,
        engine=engine,
        threads=threads,
        progress=lambda *call: calls.append(call),
    )
    np.testing.assert_array_equal(got, whole)
    assert len(calls) > 1
    assert calls == sorted(calls)
    assert calls[-1] == (19200, 19200)
    cut = [random_outputs(circuit, 2**64 - 1, 2**40 + a, n) for a, n in ((0, 100), (100, 200))]
    np.testing.assert_array_equal(np.hstack(cut), whole)


def test_nothing_asked_for(circuit):
    assert random_outputs(circuit, 0, 0, 0).shape == (4, 0)
    b = tc.Builder()
    b.inputs("x", 2)
    assert random_outputs(b.build(), 0, 0, 9).shape == (0, 9)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((-1, 0, 1), r"seed is -1; it must be from 0 to 2\*\*64 - 1"),
        ((2**64, 0, 1), "seed is 18446744073709551616"),
        ((True, 0, 1), "seed must be an integer, not True"),
        ((0.5, 0, 1), "seed must be an integer, not 0.5"),
        ((0, -1, 1), r"first is -1; it must be from 0 to 2\*\*62 - 1"),
        ((0, "0", 1), "first must be an integer, not '0'"),
        ((0, 0, -1), "words is -1"),
        ((0, 0, None), "words must be an integer, not None"),
    ],
)
def test_bad_numbers(circuit, arguments, message):
    for function in (random_outputs, random_inputs):
        with pytest.raises(ArgumentError, match=message):
            function(circuit, *arguments)


def test_other_bad_arguments(circuit):
    with pytest.raises(ArgumentError, match="engine is 'none'"):
        random_outputs(circuit, 0, 0, 1, engine="none")
    with pytest.raises(LimitError, match=r"the outputs would take .* parts of the range"):
        random_outputs(circuit, 0, 0, 2**55)
    with pytest.raises(LimitError, match=r"the inputs would take .* parts of the range"):
        random_inputs(circuit, 0, 0, 2**55)
    seed, first = np.uint64(2**64 - 1), np.int64(3)
    assert random_outputs(circuit, seed, first, np.int32(2)).shape == (4, 2)
