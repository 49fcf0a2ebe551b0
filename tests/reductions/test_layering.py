"""Circuits in any order, in layers, and what is computed step by step."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given

from reductions import path, problem, rule
from reductions.problems.circuit_value import CircuitValue, levels, table_of
from reductions.problems.claims import forced_gate
from reductions.problems.gate_kinds import AND, BUFFER, KINDS, NAND, NOT, OR
from reductions.problems.layered_circuits import Layered
from reductions.problems.unordered_circuits import Unordered, steps, wire_values
from reductions.strategies import instances
from tcsim.errors import ArgumentError

SOURCE = Unordered(b"\1\0", ((AND, 0, 3), (OR, 1, 4), (NOT, 1)), 2)
"""Each gate reads the one behind it: AND(1, OR(0, NOT(0)))."""


def test_a_circuit_that_must_be_sorted():
    assert SOURCE.order == (2, 1, 0)
    assert SOURCE.levels == (0, 0, 3, 2, 1)
    assert wire_values(SOURCE) == [1, 0, 1, 1, 1]
    target = rule("unordered_cvp_layered_cvp")(SOURCE)
    assert target.values == b"\1\0\0\0\0"
    assert target.circuit.size == 15
    assert target.output == 17
    assert problem("layered_cvp").decide(target)


@given(instances("layered_cvp"))
def test_layers_by_their_definition(instance):
    level = levels(CircuitValue(instance.circuit, instance.values))
    for gate, (terms, _) in enumerate(instance.rows, len(instance.values)):
        assert {level[wire] for wire, _ in terms} == {level[gate] - 1}


@given(instances("cvp"))
def test_what_is_refused_is_not_layered(instance):
    level = levels(instance)
    even = all(len({level[wire] for wire, _ in terms}) == 1 for terms, _ in instance.rows)
    if even:
        Layered(instance.circuit, instance.values)
    else:
        with pytest.raises(ArgumentError, match="layered"):
            Layered(instance.circuit, instance.values)


@pytest.mark.parametrize(
    ("gates", "message"),
    [
        (((NOT, 1),), "cycle"),
        (((NOT, 2), (NOT, 1)), "cycle"),
        (((AND, 0, 2), (OR, 0, 3), (OR, 0, 1)), "cycle"),
        (((AND, 0),), "reads 2 wires"),
        (((AND, 0, 0),), "increasing"),
        (((NOT, 9),), "a wire"),
        (((NAND, 0, 1),), "kind"),
        (((),), "kind"),
    ],
)
def test_circuits_that_are_none(gates, message):
    with pytest.raises(ArgumentError, match=message):
        Unordered(b"\1", gates, 0)


def test_bad_values_and_outputs():
    with pytest.raises(ArgumentError, match="values"):
        Unordered(b"\2", (), 0)
    with pytest.raises(ArgumentError, match="output"):
        Unordered(b"\1", ((NOT, 0),), 2)


@given(instances("unordered_cvp"))
def test_certificates_of_unordered_circuits(instance):
    found = steps(instance)
    assert found.values() == wire_values(instance)
    if len(instance.gates) > 5:
        return
    listed = set(found.every())
    for claims in product((None, 0, 1), repeat=len(instance.gates)):
        assert found.justified(claims) == (claims in listed)
    right = wire_values(instance)[len(instance.values) :]
    for claims in listed:
        assert all(c in {None, value} for c, value in zip(claims, right, strict=True))


@pytest.mark.parametrize("kind", range(len(KINDS)))
def test_values_that_are_forced(kind):
    count = KINDS[kind].fan_in
    for read in product((None, 0, 1), repeat=count):
        filled = product(*((0, 1) if value is None else (value,) for value in read))
        weight, threshold = KINDS[kind].weight, KINDS[kind].threshold
        outcomes = {int(sum(weight * value for value in values) >= threshold) for values in filled}
        expected = outcomes.pop() if len(outcomes) == 1 else None
        assert forced_gate(kind, read) == expected


def test_early_copies_are_not_believed():
    # Gate 0 reads gate 1, whose copy 0 is 0: so copy 1 of gate 0 is wrong, and is rightly claimed.
    source = Unordered(b"\1", ((BUFFER, 2), (BUFFER, 0)), 0)
    one = rule("unordered_cvp_layered_cvp")
    mapped = one.run(source)
    assert one.extract(source, mapped, "10-1--") == (None, None)
    assert one.extract(source, mapped, "101111") == (1, 1)
    for claims in one.target.witnesses.every(mapped.instance):
        assert one.source.witnesses.verify(source, one.extract(source, mapped, claims))


def test_a_million_gates():
    one = rule("unordered_cvp_layered_cvp")
    m = 1000
    source = Unordered(b"\1", (*((NOT, g + 2) for g in range(m - 1)), (NOT, 0)), 1)
    target = one(source)
    assert target.circuit.size == one.overhead.at(one.source.sizes(source))["gates"] == 1_001_000
    found = target.circuit(np.frombuffer(target.values, np.uint8))
    assert bool(found[0]) == problem("unordered_cvp").decide(source) == (m % 2 == 0)


def test_from_machines_to_layers():
    chain = path("turing_machine", "layered_cvp")
    assert [step.name for step in chain.steps][1:] == [
        "cvp_unordered_cvp", "unordered_cvp_layered_cvp",
    ]  # fmt: skip
    assert chain.overhead.bounds["gates"].exact


def test_the_second_route_sorts():
    target = rule("unordered_cvp_layered_cvp").second(SOURCE)
    assert target == Layered.of_gates(
        b"\1\0",
        *table_of([(BUFFER, 0), (BUFFER, 1), (NOT, 1), (BUFFER, 2), (OR, 3, 4), (AND, 5, 6)]),
        7,
    )
