"""Values, types and arguments that a model or a caller may not have: errors that name them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

import tcsim as tc
from tcsim.errors import ArgumentError, NetworkError
from tcsim.networks.importers.onnx.answers import answering
from tests.networks.importers.onnx.models import helper, model, node

DATA = Path(__file__).parents[3] / "data" / "onnx"
LONG = 10**12


def addition(**changed: Any) -> Any:
    """``z = x + y`` of two uint8."""
    ports = {"x": ("uint8", [2]), "y": ("uint8", [2])} | changed
    return model([node("Add", "x y", "z")], ports, {"z": ("uint8", [2])}, {})


def linear(weights: object, bias: object = (0.0, 0.0)) -> Any:
    """``y = x @ w + b`` of real numbers."""
    return model(
        [node("Gemm", "x w b", "y")],
        {"x": ("float", ["N", 2])},
        {"y": ("float", ["N", 2])},
        {"w": np.asarray(weights, np.float32), "b": np.asarray(bias, np.float32)},
    )


def product(**changed: object) -> Any:
    """QLinearMatMul of uint8 by a matrix of int8."""
    constants: dict[str, object] = {
        "s": np.float32(0.5),
        "xz": np.uint8(3),
        "w": np.array([[1, 2], [3, -4]], np.int8),
        "ws": np.float32(0.25),
        "wz": np.int8(0),
        "ys": np.float32(2),
        "yz": np.uint8(1),
    }
    return model(
        [node("QLinearMatMul", "x s xz w ws wz ys yz", "y")],
        {"x": ("uint8", [1, 2])},
        {"y": ("uint8", [1, 2])},
        constants | changed,
    )


def dequantized(kind: str, zero: object) -> Any:
    """An integer times a scale, quantized to uint8."""
    return model(
        [node("DequantizeLinear", "x s z", "r"), node("QuantizeLinear", "r s q", "y")],
        {"x": (kind, [2])},
        {"y": ("uint8", [2])},
        {"s": np.float32(0.5), "z": zero, "q": np.uint8(0)},
    )


# Ranges ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["initializer", "Constant", "float", "Identity"])
def test_a_range_that_onnx_would_write_out(how: str) -> None:
    constants: dict[str, object] = {"a": np.int64(0), "b": np.int64(LONG), "c": np.int64(1)}
    nodes = []
    if how == "Constant":
        del constants["b"]
        nodes.append(helper.make_node("Constant", [], ["b"], value_int=LONG))
    if how == "Identity":
        constants["bb"] = constants.pop("b")
        nodes.append(node("Identity", "bb", "b"))
    if how == "float":
        constants = {"a": np.float32(0), "b": np.float32(2**40), "c": np.float32(1)}
    one = model(
        [*nodes, node("Range", "a b c", "r"), node("Add", "x r", "y")],
        {"x": ("float" if how == "float" else "int64", [1])},
        {"y": ("float" if how == "float" else "int64", ["q"])},
        constants,
    )
    number = 2**40 if how == "float" else LONG
    with pytest.raises(NetworkError, match=f"model: Range 'Range_r': a range of {number} numbers"):
        tc.networks.from_onnx(one)


def test_a_short_range_is_read() -> None:
    one = model(
        [node("Range", "a b c", "r"), node("Add", "x r", "y")],
        {"x": ("int64", [3])},
        {"y": ("int64", [3])},
        {"a": np.int64(6), "b": np.int64(0), "c": np.int64(-2)},
    )
    network = tc.networks.from_onnx(one, ranges={"x": (0, 7)}).network
    assert network([[1, 2, 3]]).tolist() == [[7, 6, 5]]


# Arguments ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"axes": "x"}, r"^axes must be \{name of an axis: its length\}, not 'x'"),
        ({"axes": {3: 4}}, r"^axes must be"),
        ({"ranges": "x"}, r"^ranges must be \{name: \(least, largest\)\}, not 'x'"),
        ({"ranges": {"x": 3}}, r"^ranges\['x'\] must be two integers"),
        ({"ranges": {"x": (0.5, 3)}}, r"^ranges\['x'\] must be two integers"),
    ],
)
def test_arguments_of_another_kind(options: dict[str, Any], message: str) -> None:
    with pytest.raises(ArgumentError, match=message):
        tc.networks.from_onnx(addition(), **options)


@pytest.mark.parametrize("name", ["weight_bits", "activation_bits"])
def test_widths_are_looked_at_whatever_the_model(name: str) -> None:
    options: dict[str, Any] = {name: "a"}
    with pytest.raises(NetworkError, match=f"{name} must be an integer in 2.."):
        tc.networks.from_onnx(product(), **options)


def test_a_range_of_no_input_of_a_real_model() -> None:
    rows = np.random.default_rng(0).normal(size=(8, 2))
    with pytest.raises(NetworkError, match="model: no input is called 'zz'"):
        tc.networks.from_onnx(linear(np.eye(2)), calibration=rows, ranges={"zz": (0, 1)})


# Types -------------------------------------------------------------------------------------------


def test_types_of_quantized_operands() -> None:
    assert tc.networks.from_onnx(product()).network([[[7, 9]]]).tolist() == [[[2, 0]]]
    for changed, message in (
        (
            {"w": np.array([[1, 2], [3, 4]], np.float32)},
            "'w' is of type float32: quantized values are int",
        ),
        ({"xz": np.int8(3)}, "the zero point 'xz' is of type int8, and 'x' of uint8"),
        ({"wz": np.uint8(0)}, "the zero point 'wz' is of type uint8, and 'w' of int8"),
    ):
        with pytest.raises(NetworkError, match=f"QLinearMatMul_y': {message}"):
            tc.networks.from_onnx(product(**changed))


def test_zero_points_of_dequantized_values() -> None:
    for kind, zero, message in (
        ("int8", np.int32(0), "'z' is of type int32, and 'x' of int8"),
        ("int32", np.int32(5), "'z' of int32 values must be 0, not 5"),
    ):
        with pytest.raises(NetworkError, match=f"the zero point {message}"):
            tc.networks.from_onnx(dequantized(kind, zero))
    network = tc.networks.from_onnx(dequantized("int32", np.int32(0)), ranges={"x": (0, 9)}).network
    assert network([[3, 9]]).tolist() == [[3, 9]]


def test_dynamic_quantization_is_named_before_calibration() -> None:
    one = model(
        [node("DynamicQuantizeLinear", "x", "q s z"), node("DequantizeLinear", "q s z", "y")],
        {"x": ("float", ["N", "n"])},
        {"y": ("float", ["N", "n"])},
        {},
    )
    said = (
        r"^model: 1 node cannot be imported.*\n  DynamicQuantizeLinear 'DynamicQuantizeLinear_q': "
        "dynamic quantization has no range: quantize statically"
    )
    with pytest.raises(NetworkError, match=said):
        tc.networks.from_onnx(one)


# Overflow ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "changed",
    [{"ys": np.float32(1e-45)}, {"s": np.float32(3e38), "ws": np.float32(3e38)}],
)
def test_scales_that_overflow(changed: dict[str, object]) -> None:
    with pytest.raises(NetworkError, match=r"QLinearMatMul_y': the scales overflow float32"):
        tc.networks.from_onnx(product(**changed))


@pytest.mark.parametrize(
    ("weights", "bias"),
    [([[3e38, 3e38], [3e38, 3e38]], [0, 0]), ([[1e38, 0], [0, 1]], [3e38, 3e38])],
)
def test_weights_that_overflow(weights: object, bias: object) -> None:
    rows = np.random.default_rng(0).uniform(1, 9, size=(8, 2))
    with pytest.raises(NetworkError, match="overflow"):
        tc.networks.from_onnx(linear(weights, bias), calibration=rows)


# Messages ----------------------------------------------------------------------------------------


def test_calibration_errors_name_the_model() -> None:
    with pytest.raises(NetworkError, match=r"^model: a model of real numbers needs calibration"):
        tc.networks.from_onnx(linear(np.eye(2)))
    with pytest.raises(NetworkError, match=r"^model: calibration rows of 'x' are .* not \(4, 3\)"):
        tc.networks.from_onnx(linear(np.eye(2)), calibration=np.ones((4, 3)))
    rows = np.ones((4, 2))
    rows[2, 1] = np.nan
    with pytest.raises(NetworkError, match=r"^model: .* 'x' hold NaN or infinity, first in row 2"):
        tc.networks.from_onnx(linear(np.eye(2)), calibration=rows)


def test_several_outputs_are_no_answer() -> None:
    one = model(
        [node("Add", "x y", "z"), node("Sub", "x y", "w")],
        {"x": ("uint8", [2]), "y": ("uint8", [2])},
        {"z": ("uint8", [2]), "w": ("uint8", [2])},
        {},
    )
    network = tc.networks.from_onnx(one).network
    with pytest.raises(NetworkError, match=r"feeds one output back.* the network has 2: keep"):
        answering(network)


def test_an_axis_below_zero_is_named() -> None:
    with pytest.raises(NetworkError, match="model: axis 0 of input 'x' has length -1"):
        tc.networks.from_onnx(addition(x=("uint8", [-1])))


def test_a_table_of_positions_that_is_too_short() -> None:
    rows = np.random.default_rng(0).integers(0, 5, size=(4, 71))
    path = DATA / "softmax_decoder.onnx"
    with pytest.raises(NetworkError, match=r"row 70 of the table .* 70 rows: .* must fit into 70$"):
        tc.networks.from_onnx(path, calibration=rows, axes={"n": 71}, ranges={"tokens": (0, 4)})


def test_one_integer_is_read() -> None:
    from tcsim.networks import Code, Inputs
    from tcsim.report.network_content import reads

    assert reads([Inputs(1, Code(0, 3))]).endswith("1 integer 0..3, thermometer")
    assert reads([Inputs(2, Code(0, 3))]).endswith("2 integers 0..3, thermometer")
