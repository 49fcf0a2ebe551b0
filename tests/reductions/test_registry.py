"""The registry: chains, the graph, entry points, places of rules."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from importlib.metadata import EntryPoint

import pytest

from reductions import Chain, chains, diagnostics, graph, path, problem, rule
from reductions import registry as module
from reductions.problems.turing_machine import Acceptance
from tcsim.errors import ArgumentError
from tcsim.uniformity.turing import increment, palindromes, parity


def test_path_to_the_gap():
    chain = path("turing_machine", "do1_gap")
    assert [step.target.name for step in chain.steps] == [
        "cvp", "monotone_cvp", "alternating_cvp", "do1_gap",
    ]  # fmt: skip
    assert chain.overhead.bounds["threshold"].exact
    assert not chain.overhead.bounds["depth"].exact


@pytest.mark.parametrize(
    ("machine", "word", "steps"),
    [
        (palindromes(), "1", 3),
        (palindromes(), "01", 4),
        (parity(), "1011", 5),
        (parity(), "11", 3),
        (increment(), "1", 2),
    ],
)
def test_machines_by_way_of_the_gap(machine, word, steps):
    chain = path("turing_machine", "do1_gap")
    instance = Acceptance(machine, word, steps)
    run = chain.run(instance)
    answer = machine.accepts(word)
    assert chain.target.promise(run.instance)
    assert chain.target.decide(run.instance) == answer
    predicted = chain.overhead.at(chain.source.sizes(instance))
    for field, size in chain.target.sizes(run.instance).items():
        assert size <= predicted[field]
    assert run.provenance.source == "step and cell"
    if answer:
        witness = chain.target.witnesses.producers["need"](run.instance)
        back = chain.extract(run, witness)
        assert back == chain.source.witnesses.producers["simulator"](instance)


def test_the_smallest_chain_is_chosen():
    every = chains("turing_machine", "threshold_cvp")
    assert {len(chain.steps) for chain in every} == {1, 2}
    assert len(path("turing_machine", "threshold_cvp").steps) == 1
    sizes = problem("turing_machine").sizes(problem("turing_machine").ladder(8))
    largest = {len(c.steps): max(c.overhead.at(sizes).values()) for c in every}
    assert largest[1] < largest[2]


def test_no_chain():
    with pytest.raises(ArgumentError, match="no chain"):
        path("horn_entailment", "cvp")
    with pytest.raises(ArgumentError, match="no problem 'x'"):
        path("x", "cvp")
    with pytest.raises(ArgumentError, match="at least one"):
        Chain(())
    with pytest.raises(ArgumentError, match="starts at"):
        Chain((rule("cvp_nand_cvp"), rule("cvp_nor_cvp")))


def test_diagnostics():
    found = diagnostics()
    assert found["isolated"] == found["dominated"] == []
    # Other machines, where chains may begin, and problems that nothing shows hard.
    begins = {"boolean_program", "rule110", "word_ram"}
    claimed = {one for one in found["unreachable"] if problem(one).hardness.startswith("P-compl")}
    assert claimed <= begins


def test_diagnostics_find_what_is_wrong(monkeypatch):
    before = diagnostics()
    alone = replace(problem("cvp"), name="alone")
    upstream = replace(problem("cvp"), name="upstream")
    worse = replace(
        rule("cvp_nand_cvp"),
        name="worse",
        formulas=lambda **sizes: {
            field: 10 * formula if not hasattr(formula, "exact") else formula
            for field, formula in rule("cvp_nand_cvp").formulas(**sizes).items()
        },
    )
    from_upstream = replace(rule("cvp_nand_cvp"), name="from_upstream", source=upstream)
    real_problem, real_rule = module.problem, module.rule
    added = {"alone": alone, "upstream": upstream}
    more = {"worse": worse, "from_upstream": from_upstream}
    problems = {**module.problem_table(), **dict.fromkeys(added, "")}
    rules = {**module.rule_table(), **dict.fromkeys(more, "")}
    monkeypatch.setattr(module, "problem_table", lambda: problems)
    monkeypatch.setattr(module, "rule_table", lambda: rules)
    monkeypatch.setattr(module, "problem", lambda name: added.get(name) or real_problem(name))
    monkeypatch.setattr(module, "rule", lambda name: more.get(name) or real_rule(name))
    found = {kind: sorted(set(names) - set(before[kind])) for kind, names in diagnostics().items()}
    assert found == {"isolated": ["alone"], "unreachable": ["upstream"], "dominated": ["worse"]}


def test_the_graph():
    every = graph()
    assert every.has_edge("cvp", "nand_cvp", key="cvp_nand_cvp")
    assert every.edges["cvp", "nand_cvp", "cvp_nand_cvp"]["rule"] is rule("cvp_nand_cvp")
    assert every.nodes["cvp"]["problem"] is problem("cvp")


def test_rules_of_other_packages(monkeypatch):
    point = EntryPoint("theirs", "reductions.rules.cvp_nor_cvp:RULE", module.RULE_ENTRY_POINTS)
    monkeypatch.setattr(
        "importlib.metadata.entry_points",
        lambda group: [point] if group == module.RULE_ENTRY_POINTS else [],
    )
    module.rule_table.cache_clear()
    try:
        assert rule("theirs") is rule("cvp_nor_cvp")
    finally:
        module.rule_table.cache_clear()


def test_rules_by_their_place(tmp_path):
    assert rule("reductions.rules.cvp_nor_cvp:RULE") is rule("cvp_nor_cvp")
    file = tmp_path / "mine.py"
    file.write_text("from reductions import rule\nMINE = rule('cvp_nor_cvp')\n")
    assert rule(f"{file}:MINE") is rule("cvp_nor_cvp")
    for place in ("reductions.rules.nothing:RULE", "math:pi", f"{file}:YOURS", "x.py:A"):
        with pytest.raises(ArgumentError):
            rule(place)
    with pytest.raises(ArgumentError, match="did you mean cvp_nor_cvp,"):
        rule("cvp_nor_cpv")
    with pytest.raises(ArgumentError, match="tcsim reductions list"):
        rule("?")


def test_importing_is_light(root, tmp_path):
    code = (
        "import sys, reductions; "
        "print(sorted({'sympy', 'networkx', 'hypothesis', 'numba'} & {*sys.modules}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path
    )
    assert done.stdout.strip() == "[]"
