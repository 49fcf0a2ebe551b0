"""`tcsim report` of networks that are measured by formulas."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from tests.cli.helpers import Run


def test_a_trained_model(run: Run) -> None:
    done = run("report", "parity_rnn", "--seq", "3", "--bits", "4", "--check")
    assert done.exit_code == 0
    assert "recurrent over 3 letters" in done.stdout
    assert "levels per step  1" in done.stdout
    assert "rounded          the state, at every letter" in done.stdout
    assert "4 of 4 layers built and measured" in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80


def test_what_is_rounded_where(run: Run) -> None:
    scan = run("report", "parity_ssm", "--seq", "2", "--bits", "4", "--json")
    assert "once, at its end" in json.loads(scan.stdout)["procedure"]["rounded"]
    passes = run("report", "parity_transformer", "--seq", "2", "--bits", "4", "--json")
    assert "rounded" not in json.loads(passes.stdout)["procedure"]


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


@pytest.fixture
def decoder(tmp_path: Path) -> tuple[Path, Path]:
    """A decoder with an open axis of tokens, and rows to calibrate on."""
    from tests.networks.importers.onnx.exports import DATA, words

    np.save(tmp_path / "rows.npy", words(24, 6))
    return DATA / "softmax_decoder.onnx", tmp_path / "rows.npy"


def test_formulas_in_the_open_axis(run: Run, decoder: tuple[Path, Path]) -> None:
    model, rows = decoder
    words = ["report", model, "--bits", "4", "--calibration", rows]
    done = run(*words, "--seq", "9", "--json")
    assert done.exit_code == 0, done.stderr
    data = json.loads(done.stdout)
    assert data["axes"] == {"n": 9}
    assert data["inputs"][0]["shape"] == [9]
    at_nine = eval(data["formulas"]["size"], {"n": 9})
    assert at_nine == data["total"]["size"]
    assert int(data["formulas"]["depth"]) == data["total"]["depth"]
    done = run(*words, "--seq", "9")
    assert "As formulas in n" in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80
    done = run(*words)
    assert done.exit_code == 3
    assert "axis 'n' is open: --seq N" in done.stderr


@pytest.mark.parametrize(
    ("procedure", "seq", "more"),
    [("cot:3", "2", lambda one: 3 * one), ("vote:4", "5", lambda one: one + 2)],
)
def test_procedures_of_an_onnx_file(
    run: Run, decoder: tuple[Path, Path], procedure: str, seq: str, more: Callable[[int], int]
) -> None:
    model, rows = decoder
    words = ["report", model, "--bits", "3", "--calibration", rows, "--seq", seq, "--json"]
    one, many = (
        json.loads(run(*words, *extra).stdout) for extra in ([], ["--procedure", procedure])
    )
    assert many["total"]["depth"] == more(one["total"]["depth"])
    assert many["inputs"][0]["shape"] == [int(seq)]
    if procedure.startswith("cot"):
        assert many["procedure"]["depth"] == f"{one['total']['depth']}*T for T tokens"
        formula = many["procedure"]["size"].removesuffix(" for T tokens")
        assert eval(formula, {"T": 3}) == many["total"]["size"]


def onnx_file(path: Path, *operators: str) -> Path:
    """Operators on uint8 x of shape (batch, n), one after the other."""
    onnx = pytest.importorskip("onnx", reason="needs onnx: pip install 'tcsim[onnx]'")
    lines = [f"v{i + 1} = {name}(v{i})" for i, name in enumerate(operators)]
    body = " ".join([*lines, f"y = BitwiseNot(v{len(operators)})"])
    ports = "(uint8[b, n] v0) => (uint8[b, n] y)"
    text = f'<ir_version: 10, opset_import: ["": 21]> g {ports} {{ {body} }}'
    onnx.save(onnx.parser.parse_model(text), path)
    return path


def test_looped(run: Run, tmp_path: Path) -> None:
    path = onnx_file(tmp_path / "loop.onnx", "BitwiseNot")
    done = run("report", path, "--seq", "3", "--procedure", "looped:5", "--json")
    assert done.exit_code == 0, done.stderr
    data = json.loads(done.stdout)
    assert data["total"]["depth"] == 10
    assert data["procedure"]["levels per loop"] == "2"
    done = run("report", path, "--procedure", "looped:5")
    assert done.exit_code == 3
    assert "--seq N gives it a number" in done.stderr


def test_holes(run: Run, tmp_path: Path) -> None:
    path = onnx_file(tmp_path / "hole.onnx", "BitwiseNot", "Hardmax", "BitwiseNot")
    done = run("report", path, "--seq", "3")
    assert done.exit_code == 3
    assert "Hardmax 'v2': no exact construction" in done.stderr
    assert "--allow-bounds" in done.stderr
    done = run("report", path, "--seq", "3", "--allow-bounds")
    assert done.exit_code == 0, done.stderr
    for said in (
        "BOUNDS: 1 part of this model cannot be compiled exactly.",
        "depth  3 + D1",
        ">= 3 if a hole's results wait for all that it reads",
        ">= 2 in any case",
        "size   72 + S1",
        "D1, S1  Hardmax v2: no exact construction",
        "inputs  hole 1        1",
        "hole 1  outputs       2",
    ):
        assert said in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80
    data = json.loads(run("report", path, "--seq", "3", "--allow-bounds", "--json").stdout)
    assert data["schema"] == "tcsim.network-bounds/1"
    assert data["depth"]["terms"] == [{"levels": 3, "holes": [1]}]
    assert data["depth"]["at_least"] == 2
    assert data["size"] == {
        "is": "a bound: the sizes of holes are unknown",
        "text": "72 + S1",
        "at_least": 72,
    }
    assert data["holes"][0]["operator"] == "Hardmax"
    assert data["formulas"] == {"size": "24*n", "edges": "24*n"}


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["--max-depth", "9"], 1, "limits are not decided"),
        (["--max-depth", "1"], 1, "depth 2 exceeds --max-depth 1"),
        (["--procedure", "looped:2"], 3, "cannot be compiled"),
    ],
)
def test_holes_and_other_options(
    run: Run, tmp_path: Path, words: list[str], code: int, message: str
) -> None:
    path = onnx_file(tmp_path / "hole.onnx", "BitwiseNot", "Hardmax", "BitwiseNot")
    done = run("report", path, "--seq", "3", "--allow-bounds", *words)
    assert done.exit_code == code
    assert message in done.stderr


def test_bounds_of_a_model_that_is_no_onnx_file(run: Run) -> None:
    done = run("report", "parity_rnn", "--allow-bounds")
    assert done.exit_code == 2
    assert "--allow-bounds applies to ONNX models" in done.stderr


def test_a_length_that_nothing_has(run: Run, perceptron: tuple[Path, Path]) -> None:
    model, rows = perceptron
    done = run("report", model, "--calibration", rows, "--seq", "4")
    assert done.exit_code == 2
    assert "no axis of" in done.stderr


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


def test_minimize_within_a_depth(run: Run) -> None:
    words = ["report", "s5_transformer", "--minimize", "size"]
    free, tight = (
        json.loads(run(*words, *more, "--json").stdout)["total"]
        for more in ([], ["--within", "14"])
    )
    assert tight["depth"] <= 14 < free["depth"]
    assert free["size"] < tight["size"]
    least = run(*words, "--within", "12")
    assert least.exit_code != 0
    assert "the least is 14" in least.stderr
    wrong = run("report", "s5_transformer", "--within", "16")
    assert wrong.exit_code == 2
    assert "--minimize size or edges" in wrong.stderr
