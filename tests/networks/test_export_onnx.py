"""Integer networks as ONNX models: equal bit for bit where onnx and onnxruntime run them."""

from __future__ import annotations

import importlib
import json
import sys
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings

import tcsim as tc
from tcsim.errors import ArgumentError, LimitError, MissingExtraError, NetworkError
from tcsim.networks import Affine, Argmax, Code, Combine, Inputs, IntegerNetwork, Requantize, Sketch
from tcsim.networks.exporting.onnx_graph import IR_VERSION, OPSET
from tcsim.strategies import circuits
from tests.networks.oracle import all_rows, networks, run

onnx = pytest.importorskip("onnx", reason="needs onnx: pip install 'tcsim[onnx]'")
reference = pytest.importorskip("onnx.reference", reason="needs onnx: pip install 'tcsim[onnx]'")
runtime = importlib.import_module("onnxruntime") if find_spec("onnxruntime") else None


def outputs(model, *rows):
    """What the reference engine gives, and onnxruntime must give where it is installed."""
    feeds = {one.name: np.array(x) for one, x in zip(model.graph.input, rows, strict=True)}
    found = reference.ReferenceEvaluator(model).run(None, feeds)
    assert all(one.dtype == np.int64 for one in found)
    if runtime is not None:
        session = runtime.InferenceSession(model.SerializeToString())
        again = session.run(None, feeds)
        assert all(np.array_equal(a, b) for a, b in zip(found, again, strict=True))
    return found


@settings(max_examples=25)
@given(network=networks())
def test_any_chain(network: IntegerNetwork) -> None:
    rows = all_rows(network, 60)
    (found,) = outputs(tc.networks.to_onnx(network), rows)
    assert found.tolist() == [run(network, row) for row in rows]


@settings(max_examples=15)
@given(circuit=circuits(inputs=(1, 5), size=(0, 10), outputs=(1, 3)))
def test_circuits(circuit: tc.Circuit) -> None:
    rows = np.arange(2**circuit.n_inputs)[:, None] >> np.arange(circuit.n_inputs) & 1
    (found,) = outputs(tc.networks.to_onnx(circuit.to_network()), rows)
    assert np.array_equal(found, circuit(rows.astype(np.uint8)))


def test_what_is_written() -> None:
    b = tc.Builder()
    b.output("vote", tc.sum(b.inputs("x", 3)) >= 2)
    model = tc.networks.to_onnx(b.build().to_network())
    assert [node.op_type for node in model.graph.node] == [
        "MatMul",
        "GreaterOrEqual",
        "Cast",
        "Identity",
    ]
    assert [(one.domain, one.version) for one in model.opset_import] == [("", OPSET)]
    assert model.ir_version == IR_VERSION
    (said,) = model.metadata_props
    assert (said.key, json.loads(said.value)) == (
        "tcsim",
        {
            "schema": "tcsim.integer_network/1",
            "inputs": {"x": [0, 1, "thermometer"]},
            "outputs": [[0, 1, "thermometer"]],
            "output_scale": 1.0,
        },
    )


def test_integers_beyond_floating_point() -> None:
    """Sums near 2**61 that differ by one, ties, and cuts at the ends of what is allowed."""
    network = IntegerNetwork(
        Inputs(2, Code(0, 3)),
        [
            Affine([[2**59, 2**59], [1, 0]], [-3, 0]),
            Requantize([[-(2**62), 2**59, 2**62], [1, 2**59 + 1, 2**61 - 1]], Code(-1, 2)),
        ],
    )
    rows = all_rows(network)
    (found,) = outputs(tc.networks.to_onnx(network), rows)
    assert found.tolist() == [run(network, row) for row in rows]
    assert len(np.unique(found[:, 0])) > 1
    ties = IntegerNetwork(
        Inputs(2, Code(0, 3)), [Affine([[2**59, 2**59, 0], [1, 0, 0]], [0, 1, 0]), Argmax(3)]
    )
    (found,) = outputs(tc.networks.to_onnx(ties), rows)
    assert found.tolist() == [run(ties, row) for row in rows]
    assert set(found.ravel().tolist()) == {0, 1}


def test_several_inputs_and_outputs_and_named_axes() -> None:
    sketch = Sketch()
    x, y = sketch.input("x", ("n", 2), Code(0, 3)), sketch.input("y", 2, Code(-2, 1, "binary"))
    higher = sketch.add(Requantize([[1, 3]], Code(0, 2)), sketch.add(Affine([[1], [-1]], [1]), x))
    larger = sketch.add(Argmax(2), y)
    network = sketch.network(larger, higher, x)
    model = tc.networks.to_onnx(network)
    assert [one.name for one in model.graph.input] == ["x", "y"]
    axes = [
        one.dim_param or one.dim_value for one in model.graph.input[0].type.tensor_type.shape.dim
    ]
    assert axes == ["rows", "n", 2]
    draws = np.random.default_rng(0)
    for n in (1, 3):
        a, b = draws.integers(0, 4, (7, n, 2)), draws.integers(-2, 2, (7, 2))
        found, expected = outputs(model, a, b), network.at(n=n).run(a, b)
        assert all(np.array_equal(p, q) for p, q in zip(found, expected, strict=True))


def test_labels() -> None:
    network = IntegerNetwork(
        Inputs(2, Code(0, 3)), [Affine([[1, 0], [0, 1]], [0, 0]), Argmax(2)], labels=["a", "b"]
    )
    said = json.loads(tc.networks.to_onnx(network).metadata_props[0].value)
    assert said["labels"] == ["a", "b"]


def test_files(tmp_path: Path) -> None:
    b = tc.Builder()
    b.output("vote", tc.sum(b.inputs("x", 3)) >= 2)
    network, path = b.build().to_network(), tmp_path / "vote.onnx"
    model = tc.networks.to_onnx(network, path)
    assert onnx.load(path) == model
    assert list(tmp_path.iterdir()) == [path]
    with pytest.raises(ArgumentError, match="cannot write"):
        tc.networks.to_onnx(network, tmp_path / "none" / "vote.onnx")


def test_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    sketch = Sketch()
    x = sketch.input("x", 2, Code(0, 1))
    twice = sketch.add(Requantize([[1]], Code(0, 1)), sketch.add(Combine([2]), x))
    with pytest.raises(
        NetworkError, match=r"operation 1 \(network\), <Combine: 2 x0>, has no ONNX"
    ):
        tc.networks.to_onnx(sketch.network(twice))
    network = IntegerNetwork(
        Inputs(2, Code(0, 1)), [Affine([[1], [1]], [0]), Requantize([[1]], Code(0, 1))]
    )
    monkeypatch.setattr("tcsim.networks.exporting.onnx.LIMIT", 16)
    with pytest.raises(LimitError, match="32 bytes of weights"):
        tc.networks.to_onnx(network)
    monkeypatch.undo()
    monkeypatch.setitem(sys.modules, "onnx", None)
    with pytest.raises(MissingExtraError, match=r"tcsim\[onnx\]"):
        tc.networks.to_onnx(network)
