"""Problems: solvers against others, witnesses against answers, refusals."""

from __future__ import annotations

from fractions import Fraction
from itertools import islice, product

import numpy as np
import pytest
from hypothesis import given

import tcsim as tc
from reductions import problem, problem_table
from reductions.problems.alternating_circuits import Alternating
from reductions.problems.certificates import every, sample, verify
from reductions.problems.circuit_value import CircuitValue, depth, levels, table_of, wire_values
from reductions.problems.circuits import AndOrNot, Monotone
from reductions.problems.do1_gap import DepthGap, depth_of_ones
from reductions.problems.gate_kinds import AND, BUFFER, NOT, OR
from reductions.problems.horn_entailment import Horn
from reductions.problems.kernels import first_conflict
from reductions.problems.turing_machine import Acceptance, history
from reductions.strategies import instances
from tcsim import _accelerate
from tcsim.errors import ArgumentError, CircuitError
from tcsim.uniformity.turing import palindromes, parity

NAMES = sorted(problem_table())


@given(instances("threshold_cvp"))
def test_the_solver_agrees_with_the_evaluator(instance):
    circuit = instance.circuit
    found = circuit(np.frombuffer(instance.values, np.uint8))
    assert problem("threshold_cvp").decide(instance) == bool(found[0])
    sizes = problem("threshold_cvp").sizes(instance)
    assert depth(instance) == sizes["depth"]
    assert sum(len(terms) for terms, _ in instance.rows) == sizes["edges"]


@given(instances("cvp"))
def test_certificates(instance):
    if instance.circuit.size > 6:
        return
    values = wire_values(instance)[len(instance.values) :]
    answer = problem("cvp").decide(instance)
    listed = set(every(instance))
    assert len(listed) == len(list(every(instance)))
    assert bool(listed) == answer
    for claims in map("".join, product("01-", repeat=min(instance.circuit.size, 5))):
        if len(claims) == instance.circuit.size:
            assert verify(instance, claims) == (claims in listed)
    for claims in listed:
        assert all(c in {"-", str(v)} for c, v in zip(claims, values, strict=True))
    if answer:
        assert {sample(instance, seed) for seed in range(3)} <= listed


@pytest.mark.parametrize("name", NAMES)
def test_witnesses_exist_for_yes_alone(name):
    one = problem(name)
    for instance in islice(one.every(1), 150):
        answer = one.decide(instance)
        for produce in one.witnesses.producers.values():
            witness = produce(instance)
            assert (witness is not None) == answer
            assert witness is None or one.witnesses.verify(instance, witness)
        if one.witnesses.few(instance):
            listed = list(one.witnesses.every(instance))
            assert bool(listed) == answer
            assert all(one.witnesses.verify(instance, witness) for witness in listed)


@pytest.mark.parametrize("name", NAMES)
def test_instances_are_listed_once(name):
    one = problem(name)
    listed = list(islice(one.every(1), 2000))
    assert len(set(listed)) == len(listed) > 3
    sizes = [sum(one.sizes(one.ladder(k)).values()) for k in (1, 2, 4, 8)]
    assert sizes == sorted(set(sizes))


@given(instances("turing_machine"))
def test_machines_agree_with_the_simulator(instance):
    outcome = instance.machine.run(instance.word, instance.steps)
    accepts = outcome.state == instance.machine.accept
    assert problem("turing_machine").decide(instance) == accepts


def test_wrong_histories_are_no_witness():
    one = problem("turing_machine")
    instance = Acceptance(parity(), "10", 3)
    right = one.witnesses.producers["steps"](instance)
    assert one.witnesses.verify(instance, right)
    assert not one.witnesses.verify(instance, right[:-1])
    assert not one.witnesses.verify(instance, (("odd", 0), *right[1:]))
    assert not one.witnesses.verify(instance, (*right[:-1], ("yes", 7)))
    no = Acceptance(parity(), "11", 3)
    assert not one.witnesses.verify(no, right)
    assert not one.witnesses.verify(no, history(no))


def test_names_and_sharing_do_not_count():
    b = tc.Builder()
    x = b.inputs("w", 2)
    b.output("out", b.gate((x[0] & x[1]), "named"))
    named = AndOrNot(b.build(), b"\1\1")
    plain = AndOrNot.of_gates(b"\1\1", *table_of([(AND, 0, 1)]), 2)
    assert named == plain
    assert hash(named) == hash(plain)
    assert named != CircuitValue(named.circuit, b"\1\1")
    assert named != AndOrNot(named.circuit, b"\1\0")


def test_refusals():
    table = table_of([(NOT, 0)])
    with pytest.raises(ArgumentError, match="gate 0"):
        Monotone.of_gates(b"\0", *table, 1)
    with pytest.raises(ArgumentError, match="1 of 0 and 1"):
        AndOrNot.of_gates(b"\2", *table, 1)
    with pytest.raises(ArgumentError, match="values must be 1"):
        AndOrNot(AndOrNot.of_gates(b"\0", *table, 1).circuit, b"\0\0")
    with pytest.raises(CircuitError):
        AndOrNot.of_gates(b"\0", *table_of([(NOT, 1)]), 1)
    with pytest.raises(ArgumentError, match="one output"):
        AndOrNot(tc.Builder().build(), b"")
    with pytest.raises(ArgumentError, match="must increase"):
        Horn(2, (((1, 0), 1),), 0)
    with pytest.raises(ArgumentError, match="steps"):
        Acceptance(parity(), "", 10**9)
    with pytest.raises(ArgumentError, match="word"):
        Acceptance(parity(), "2", 1)
    circuit = Alternating.of_gates(b"\0", *table_of([(BUFFER, 0)]), 1)
    for epsilon in (Fraction(0), Fraction(1), 0.5, Fraction(3, 2)):
        with pytest.raises(ArgumentError, match="epsilon"):
            DepthGap(circuit, 1, epsilon)


def alternates(rows, n):
    kinds = {g: {AND: {0}, OR: {1}, BUFFER: {0, 1}}[row[0]] for g, row in enumerate(rows)}
    for typing in product((0, 1), repeat=len(rows)):
        fits = all(typing[g] in kinds[g] for g in kinds)
        wires = [(g, w - n) for g, row in enumerate(rows) for w in row[1:] if w >= n]
        if fits and all(typing[a] != typing[b] for a, b in wires):
            return True
    return False


@given(instances("monotone_cvp"))
def test_alternation_against_its_definition(instance):
    if instance.circuit.size > 7:
        return
    table, n = instance.gates, len(instance.values)
    rows = [
        (kind, *(w for w in wires if w >= 0))
        for kind, wires in zip(table.kind.tolist(), table.operands.tolist(), strict=True)
    ]
    try:
        Alternating(instance.circuit, instance.values)
        found = True
    except ArgumentError:
        found = False
    assert found == alternates(rows, n)


def test_alternation_compiled():
    compiled = _accelerate._compiled(first_conflict)
    for k in range(1, 40):
        one = problem("monotone_cvp").ladder(k)
        kinds = one.gates.kind
        fixed = np.where(kinds == AND, 0, np.where(kinds == OR, 1, -1))
        rest = fixed, one.gates.operands.reshape(-1)
        forest = np.arange(len(kinds) + 1), np.zeros(len(kinds) + 1, np.int64)
        plain = first_conflict(len(one.values), *(a.tolist() for a in (*rest, *forest)))
        assert compiled(len(one.values), *rest, *forest) == plain


def test_depth_of_ones():
    # The one gate of depth 1 is 0, and yet d_1 = 2: no test of the first layer alone is right.
    rows = [(AND, 0, 1), (OR, 0, 2)]
    one = Alternating.of_gates(b"\1\0", *table_of(rows), 3)
    assert levels(one) == [0, 0, 1, 2]
    assert depth_of_ones(one) == 2
    assert depth_of_ones(Alternating(one.circuit, b"\0\0")) == 0
    assert problem("do1_gap").decide(DepthGap(one, 2, Fraction(1, 2)))
    assert not problem("do1_gap").promise(DepthGap(one, 3, Fraction(1, 2)))
    assert problem("do1_gap").promise(DepthGap(one, 5, Fraction(1, 2)))


def test_the_machine_of_the_ladder_is_long():
    assert problem("turing_machine").ladder(4) == Acceptance(palindromes(), "0101", 5)
