"""`tcsim library`: list, description, circuits, checks, and how it ends."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import tcsim as tc
from tcsim.cli import main
from tcsim.library import describe, get, names
from tcsim.library.listing import WIDTH, listing


def run(*words: object) -> Result:
    result = CliRunner().invoke(main, ["library", *map(str, words)])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


def test_list_and_description() -> None:
    assert run().output == listing()
    assert run("addition").output == describe("addition")
    assert "  edges           n**2 + 5*n - 1\n" in run("addition").output


def test_json() -> None:
    data = json.loads(run("--json").output)
    assert data["schema"] == "tcsim.library/1"
    assert [entry["name"] for entry in data["constructions"]] == list(names())
    (one,) = json.loads(run("mod", "--json").output)["constructions"]
    assert one["parameters"][1]["default"] == 3
    assert one["class"] == "TC0"


def test_build(tmp_path: Path) -> None:
    target = tmp_path / "f.tc"
    result = run("addition", "--n", 8, "-o", target)
    assert result.stderr == f"tcsim: {target} written: depth 2, size 16 (threshold basis)\n"
    assert tc.read(target) == get("addition").circuit(n=8)
    assert run("addition", "--n=2").stdout.startswith("tcsim 1\n")
    weighted = run("weighted-threshold", "--weights", "3,-1,2", "--t", "-1")
    assert "3*x[0] - x[1] + 2*x[2] >= -1" in weighted.stdout
    assert run("majority", "--n", 3, "--to", "opb").stdout.startswith("*")


def test_check_passes() -> None:
    result = run("--check", "addition", "parity-bits")
    assert result.exit_code == 0
    assert "  PASS    13 points  edges: n**2 + 5*n - 1\n" in result.output
    assert "\n\n10 claims checked, 0 failed\n" in result.output
    assert max(map(len, result.output.splitlines())) <= WIDTH


def test_check_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = replace(
        get("majority"), formulas=lambda n: {"depth": 1, "size": n, "edges": n, "max_weight": 1}
    )
    monkeypatch.setattr("tcsim.library.get", lambda name: wrong)
    result = run("--check", "majority")
    assert result.exit_code == 1
    assert "  FAIL    14 points  size: n\n" in result.output
    assert "at n = 2 the formula gives 2, the circuit has 1\n" in result.output
    assert "5 claims checked, 1 failed" in result.output
    data = json.loads(run("--check", "majority", "--json").stdout)
    assert data["schema"] == "tcsim.library.check/1"
    assert [claim["passed"] for claim in data["claims"]] == [True, False, True, True, True]
    assert run("--check", "majority", "--json").exit_code == 1


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["additon"], 3, "no construction 'additon'; did you mean addition?"),
        (["addition", "--n", "0"], 3, "n must be at least 1, not 0"),
        (["addition", "--n", "x"], 3, "--n x: not an integer"),
        (["addition", "--m", "3"], 3, "addition has no parameter 'm'; it has n"),
        (["iterated-addition", "--b", "3"], 3, "iterated-addition needs m: how many numbers"),
        (["addition", "--n", "100000"], 3, "10,000,699,999 gates and operands, more than"),
        (["addition", "--n", "9" * 30], 3, "gates and operands, more than"),
        (["addition", "--n", "2", "-o", "f.unknown"], 3, "tells no format"),
        (["mod", "--n", "5", "--r", "3"], 3, "m must be at least 2 and r in 0 .. m - 1"),
        (["addition", "--n"], 2, "--n needs a value"),
        (["addition", "--n", "1", "--n", "2"], 2, "--n is given twice"),
        (["addition", "-n", "1"], 2, "no such option: -n"),
        (["--n", "1"], 2, "give one NAME"),
        (["addition", "parity"], 2, "give one NAME"),
        (["--check", "addition", "--n", "1"], 2, "give one NAME"),
        (["addition", "--n", "1", "--json"], 2, "--json is for lists and checks"),
    ],
)
def test_errors(words: list[str], code: int, message: str) -> None:
    result = run(*words)
    assert result.exit_code == code
    assert message in " ".join(result.stderr.split())


def test_errors_in_json() -> None:
    result = run("additon", "--json")
    assert result.exit_code == 3
    assert json.loads(result.stdout)["type"] == "ArgumentError"
