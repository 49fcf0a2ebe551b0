"""`tcsim reductions`: every command, as text and as JSON, files and standard input."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from reductions import problem, rule
from reductions.problems.controls import CONTROLS
from reductions.problems.turing_machine import Acceptance
from tcsim.cli import main
from tcsim.uniformity.turing import parity

CVP = problem("cvp")


def run(*words, **options):
    result = CliRunner().invoke(main, ["reductions", *map(str, words)], **options)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.fixture
def instance(tmp_path):
    file = tmp_path / "instance.json"
    file.write_bytes(CVP.encode(CVP.ladder(2)))
    return file


def test_help_and_lists():
    assert "verify" in run("--help").stdout
    assert "cvp_nand_cvp" in run("list").stdout
    data = json.loads(run("list", "--json").stdout)
    assert {row["name"] for row in data["rules"]} >= {"cvp_nand_cvp"}


def test_lists_fit_a_terminal():
    for words in (("list",), ("list", "--controls"), ("show", "do1_gap")):
        assert max(map(len, run(*words).stdout.splitlines())) <= 80


def test_controls():
    text = " ".join(run("list", "--controls").stdout.split())
    rows = json.loads(run("list", "--controls", "--json").stdout)["controls"]
    assert [row["name"] for row in rows] == list(CONTROLS)
    for one in CONTROLS.values():
        assert one.verdict.replace(": ", f" {one.question} ", 1) in text
    assert {row["name"] for row in rows if not row["in_nc"]} == {"comparator circuit"}


def test_show():
    assert "gates: = 2*ands" in run("show", "cvp_nand_cvp").stdout
    assert "depth: <= 2*depth" in run("show", "cvp_nand_cvp").stdout
    data = json.loads(run("show", "cvp", "--json").stdout)
    assert data["sizes"]["ands"] == "and gates"
    assert json.loads(run("show", "cvp_nand_cvp", "--json").stdout)["source"] == "cvp"
    assert run("show", "nothing").exit_code == 3


def test_paths():
    assert (
        "turing_machine -> cvp -> monotone_cvp" in run("path", "turing_machine", "do1_gap").stdout
    )
    data = json.loads(run("path", "turing_machine", "threshold_cvp", "--all", "--json").stdout)
    assert len(data["chains"]) == 2
    assert run("path", "horn_entailment", "cvp").exit_code == 3


def test_graph():
    assert "cvp -> nand_cvp" in run("graph").stdout
    assert run("graph", "--dot").stdout.startswith("digraph")
    data = json.loads(run("graph", "--json").stdout)
    assert data["diagnostics"]["isolated"] == []
    assert run("graph", "--json", "--dot").exit_code == 2


def test_run_and_extract(instance, tmp_path):
    out = tmp_path / "target.json"
    assert run("run", "cvp_nand_cvp", instance, "-o", out, "--decide").exit_code == 0
    target = problem("nand_cvp").decode(out.read_bytes())
    assert target == rule("cvp_nand_cvp")(CVP.ladder(2))
    piped = run("run", "cvp_nand_cvp", "-", input=instance.read_bytes())
    assert piped.stdout_bytes == out.read_bytes()
    data = json.loads(run("run", "cvp_nand_cvp", instance, "--json", "--decide").stdout)
    assert data["answers"] == [CVP.decide(CVP.ladder(2))] * 2
    assert data["sizes"][1]["gates"] == data["predicted"]["gates"]


def test_a_chain_and_back(tmp_path):
    machine = problem("turing_machine")
    yes = Acceptance(parity(), "10", 3)
    file, witness = tmp_path / "machine.json", tmp_path / "witness.json"
    file.write_bytes(machine.encode(yes))
    found = run("extract", "turing_machine..monotone_cvp", file)
    history = machine.decode_witness(found.stdout_bytes)
    assert machine.witnesses.verify(yes, history)
    chain = "turing_machine_cvp,cvp_monotone_cvp"
    target = problem("monotone_cvp").decode(run("run", chain, file).stdout_bytes)
    monotone = problem("monotone_cvp")
    claims = monotone.witnesses.producers["need"](target)
    witness.write_bytes(monotone.encode_witness(claims))
    again = run("extract", chain, file, witness, "--json")
    assert machine.decode_witness(again.stdout_bytes) == history
    no = machine.encode(Acceptance(parity(), "11", 3))
    assert "answer is NO" in run("extract", chain, "-", input=no).stderr


def test_bad_input(instance, tmp_path):
    assert run("run", "cvp_nand_cvp", tmp_path / "nothing.json").exit_code == 3
    broken = run("run", "cvp_nand_cvp", "-", "--json", input=b"{")
    assert broken.exit_code == 3
    assert json.loads(broken.stdout)["path"] == "<stdin>"
    assert run("run", "cvp_nor_cvp,cvp_nand_cvp", instance).exit_code == 3
    assert run("run", "monotone_cvp_majority_cvp", instance).exit_code == 3
    assert run("verify").exit_code == 2


def test_verify(tmp_path):
    quick = ("--reach", 1, "--examples", 5)
    assert run("verify", "cvp_threshold_cvp", *quick).exit_code == 0
    data = json.loads(run("verify", "cvp_threshold_cvp", *quick, "--json").stdout)
    assert data["rules"][0]["passed"]
    assert len(data["rules"][0]["outcomes"]) == 12
    assert (
        "| `cvp_threshold_cvp` | pass |"
        in run("verify", "cvp_threshold_cvp", *quick, "--table").stdout
    )
    file = tmp_path / "wrong.py"
    file.write_text(
        "from dataclasses import replace\n"
        "from reductions import rule\n"
        "right = rule('cvp_nand_cvp')\n"
        "WRONG = replace(right, name='wrong', reference='')\n"
    )
    wrong = run("verify", f"{file}:WRONG", *quick)
    assert wrong.exit_code == 1
    assert "12 FAIL" in wrong.stdout
