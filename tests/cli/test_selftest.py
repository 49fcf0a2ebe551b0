"""`tcsim selftest`: the engines agree, or the circuit is there to be looked at."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import tcsim as tc
from tcsim.simulate import differential
from tcsim.simulate.specimens import specimen
from tests.cli.helpers import Run


@pytest.fixture(autouse=True)
def one_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    """The one that need not be loaded; all of them: tests/simulate/test_differential.py."""
    monkeypatch.setattr(differential, "ENGINES", ("bigint",))


def test_agreement(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "found.tc"
    result = run("selftest", "--circuits", 18, "--write", target)
    assert (result.exit_code, result.stderr) == (0, "")
    first, kinds, ways = result.stdout.splitlines()
    assert first.startswith("18 circuits on which all engines agree: ")
    assert kinds.startswith("  kinds  and-inverter 2, anything 2, huge weights 2, layers 2, ")
    assert ways.startswith("  ways   ")
    assert not target.exists()


def test_json(run: Run) -> None:
    data = json.loads(run("selftest", "--circuits", 8, "--first", 5, "--seed", 2, "--json").stdout)
    assert data["schema"] == "tcsim.selftest/1"
    assert (data["seed"], data["first"], data["circuits"]) == (2, 5, 8)
    assert sum(data["kinds"].values()) == sum(data["ways"].values()) == 8
    assert data["failure"] is None


def test_disagreement(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> int:
        raise ZeroDivisionError("no digits")

    monkeypatch.setattr("tcsim.simulate.bigint._at_least", fail)
    target = tmp_path / "found.tc"
    words = ("selftest", "--first", 40, "--write", target)
    result = run(*words)
    assert result.exit_code == 1
    assert f"written to {target}: bigint: ZeroDivisionError: no digits" in result.stderr
    result = run(*words, "--json")
    assert result.exit_code == 1
    data = json.loads(result.stdout)
    failure = data["failure"]
    assert failure["number"] == 40 + data["circuits"]
    assert failure["engines"] == {"bigint": "ZeroDivisionError: no digits"}
    assert tc.read(target) == specimen(0, failure["number"])[1]
    again = run("selftest", "--first", failure["number"], "--circuits", 1, "--write", target)
    assert again.exit_code == 1


def test_an_interrupt_says_how_to_go_on(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = differential.trials

    def cut(seed: int, first: int, _: int) -> object:
        yield from whole(seed, first, 3)
        raise KeyboardInterrupt

    monkeypatch.setattr(differential, "trials", cut)
    result = run("selftest", "--seed", 7, "--first", 10, "--circuits", 20)
    assert result.exit_code == 130
    assert "tcsim selftest --seed 7 --first 13 --circuits 17" in result.stderr


def test_bad_numbers(run: Run) -> None:
    for words in (("--circuits", 0), ("--first", -1), ("--seed", "x")):
        assert run("selftest", *words).exit_code == 2
