"""`tcsim proofs`: every command, as text and as JSON, and its exit codes."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner

from tcsim.cli import main

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "ledger" / "majorities.toml"


@pytest.fixture(autouse=True)
def _own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def run(*words, code=0):
    result = CliRunner().invoke(main, ["proofs", *map(str, words)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code == code, result.output
    return result


def test_list():
    data = json.loads(run("list", "--json").stdout)
    assert len(data["claims"]) > 130
    assert {"id", "statement", "grade", "checks", "assumes"} <= set(data["claims"][0])
    assert "E-F1" in run("list", "--grade", "A").stdout
    assert "E-F2" not in run("list", "--grade", "A").stdout
    assert "thm-G.2" in run("list", "--kind", "theorem").stdout
    assert "self-dual" in run("list", "--ledger", EXAMPLE).stdout
    assert len(run("list", "--cost", "full").stdout.splitlines()) == 2  # the part, and A000609


def test_show():
    assert "lacks" not in run("show", "E-F1").stdout
    assert "n ln M" in run("show", "E-F1").stdout
    assert json.loads(run("show", "E-F1", "--json").stdout)["grade"] == "A"
    assert "did you mean" in run("show", "E-F11", code=3).output


def test_run(tmp_path):
    junit, evidence = tmp_path / "j.xml", tmp_path / "evidence"
    found = run("run", "E-F4", "E-G2", "--junit", junit, "--evidence", evidence)
    assert "all as recorded" in found.stdout
    suite = ET.fromstring(junit.read_text())
    assert (suite.get("tests"), suite.get("failures"), suite.get("errors")) == ("2", "0", "0")
    data = json.loads((evidence / "half_keeps_a_gap.json").read_text())
    assert data["claims"] == ["E-F4"]
    assert data["evidence"]["counterexample"]["epsilon"] == "1/5"
    assert data["versions"]["python"]
    again = json.loads(run("run", "E-F4", "--json").stdout)
    assert set(again["seconds"].values()) == {0.0}  # remembered
    assert "no claim" in run("run", "nothing", code=3).output
    assert "0 flips unnoticed" in run("run", "E-F4", "--flips").stdout
    assert json.loads(run("run", "E-F4", "--flips", "--json").stdout)["unnoticed"] == []


def broken(folder):
    text = EXAMPLE.with_suffix(".py").read_text()
    (folder / "majorities.py").write_text(text.replace("majority(bits) <=", "majority(bits) <"))
    file = folder / "ledger.toml"
    file.write_text(EXAMPLE.read_text())
    return file


def test_what_differs_is_exit_1(tmp_path):
    file, junit = broken(tmp_path), tmp_path / "j.xml"
    found = run("run", "--ledger", file, "--junit", junit, code=1)
    assert "DIFFERS" in found.stdout
    assert "1 differ from the record" in found.stdout
    assert ET.fromstring(junit.read_text()).get("failures") == "1"
    assert not json.loads(run("report", "--ledger", file, "--json", code=1).stdout)["as_recorded"]


def test_report(tmp_path):
    page, graph = tmp_path / "page.html", tmp_path / "graph.svg"
    text = run("report", "--ledger", EXAMPLE, "--html", page, "--graph", graph).stdout
    assert "### self-dual (Lemma 1)" in text
    assert "Counterexample: [0, 1]" in text
    assert "<article id=" in page.read_text()
    assert graph.read_text().startswith("<svg")


def test_processes():
    assert "all as recorded" in run("run", "--ledger", EXAMPLE, "--jobs", 2, "--no-cache").stdout


def test_bad_ledgers(tmp_path):
    file = tmp_path / "bad.toml"
    file.write_text("[ledger]\ntitle = ?\n")
    data = json.loads(run("list", "--ledger", file, "--json", code=3).stdout)
    assert data["line"] == 2
    assert "cannot be read" in run("list", "--ledger", tmp_path / "no.toml", code=3).output
