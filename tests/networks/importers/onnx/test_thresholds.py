"""Comparisons with constants, sums with constants, casts that fit: their values and depths."""

from __future__ import annotations

import numpy as np
import pytest

import tcsim as tc
from tcsim.errors import NetworkError

onnx = pytest.importorskip("onnx", reason="needs onnx: pip install 'tcsim[onnx]'")
COMPARISONS = {
    "Less": np.less,
    "LessOrEqual": np.less_equal,
    "Greater": np.greater,
    "GreaterOrEqual": np.greater_equal,
}


def imported(body: str, inputs: str = "int8[2] x", outputs: str = "bool[2] y", **options):
    text = f'<ir_version: 10, opset_import: ["": 21]> g ({inputs}) => ({outputs}) {{ {body} }}'
    return tc.networks.from_onnx(onnx.parser.parse_model(text), **options).network


@pytest.mark.parametrize("constant", ["-128, 127", "127, -128", "-3, 0", "1, 2"])
@pytest.mark.parametrize("swapped", [False, True])
@pytest.mark.parametrize("name", COMPARISONS)
def test_a_comparison_with_a_constant_is_a_gate(name: str, swapped: bool, constant: str) -> None:
    order = "c, x" if swapped else "x, c"
    network = imported(f"c = Constant<value = int8[2] {{{constant}}}> () y = {name}({order})")
    values = np.arange(-128, 128)
    rows = np.stack([values, values[::-1]], 1)
    cut = np.array([int(one) for one in constant.split(",")])
    pair = (cut, rows) if swapped else (rows, cut)
    assert np.array_equal(network(rows), COMPARISONS[name](*pair))
    circuit = tc.networks.compile(network)
    assert (circuit.depth <= 1, circuit.size <= 2) == (True, True)
    assert np.array_equal(circuit(network.encode(rows)), network.encode_outputs(network(rows)))


def test_constants_with_more_axes_than_values() -> None:
    body = "c = Constant<value = int8[3,1] {-1, 0, 5}> () y = Greater(x, c)"
    network = imported(body, outputs="bool[3,2] y")
    rows = np.array([[0, 7], [-1, 5]])
    assert np.array_equal(network(rows), rows[:, None, :] > np.array([[-1], [0], [5]]))


def test_sums_with_constants_are_no_gates() -> None:
    body = """
        w = Constant<value = int64[2,2] {1, 2, -3, 4}> ()
        b = Constant<value = int64[2] {5, -6}> ()
        c = Constant<value = int64[2] {2, 2}> ()
        s = MatMul(x, w) t = Add(b, s) u = Sub(t, b) v = Sub(u, c) y = GreaterOrEqual(v, c)
    """
    network = imported(body, "int64[2] x", ranges={"x": (-3, 4)})
    rows = np.indices((8, 8)).reshape(2, -1).T - 3
    expected = rows @ np.array([[1, 2], [-3, 4]]) >= 4
    assert np.array_equal(network(rows), expected)
    assert tc.networks.compile(network).depth == 1


def test_sums_that_wrap_around_do() -> None:
    body = """
        w = Constant<value = int32[2,2] {1, 0, 0, 1}> ()
        b = Constant<value = int32[2] {2147483647, -2147483648}> ()
        z = Constant<value = int32[2] {0, 0}> ()
        s = MatMul(x, w) t = Add(s, b) y = Less(t, z)
    """
    network = imported(body, "int32[2] x", ranges={"x": (-4, 3)})
    rows = np.array([[1, -1], [0, 0], [-1, 1], [3, -4]])
    assert network(rows).tolist() == [[1, 0], [0, 1], [0, 1], [1, 0]]


def test_casts_that_fit_are_nothing() -> None:
    network = imported("y = Cast<to = 7>(x)", outputs="int64[2] y")
    assert tc.networks.compile(network).size == 0
    assert network([[-128, 127]]).tolist() == [[-128, 127]]
    narrow = imported("y = Cast<to = 2>(x)", outputs="uint8[2] y")
    assert narrow([[-128, 127]]).tolist() == [[128, 127]]


@pytest.mark.parametrize(
    "said", ["{", "[]", '{"schema": "tcsim.integer_network/1"}', "[" * 10_000, "9" * 5000]
)
def test_metadata_that_is_none(said: str) -> None:
    model = _model()
    del model.metadata_props[:]
    model.metadata_props.add(key="tcsim", value=said)
    with pytest.raises(NetworkError, match="metadata 'tcsim'"):
        tc.networks.from_onnx(model)


def test_metadata_of_others_is_not_read() -> None:
    model = _model()
    del model.metadata_props[:]
    model.metadata_props.add(key="tcsim", value='{"schema": "another/1"}')
    assert tc.networks.from_onnx(model).network.sources[0].code.hi == 2**31 - 1


def _model():
    b = tc.Builder()
    b.output("y", tc.sum(b.inputs("x", 3)) >= 2)
    return tc.networks.to_onnx(b.build().to_network())
