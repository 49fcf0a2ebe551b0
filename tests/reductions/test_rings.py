"""Circuits over rings, and word problems as graphs of quantities."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given

from reductions import problem, rule
from reductions.problems.circuit_value import table_of
from reductions.problems.circuits import AndOrNot
from reductions.problems.dependency_graph import (
    DIFFERENCE,
    NUMBER,
    PRODUCT,
    SUM,
    DependencyGraph,
    Quantity,
    linear_values,
    values,
)
from reductions.problems.dependency_graph import steps as graph_steps
from reductions.problems.gate_kinds import AND, BUFFER, NOT, OR
from reductions.problems.ring_circuits import (
    ADD,
    MUL,
    SUB,
    RingCircuit,
    forced,
    of_rows,
    steps,
    wire_values,
)
from reductions.rules import cvp_arithmetic_cvp
from reductions.strategies import instances
from tcsim.errors import ArgumentError, ParseError


@pytest.mark.parametrize("modulus", [0, 2, 3, 6, 256, 2**31])
def test_any_ring(modulus):
    one = cvp_arithmetic_cvp.rule(modulus)
    for instance in one.source.every(1):
        target = one(instance)
        assert target.modulus == modulus
        assert one.target.decide(target) == one.source.decide(instance)
    assert all(holds for _, holds in one.invariant.steps())


@pytest.mark.parametrize("modulus", [1, -3, 2**31 + 1, 0.5])
def test_no_ring(modulus):
    with pytest.raises(ArgumentError, match="modulus"):
        cvp_arithmetic_cvp.rule(modulus)


def test_gates_as_operations():
    rows = [(AND, 0, 1), (NOT, 2), (OR, 0, 3), (BUFFER, 4)]
    target = rule("cvp_arithmetic_cvp")(AndOrNot.of_gates(b"\1\0", *table_of(rows), 5))
    expected = [(MUL, 1, 2), (SUB, 0, 3), (SUB, 0, 1), (MUL, 5, 4), (ADD, 1, 6), (MUL, 7, 0)]
    assert target == of_rows(3, (1, 1, 0), expected, 8, 1)


def test_over_the_integers_values_stay_small():
    assert wire_values(of_rows(0, (1, 0), [(ADD, 0, 1), (SUB, 0, 2)], 3, 0)) == [1, 0, 1, 0]
    with pytest.raises(ArgumentError, match="gate 0 is 2"):
        of_rows(0, (1,), [(ADD, 0, 0)], 1, 1)
    squares = [(MUL, g, g) for g in range(200)]
    with pytest.raises(ParseError, match="from 0 up to 1"):
        problem("arithmetic_cvp").decode(
            b'{"schema":"reductions.instance/1","problem":"arithmetic_cvp","instance":{"modulus":0,'
            b'"inputs":[2],"gates":[],"output":0,"goal":1}}'
        )
    assert wire_values(of_rows(7, (3,), squares, 200, 1))[-1] in range(7)


@pytest.mark.parametrize(
    "change",
    [
        {"operation": np.array([3])},
        {"operands": np.array([[0, 1]])},
        {"operands": np.array([[-1, 0]])},
        {"output": 2},
        {"goal": 5},
        {"values": (5,)},
    ],
)
def test_circuits_that_are_none(change):
    right = {
        "modulus": 5, "values": (1,), "operation": np.array([ADD]),
        "operands": np.array([[0, 0]]), "output": 1, "goal": 2,
    }  # fmt: skip
    assert problem("arithmetic_cvp").decide(RingCircuit(**right))
    with pytest.raises(ArgumentError):
        RingCircuit(**right | change)


@pytest.mark.parametrize("modulus", [2, 3, 4])
@pytest.mark.parametrize("operation", [ADD, SUB, MUL])
def test_values_that_are_forced_where_an_operand_is_open(modulus, operation):
    elements = (None, *range(modulus))
    for a, b in product(elements, repeat=2):
        pairs = product(*(range(modulus) if value is None else (value,) for value in (a, b)))
        found = {
            wire_values(of_rows(modulus, pair, [(operation, 0, 1)], 2, 0))[2] for pair in pairs
        }
        assert forced(modulus, operation, a, b) == (found.pop() if len(found) == 1 else None)


@given(instances("arithmetic_cvp"))
def test_certificates_of_rings(instance):
    found = steps(instance)
    assert found.values() == wire_values(instance)
    for claims in list(found.every())[:50] if len(instance.operation) < 8 else []:
        right = wire_values(instance)[len(instance.values) :]
        assert all(c in {None, value} for c, value in zip(claims, right, strict=True))


def test_many_gates():
    m = 100_000
    kind = np.resize([OR, NOT, AND, OR, BUFFER], m)
    operands = np.full((m, 2), -1, np.int64)
    operands[:, 0] = np.arange(m) + 1
    two = (kind == AND) | (kind == OR)
    operands[two, 1] = np.arange(m)[two]
    source = AndOrNot.of_gates(b"\1\0", kind, operands, m + 1)
    one = rule("cvp_arithmetic_cvp")
    target = one(source)
    assert len(target.operation) == one.overhead.at(one.source.sizes(source))["gates"] == 180_000
    found = source.circuit(np.frombuffer(source.values, np.uint8))
    assert bool(found[0]) == problem("arithmetic_cvp").decide(target)


# Ann has 3 bags, each with as many apples as Bob and Eve have together; Bob has 5, Eve 2 fewer.
APPLES = (
    Quantity(NUMBER, (3,)),
    Quantity(NUMBER, (5,)),
    Quantity(NUMBER, (2,)),
    Quantity(DIFFERENCE, (1, 2)),
    Quantity(SUM, (1, 3)),
    Quantity(PRODUCT, (0, 4)),
)


def test_a_word_problem():
    source = DependencyGraph(23, APPLES, 5, 1)
    assert values(source) == linear_values(source) == [3, 5, 2, 3, 8, 1]
    assert source.is_linear
    target = rule("dependency_graph_arithmetic_cvp")(source)
    expected = [(SUB, 1, 2), (ADD, 1, 3), (MUL, 4, 0)]
    assert target == of_rows(23, (3, 5, 2), expected, 5, 1)
    squared = DependencyGraph(23, (*APPLES, Quantity(PRODUCT, (0, 4, 1, 5))), 6, 5 * 3 * 8 % 23)
    assert not squared.is_linear
    assert squared.nonlinear == 1
    target = rule("dependency_graph_arithmetic_cvp")(squared)
    assert target.rows[-3:] == [(MUL, 4, 5), (MUL, 6, 0), (MUL, 7, 1)]
    assert problem("arithmetic_cvp").sizes(target)["nonlinear"] == 1
    with pytest.raises(ArgumentError, match="no numbers, 1 times"):
        linear_values(squared)


@given(instances("dependency_graph"))
def test_linear_graphs_by_squaring_a_matrix(instance):
    linear = tuple(
        Quantity(SUM, one.of) if one.operation == PRODUCT and instance.computed(place) > 1 else one
        for place, one in enumerate(instance.quantities)
    )
    found = DependencyGraph(instance.modulus, linear, instance.asked, instance.goal)
    assert found.is_linear
    assert linear_values(found) == values(found)


@given(instances("dependency_graph"))
def test_certificates_of_word_problems(instance):
    found = graph_steps(instance)
    right = values(instance)
    assert found.values() == right
    for claims in list(found.every())[:40] if len(instance.quantities) < 8 else []:
        assert all(c in {None, value} for c, value in zip(claims, right, strict=True))


def test_zero_divisors_force_products():
    one = (Quantity(NUMBER, (2,)), Quantity(NUMBER, (3,)), Quantity(PRODUCT, (0, 1, 0)))
    found = graph_steps(DependencyGraph(6, one, 2, 0))
    assert found.justified((2, 3, 0))
    assert not found.justified((2, None, 0))


@pytest.mark.parametrize(
    ("quantity", "message"),
    [
        (Quantity(NUMBER, ()), "a number is one"),
        (Quantity(NUMBER, (7,)), "up to 4"),
        (Quantity(SUM, (0,)), "at least two"),
        (Quantity(DIFFERENCE, (0, 0, 0)), "of two"),
        (Quantity(SUM, (0, 1)), "up to 0"),
        (Quantity("power", (0, 0)), "must be one of"),
        ("number", "must be one of"),
    ],
)
def test_quantities_that_are_none(quantity, message):
    with pytest.raises(ArgumentError, match=message):
        DependencyGraph(5, (Quantity(NUMBER, (1,)), quantity), 0, 1)


def test_integers_modulo_2():
    source = of_rows(0, (1, 0), [(SUB, 0, 1), (ADD, 1, 2)], 3, 1)
    target = rule("arithmetic_cvp_dependency_graph")(source)
    assert target.modulus == 2
    assert problem("dependency_graph").decide(target)
