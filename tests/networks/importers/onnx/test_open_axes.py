"""Axes that stay open: one import, every length, formulas in it."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import tcsim as tc
from tcsim.errors import NetworkError
from tcsim.networks.importers.onnx.answers import answering
from tcsim.networks.importers.onnx.lengthwise import Lengthwise
from tcsim.networks.importers.onnx.linear_quantization import quantize_linear
from tcsim.networks.procedures import chain_of_thought
from tests.networks.importers.onnx.exports import DATA, POSITIONS, VOCABULARY, export, words
from tests.networks.importers.onnx.models import model, node

reason = "needs onnxruntime: pip install 'tcsim[test]'"
runtime = pytest.importorskip("onnxruntime", reason=reason)

LENGTHS = (1, 2, 3, 6, 20, 33)


def session(path: Path) -> Any:
    options = runtime.SessionOptions()
    options.log_severity_level = 4
    return runtime.InferenceSession(str(path), options)


class Rows:
    """Calibration rows, as onnxruntime reads them."""

    def __init__(self) -> None:
        self.rows = iter([{"tokens": words(32, 9, seed)} for seed in range(3)])

    def get_next(self) -> dict[str, np.ndarray] | None:
        return next(self.rows, None)


@pytest.fixture(scope="module", params=["QDQ", "QOperator"])
def quantized(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A decoder, statically quantized by onnxruntime."""
    quantization = pytest.importorskip("onnxruntime.quantization", reason=reason)
    logging.getLogger().setLevel(logging.ERROR)
    path: Path = tmp_path_factory.mktemp("onnx") / f"{request.param}.onnx"
    quantization.quantize_static(
        DATA / "relu_decoder.onnx",
        path,
        Rows(),
        quant_format=quantization.QuantFormat[request.param],
        activation_type=quantization.QuantType.QUInt8,
        weight_type=quantization.QuantType.QInt8,
    )
    return path


@pytest.fixture(scope="module")
def decoder() -> Any:
    """The softmax decoder, quantized by calibration rows, its axis open."""
    return tc.networks.from_onnx(
        DATA / "softmax_decoder.onnx", calibration=words(32, 6), activation_bits=5
    )


def test_one_import_is_onnxruntime_at_every_length(quantized: Path) -> None:
    imported = tc.networks.from_onnx(quantized)
    assert imported.network.named_axes == ("n",)
    (grid,) = imported.outputs
    run = session(quantized)
    for n in LENGTHS:
        rows = words(100, n, n)
        (expected,) = run.run(None, {"tokens": rows})
        integers = imported.network.at(n=n)(rows)
        assert integers.shape == (100, n, VOCABULARY)
        assert len(np.unique(integers)) > 8
        assert np.array_equal(
            integers, quantize_linear(expected, np.float32(grid.scale), np.uint8(grid.zero))
        )


def test_formulas_are_the_cost_of_imports_at_fixed_lengths(quantized: Path) -> None:
    _formulas_hold(tc.networks.from_onnx(quantized).network, quantized)


def test_formulas_of_a_softmax_decoder(decoder: Any) -> None:
    _formulas_hold(
        decoder.network,
        DATA / "softmax_decoder.onnx",
        calibration=lambda n: words(32, n),
        activation_bits=5,
    )


def _formulas_hold(network: Any, path: Path, **options: Any) -> None:
    formulas = network.cost()
    assert formulas.total.even
    for n in (2, 4, 8, 15):
        given = {k: one(n) if callable(one) else one for k, one in options.items()}
        fixed = tc.networks.from_onnx(path, axes={"n": n}, **given).network
        exact = fixed.cost().numbers().total
        found = formulas.numbers({"n": n}).total
        assert (found.depth, found.size, found.edges) == (exact.depth, exact.size, exact.edges)


def test_a_softmax_decoder_at_its_own_length_is_the_one_with_a_number(decoder: Any) -> None:
    fixed = tc.networks.from_onnx(
        DATA / "softmax_decoder.onnx",
        axes={"n": 6},
        calibration=words(32, 6),
        activation_bits=5,
    )
    rows = words(200, 6, 4)
    assert np.array_equal(decoder.network.at(n=6)(rows), fixed.network(rows))
    assert len(np.unique(fixed.network(rows))) > 1
    assert decoder.error == fixed.error


def test_a_softmax_decoder_is_close_at_other_lengths(decoder: Any) -> None:
    run = session(DATA / "softmax_decoder.onnx")
    for n in (2, 5, 9):
        rows = words(200, n, n)
        (expected,) = run.run(None, {"tokens": rows})
        assert np.mean(decoder.network.at(n=n)(rows) == expected) > 0.85


def test_a_circuit_of_an_open_import(quantized: Path) -> None:
    network = answering(tc.networks.from_onnx(quantized).network).at(n=2)
    rows = words(20, 2)
    circuit = tc.networks.compile(network)
    assert np.array_equal(network.decode(circuit(network.encode(rows))), network(rows))


def test_a_chain_of_thought_is_the_runtime_fed_with_what_it_says(quantized: Path) -> None:
    network = answering(tc.networks.from_onnx(quantized).network)
    said = chain_of_thought(network, 6, prompt=2, every=True)
    rows = words(50, 2, 3)
    run, read = session(quantized), rows
    for _ in range(6):
        (scores,) = run.run(None, {"tokens": read})
        read = np.concatenate([read, scores[:, -1].argmax(-1)[:, None]], axis=1)
    assert np.array_equal(said(rows), read[:, 2:])
    # From the second token on every pass is as deep as the first: each waits for the one before.
    one = network.cost().total.depth
    assert said.cost().numbers().total.depth == 6 * one


def test_beyond_the_positions_that_a_model_has(decoder: Any) -> None:
    decoder.network.at(n=POSITIONS)
    with pytest.raises(NetworkError, match=rf"(?s)at n = {POSITIONS + 1}: .*fit into {POSITIONS}$"):
        decoder.network.at(n=POSITIONS + 1)


def test_an_export_is_the_file(torch: Any, tmp_path: Path) -> None:
    for name, softmax in (("softmax_decoder", True), ("relu_decoder", False)):
        export(torch, tmp_path / "made.onnx", softmax=softmax)
        made, kept = (session(path) for path in (tmp_path / "made.onnx", DATA / f"{name}.onnx"))
        feeds = {"tokens": words(20, 11)}
        assert np.allclose(made.run(None, feeds)[0], kept.run(None, feeds)[0], atol=1e-5)


def quantizers(*nodes: Any, shape: tuple[object, ...], opset: int = 17, **constants: Any) -> Any:
    """A model from uint8 x to uint8 y, real between."""
    arrays = {"s": 0.1, "z": np.array(7, np.uint8), **constants}
    return model(
        [node("DequantizeLinear", "x s z", "a"), *nodes, node("QuantizeLinear", "b s z", "y")],
        {"x": ("uint8", shape)},
        {"y": ("uint8", [None] * len(shape))},
        arrays,
        opset=opset,
    )


def test_an_average_over_an_open_axis_is_read_anew_at_each_length() -> None:
    one = quantizers(node("ReduceMean", "a", "b", axes=[1]), shape=("N", "n", 3))
    network = tc.networks.from_onnx(one).network
    run = runtime.InferenceSession(one.SerializeToString())
    for n in (3, 5, 9):  # odd: no averages of an exact half
        rows = np.random.default_rng(n).integers(0, 256, (40, n, 3)).astype(np.uint8)
        (expected,) = run.run(None, {"x": rows})
        assert np.array_equal(network.at(n=n)(rows.astype(int)), expected)
    assert network.cost().total.depth == 1


def test_constants_that_differ_with_the_length_are_not_cut() -> None:
    """The length itself as a number: each place gets ``n - i``."""
    one = quantizers(
        node("Shape", "x", "shape"),
        node("Gather", "shape one", "n"),
        node("Range", "zero n one64", "places"),
        node("Sub", "n places", "left"),
        node("Cast", "left", "real", to=1),
        node("Add", "a real", "b"),
        shape=("N", "n"),
        one=np.array(1),
        zero=np.array(0),
        one64=np.array(1),
    )
    network = tc.networks.from_onnx(one).network
    run = runtime.InferenceSession(one.SerializeToString())
    for n in (2, 6, 9):
        rows = np.random.default_rng(n).integers(0, 256, (40, n)).astype(np.uint8)
        (expected,) = run.run(None, {"x": rows})
        assert np.array_equal(network.at(n=n)(rows.astype(int)), expected)


def test_real_constants_that_differ_with_the_length() -> None:
    one = model(
        [
            node("Shape", "x", "shape"),
            node("Gather", "shape one", "n"),
            node("Range", "zero n one", "places"),
            node("Sub", "n places", "left"),
            node("Cast", "left", "real", to=1),
            node("Unsqueeze", "real one", "column"),
            node("MatMul", "x w", "h"),
            node("Relu", "h", "r"),
            node("Add", "r column", "y"),
        ],
        {"x": ("float", ["N", "n", 3])},
        {"y": ("float", ["N", "n", 3])},
        {"one": np.array(1), "zero": np.array(0), "w": np.eye(3)},
        opset=17,
    )
    random = np.random.default_rng(0)
    found = tc.networks.from_onnx(one, calibration=random.normal(size=(40, 8, 3)))
    run = runtime.InferenceSession(one.SerializeToString())
    for n in (2, 3, 6):
        rows = random.normal(size=(40, n, 3)).clip(-1, 1).astype(np.float32)
        (expected,) = run.run(None, {"x": rows})
        assert np.abs(found.at(n=n)(rows)[0] - expected).max() < 0.2


def test_a_place_counted_from_the_end_through_shapes() -> None:
    one = quantizers(
        node("Shape", "x", "shape"),
        node("Gather", "shape one", "n"),
        node("Sub", "n two", "place"),
        node("Gather", "a place", "b", axis=1),
        shape=("N", "n"),
        one=np.array(1),
        two=np.array(2),
    )
    network = tc.networks.from_onnx(one).network
    rows = np.random.default_rng(0).integers(0, 256, (9, 7))
    assert np.array_equal(network.at(n=7)(rows), rows[:, 5])


def test_formulas_that_do_not_hold_close_the_axis(monkeypatch: pytest.MonkeyPatch) -> None:
    from tcsim.networks.importers.onnx import opening

    monkeypatch.setattr(opening, "_wrong_formula", lambda *_: "its formulas do not hold")
    one = quantizers(node("Relu", "a", "b"), shape=("N", "n"))
    with pytest.raises(NetworkError, match="its formulas do not hold"):
        tc.networks.from_onnx(one)


def test_a_softmax_decoder_is_one_function_at_every_length(decoder: Any) -> None:
    """Grids are those of the calibration rows: only the sum with positions is anything else."""
    scopes = [
        node.scope for node in decoder.network.nodes if isinstance(node.operation, Lengthwise)
    ]
    assert "Add" in scopes
    assert set(scopes) <= {"Add", "norm/LayerNormalization"}


def test_several_axes_and_names_that_are_none() -> None:
    nodes = [node("Transpose", "a", "t", perm=[0, 2, 1]), node("Relu", "t", "b")]
    one = quantizers(*nodes, shape=("batch size", "n + 1", None))
    network = tc.networks.from_onnx(one).network
    assert network.named_axes == ("n___1", "x_2")
    rows = np.random.default_rng(0).integers(0, 256, (5, 2, 3))
    found = network.at(n___1=2).at(x_2=3)(rows)
    assert np.array_equal(found, np.maximum(rows, 7).transpose(0, 2, 1))
    half = tc.networks.from_onnx(one, axes={"n + 1": 2}).network
    assert half.named_axes == ("x_2",)


def unrolled() -> Any:
    """A product along an axis of words: as many operations as it is long."""
    axis = {"axis": np.array(1)}
    return model(
        [node("CumProd", "x axis", "y")],
        {"x": ("int8", ["N", "n"])},
        {"y": ("int8", ["N", "n"])},
        axis,
        opset=26,
    )


def test_an_axis_that_cannot_stay_open_is_named_with_the_reason() -> None:
    with pytest.raises(NetworkError, match=r"axis 'n' cannot stay open .*axes=\{'n': \.\.\.\}"):
        tc.networks.from_onnx(unrolled())
    found = tc.networks.from_onnx(unrolled(), length=4)
    assert found.network.sources[0].axes == (4,)
    assert "axis 'n' is 4, it cannot stay open" in found.notes[-1]


def test_an_axis_that_cannot_stay_open_is_as_long_as_calibration_rows() -> None:
    one = model(
        [
            node("LSTM", "x w r", "s", hidden_size=2),
            node("Squeeze", "s one", "y"),
        ],
        {"x": ("float", ["n", 1, 3])},
        {"y": ("float", ["n", 1, 2])},
        {
            "w": np.random.default_rng(0).normal(size=(1, 8, 3)),
            "r": np.random.default_rng(1).normal(size=(1, 8, 2)),
            "one": np.array([1]),
        },
        opset=17,
    )
    rows = np.random.default_rng(2).normal(size=(12, 3, 1, 3))
    found = tc.networks.from_onnx(one, calibration=rows, axes={"n": None})
    assert found.network.sources[0].axes == (3, 1, 3)
    assert "axis 'n' is 3, it cannot stay open" in found.notes[-1]
    with pytest.raises(NetworkError, match="length must be an integer from 1"):
        tc.networks.from_onnx(one, length=0)


def test_a_model_that_cannot_be_read_says_why_and_not_that_an_axis_is_open() -> None:
    one = quantizers(node("Hardmax", "a", "b"), shape=("N", "n"))
    with pytest.raises(NetworkError) as caught:
        tc.networks.from_onnx(one)
    assert "Hardmax 'Hardmax_b': no exact construction" in str(caught.value)
    assert "stay open" not in str(caught.value)


@pytest.mark.parametrize("shape", [(5,), (2, 5)], ids=["scores", "scores of places"])
def test_answers(shape: tuple[int, ...]) -> None:
    rows = np.random.default_rng(1).integers(0, 8, (30, *shape))
    code = tc.networks.Code(0, 7)
    sketch = tc.networks.Sketch()
    x = sketch.input("x", shape, code)
    scores = sketch.add(tc.networks.Reshape((1, *shape)), x)
    network = answering(sketch.network(scores))
    assert network.classify
    assert np.array_equal(network(rows), rows.reshape(30, -1, 5)[:, -1].argmax(-1))
    again = answering(network)
    assert np.array_equal(again(rows), network(rows))


def test_what_has_no_one_answer() -> None:
    sketch = tc.networks.Sketch()
    x = sketch.input("x", (2, 3, 4), tc.networks.Code(0, 3))
    with pytest.raises(NetworkError, match="no one answer"):
        answering(sketch.network(sketch.add(tc.networks.Reshape((2, 3, 4)), x)))
