"""Circuit to network to ONNX and back: the same function."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

import tcsim as tc
from tcsim.strategies import circuits

pytest.importorskip("onnx", reason="needs onnx: pip install 'tcsim[onnx]'")


@settings(max_examples=20)
@given(circuit=circuits(inputs=(1, 4), size=(1, 8), outputs=(1, 3)))
def test_there_and_back(circuit: tc.Circuit) -> None:
    network = circuit.to_network()
    model = tc.networks.to_onnx(network)
    back = tc.networks.from_onnx(model, ranges={"x": (0, 1)}).network
    rows = np.arange(2**circuit.n_inputs)[:, None] >> np.arange(circuit.n_inputs) & 1
    assert np.array_equal(back(rows), circuit(rows.astype(np.uint8)))
    built = tc.networks.compile(back)
    assert np.array_equal(back.decode(built(back.encode(rows))), back(rows))
    # The graph says comparisons and a sum of them where the network says one rounding.
    assert built.depth <= 3 * max(1, circuit.depth)
