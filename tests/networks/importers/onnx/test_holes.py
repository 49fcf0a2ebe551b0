"""Models with parts that have no exact construction: what is around them stays exact."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import tcsim as tc
from tcsim.errors import NetworkError
from tcsim.networks.importers.onnx import floats, importing
from tcsim.report.network_bounds import of_holes
from tcsim.report.network_bounds_content import bounds_sections
from tests.networks.importers.onnx.exports import DATA, words
from tests.networks.importers.onnx.models import helper, model, node
from tests.networks.importers.onnx.test_open_axes import Rows

reason = "needs onnxruntime: pip install 'tcsim[test]'"
pytest.importorskip("onnxruntime", reason=reason)


def quantized(name: str, form: str, folder: Path) -> Path:
    quantization = pytest.importorskip("onnxruntime.quantization", reason=reason)
    logging.getLogger().setLevel(logging.ERROR)
    quantization.quantize_static(
        DATA / name,
        folder / "model.onnx",
        Rows(),
        quant_format=quantization.QuantFormat[form],
        activation_type=quantization.QuantType.QUInt8,
        weight_type=quantization.QuantType.QInt8,
    )
    return folder / "model.onnx"


def bounds(source: Any, **options: Any) -> Any:
    axes = options.pop("at", {})
    found = tc.networks.from_onnx(source, allow_bounds=True, **options)
    return of_holes(found.network, found.holes, found.ends, axes=axes)


@pytest.mark.parametrize("operator", ["Mul", "Add"])
def test_an_operator_that_is_left_out_leaves_the_rest_as_it_is(
    operator: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The whole is the rest and the hole: what the hole would have cost is known here."""
    path = quantized("relu_decoder.onnx", "QDQ", tmp_path)
    whole = tc.networks.from_onnx(path).network.at(n=4).cost().numbers()
    monkeypatch.delitem(importing.TABLES["scaled"], operator)
    report = bounds(path, at={"n": 4})
    assert {hole.operator for hole in report.holes} == {operator}
    assert "no exact construction" in report.holes[0].reason
    inside = {name.lstrip("/") for hole in report.holes for name in hole.nodes}
    assert not inside & set(report.layers)
    missing = sum(int(cost.size) for name, cost in whole.layers.items() if name in inside)
    assert report.rest.size + missing == whole.total.size
    assert report.unknown_size.startswith(f"{int(report.rest.size):,} + S1")
    # Each of these holes has the levels of its own nodes.
    costs = {
        k: sum(
            whole.layers[name.lstrip("/")].depth
            for name in hole.nodes
            if name.lstrip("/") in whole.layers
        )
        for k, hole in enumerate(report.holes, 1)
    }
    depth = max(levels + sum(costs[k] for k in holes) for levels, holes in report.depth.terms)
    assert depth == whole.total.depth
    assert report.total.depth <= report.waiting <= whole.total.depth


@pytest.mark.parametrize("form", ["QDQ", "QOperator"])
def test_a_quantized_decoder_with_a_softmax_and_a_norm(form: str, tmp_path: Path) -> None:
    path = quantized("softmax_decoder.onnx", form, tmp_path)
    with pytest.raises(NetworkError, match=r"Softmax.*no exact construction") as caught:
        tc.networks.from_onnx(path)
    assert "LayerNormalization '/norm/LayerNormalization'" in str(caught.value)
    found = tc.networks.from_onnx(path, allow_bounds=True)
    assert found.network.named_axes == ("n",)
    names = [hole.operator.removeprefix("QLinear") for hole in found.holes]
    assert names == ["LayerNormalization", "Softmax"]
    for n in (3, 7):
        fixed = bounds(path, axes={"n": n})
        report = of_holes(found.network, found.holes, found.ends, axes={"n": n})
        assert report.pieces == fixed.pieces
        assert str(report.depth) == str(fixed.depth)
        assert report.rest.size == fixed.rest.size == at(report.formulas["size"], n)
        assert report.rest.edges == fixed.rest.edges == at(report.formulas["edges"], n)


def at(formula: Any, n: int) -> int:
    (symbol,) = formula.free_symbols
    return int(formula.subs(symbol, n))


def product(inputs: str, output: str) -> Any:
    return node("ReduceProd", inputs, output, axes=[0])


def test_paths_beside_each_other() -> None:
    one = model(
        [
            node("Add", "x x", "a"),
            product("a", "p"),
            product("x", "q"),
            node("Add", "p q", "y"),
            node("Add", "a x", "z"),
        ],
        {"x": ("int32", [3])},
        {"y": ("int32", [1]), "z": ("int32", [3])},
        {},
        opset=17,
    )
    report = bounds(one)
    assert str(report.depth) == "max(4 + D1, 2 + D2)"
    assert {(a, b): n for a, b, n in report.pieces} == {
        ("inputs", "hole 1"): 2,
        ("inputs", "hole 2"): 0,
        ("hole 1", "outputs"): 2,
        ("hole 2", "outputs"): 2,
        ("inputs", "outputs"): 4,
    }
    assert report.total == (4, int(report.rest.size), 0)
    assert report.rest.size == (3 + 1 + 3) * (4 * 32 - 1)  # three sums of words


def test_branches_and_what_comes_last() -> None:
    inside, last = (
        helper.make_graph(
            [node("Add", f"{name} {name}", "b")],
            "b",
            [],
            [helper.make_tensor_value_info("b", 2, [2])],
        )
        for name in "sx"
    )
    one = model(
        [
            node("Add", "x x", "s"),
            node("If", "c", "i", then_branch=inside, else_branch=inside),
            node("Add", "i s", "t"),
            node("If", "c", "y", then_branch=last, else_branch=last),
        ],
        {"x": ("uint8", [2]), "c": ("bool", [])},
        {"y": ("uint8", [2]), "t": ("uint8", [2])},
        {},
    )
    report = bounds(one)
    assert [hole.operator for hole in report.holes] == ["If", "If"]
    assert "which branch runs depends on data" in report.holes[0].reason
    # A graph inside reads what is around it.
    assert ("inputs", "hole 1", 2) in report.pieces
    assert str(report.depth) == "max(4 + D1, D2)"


def test_a_real_model() -> None:
    random = np.random.default_rng(0)
    one = model(
        [
            node("MatMul", "x w", "a"),
            node("Relu", "a", "r"),
            node("Hardmax", "r", "h", axis=-1),
            node("Add", "h r", "s"),
            node("MatMul", "s v", "l"),
            node("ArgMax", "l", "y", axis=-1, keepdims=0),
        ],
        {"x": ("float", ["N", 6])},
        {"y": ("int64", ["N"])},
        {"w": random.normal(size=(6, 5)), "v": random.normal(size=(5, 3))},
        opset=17,
    )
    rows = random.normal(size=(20, 6))
    with pytest.raises(NetworkError, match="Hardmax"):
        tc.networks.from_onnx(one, calibration=rows)
    report = bounds(one, calibration=rows)
    assert str(report.depth) == "max(4, 3 + D1)"
    assert [one[:2] for one in report.pieces] == [
        ("inputs", "hole 1"),
        ("inputs", "outputs"),
        ("hole 1", "outputs"),
    ]


def test_sums_that_are_not_rounded_end_a_model() -> None:
    one = model(
        [
            node("DequantizeLinear", "x s", "a"),
            node("Relu", "a", "r"),
            node("QuantizeLinear", "r t", "q"),
            node("DequantizeLinear", "q t", "d"),
            node("Add", "a d", "b"),
        ],
        {"x": ("uint8", ["N", 4])},
        {"b": ("float", ["N", 4])},
        {"s": 0.5, "t": 0.25},
    )
    with pytest.raises(NetworkError, match="a sum that is not rounded"):
        tc.networks.from_onnx(one)
    report = bounds(one)
    assert not report.holes
    assert str(report.depth) == "1"
    assert report.rest.size == 4 * 255
    (first, *_) = bounds_sections(report)
    assert "ends with sums that are not rounded" in first.blocks[0].text


def test_a_model_without_holes_is_whole() -> None:
    found = tc.networks.from_onnx(
        DATA / "softmax_decoder.onnx", calibration=words(16, 5), allow_bounds=True
    )
    assert not found.holes
    assert found.error


@pytest.mark.parametrize("operator", ["LayerNormalization", "Softmax"])
def test_a_real_decoder_with_an_open_axis(operator: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(floats.HANDLERS, operator)
    found = tc.networks.from_onnx(
        DATA / "softmax_decoder.onnx",
        calibration=words(8, 6),
        activation_bits=3,
        allow_bounds=True,
    )
    assert [hole.operator for hole in found.holes] == [operator]
    assert found.network.named_axes == ("n",)
    for n in (2, 5):
        report = of_holes(found.network, found.holes, found.ends, axes={"n": n})
        assert report.rest.size == at(report.formulas["size"], n)
        assert {one.end for one in report.pieces} == {"hole 1", "outputs"}
