"""Rules: every point of the check, and what is particular to one."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reductions import check, problem, rule, rule_table
from reductions.checks import POINTS, Status
from reductions.problems.circuit_value import table_of, wire_values
from reductions.problems.circuits import AndOrNot, Monotone
from reductions.problems.gate_kinds import AND, NOT, OR
from reductions.problems.horn_entailment import Horn
from reductions.problems.turing_machine import Acceptance
from reductions.rules import alternating_cvp_do1_gap as gap
from reductions.strategies import instances
from tcsim.errors import ArgumentError, LimitError
from tcsim.uniformity import Composition
from tcsim.uniformity.turing import palindromes, parity

NAMES = sorted(rule_table())
MACHINES = [name for name in NAMES if name.startswith("turing")]
SLOW = ("work space",)


@pytest.mark.parametrize("name", [name for name in NAMES if name not in MACHINES])
def test_every_point(name):
    report = check(rule(name), examples=25)
    assert report.passed, str(report)
    assert [one.point for one in report.outcomes] == list(POINTS)
    assert [one for one in report.outcomes if one.status is Status.MISSING] == []


@pytest.mark.parametrize("name", MACHINES)
def test_every_point_of_tableaux_but_the_work_space(name):
    points = tuple(point for point in POINTS if point not in SLOW)
    report = check(rule(name), reach=1, examples=10, points=points)
    assert report.passed, str(report)
    assert [one for one in report.outcomes if one.status is Status.MISSING] == []


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_every_point_up_to_three_gates(name):
    report = check(rule(name), reach=3 if name not in MACHINES else 2)
    assert report.passed, str(report)


@pytest.mark.parametrize("name", NAMES)
def test_answers_of_small_instances(name):
    one = rule(name)
    for instance in one.source.every(1 if name in MACHINES else 2):
        assert one.target.decide(one(instance)) == one.source.decide(instance)


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=15)
@given(data=st.data())
def test_answers_of_random_instances(name, data):
    one = rule(name)
    instance = data.draw(instances(one.source))
    assert one.target.decide(one(instance)) == one.source.decide(instance)


@pytest.mark.parametrize("name", NAMES)
def test_witnesses_map_back(name):
    one = rule(name)
    listed = one.source.every(1 if name in MACHINES else 2)
    for instance in [instance for instance in listed if one.source.decide(instance)][:120]:
        mapped = one.run(instance)
        for produce in one.target.witnesses.producers.values():
            back = one.extract(instance, mapped, produce(mapped.instance))
            assert one.source.witnesses.verify(instance, back)


@pytest.mark.parametrize("name", NAMES)
def test_sizes(name):
    one = rule(name)
    for instance in [*one.source.every(1), one.source.ladder(2), one.source.ladder(3)]:
        predicted = one.overhead.at(one.source.sizes(instance))
        for field, size in one.target.sizes(one(instance)).items():
            assert size <= predicted[field]
            assert size == predicted[field] or not one.overhead.bounds[field].exact


@pytest.mark.parametrize("name", NAMES)
def test_invariants(name):
    one = rule(name)
    assert all(holds for _, holds in one.invariant.steps())
    for k in (1, 2):
        assert one.invariant.holds(one.source.ladder(k), one.run(one.source.ladder(k)))


@pytest.mark.parametrize("name", NAMES)
def test_provenance_has_an_origin_for_each_element(name):
    one = rule(name)
    instance = one.source.ladder(2)
    mapped = one.run(instance)
    sizes = one.target.sizes(mapped.instance)
    element = mapped.provenance.target
    count = sizes["inputs"] + sizes["gates"] if element == "wire" else sizes[f"{element}s"]
    assert len(mapped.provenance.origin) == count
    images = getattr(mapped.images, "same", None)
    if images is not None:
        assert mapped.provenance.origin[images].tolist() == list(range(len(images)))
        wire = len(images) - 1
        assert int(images[wire]) in mapped.provenance.images(wire)


@pytest.mark.parametrize(
    "name", [name for name in NAMES if rule(name).metered and name not in MACHINES]
)
@settings(max_examples=15)
@given(data=st.data())
def test_programs_write_what_the_map_gives(name, data):
    one = rule(name)
    instance = data.draw(instances(one.source))
    tape, program = one.metered.run(instance)
    assert program.run(tape).output == one.metered.describe(one(instance))


@pytest.mark.parametrize("name", MACHINES)
@pytest.mark.parametrize(
    "instance",
    [
        Acceptance(parity(), "", 0),
        Acceptance(parity(), "101", 0),
        Acceptance(parity(), "1", 2),
        Acceptance(palindromes(), "0", 1),
    ],
    ids=["nothing", "no steps", "parity", "palindromes"],
)
def test_programs_write_tableaux(name, instance):
    one = rule(name)
    tape, program = one.metered.run(instance)
    assert program.run(tape).output == one.metered.describe(one(instance))


def test_programs_in_a_row_without_what_lies_between():
    first, second = rule("turing_machine_cvp"), rule("cvp_monotone_cvp")
    instance = Acceptance(parity(), "1", 0)
    tape, program = first.metered.run(instance)
    _, rails = second.metered.run(first(instance))
    run = Composition(program, rails).run(tape)
    assert run.output == second.metered.describe(second(first(instance)))
    alone = program.run(tape).space + rails.run(program.run(tape).output).space
    assert run.space <= alone + 20


def test_the_tableau_holds_every_configuration():
    one = rule("turing_machine_cvp")
    for word in ("", "0", "01", "010"):
        instance = Acceptance(palindromes(), word, 6)
        assert one.invariant.holds(instance, one.run(instance))


def test_the_tableau_by_the_fast_evaluator():
    one = rule("turing_machine_cvp")
    for word, accepted in (("0110", True), ("0100", False)):
        target = one(Acceptance(palindromes(), word, 15))
        found = target.circuit(np.frombuffer(target.values, np.uint8))
        assert bool(found[0]) == accepted


def test_a_million_gates():
    one = rule("turing_machine_cvp")
    instance = Acceptance(parity(), "1" * 130, 131)
    target = one(instance)
    sizes = one.overhead.at(one.source.sizes(instance))
    assert target.circuit.size == sizes["gates"] > 700_000
    found = target.circuit(np.frombuffer(target.values, np.uint8))
    assert bool(found[0]) == problem("turing_machine").decide(instance)


@pytest.mark.parametrize("name", ["cvp_nand_cvp", "cvp_nor_cvp", "cvp_monotone_cvp"])
@pytest.mark.parametrize("kind", [AND, OR])
@pytest.mark.parametrize("value", [0, 1])
def test_second_routes_of_gates_over_equal_gates(name, kind, value):
    table = table_of([(NOT, 0), (NOT, 0), (kind, 1, 2)])
    source = AndOrNot.of_gates(bytes((value,)), *table, 3)
    one = rule(name)
    assert one.target.decide(one.second(source)) == (value == 0)


def test_nand_and_nor_gadgets():
    rows = [(NOT, 0), (AND, 0, 1), (OR, 2, 3)]
    source = AndOrNot.of_gates(b"\1\0", *table_of(rows), 4)
    assert rule("cvp_nand_cvp")(source).circuit.size == 1 + 2 + 3
    assert rule("cvp_nor_cvp")(source).circuit.size == 1 + 3 + 2


def test_rails_are_complements():
    rows = [(NOT, 0), (OR, 1, 2)]
    mapped = rule("cvp_monotone_cvp").run(AndOrNot.of_gates(b"\1\0", *table_of(rows), 3))
    values = wire_values(mapped.instance)
    assert [a + b for a, b in zip(values[::2], values[1::2], strict=True)] == [1, 1, 1, 1]


def test_clauses():
    rows = [(AND, 0, 1), (OR, 0, 2)]
    target = rule("monotone_cvp_horn_entailment")(Monotone.of_gates(b"\1\0", *table_of(rows), 3))
    assert target == Horn(4, (((), 0), ((1,), 1), ((0, 1), 2), ((0,), 3), ((2,), 3)), 3)


@pytest.mark.parametrize("epsilon", [Fraction(1, 10), Fraction(2, 3), Fraction(99, 100)])
def test_any_epsilon(epsilon):
    one = gap.rule(epsilon)
    for instance in one.source.every(1):
        target = one(instance)
        assert target.epsilon == epsilon
        assert one.target.promise(target)
        assert one.target.decide(target) == one.source.decide(instance)
    assert all(holds for _, holds in one.invariant.steps())


@given(st.integers(0, 10**6), st.fractions(Fraction(1, 1000), Fraction(999, 1000)))
def test_the_chain_is_no_longer_than_needed(gates, epsilon):
    length = gap.chain_length(gates, epsilon)
    assert epsilon * length > gates >= epsilon * (length - 1)


@pytest.mark.parametrize("epsilon", [Fraction(0), Fraction(1), 0.5, -1])
def test_no_epsilon(epsilon):
    with pytest.raises(ArgumentError, match="epsilon"):
        gap.rule(epsilon)


def test_refusals():
    with pytest.raises(ArgumentError, match="maps instances of cvp"):
        rule("cvp_nand_cvp").run(problem("horn_entailment").ladder(1))
    with pytest.raises(LimitError, match="gates"):
        rule("turing_machine_cvp").run(Acceptance(parity(), "", 1_000_000))
    one = rule("cvp_nand_cvp")
    source = one.source.ladder(1)
    with pytest.raises(ArgumentError, match="no witness"):
        one.extract(source, one.run(source), "-")
