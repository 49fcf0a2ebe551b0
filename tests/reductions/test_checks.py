"""The check: wrong rules fail in the right point."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from reductions import Mapped, check, problem, rule
from reductions.checks import Status
from reductions.checks.outcome import POINTS
from reductions.problems.circuits import Nand
from reductions.reduction import Invariant
from tcsim.errors import ArgumentError

NAND = rule("cvp_nand_cvp")


def fails(point, changed, reach=1):
    report = check(changed, reach=reach, examples=10, points=(point,))
    assert report.outcomes[0].status is Status.FAIL, str(report)
    assert not report.passed
    return report.outcomes[0]


def changed_target(change):
    def forward(source):
        mapped = NAND.forward(source)
        return replace(mapped, instance=change(mapped.instance))

    return replace(NAND, forward=forward)


def test_a_wrong_map():
    flipped = changed_target(
        lambda one: Nand(one.circuit, bytes(1 - value for value in one.values))
    )
    found = fails("answers", flipped)
    instance = NAND.source.decode(found.counterexample.encode())
    assert NAND.source.decide(instance) != NAND.target.decide(flipped(instance))
    assert fails("invariant", flipped)


def test_a_map_that_raises():
    def forward(source):
        raise KeyError("x")

    assert "KeyError" in fails("totality", replace(NAND, forward=forward)).evidence


def test_a_decoder_that_raises():
    source = replace(problem("cvp"), from_data=lambda data: data["instance"])
    assert "reading raises" in fails("totality", replace(NAND, source=source)).evidence


def test_tests_of_yes_alone():
    yes = problem("cvp").every

    def every(k):
        return (one for one in yes(k) if problem("cvp").decide(one))

    source = replace(problem("cvp"), every=every)
    assert "0 % of the small" in fails("density", replace(NAND, source=source)).evidence


def test_a_back_map_for_one_witness_alone():
    def back(source, mapped, claims):
        if "-" in claims:
            return "-" * source.circuit.size
        return NAND.back(source, mapped, claims)

    fails("witnesses", replace(NAND, back=back))


def test_a_back_map_that_raises():
    def back(source, mapped, claims):
        raise IndexError("x")

    assert "IndexError" in fails("witnesses", replace(NAND, back=back)).evidence


def test_wrong_formulas():
    def formulas(**sizes):
        return {**NAND.formulas(**sizes), "gates": 3 * (sizes["ands"] + sizes["ors"])}

    assert "gates is" in fails("overhead", replace(NAND, formulas=formulas)).evidence
    missing = replace(NAND, formulas=lambda inputs, **_: {"inputs": inputs})
    assert "size fields of nand_cvp" in fails("overhead", missing).evidence


def test_a_bound_that_is_exceeded_in_a_chain():
    chained = replace(rule("turing_machine_cvp"), formulas=lambda **sizes: {
        **rule("turing_machine_cvp").formulas(**sizes), "nots": sizes["steps"],
    })  # fmt: skip
    assert "composed overhead" in fails("composition", chained, reach=1).evidence


def test_a_program_that_writes_something_else():
    metered = rule("cvp_monotone_cvp").metered
    wrong = replace(metered, describe=lambda target: metered.describe(target) + ";")
    changed = replace(rule("cvp_monotone_cvp"), metered=wrong)
    assert "another target" in fails("work space", changed).evidence


def test_a_second_route_that_differs():
    def second(source):
        return Nand(NAND(source).circuit, bytes(len(source.values)))

    fails("second route", replace(NAND, second=second))


def test_an_induction_step_that_fails():
    invariant = Invariant("it holds", lambda source, mapped: True, lambda: iter([("a", False)]))
    assert "step a fails" in fails("invariant", replace(NAND, invariant=invariant)).evidence
    nothing = replace(invariant, steps=lambda: iter(()))
    fails("invariant", replace(NAND, invariant=nothing))


def test_a_mutant_that_nobody_notices():
    mutations = {"nothing is changed": lambda one: one}
    target = replace(problem("nand_cvp"), mutations=mutations)
    assert "nothing is changed" in fails("mutants", replace(NAND, target=target)).evidence


def test_an_encoding_that_loses():
    def to_data(one):
        return {**problem("nand_cvp").to_data(one), "inputs": "0" * len(one.values)}

    fails("serialization", replace(NAND, target=replace(problem("nand_cvp"), to_data=to_data)))


def test_a_record_with_gaps():
    assert "no reference" in fails("record", replace(NAND, reference=" ")).evidence


def test_what_is_not_there_is_missing():
    bare = replace(NAND, back=None, second=None, invariant=None, metered=None)
    points = ("witnesses", "second route", "invariant", "work space")
    report = check(bare, reach=1, examples=5, points=points)
    assert {one.status for one in report.outcomes} == {Status.MISSING}
    assert report.passed


def test_a_decoder_of_witnesses_that_raises():
    known = problem("nand_cvp").witnesses
    target = replace(problem("nand_cvp"), witnesses=replace(known, from_data=lambda data: data[0]))
    assert "nand_cvp: reading raises" in fails("totality", replace(NAND, target=target)).evidence
    wrong = replace(known, verify=lambda one, claims: claims.index("1") >= 0)
    target = replace(problem("nand_cvp"), witnesses=wrong)
    assert "substring not found" in fails("totality", replace(NAND, target=target)).evidence


def test_a_solver_that_raises():
    source = replace(problem("cvp"), decide=lambda one: one.values[100])
    assert "solver" in fails("totality", replace(NAND, source=source)).evidence


def test_points_that_there_are_not():
    with pytest.raises(ArgumentError, match="no point 'answer'; there are totality"):
        check(NAND, points=("answer",))


def test_a_check_that_raises_is_a_failure():
    target = replace(problem("nand_cvp"), sizes=lambda one: {}["x"])
    assert "KeyError" in fails("overhead", replace(NAND, target=target)).evidence


def test_reports():
    report = check(rule("cvp_threshold_cvp"), reach=1, examples=5, points=tuple(POINTS)[:3])
    data = report.to_dict()
    assert data["schema"] == "reductions.check/1"
    assert [row["status"] for row in data["outcomes"]] == ["pass"] * 3
    assert "PASS" in str(report)
    seen = []
    check(NAND, reach=0, examples=1, points=("record",), progress=lambda *at: seen.append(at))
    assert seen[-1] == (3, 3)


def test_a_provenance_of_other_elements():
    mapped = NAND.run(NAND.source.ladder(1))
    assert isinstance(mapped, Mapped)
    assert mapped.provenance.of(0) == 0
    with pytest.raises(ValueError, match="there is no wire"):
        mapped.provenance.of(10**6)
    with pytest.raises(ValueError, match="does not follow"):
        mapped.provenance.then(rule("turing_machine_cvp").run(
            problem("turing_machine").ladder(1)).provenance)  # fmt: skip
    with pytest.raises(ValueError, match="from -1 up"):
        replace(mapped.provenance, origin=np.array([-2]))
