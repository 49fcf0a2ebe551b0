"""`tcsim uniformity`: what it says, as text and data, and what it refuses."""

from __future__ import annotations

import json
from dataclasses import replace
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from tcsim.cli import main
from tcsim.errors import ArgumentError
from tcsim.uniformity import FAMILIES, study_uniformity, uniform_family
from tcsim.uniformity.programs import majority, parity
from tests.uniformity import programs
from tests.uniformity.test_connection import one_gate_more


def run(*arguments):
    return CliRunner().invoke(main, ["uniformity", *arguments])


@pytest.mark.parametrize("name", ["majority", "permutations", "tableau-increment"])
def test_families_hold(name):
    report = study_uniformity(uniform_family(name))
    assert report.failures == ()
    assert report.curve.points[-1].length >= 4 * report.curve.fitted
    assert all(len(line) <= 80 for line in str(report).splitlines())
    assert "every answer right" in str(report)


def test_command():
    result = run("parity", "--n", "4..64")
    assert result.exit_code == 0
    assert "consistent with O(log N) space" in " ".join(result.output.split())
    data = json.loads(run("parity", "--n", "4..64", "--json").output)
    assert data["schema"] == "tcsim.uniformity/1"
    assert data["n"] == [4, 8, 16, 32, 64]
    assert data["fit"]["holds"]
    assert data["compared"]["direct"]["differences"] == []
    assert data["far"][-1]["n"] == 2**64
    assert all(name in run().output for name in FAMILIES)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nosuch"], "no programs for a family 'nosuch'"),
        (["parity", "--n", "8"], "too few inputs"),
        (["parity", "--n", "0..16"], "at least 1, not 0"),
        (["parity", "--n", "x"], "cannot read 'x'"),
        (["parity", "--steps", "100"], "parity: the program took more than 100 steps"),
    ],
)
def test_bad_input(arguments, message):
    result = run(*arguments)
    assert result.exit_code == 3
    assert message in result.output


def test_no_n():
    with pytest.raises(ArgumentError, match="not None"):
        study_uniformity(uniform_family("parity"), ())


def test_violations_fail(monkeypatch):
    """A machine that keeps its input, and a language with a gate too many."""

    def module(of, **changes):
        return SimpleNamespace(**{**vars(of), "__name__": "wrong", **changes})

    keeps = replace(
        FAMILIES["majority"],
        make=lambda: module(majority, describe=programs.keeps_its_input),
        n=(16, 32, 64, 256),
    )
    monkeypatch.setitem(FAMILIES, "majority", keeps)
    result = run("majority")
    assert result.exit_code == 1
    assert "not O(log N) space" in " ".join(result.output.split())
    wrong = replace(FAMILIES["parity"], make=lambda: module(parity, gate=one_gate_more))
    monkeypatch.setitem(FAMILIES, "parity", wrong)
    result = run("parity", "--n", "4..64")
    assert result.exit_code == 1
    assert "the language has a gate 7, the circuit has gates 0..6" in result.output
