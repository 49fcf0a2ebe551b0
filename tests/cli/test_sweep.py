"""`tcsim sweep`: what it prints, its exit codes, its checkpoints."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.helpers import Process, Run

CHAIN_EXPECTED = """\
different on 5 of all 32 vectors
  first: vector 15
  inputs  11110

  output differs  vectors
  odd                   5   15.62%  ##############################
"""


def test_counts(run: Run, files: Path) -> None:
    result = run("sweep", files / "parity.tc")
    assert (result.exit_code, result.stderr) == (0, "")
    lines = [line.split() for line in result.stdout.splitlines()]
    assert lines[0] == ["all", "32", "vectors"]
    assert lines[3][:3] == ["odd", "16", "50.00%"]
    assert lines[4][:3] == ["some", "31", "96.88%"]
    data = json.loads(run("sweep", files / "parity.tc", "--count", "--json").stdout)
    assert (data["schema"], data["task"], data["counts"]) == ("tcsim.sweep/1", "count", [16, 31])


def test_two_circuits(run: Run, files: Path) -> None:
    words = ["sweep", files / "parity.tc", "--against"]
    result = run(*words, files / "wrong.tc")
    assert result.exit_code == 1
    assert result.stdout.replace("█", "#") == CHAIN_EXPECTED
    result = run(*words, files / "chain.tc")
    assert (result.exit_code, result.stdout) == (0, "no difference on all 32 vectors\n")
    result = run(*words, files / "chain.tc", "--random", 70, "--seed", 2)
    assert result.stdout == "no difference on 70 random vectors, seed 2: not a proof\n"
    data = json.loads(run(*words, files / "wrong.tc", "--json").stdout)
    assert (data["equal"], data["differences"], data["counts"]) == (False, 5, [5, 0])
    assert data["first"]["inputs"] == "11110"


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (["--find", "odd"], 1), (["--find", "some"], 0), (["--count"], 1), (["--ones"], 1),
        (["--histogram", "some"], 0),
    ],
)  # fmt: skip
def test_any_task_tells_a_difference(run: Run, files: Path, options: list[str], code: int) -> None:
    result = run("sweep", files / "parity.tc", "--against", files / "wrong.tc", *options)
    assert result.exit_code == code


def test_find(run: Run, files: Path) -> None:
    result = run("sweep", files / "parity.tc", "--find", "odd")
    assert (result.exit_code, result.stdout) == (0, "vector 1: odd is 1\n  inputs  10000\n")
    result = run("sweep", files / "chain.tc", "--against", files / "parity.tc", "--find", "odd")
    assert result.stdout == "on no vector: odd differs\n  tried: all 32 vectors\n"
    data = json.loads(run("sweep", files / "parity.tc", "--find", "odd", "--json").stdout)
    assert data["found"]["number"] == 1


def test_histograms(run: Run, files: Path) -> None:
    data = json.loads(run("sweep", files / "parity.tc", "--ones", "--json").stdout)
    assert data["histogram"] == [
        {"value": 0, "count": 1},
        {"value": 1, "count": 15},
        {"value": 2, "count": 16},
    ]
    result = run("sweep", files / "parity.tc", "--histogram", "odd", "--workers", 2)
    assert [line.split()[:2] for line in result.stdout.splitlines()[3:]] == [
        ["0", "16"],
        ["1", "16"],
    ]


def test_lines_fit(run: Run, files: Path) -> None:
    """Many rows and long names too."""
    import tcsim as tc

    b = tc.Builder()
    x = b.inputs("x", 7)
    b.output("a_name_that_is_much_too_long_for_a_table", x)
    b.output("y", [x[k % 7] for k in range(60)])
    tc.write(b.build(), files / "long.tc")
    for options in ([], ["--histogram", "a_name_that_is_much_too_long_for_a_table"]):
        result = run("sweep", files / "long.tc", *options)
        assert max(map(len, result.stdout.splitlines())) <= 80
        assert result.stdout.splitlines()[-1].startswith("  ... and ")


def test_checkpoints(run: Run, files: Path) -> None:
    path = files / "sweep.json"
    first = run("sweep", files / "parity.tc", "--checkpoint", path)
    assert run("sweep", files / "parity.tc", "--checkpoint", path).stdout == first.stdout
    result = run("sweep", files / "parity.tc", "--checkpoint", path, "--ones")
    assert result.exit_code == 3
    assert "is a checkpoint of another task" in result.stderr
    path.write_text(path.read_text()[:40])
    result = run("sweep", files / "parity.tc", "--checkpoint", path)
    assert result.exit_code == 3
    assert f"{path}: not a usable checkpoint" in result.stderr


def test_bad_input(run: Run, files: Path) -> None:
    for words, code in [
        (["--count", "--find", "odd"], 2),
        (["--ones", "--histogram", "odd"], 2),
        (["--random", "0"], 2),
        (["--workers", "0"], 2),
        (["--format-other", "tc"], 2),
        (["--find", "even"], 3),
        (["--against", files / "empty.tc"], 3),
        (["--against", files / "none.tc"], 3),
        (["--random", 2**63], 3),
        (["--random", 5, "--seed", 2**64], 3),
    ]:
        result = run("sweep", files / "parity.tc", *words)
        assert (result.exit_code, result.stdout) == (code, ""), words
    assert run("sweep", "-", "--against", "-").exit_code == 2
    result = run("sweep", "digits")
    assert result.exit_code == 3
    assert "random vectors" in result.stderr


def test_it_runs_in_a_process(process: Process, files: Path) -> None:
    done = process("sweep", files / "constant.tc")
    assert (done.returncode, done.stderr) == (0, "")
