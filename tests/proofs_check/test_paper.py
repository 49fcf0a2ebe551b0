"""The paper's ledger: complete, every check as recorded, every flipped claim refuted."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import pytest

from proofs_check import Kind, Ledger, run
from proofs_check.checks import perform
from proofs_check.rendering.data import evidence_data
from proofs_check.rendering.html import html
from proofs_check.rendering.markdown import markdown

ROOT = Path(__file__).resolve().parents[2]
LEDGER = Ledger.paper()
QUICK = [name for name, check in LEDGER.checks.items() if check.cost == "quick"]
GRADES = {
    "A": "F1 F3 F4 F5 F7 F8 G1 G3 G11",
    "B": "E2 E3 E5 E1 D3 D4 3a 3b 3d 3e 3g C1 C3 F6 G8",
    "C": "G2 G4 G5 G10 G13 G14 C2",
    "D": "G6 G7 G9 G12 F9 F10 D1 D2 D5 3c 3f E6 E4",
    "withdrawn": "F2",
}


@pytest.fixture(scope="module")
def found():
    return run(LEDGER)


def test_grades():
    for grade, names in GRADES.items():
        for name in names.split():
            assert LEDGER[f"E-{name}"].grade == grade, name
    every = {f"E-{name}" for names in GRADES.values() for name in names.split()}
    assert {id_ for id_ in LEDGER.claims if id_.startswith("E-")} == every


def test_what_is_there():
    equations = ["eq-1", "eq-2", "E-F7", "eq-4", "eq-5", "eq-6"]  # (3) is E-F7
    theorems = ["thm-4.1", "thm-F.1", "thm-G.1", "thm-G.2", "thm-G.2a", "thm-G.2b", "thm-G.2c"]
    for id_ in ("def-2.1", "def-2.2", "asm-2.3", "hyp-2.4", "def-D.1", *equations, *theorems):
        assert LEDGER[id_]
    assert LEDGER["thm-G.2"].statement_status == "conditional"
    assert LEDGER.conditions["E-F8"] == {"P not in NC/poly"}


def test_every_claim_is_as_recorded(found):
    assert {r.claim.id: r.surprises for r in found.results if not r.as_recorded} == {}
    for result in found.results:
        if result.claim.grade == "A":
            assert result.outcome.kind is Kind.REFUTED
            assert all(result.outcomes[name].positive for name in result.claim.checks)


@pytest.mark.parametrize("name", QUICK)
def test_flips_are_refuted_and_repairs_hold(name):
    check = LEDGER.checks[name]
    for label, arguments in check.flips.items():
        outcome = perform(check, arguments)
        assert outcome.kind is Kind.REFUTED, f"{label}: {outcome}"
    for label, arguments in check.repairs.items():
        outcome = perform(check, arguments)
        assert outcome.positive, f"{label}: {outcome}"


@pytest.mark.slow
def test_long_checks():
    for name, check in LEDGER.checks.items():
        if name not in QUICK:
            assert perform(check).positive
            assert all(perform(check, a).kind is Kind.REFUTED for a in check.flips.values())


def test_assumptions():
    lattice = LEDGER.lattice
    assert lattice.implies("TC0 != NC1", "TC0 != TC1")
    assert not lattice.implies("TC0 != TC1", "TC0 != NC1")
    assert not lattice.implies("TC != P", "P not in TC0/poly")
    assert all(lattice.implies("P not in NC/poly", one) for one in ("TC != P", "TC0 != P"))


def test_pages(found):
    page = html(found)
    assert page.count("<article ") == len(LEDGER.claims)
    assert "<script" not in page
    assert "http-equiv" not in page
    assert page.count("<svg ") == 1
    text = markdown(found)
    assert all(f"### {id_} (" in text for id_ in LEDGER.claims)
    assert "| E-F8 | P not in NC/poly |" in text


def _rechecker():
    path = ROOT / "examples" / "check_evidence.py"
    spec = importlib.util.spec_from_file_location("check_evidence", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


SPOILT = {
    "outvoted seeds": {"k": 6},
    "majority of a law": {"law": ["0.6", "0.2", "0.2"]},
    "moved gap": {"epsilon": "1/10"},
    "score values": {"values": 200},
    "half-line": {"boundary": 3},
    "advice": {"descriptions": 2000},
    "first layer": {"inputs": [1, 1]},
    "switchover": {"d1": 60},
    "count of values": {"n": 5},
    "chain beneath": {"n": 4},
    "rule 110 table": {"rows": [1, 2]},
    "permutation tree": {"arity": 2},
    "parity in depth 2": {"gates": 9},
}


def test_evidence_is_checked_again_without_our_packages(found, tmp_path):
    module = _rechecker()
    source = (ROOT / "examples" / "check_evidence.py").read_text()
    assert not any(f"import {name}" in source for name in ("tcsim", "reductions", "proofs_check"))
    seen = set()
    for name in {n for r in found.results for n in r.claim.printed}:
        data = evidence_data(found, name)
        (tmp_path / f"{name}.json").write_text(json.dumps(data))
        kind = data["evidence"]["recheck"]
        seen.add(kind)
        again = module.KNOWN[kind]
        assert again(data["evidence"]["counterexample"])
        assert not again({**data["evidence"]["counterexample"], **SPOILT[kind]}), kind
        if name == "first_layer_test":
            assert len(data["evidence"]["with_inputs_into_or_gates_only"]) == 1
        for other in data["evidence"].get("with_inputs_into_or_gates_only", []):
            assert module.first_layer(other)
            kinds = {row[0] for row in other["gates"] if min(row[1:]) < len(other["inputs"])}
            assert kinds == {"or"}
    assert seen == set(module.KNOWN) == set(SPOILT)
    assert module.main(tmp_path) == 0
    one = next(tmp_path.glob("first*.json"))
    data = json.loads(one.read_text())
    data["evidence"]["counterexample"]["inputs"] = [0, 0]
    one.write_text(json.dumps(data))
    assert module.main(tmp_path) == 1
