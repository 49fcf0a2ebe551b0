"""Models of TensorFlow Lite: expectations worked out by hand, circuits equal to the integers."""

from __future__ import annotations

from importlib.util import find_spec

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import tcsim as tc
from tcsim.errors import NetworkError
from tcsim.networks.importers.tflite.arithmetic import (
    multiply,
    multiply_once,
    quantize_multiplier,
)
from tcsim.networks.procedures import recurrent
from tests.networks.importers.tflite.files import File
from tests.networks.importers.tflite.models import build

OPERATORS = (
    "ADD",
    "AVERAGE_POOL_2D",
    "CONV_2D",
    "DEPTHWISE_CONV_2D",
    "FULLY_CONNECTED",
    "LOGISTIC",
    "MAX_POOL_2D",
    "MEAN",
    "QUANTIZE",
    "RELU",
    "RELU6",
    "SUB",
    "TANH",
)


def one(name: str, x: int, y: int, file: File, *more: int, **options: object) -> np.ndarray:
    """The network of a file with a single operator."""
    file.op(name, [x, *more], y, **options)
    return tc.networks.from_tflite(file.build([x], [y])).network


@given(st.integers(-(2**27), 2**27), st.floats(1e-6, 6.0))
def test_fixed_point_as_it_is_defined(x: int, real: float) -> None:
    multiplier, shift = quantize_multiplier(real)
    assert 2**30 <= multiplier < 2**31
    assert abs(multiplier * 2.0 ** (shift - 31) - real) <= real * 2**-30
    product = (x << max(shift, 0)) * multiplier
    half = 2**30 if product >= 0 else 1 - 2**30
    high = abs(product + half) // 2**31 * (1 if product + half >= 0 else -1)
    right = max(-shift, 0)
    # To the nearest, halves away from zero.
    expected = (2 * abs(high) + 2**right) // 2 ** (right + 1) * (1 if high >= 0 else -1)
    assert int(multiply(np.array(x), multiplier, shift)) == expected
    once = (x * multiplier + 2 ** (30 - shift)) // 2 ** (31 - shift)
    assert int(multiply_once(np.array(x), multiplier, shift)) == once


def test_what_overflows_in_the_runtime_is_refused() -> None:
    with pytest.raises(NetworkError, match="32 bits"):
        multiply(np.array([2**29]), *quantize_multiplier(2.0))


def test_a_matrix_by_hand() -> None:
    file = File()
    x = file.tensor((1, 2), 0.5, zero=1)
    weights = file.tensor((2, 2), 0.5, values=[[3, -2], [1, 1]])
    bias = file.tensor((2,), 0.25, kind="int32", values=[10, -4])
    y = file.tensor((1, 2), 0.5, zero=-3)
    network = one("FULLY_CONNECTED", x, y, file, weights, bias, FusedActivationFunction=1)
    # x - 1 = (4, -2): 3*4 + 2*2 + 10 = 26, 4 - 2 - 4 = -2; halved 13 and -1; relu: 13 and 0.
    assert network([[[5, -1]]]).tolist() == [[[10, -3]]]


def test_a_convolution_by_hand() -> None:
    file = File()
    x = file.tensor((1, 1, 3, 1), 1.0, zero=2)
    weights = file.tensor((2, 1, 2, 1), [0.5, 0.25], values=[[[[4], [8]]], [[[-4], [12]]]])
    bias = file.tensor((2,), [0.5, 0.25], kind="int32", values=[2, 0])
    y = file.tensor((1, 1, 3, 2), 1.0)
    options = {"Padding": 0, "StrideH": 1, "StrideW": 1, "FusedActivationFunction": 0}
    network = one(
        "CONV_2D", x, y, file, weights, bias, DilationHFactor=1, DilationWFactor=1, **options
    )
    # x - 2 = (1, 3, -1), and 0 behind it.
    # Channel 0: (4 + 24 + 2, 12 - 8 + 2, -4 + 2) / 2; channel 1: (32, -24, 4) / 4.
    assert network([[[[[3], [5], [1]]]]]).tolist() == [[[[[15, 8], [3, -6], [-1, 1]]]]]


def test_pools_by_hand() -> None:
    file = File()
    x, y = (file.tensor(shape, 1.0, zero=7) for shape in ((1, 3, 1, 1), (1, 3, 1, 1)))
    options = {"Padding": 0, "StrideH": 1, "StrideW": 1, "FilterHeight": 2, "FilterWidth": 1}
    network = one("AVERAGE_POOL_2D", x, y, file, **options)
    # Halves away from zero; the last window has one place inside.
    found = network(np.reshape([-4, 1, 4, 1, 2, -5], (2, 1, 3, 1, 1)))
    assert found.reshape(2, 3).tolist() == [[-2, 3, 4], [2, -2, -5]]


def test_sums_by_hand() -> None:
    file = File()
    x, other = file.tensor((1, 2), 1.0), file.tensor((2,), 0.5, zero=2, values=[6, -1])
    y = file.tensor((1, 2), 1.0)
    # 3 + (6 - 2) / 2 = 5; -4 + (-1 - 2) / 2 = -5.5, away from zero.
    assert one("ADD", x, y, file, other, FusedActivationFunction=0)([[[3, -4]]]).tolist() == [
        [[5, -6]]
    ]


def test_tables_by_hand() -> None:
    file = File()
    x, y = file.tensor((1, 3), 1.0), file.tensor((1, 3), 1 / 256, zero=-128)
    # 256 / (1 + exp(-x)): 128, 187.15, 30.53.
    assert one("LOGISTIC", x, y, file)([[[0, 1, -2]]]).tolist() == [[[0, 59, -97]]]


def test_movements() -> None:
    file = File()
    x = file.tensor((1, 2, 4), 1.0, zero=3)
    parts = [file.tensor((1, 2, 2), 1.0, zero=3) for _ in range(2)]
    sizes, axis = (file.tensor(s, kind="int32", values=v) for s, v in (((2,), [2, -1]), ((1,), 2)))
    file.op("SPLIT_V", [x, sizes, axis], -1, NumSplits=2)
    file.ops[-1].outputs = parts
    joined = file.op("CONCATENATION", parts[::-1], file.tensor((1, 2, 4), 1.0, zero=3), Axis=-1)
    bounds = [file.tensor((3,), kind="int32", values=v) for v in ([0, 1, 3], [1, 2, 0], [1, 1, -2])]
    cut = file.op(
        "STRIDED_SLICE", [joined, *bounds], file.tensor((1, 2), 1.0, zero=3), ShrinkAxisMask=2
    )
    widths = file.tensor((2, 2), kind="int32", values=[[0, 0], [1, 0]])
    y = file.op("PAD", [cut, widths], file.tensor((1, 3), 1.0, zero=3))
    y = file.op("RESHAPE", [y], file.tensor((3,), 1.0, zero=3))
    y = file.op("RELU", [y], file.tensor((3,), 1.0, zero=3))
    network = tc.networks.from_tflite(file.build([x], [y])).network
    # The second row is 5 6 7 8; joined 7 8 5 6; from its end, every other: 6 8; 3 stands for 0.
    assert network([[[[1, 2, 3, 4], [5, 6, 7, 8]]]]).tolist() == [[3, 6, 8]]


@pytest.mark.parametrize("name", ["FULLY_CONNECTED", "LOGISTIC"])
def test_circuits(name: str) -> None:
    data, shape = build(name, 3)
    network = tc.networks.from_tflite(data).network
    rows = np.random.default_rng(0).integers(-128, 128, (40, *shape))
    circuit = tc.networks.compile(network)
    assert np.array_equal(network.decode(circuit(network.encode(rows))), network(rows))
    assert network.cost().numbers().total.depth == circuit.depth == 1


def stream() -> File:
    """A file with a variable, and nothing that reads it yet."""
    file = File()
    handle = file.tensor((), kind="resource")
    file.op("CALL_ONCE", [], -1, InitSubgraphIndex=1)
    file.op("VAR_HANDLE", [], handle, SharedName="kept")
    return file


def streaming() -> bytes:
    """The mean of what it reads and of the last two before."""
    file, start = stream(), File()
    x = file.tensor((1, 1), 1.0)
    kept = file.op("READ_VARIABLE", [0], file.tensor((1, 2), 1.0))
    both = file.op("CONCATENATION", [kept, x], file.tensor((1, 3), 1.0), Axis=1)
    bounds = [file.tensor((2,), kind="int32", values=v) for v in ([0, 1], [1, 3], [1, 1])]
    after = file.op("STRIDED_SLICE", [both, *bounds], file.tensor((1, 2), 1.0))
    file.op("ASSIGN_VARIABLE", [0, after], -1)
    axes = file.tensor((1,), kind="int32", values=[1])
    y = file.op("MEAN", [both, axes], file.tensor((1, 1), 1.0), KeepDims=True)
    start.op("VAR_HANDLE", [], start.tensor((), kind="resource"), SharedName="kept")
    start.op("ASSIGN_VARIABLE", [0, start.tensor((1, 2), 1.0, values=[3, 6])], -1)
    return file.build([x], [y], start=start)


def test_variables_are_states_of_a_step() -> None:
    model = tc.networks.from_tflite(streaming())
    assert (model.states, [one.tolist() for one in model.initial]) == (1, [[[3, 6]]])
    assert "1 variable" in model.notes[1]
    run = recurrent(model.network, 3, initial=model.initial, every=True)
    # Means of 3 6 9, 6 9 30 and 9 30 -90.
    assert run([[[[9]], [[30]], [[-90]]]]).ravel().tolist() == [6, 15, -17]


def test_a_classifier() -> None:
    data, shape = build("SOFTMAX", 0)
    rows = np.random.default_rng(0).integers(-128, 128, (20, *shape))
    model = tc.networks.from_tflite(data, classify=True)
    assert model.network(rows).tolist() == rows[:, 0].argmax(axis=1).tolist()


if find_spec("ai_edge_litert"):

    @pytest.mark.slow
    @pytest.mark.parametrize("name", OPERATORS)
    @pytest.mark.parametrize("kind", ["int8", "uint8"])
    def test_every_bit_is_that_of_the_reference_kernels(name: str, kind: str) -> None:
        from ai_edge_litert.interpreter import Interpreter, OpResolverType

        compared = 0
        for seed in range(10):
            data, shape = build(name, seed, kind)
            try:
                runtime = Interpreter(
                    model_content=data, experimental_op_resolver_type=OpResolverType.BUILTIN_REF
                )
                runtime.allocate_tensors()
            except RuntimeError:
                continue  # it does not take these scales or types
            (read,), (said,) = runtime.get_input_details(), runtime.get_output_details()
            rows = np.random.default_rng(seed).integers(0, 256, (20, *shape))
            rows -= 128 if kind == "int8" else 0
            found = tc.networks.from_tflite(data).network(rows)
            for row, mine in zip(rows, found, strict=True):
                runtime.set_tensor(read["index"], row.astype(kind))
                runtime.invoke()
                assert np.array_equal(runtime.get_tensor(said["index"]), mine)
                compared += 1
        assert compared or (name, kind) == ("DEPTHWISE_CONV_2D", "uint8")
