"""`tcsim family`: reports, exit codes, bad input."""

from __future__ import annotations

import json

import pytest

PLACE = "tests.family.families:"


def test_text(run):
    result = run("family", f"{PLACE}FAMILY", "--n", "2..64")
    assert result.exit_code == 0
    assert "depth 2 for every n measured, 2..64, size n + 1: consistent with TC0." in result.stdout
    assert max(map(len, result.stdout.splitlines())) <= 80


def test_json_and_file(run, tmp_path):
    result = run("family", f"{PLACE}chain", "--n", "4,8,16,64", "--json")
    data = json.loads(result.stdout)
    assert data["schema"] == "tcsim.family/1"
    assert data["n"] == [4, 8, 16, 64]
    assert data["fits"]["depth"]["formula"] == "2*n - 2"
    target = tmp_path / "report.txt"
    assert run("family", f"{PLACE}chain", "--n", "4..16", "-o", target).stdout == ""
    assert "Family chain" in target.read_text()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["WRONG"], "declared size = n, but at n = 4 the formula gives 4, the circuit has 5"),
        (["chain", "--claim", "TC0"], "claimed TC0, but depth 2*n - 2"),
        (["FAMILY", "--formula", "edges=O(n)"], "declared edges = O(n), but measured is n**2 + n"),
    ],
)
def test_contradictions_exit_with_1_and_show_both(run, arguments, words):
    result = run("family", PLACE + arguments[0], "--n", "4..128", *arguments[1:])
    assert result.exit_code == 1
    assert words in result.stderr
    assert "What this cannot show" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["same", "--formula", "inputs=n"], "has 4 inputs at n = 8; declared is n = 8"),
        (["unstable"], "not deterministic: built twice at n = 4"),
        (["fails_at_16"], "raised ZeroDivisionError at n = 16"),
        (["no_circuit"], "returned int '4' at n = 4, not a Circuit"),
        (["NUMBER"], "is int, not a Family"),
        (["nothing"], "has no 'nothing'"),
        (["chain", "--n", "4-8"], "cannot read '4-8'"),
        (["chain", "--claim", "FOO"], "no class known here"),
        (["chain", "--formula", "size=import os"], "cannot read the formula"),
        (["chain", "--formula", "foo=1"], "no measure 'foo'"),
        (["dnf", "--n", "4..64", "--memory", "1M"], "measure smaller n, or allow more"),
    ],
)
def test_bad_input_exits_with_3(run, arguments, words):
    result = run("family", PLACE + arguments[0], *(arguments[1:] or ["--n", "4..16"]))
    assert result.exit_code == 3
    assert words in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize(
    "arguments",
    [["--memory", "much"], ["--formula", "size"], ["--formula", "=1"], ["--parameter", "k=3"]],
)
def test_wrong_usage_exits_with_2(run, arguments):
    assert run("family", f"{PLACE}chain", *arguments).exit_code == 2


def test_errors_in_json(run):
    result = run("family", f"{PLACE}no_circuit", "--json")
    assert result.exit_code == 3
    assert json.loads(result.stdout)["type"] == "ArgumentError"


def test_a_construction_of_the_library(run):
    result = run("family", "parity", "--n", "4..64", "--json")
    data = json.loads(result.stdout)
    assert (result.exit_code, data["verdict"]["status"]) == (0, "consistent")
    declared = {check["measure"]: check["status"] for check in data["declared"]}
    assert {"depth", "size", "edges"} <= set(declared)
    assert set(declared.values()) == {"consistent"}


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["k-of-n", "--n", "4..32", "--parameter", "k=3"], 0, "k-of-n (k = 3)"),
        (["k-of-n"], 3, "give it with --parameter k="),
        (["k-of-n", "--parameter", "foo=3"], 3, "no parameter 'foo'"),
        (["k-of-n", "--parameter", "k=x"], 3, "not an integer"),
        (["majority", "--parameter", "n=3"], 3, "no integer parameter left"),
        (["no-such-construction"], 3, "there is no construction"),
    ],
)
def test_parameters_of_the_library(run, arguments, code, words):
    result = run("family", *arguments)
    assert result.exit_code == code
    assert words in result.stdout + result.stderr


def test_plot(run, tmp_path):
    pytest.importorskip("matplotlib", reason="needs matplotlib: pip install 'tcsim[plot]'")
    target = tmp_path / "growth.svg"
    assert run("family", f"{PLACE}FAMILY", "--n", "2..32", "--plot", target).exit_code == 0
    drawing = target.read_text()
    assert drawing.startswith("<?xml")
    for word in ("depth", "width", "size", "edges", "parity, claimed TC0"):
        assert word in drawing
    assert run("family", f"{PLACE}FAMILY", "--n", "2..8", "--plot", "x.pdf").exit_code == 3


def test_help_loads_nothing_heavy(process):
    done = process("family", "--help")
    assert done.returncode == 0
    assert "4..512 (doubling)" in done.stdout
