"""`tcsim table1`: text, data, picture, exit codes, bad input."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import partial

import pytest

from tcsim.networks import table1
from tcsim.networks.table1 import ARCHITECTURES, theory

RNN = next(one for one in ARCHITECTURES if one.name == "RNN")


@pytest.fixture
def few(monkeypatch):
    """Two rows in place of all."""
    rows = [ARCHITECTURES[0], RNN]
    monkeypatch.setattr(table1, "table", partial(table1.table, architectures=rows))


def test_all_rows(run):
    result = run("table1", "--n", "3,4", "--flat", "0", "--json")
    data = json.loads(result.stdout)
    assert (result.exit_code, list(data)) == (0, ["schema", "rows"])
    assert [row["name"] for row in data["rows"]] == [one.name for one in ARCHITECTURES]
    for row in data["rows"]:
        assert set(row["measured"]) == {"3", "4"}
        assert row["agreement"] in {"consistent", "about the problem"}


@pytest.mark.usefixtures("few")
def test_text_and_file(run, tmp_path):
    result = run("table1", "--n", "2..8")
    assert result.exit_code == 0
    assert "RNN           n + 2            4*    6*   10*" in result.stdout
    assert max(map(len, result.stdout.splitlines())) <= 80
    target = tmp_path / "table.txt"
    assert run("table1", "--n", "2..8", "-o", target).stdout == ""
    assert target.read_text() == result.stdout


@pytest.mark.usefixtures("few")
def test_picture_beside_the_table(run, tmp_path):
    pytest.importorskip("matplotlib", reason="needs Matplotlib, of the extra plot")
    result = run("table1", "--n", "2,4", "--plot", tmp_path / "table.png")
    assert (tmp_path / "table.png").read_bytes().startswith(b"\x89PNG")
    assert "Architectures" in result.stdout


def test_what_is_not_consistent_exits_with_1(run, monkeypatch):
    rows = [replace(RNN, theory=theory.MLP)]
    monkeypatch.setattr(table1, "table", partial(table1.table, architectures=rows))
    result = run("table1", "--n", "2,4")
    assert result.exit_code == 1
    assert "RNN: not consistent" in result.stderr
    assert "not consistent" in result.stdout


def test_trained(run, monkeypatch):
    from tcsim.networks.table1 import experiment

    monkeypatch.setattr(experiment, "experiment", partial(experiment.experiment, tasks=["recall"]))
    result = run("table1", "--trained", "--n", "2", "--rows", "5", "--json")
    data = json.loads(result.stdout)
    assert data["schema"] == "tcsim.table1-trained/1"
    assert [(one["model"], one["n"]) for one in data["trials"]] == [("recall_ssm", 2)]
    text = run("table1", "--trained", "--n", "2", "--rows", "5").stdout
    assert "5 random words of n letters" in text


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--n", "1"], "integer in 2..128, not 1"),
        (["--n", "4,1000"], "integer in 2..128, not 1000"),
        (["--n", "four"], "cannot read 'four'"),
        (["--n", ""], "cannot read ''"),
        (["--plot", "table.pdf"], "the name of a .svg or .png file"),
        (["--plot", "nowhere/table.svg"], "there is no folder nowhere"),
        (["-o", "nowhere/table.txt"], "cannot write nowhere/table.txt: there is no folder"),
        (["--trained", "--n", "40"], "in 2..32, not 40"),
        (["--trained", "-o", "nowhere/t"], "there is no folder nowhere"),
    ],
)
def test_bad_input_exits_with_3_before_any_long_work(run, arguments, words):
    result = run("table1", *arguments)
    assert result.exit_code == 3
    assert words in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--trained", "--plot", "t.svg"], "--flat and --plot do not go with --trained"),
        (["--trained", "--flat", "7"], "--flat and --plot do not go with --trained"),
        (["--rows", "7"], "--rows goes with --trained"),
        (["--flat", "-1"], "--flat"),
    ],
)
def test_wrong_usage_exits_with_2(run, arguments, words):
    result = run("table1", *arguments)
    assert (result.exit_code, words in result.stderr) == (2, True)
