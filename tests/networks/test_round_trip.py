"""Network to ONNX and back: the same function, at the same depth."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

import tcsim as tc
from tcsim.networks import Affine, Code, Requantize, Sketch
from tcsim.strategies import circuits

pytest.importorskip("onnx", reason="needs onnx: pip install 'tcsim[onnx]'")


@settings(max_examples=20)
@given(circuit=circuits(inputs=(1, 4), size=(1, 8), outputs=(1, 3)))
def test_circuits_there_and_back(circuit: tc.Circuit) -> None:
    network = circuit.to_network()
    back = tc.networks.from_onnx(tc.networks.to_onnx(network)).network
    assert [one.code for one in back.sources] == [
        Code(one.code.lo, one.code.hi, "binary") for one in network.sources
    ]
    rows = np.arange(2**circuit.n_inputs)[:, None] >> np.arange(circuit.n_inputs) & 1
    assert np.array_equal(back(rows), circuit(rows.astype(np.uint8)))
    built = tc.networks.compile(back)
    assert np.array_equal(back.decode(built(back.encode(rows))), back(rows))
    assert built.depth == tc.networks.compile(network).depth
    assert back.cost().numbers().total.depth == network.cost().numbers().total.depth


def test_hidden_values_of_several_steps_stay_sums_of_gates() -> None:
    sketch = Sketch()
    edge = sketch.input("x", 4, Code(0, 3))
    weights = np.arange(16).reshape(4, 4) % 5 - 2
    for code, cuts in ((Code(0, 3), [1, 3, 5]), (Code(0, 1), [2]), (Code(0, 1), [1])):
        edge = sketch.add(Affine(weights, [1, 0, 0, -2]), edge)
        edge = sketch.add(Requantize([cuts] * 4, code), edge)
    network = sketch.network(edge)
    back = tc.networks.from_onnx(tc.networks.to_onnx(network)).network
    rows = np.indices((4,) * 4).reshape(4, -1).T
    assert np.array_equal(back(rows), network(rows))
    assert tc.networks.compile(back).depth == tc.networks.compile(network).depth == 3
