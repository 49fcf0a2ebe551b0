"""Files and models that cannot be read: named errors, before any long work, and no others."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import tcsim as tc
from tcsim.errors import NetworkError, ParseError, TcsimError
from tests.networks.importers.onnx.models import helper, model, node, onnx, perceptron

ROWS = np.random.default_rng(0).normal(size=(6, 6))


def small() -> Any:
    return model(
        [node("ConvInteger", "x w z", "a"), node("Clip", "x l h", "b"), node("Pad", "b p", "c")],
        {"x": ("uint8", [1, 2, 3, 3])},
        {"a": ("int32", [1, 1, 2, 2]), "c": ("uint8", [1, 2, 4, 3])},
        {
            "w": np.ones((1, 2, 2, 2), np.uint8),
            "z": np.array(1, np.uint8),
            "l": np.array(3, np.uint8),
            "h": np.array(9, np.uint8),
            "p": np.array([0, 0, 0, 0, 0, 0, 1, 0]),
        },
    )


FILES = (small().SerializeToString(), perceptron(np.random.default_rng(1)).SerializeToString())


@given(st.data())
def test_damaged_files_raise_named_errors_only(data: st.DataObject) -> None:
    content = bytearray(data.draw(st.sampled_from(FILES)))
    if data.draw(st.booleans()):
        del content[data.draw(st.integers(0, len(content))) :]
    for _ in range(data.draw(st.integers(0, 4)) if content else 0):
        content[data.draw(st.integers(0, len(content) - 1))] ^= data.draw(st.integers(1, 255))
    with suppress(TcsimError):
        tc.networks.from_onnx(bytes(content), calibration=ROWS)


def test_undamaged_ones_are_read() -> None:
    for content in FILES:
        assert tc.networks.from_onnx(content, calibration=ROWS).network.nodes


def test_files(tmp_path: Path) -> None:
    path = tmp_path / "model.onnx"
    with pytest.raises(ParseError, match=r"model\.onnx: cannot be read"):
        tc.networks.from_onnx(path)
    path.write_bytes(b"no model")
    with pytest.raises(ParseError, match=r"model\.onnx: no ONNX model"):
        tc.networks.from_onnx(path)
    path.write_bytes(FILES[0])
    assert tc.networks.from_onnx(str(path)).names[0] == ("x",)
    with pytest.raises(NetworkError, match="not int"):
        tc.networks.from_onnx(3)


def test_weights_in_a_file_beside_it(tmp_path: Path) -> None:
    one = perceptron(np.random.default_rng(1))
    onnx.save(one, tmp_path / "m.onnx", save_as_external_data=True, location="w", size_threshold=0)
    assert tc.networks.from_onnx(tmp_path / "m.onnx", calibration=ROWS).network.nodes
    (tmp_path / "w").unlink()
    with pytest.raises(ParseError, match="weights beside it"):
        tc.networks.from_onnx(tmp_path / "m.onnx", calibration=ROWS)


def test_all_unknown_operators_are_listed_at_once() -> None:
    one = model(
        [node("Det", "x", "d"), node("NonZero", "x", "n"), node("Add", "x x", "a")],
        {"x": ("int32", [2, 2])},
        {"a": ("int32", [2, 2])},
        {},
    )
    del one.graph.node[0]
    one.graph.node.insert(0, node("Unique", "x", "d"))
    with pytest.raises(NetworkError) as caught:
        tc.networks.from_onnx(one)
    assert "2 nodes cannot be imported" in str(caught.value)
    assert "Unique 'Unique_d': no exact construction" in str(caught.value)
    assert "NonZero 'NonZero_n'" in str(caught.value)


def test_branches_and_loops_are_refused_with_the_reason() -> None:
    branch = helper.make_graph(
        [node("Identity", "x", "b")], "b", [], [helper.make_tensor_value_info("b", 2, [2])]
    )
    one = model(
        [node("If", "c", "y", then_branch=branch, else_branch=branch)],
        {"x": ("uint8", [2]), "c": ("bool", [])},
        {"y": ("uint8", [2])},
        {},
    )
    with pytest.raises(NetworkError, match="If 'If_y': which branch runs depends on data"):
        tc.networks.from_onnx(one)


def test_functions_of_the_model_and_of_the_standard_are_expanded() -> None:
    body = helper.make_function(
        "mine",
        "Twice",
        ["a"],
        ["b"],
        [helper.make_node("Add", ["a", "a"], ["b"])],
        [helper.make_opsetid("", 21)],
    )
    one = model(
        [helper.make_node("Twice", ["x"], ["t"], domain="mine"), node("Add", "t x", "y")],
        {"x": ("uint8", [2])},
        {"y": ("uint8", [2])},
        {},
    )
    one.functions.append(body)
    one.opset_import.append(helper.make_opsetid("mine", 1))
    assert tc.networks.from_onnx(one).network([[90, 1]]).tolist() == [[14, 3]]
    bits = model([node("LessOrEqual", "x y", "z")], *_two("int8", "bool"), {})
    assert tc.networks.from_onnx(bits).network([[3, 4]], [[3, 3]]).tolist() == [[1, 0]]


def _two(kind: str, result: str) -> tuple[dict[str, Any], dict[str, Any]]:
    return {"x": (kind, [2]), "y": (kind, [2])}, {"z": (result, [2])}


def test_axes_have_names() -> None:
    one = model([node("Add", "x y", "z")], {}, {"z": ("int8", ["N", "n"])}, {})
    for name in "xy":
        one.graph.input.append(helper.make_tensor_value_info(name, 3, ["N", "n"]))
    assert tc.networks.from_onnx(one).network.named_axes == ("n",)
    assert tc.networks.from_onnx(one, axes={"N": None}).network.named_axes == ("N", "n")
    with pytest.raises(NetworkError, match="no axis of an input is called 'm'"):
        tc.networks.from_onnx(one, axes={"n": 3, "m": 1})
    with pytest.raises(NetworkError, match=r"axes\['n'\]"):
        tc.networks.from_onnx(one, axes={"n": 0})
    assert tc.networks.from_onnx(one, axes={"n": 3}).network.sources[0].axes == (3,)


@pytest.mark.parametrize("opset", [0, 99])
def test_versions(opset: int) -> None:
    one = small()
    one.opset_import[0].version = opset
    with pytest.raises((NetworkError, ParseError)):
        tc.networks.from_onnx(one)


def test_weights_that_are_not_finite() -> None:
    one = perceptron(np.random.default_rng(1))
    weights = onnx.numpy_helper.to_array(one.graph.initializer[0]).copy()
    weights[0, 0] = np.nan
    one.graph.initializer[0].CopyFrom(onnx.numpy_helper.from_array(weights, "w1"))
    with pytest.raises(NetworkError, match="'w1' holds values that are not finite"):
        tc.networks.from_onnx(one, calibration=ROWS)


def test_a_model_without_inputs() -> None:
    one = model(
        [node("Add", "c c", "y")], {}, {"y": ("uint8", [2])}, {"c": np.array([1, 2], np.uint8)}
    )
    with pytest.raises(NetworkError, match="no inputs"):
        tc.networks.from_onnx(one)
