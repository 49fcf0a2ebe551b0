"""`tcsim report` of networks that are measured by formulas."""

from __future__ import annotations

import json

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
