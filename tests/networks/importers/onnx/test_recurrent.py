"""RNN, LSTM and GRU: close to what onnxruntime computes, exact as circuits."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import tcsim as tc
from tcsim.errors import NetworkError
from tests.networks.importers.onnx.models import model, node

runtime = pytest.importorskip("onnxruntime", reason="needs onnxruntime: pip install 'tcsim[test]'")
GATES = {"RNN": 1, "LSTM": 4, "GRU": 3}
LENGTH, FEATURES, HIDDEN = 4, 3, 2


def recurrent(
    kind: str, *, ways: int = 1, last: bool = False, inputs: str = "", **options: Any
) -> Any:
    """A model of one layer: its hidden values at all positions, or the last ones."""
    random = np.random.default_rng(7)
    rows = GATES[kind] * HIDDEN
    nodes = [
        node("Transpose", "x", "t", perm=[1, 0, 2]),
        node(kind, f"t w r b {inputs}", "all h c" if kind == "LSTM" else "all h", **options),
        node("Transpose", "h" if last else "all", "y", perm=[1, 0, 2] if last else [2, 0, 1, 3]),
    ]
    constants = {
        "w": random.normal(size=(ways, rows, FEATURES)),
        "r": random.normal(size=(ways, rows, HIDDEN)),
        "b": random.normal(size=(ways, 2 * rows)) / 2,
        "zeros": np.zeros((ways, 1, HIDDEN)),
        "ones": np.ones((ways, 1, HIDDEN)),
        "full": np.array([LENGTH], np.int32),
        "short": np.array([LENGTH - 1], np.int32),
    }
    shape = ["N", *([] if last else [LENGTH]), ways, HIDDEN]
    nodes[1].attribute.append(_integer("hidden_size", HIDDEN))
    used = {name: constants[name] for name in ("w", "r", "b", *inputs.replace("-", "").split())}
    return model(
        nodes, {"x": ("float", ["N", LENGTH, FEATURES])}, {"y": ("float", shape)}, used, opset=17
    )


def _integer(name: str, value: int) -> Any:
    import onnx

    return onnx.helper.make_attribute(name, value)


def rows(count: int = 40) -> np.ndarray:
    return np.random.default_rng(1).normal(size=(count, LENGTH, FEATURES))


def imported(one: Any) -> Any:
    return tc.networks.from_onnx(one, calibration=rows(), weight_bits=12, activation_bits=10)


def close(one: Any) -> Any:
    """The network, near to what onnxruntime says on the rows."""
    found = imported(one)
    session = runtime.InferenceSession(one.SerializeToString())
    expected = np.concatenate(
        [session.run(None, {"x": row[None].astype(np.float32)})[0] for row in rows()]
    )
    assert np.allclose(found.floats[0], expected, atol=1e-5)
    (given,) = found(rows())
    assert np.abs(given - expected).max() < 0.02 * np.abs(expected).max()
    return found.network


@pytest.mark.parametrize("last", [False, True])
@pytest.mark.parametrize("direction", ["forward", "reverse", "bidirectional"])
@pytest.mark.parametrize("kind", GATES)
def test_layers_are_as_onnxruntime_has_them(kind: str, direction: str, last: bool) -> None:
    ways = 2 if direction == "bidirectional" else 1
    close(recurrent(kind, ways=ways, direction=direction, last=last))


@pytest.mark.parametrize(("after", "levels"), [(0, 5), (1, 5)])
def test_gates_that_reset_before_or_after_the_matrix(after: int, levels: int) -> None:
    network = close(recurrent("GRU", linear_before_reset=after))
    assert network.cost().numbers().total.depth <= levels * LENGTH


def test_depth_grows_with_the_positions() -> None:
    network = close(recurrent("RNN"))
    assert network.cost().numbers().total.depth == LENGTH


def test_the_circuit_is_the_network() -> None:
    one = recurrent("RNN", last=True)
    network = tc.networks.from_onnx(one, calibration=rows(), weight_bits=4, activation_bits=3)
    network = network.network
    given = network.sources[0]
    random = np.random.default_rng(2)
    x = random.integers(given.code.lo, given.code.hi + 1, size=(50, *given.shape))
    circuit = tc.networks.compile(network)
    assert np.array_equal(network.decode(circuit(network.encode(x))), network(x))


def test_zeros_and_full_lengths_may_be_said() -> None:
    close(recurrent("LSTM", inputs="full zeros zeros"))


@pytest.mark.parametrize(
    ("kind", "options", "said"),
    [
        ("RNN", {"activations": ["Relu"]}, "only tanh"),
        ("LSTM", {"clip": 1.0}, "clip"),
        ("LSTM", {"input_forget": 1}, "input_forget"),
        ("GRU", {"layout": 1}, "positions come first"),
        ("RNN", {"inputs": "short"}, "shorter than the 4 positions"),
        ("GRU", {"inputs": "- ones"}, "first state other than zeros"),
        ("LSTM", {"inputs": "- zeros ones"}, "first cell other than zeros"),
        ("LSTM", {"direction": "sideways"}, "sideways"),
    ],
)
def test_what_has_no_construction_is_named(kind: str, options: Any, said: str) -> None:
    with pytest.raises(NetworkError, match=said):
        imported(recurrent(kind, **options))


def test_outputs_and_lengths_may_be_left_out() -> None:
    one = recurrent("LSTM", inputs="-")
    (layer,) = (each for each in one.graph.node if each.op_type == "LSTM")
    del layer.output[1:]
    layer.output.extend(["", ""])
    close(one)
    layer.output[2] = "c"
    close(one)
    one.graph.node[2].input[0] = "c"
    one.graph.node[2].attribute[0].ints[:] = [1, 0, 2]
    del one.graph.output[0].type.tensor_type.shape.dim[1]
    with pytest.raises(NetworkError, match="the last cell, 'c', is read"):
        imported(one)
