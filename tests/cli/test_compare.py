"""`tcsim compare`: the verdict, what it rests on, and counterexamples that hold."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import tcsim as tc
from tcsim.cli import compare as compare_module
from tcsim.cli import differ
from tcsim.cli.compare import verdict
from tcsim.simulate import unpack
from tcsim.strategies import circuits
from tests.cli.helpers import Run, parity


def test_equivalent(run: Run, files: Path) -> None:
    result = run("compare", files / "parity.tc", files / "chain.tc")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (
        "equivalent\n  proven: equal on all 32 inputs; inputs matched by name, outputs by name\n"
    )


def test_identical(run: Run, files: Path) -> None:
    result = run("compare", files / "parity.tc", files / "parity.tc", "--json")
    data = json.loads(result.stdout)
    assert (data["equivalent"], data["method"], data["vectors"]) == (True, "identical", 0)
    assert "gate by gate" in run("compare", "digits", "digits").stdout


def test_different(run: Run, files: Path) -> None:
    """They differ where four of five inputs are 1; 01111 reversed is the first such row."""
    result = run("compare", files / "parity.tc", files / "wrong.tc")
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "different",
        "  inputs matched by name, outputs by name; 1 of 2 outputs differ: odd",
        "  inputs     11110",
        "  outputs A  01",
        "  outputs B  11",
    ]
    data = json.loads(run("compare", files / "parity.tc", files / "wrong.tc", "--json").stdout)
    assert data["schema"] == "tcsim.compare/1"
    assert data["equivalent"] is False
    assert data["counterexample"]["differ"] == ["odd"]


def test_sampled(run: Run, files: Path) -> None:
    result = run("compare", files / "parity.tc", files / "chain.tc", "--samples", 100, "--seed", 5)
    assert result.exit_code == 0
    assert result.stdout.startswith("no difference found in 128 vectors: not a proof\n")
    assert "seed 5" in result.stdout
    words = ["compare", files / "parity.tc", files / "chain.tc", "--samples", 64, "--json"]
    data = json.loads(run(*words).stdout)
    assert (data["equivalent"], data["method"], data["vectors"]) == (None, "sampled", 64)
    assert run("compare", files / "parity.tc", files / "wrong.tc", "--samples", 64).exit_code == 1


def test_many_inputs_are_sampled_and_corner_cases_are_tried(run: Run, tmp_path: Path) -> None:
    """Random vectors would hardly ever hit one single 0 among forty 1s."""
    for name, almost in (("all.tc", 40), ("almost.tc", 39)):
        b = tc.Builder()
        b.output("y", tc.at_least(almost, b.inputs("x", 40)))
        tc.write(b.build(), tmp_path / name)
    result = run("compare", tmp_path / "all.tc", tmp_path / "almost.tc", "--json")
    assert result.exit_code == 1
    example = json.loads(result.stdout)["counterexample"]
    assert example["inputs"].count("1") == 39
    assert (example["outputs_a"], example["outputs_b"]) == ("0", "1")
    result = run("compare", tmp_path / "all.tc", tmp_path / "almost.tc", "--exhaustive")
    assert result.exit_code == 3
    assert "at most 30 inputs, not 40" in result.stderr


def test_exhaustive_is_the_default_to_20_inputs(monkeypatch: pytest.MonkeyPatch) -> None:
    a, b = parity(5), parity(5, chain=True)
    monkeypatch.setattr(compare_module, "EXHAUSTIVE_BY_DEFAULT", 4)
    facts = verdict(a, b, exhaustive=False, samples=None, seed=0)
    assert (facts["equivalent"], facts["method"], facts["vectors"]) == (None, "sampled", 100_032)
    facts = verdict(a, b, exhaustive=True, samples=None, seed=0)
    assert (facts["equivalent"], facts["method"], facts["vectors"]) == (True, "exhaustive", 32)


def test_matching(run: Run, tmp_path: Path) -> None:
    for name, order, outputs in (("a", "xyz", "pq"), ("b", "zxy", "qp"), ("c", "xyw", "pr")):
        b = tc.Builder()
        wires = {wire: b.input(wire) for wire in order}
        x, y = wires["x"], wires["y"]
        values = {"p": x & ~y, "q": x | y, "r": x | y}
        for output in outputs:
            b.output(output, values[output])
        tc.write(b.build(), tmp_path / f"{name}.tc")
    a, b, c = (tmp_path / f"{name}.tc" for name in "abc")
    result = run("compare", a, b)
    assert result.exit_code == 0
    assert "inputs matched by name, outputs by name" in result.stdout
    result = run("compare", a, c)
    assert result.exit_code == 0
    assert "inputs matched by position, outputs by position" in result.stdout
    assert run("compare", b, c).exit_code == 1


def test_numbers_of_wires_must_agree(run: Run, files: Path) -> None:
    result = run("compare", files / "parity.tc", files / "constant.tc", "--json")
    assert result.exit_code == 3
    assert "A has 5 inputs, B has 0" in json.loads(result.stdout)["message"]


def test_usage(run: Run, files: Path) -> None:
    path = files / "parity.tc"
    assert run("compare", "-", "-").exit_code == 2
    assert run("compare", path, path, "--exhaustive", "--samples", 5).exit_code == 2
    assert run("compare", path, "-", input=path.read_bytes()).exit_code == 0
    assert run("compare", path, files / "broken.tc").exit_code == 3


def test_nothing_to_compare(run: Run, files: Path) -> None:
    assert run("compare", files / "empty.tc", files / "empty.tc").exit_code == 0
    b = tc.Builder()
    b.output("yes", b.constant(0))
    tc.write(b.build(), files / "zero.tc")
    result = run("compare", files / "constant.tc", files / "zero.tc")
    assert result.exit_code == 1
    assert "  outputs A  1\n  outputs B  0\n" in result.stdout
    assert run("compare", files / "constant.tc", files / "zero.tc", "--samples", 1).exit_code == 1


@given(circuits(inputs=3, outputs=2), circuits(inputs=3, outputs=2), st.booleans())
def test_a_verdict_is_that_of_the_truth_tables(a: tc.Circuit, b: tc.Circuit, sampled: bool) -> None:
    a = a.replace(input_names="xyz", output_names="pq")
    b = b.replace(input_names="zxy", output_names="qp")
    facts = verdict(a, b, exhaustive=False, samples=64 if sampled else None, seed=0)
    vectors = (np.arange(8)[:, None] >> np.arange(3)) & 1
    left = a(vectors, engine="reference")
    right = b(vectors[:, [2, 0, 1]], engine="reference")[:, [1, 0]]
    equal = bool((left == right).all())
    if not equal:
        assert facts["equivalent"] is False
        example = facts["counterexample"]
        row = int(example["inputs"][::-1], 2)
        assert example["outputs_a"] == "".join(map(str, left[row]))
        assert example["outputs_b"] == "".join(map(str, right[row]))
        wrong = [name for name, d in zip("pq", left[row] != right[row], strict=True) if d]
        assert example["differ"] == wrong != []
    else:
        assert facts["equivalent"] is (None if sampled else True)


@given(st.integers(0, 9), st.integers(1, 5))
def test_every_vector_once(inputs: int, words: int) -> None:
    blocks = list(differ.every_vector(inputs, words))
    assert max(block.shape[1] for block in blocks) <= words
    rows = np.vstack([unpack(block, 64 * block.shape[1]) for block in blocks])
    numbers = rows @ (1 << np.arange(inputs))
    assert (numbers[: 2**inputs] == np.arange(2**inputs)).all()


@given(st.integers(0, 70), st.integers(1, 20), st.integers(1, 5))
def test_samples(inputs: int, count: int, words: int) -> None:
    blocks = list(differ.sampled_vectors(inputs, 64 * count, 1, words))
    assert sum(block.shape[1] for block in blocks) == count
    rows = np.vstack([unpack(block, 64 * block.shape[1]) for block in blocks])
    ones = rows.sum(axis=1)[: 2 * inputs + 2]
    corners = [0, inputs, *[1] * inputs, *[inputs - 1] * inputs]
    assert ones.tolist() == corners[: 64 * count]


def test_samples_have_several_densities() -> None:
    blocks = list(differ.sampled_vectors(64, 64 * 200, 1, 16))
    shares = [float(unpack(block, 64 * block.shape[1]).mean()) for block in blocks[1:]]
    assert any(abs(share - 0.5) < 0.02 for share in shares)
    assert any(abs(share - 0.125) < 0.02 for share in shares)
    assert any(abs(share - 0.875) < 0.02 for share in shares)
