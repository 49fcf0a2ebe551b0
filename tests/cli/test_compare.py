"""`tcsim compare`: the verdict, what it rests on, and counterexamples that hold."""

from __future__ import annotations

import json
from pathlib import Path
from typing import get_args

import tcsim as tc
from tcsim.cli import compare as command
from tcsim.equivalence import Method, deciding
from tests.cli.helpers import Run
from tests.equivalence.multipliers import multiplier


def test_equivalent(run: Run, files: Path) -> None:
    result = run("compare", files / "parity.tc", files / "chain.tc")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (
        "equivalent\n  proven: equal on all 32 inputs\n  inputs matched by name, outputs by name\n"
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


def test_the_options_are_those_of_the_function() -> None:
    assert get_args(Method) == command.METHODS
    assert deciding.EXHAUSTIVE_LIMIT == command.EXHAUSTIVE_LIMIT
    assert deciding.SAMPLES == command.SAMPLES
    assert deciding.TIME_LIMIT == command.TIME_LIMIT


def test_sat_proves_what_cannot_be_tried(run: Run, tmp_path: Path) -> None:
    for name, chain in (("flat.tc", False), ("chain.tc", True)):
        b = tc.Builder()
        x = b.inputs("x", 40)
        every = tc.all([tc.all(x[:20]), tc.all(x[20:])]) if chain else tc.all(x)
        b.output("all", every)
        tc.write(b.build(), tmp_path / name)
    words = ["compare", tmp_path / "flat.tc", tmp_path / "chain.tc"]
    result = run(*words)
    assert result.exit_code == 0
    assert result.stdout.startswith("equivalent\n  proven: sat: ")
    result = run(*words, "--proof", tmp_path / "proof", "--json")
    data = json.loads(result.stdout)
    assert (data["verdict"], data["equivalent"], data["method"]) == ("equivalent", True, "sat")
    assert data["tried"][0]["numbers"]["ands"] > 0
    assert (tmp_path / "proof.cnf").read_text().startswith("p cnf ")
    assert (tmp_path / "proof.drat").read_text().endswith("0\n")
    assert data["proof"] == [str(tmp_path / "proof.cnf"), str(tmp_path / "proof.drat")]
    assert "proof.cnf and " in run(*words, "--proof", tmp_path / "proof").stdout
    same = run("compare", tmp_path / "flat.tc", tmp_path / "flat.tc", "--proof", tmp_path / "no")
    assert "proof: none is needed" in same.stdout
    failed = run(*words, "--proof", tmp_path / "none" / "proof")
    assert failed.exit_code == 3
    assert "cannot write" in failed.stderr


def test_undecided(run: Run, tmp_path: Path) -> None:
    for name in "ab":
        tc.write(multiplier(16, other=name == "b"), tmp_path / f"{name}.tc")
    words = ["compare", tmp_path / "a.tc", tmp_path / "b.tc", "--time-limit", 0]
    result = run(*words)
    assert result.exit_code == 1
    assert result.stdout.startswith("undecided\n  sampled: ")
    assert "\n  sat: " in result.stdout
    assert result.stdout.endswith("to go on: a larger --time-limit, or another --method\n")
    data = json.loads(run(*words, "--json").stdout)
    assert (data["verdict"], data["equivalent"]) == ("undecided", None)
    assert [each["method"] for each in data["tried"]] == ["sampled", "sat"]


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
    assert run("compare", path, path, "--method", "sat", "--samples", 5).exit_code == 2
    assert run("compare", path, path, "--exhaustive", "--proof", "p").exit_code == 2
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
