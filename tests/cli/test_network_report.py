"""`tcsim report` of networks that are measured by formulas."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from tests.cli.helpers import Run


def test_a_trained_model(run: Run) -> None:
    done = run("report", "parity_rnn", "--seq", "3", "--bits", "4", "--check")
    assert done.exit_code == 0
    assert "recurrent over 3 letters" in done.stdout
    assert "levels per step  1" in done.stdout
    assert "4 of 4 layers built and measured" in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80


def test_json_and_limits(run: Run) -> None:
    done = run("report", "parity_rnn", "--seq", "3", "--bits", "4", "--json", "--max-depth", "4")
    assert done.exit_code == 1
    data = json.loads(done.stdout)
    assert data["total"]["depth"] == 5
    assert data["procedure"]["steps"] == 3


def test_minimize(run: Run) -> None:
    sizes = []
    for words in ([], ["--minimize", "edges"]):
        done = run("report", "parity_rnn", "--seq", "2", "--bits", "4", "--json", *words)
        sizes.append(json.loads(done.stdout)["total"]["edges"])
    assert sizes[1] < sizes[0]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["parity_rnn", "--plot", "x.svg"], "need a circuit"),
        (["parity_rnn", "--code", "binary"], "takes --bits"),
        (["parity_rnn", "--procedure", "cot:3"], "brings its procedure"),
        (["digits", "--seq", "3"], "apply to networks that are measured by formulas"),
    ],
)
def test_refused(run: Run, words: list[str], message: str) -> None:
    done = run("report", *words)
    assert done.exit_code == 2
    assert message in done.stderr


@pytest.fixture
def perceptron(tmp_path: Path) -> tuple[Path, Path]:
    """An ONNX file of real numbers, and rows to calibrate on."""
    onnx = pytest.importorskip("onnx", reason="needs onnx: pip install 'tcsim[onnx]'")
    from onnx import helper, numpy_helper

    random = np.random.default_rng(0)
    arrays = {"w": (3, 4), "b": (4,), "v": (4, 2), "c": (2,)}
    stored = [
        numpy_helper.from_array(random.normal(size=shape).astype(np.float32), name)
        for name, shape in arrays.items()
    ]
    nodes = [
        helper.make_node("Gemm", ["x", "w", "b"], ["h"]),
        helper.make_node("Relu", ["h"], ["a"]),
        helper.make_node("Gemm", ["a", "v", "c"], ["scores"]),
        helper.make_node("ArgMax", ["scores"], ["class"], axis=1, keepdims=0),
    ]
    reads = helper.make_tensor_value_info("x", onnx.TensorProto.FLOAT, ["batch", 3])
    gives = helper.make_tensor_value_info("class", onnx.TensorProto.INT64, ["batch"])
    graph = helper.make_graph(nodes, "perceptron", [reads], [gives], stored)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)])
    model.ir_version = 8
    onnx.save(model, tmp_path / "model.onnx")
    np.save(tmp_path / "rows.npy", random.normal(size=(50, 3)))
    return tmp_path / "model.onnx", tmp_path / "rows.npy"


def test_an_onnx_file(run: Run, perceptron: tuple[Path, Path]) -> None:
    model, rows = perceptron
    done = run("report", model, "--bits", "4", "--calibration", rows, "--check")
    assert done.exit_code == 0, done.stderr
    assert "depth 3, " in done.stdout
    assert "2 of 2 layers built and measured" in done.stdout
    done = run("report", model)
    assert done.exit_code == 3
    assert "--calibration FILE.npy" in done.stderr
    done = run("report", model, "--calibration", model)
    assert done.exit_code == 3
    assert "no calibration rows" in done.stderr
    done = run("report", model, "--calibration", rows, "--procedure", "dance:3")
    assert done.exit_code == 2
    assert "looped:N" in done.stderr


def test_a_broken_file(run: Run, tmp_path: Path) -> None:
    broken = tmp_path / "model.onnx"
    broken.write_bytes(b"\x08\x01")
    done = run("report", broken)
    assert done.exit_code == 3
    assert "model.onnx" in done.stderr


def test_layers_too_large_leave_the_rest_of_the_report(run: Run) -> None:
    done = run("report", "s5_transformer", "--seq", "3", "--bits", "4", "--check", "20000")
    assert done.exit_code == 0, done.stderr
    assert "too large to build" in done.stdout
    assert "Exact, bounded, assumed" in done.stdout


def test_no_formula_of_other_codes(run: Run) -> None:
    plain = run("report", "parity_rnn", "--seq", "4", "--bits", "4").stdout
    other = run("report", "parity_rnn", "--seq", "4", "--bits", "4", "--minimize", "edges").stdout
    assert "T + 2 for T letters" in plain
    assert "for T letters" not in other


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["digits_cnn", "--seq", "4"], 2, "reads no sequence"),
        (["s5_transformer", "--seq", "33"], 3, "at most as many letters"),
        (["s5_rrn"], 3, "did you mean s5_rnn?"),
    ],
)
def test_options_that_do_not_fit(run: Run, words: list[str], code: int, message: str) -> None:
    done = run("report", *words)
    assert done.exit_code == code
    assert message in done.stderr
