"""Linear inequalities and maximum flows: solvers against others, certificates, back maps."""

from __future__ import annotations

from fractions import Fraction
from itertools import islice

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from networkx.algorithms import flow as algorithms

from reductions import problem, rule
from reductions.problems import exact_feasibility as exact
from reductions.problems import flow_networks as flows
from reductions.problems.bound_propagation import propagate
from reductions.problems.circuit_value import table_of
from reductions.problems.circuits import Monotone
from reductions.problems.flow_networks import Network
from reductions.problems.gate_kinds import AND, BUFFER, OR
from reductions.problems.linear_inequalities import MOST_VARIABLES, LinearInequalities
from reductions.problems.linear_program import LinearProgram, optimum_by_highs
from reductions.strategies import instances
from tcsim.errors import ArgumentError, LimitError, ParseError


@given(instances("linear_inequalities"))
def test_verdicts_prove_themselves(instance):
    for solver in (exact.solve, exact.simplex):
        verdict = solver(instance.variables, instance.rows)
        assert (verdict.point is None) != (verdict.multipliers is None)
        if verdict.point is not None:
            assert exact.satisfies(instance.rows, verdict.point)
        else:
            assert exact.refutes(instance.rows, verdict.multipliers)
    assert problem("linear_inequalities").decide(instance) == (verdict.point is not None)


@given(instances("linear_inequalities"))
def test_bounds_hold_in_every_point_found(instance):
    bounds, refutation = propagate(instance.variables, instance.rows)
    point = exact.simplex(instance.variables, instance.rows).point
    if refutation is not None:
        assert point is None
    elif point is not None:
        for value, (low, high) in zip(point, bounds, strict=True):
            assert low is None or low <= value
            assert high is None or value <= high


def test_what_proves_nothing():
    rows = ((((0, 1),), 1), (((0, -1),), -2))  # x <= 1 and x >= 2
    one, zero = Fraction(1), Fraction(0)
    assert exact.refutes(rows, (one, one))
    assert not exact.refutes(rows, (one, zero))
    assert not exact.refutes(rows, (-one, -one))
    assert not exact.refutes(((((0, 1),), 1), (((0, -1),), -1)), (one, one))
    assert not exact.refutes(((((0, 1),), 1), (((0, 1),), 2)), (one, -one))
    assert not exact.satisfies(rows, (one,))
    assert exact.satisfies(rows[:1], (one,))


def test_a_point_that_is_not_integral():
    rows = ((((0, 3),), 1), (((0, -3),), -1))
    instance = LinearInequalities(1, rows)
    assert list(problem("linear_inequalities").witnesses.every(instance)) == [(Fraction(1, 3),)]


@given(instances("linear_program"))
def test_programs_against_highs(instance):
    pytest.importorskip("scipy")
    optimum = optimum_by_highs(instance)
    reached = optimum is not None and optimum >= instance.threshold - 1e-6
    assert problem("linear_program").decide(instance) == reached


@given(instances("cvp"))
def test_the_optimum_is_the_value_of_the_output(instance):
    pytest.importorskip("scipy")
    optimum = optimum_by_highs(rule("cvp_linear_program")(instance))
    assert optimum == pytest.approx(int(problem("cvp").decide(instance)), abs=1e-6)


def test_unbounded_and_infeasible_programs():
    pytest.importorskip("scipy")
    free = LinearInequalities(1, ())
    empty = LinearInequalities(1, (((), -1),))
    assert optimum_by_highs(LinearProgram(free, ((0, 1),), 5)) == float("inf")
    assert optimum_by_highs(LinearProgram(empty, ((0, 1),), 5)) is None
    assert problem("linear_program").decide(LinearProgram(free, ((0, 1),), 5))
    assert not problem("linear_program").decide(LinearProgram(empty, ((0, 1),), 5))


def graph_of(one: Network) -> nx.DiGraph:
    graph = nx.DiGraph()
    graph.add_nodes_from(range(one.nodes))
    for tail, head, capacity in one.edges:
        before = graph.edges[tail, head]["capacity"] if graph.has_edge(tail, head) else 0
        graph.add_edge(tail, head, capacity=before + capacity)
    return graph


@given(instances("max_flow_parity"))
def test_maximum_flows_against_networkx(instance):
    expected = nx.maximum_flow_value(graph_of(instance), instance.source, instance.sink)
    for flow in (flows.by_shortest_paths(instance), flows.by_scaling(instance)):
        assert flows.is_maximum(instance, flow)
        assert flows.value(instance, flow) == expected


ALGORITHMS = (
    algorithms.edmonds_karp,
    algorithms.preflow_push,
    algorithms.dinitz,
    algorithms.boykov_kolmogorov,
    algorithms.shortest_augmenting_path,
)


@given(instances("monotone_cvp"), st.sampled_from(ALGORITHMS))
def test_certificates_from_flows_of_networkx(instance, algorithm):
    one = rule("monotone_cvp_max_flow_parity")
    mapped = one.run(instance)
    target = mapped.instance
    amount, found = nx.maximum_flow(
        graph_of(target), target.source, target.sink, flow_func=algorithm
    )
    assert (amount % 2 == 1) == one.source.decide(instance)
    flow = tuple(found[tail][head] for tail, head, _ in target.edges)
    assert flows.is_maximum(target, flow)
    if amount % 2:
        assert one.source.witnesses.verify(instance, one.extract(instance, mapped, flow))


def test_certificates_from_all_maximum_flows():
    # An input that is read twice by ORs: there are many maximum flows.
    rows = [(OR, 0, 1), (BUFFER, 0), (OR, 2, 3)]
    one, few = rule("monotone_cvp_max_flow_parity"), problem("max_flow_parity").witnesses
    source = Monotone.of_gates(b"\1\1", *table_of(rows), 4)
    mapped = one.run(source)
    found = {few.sample(mapped.instance, seed) for seed in range(60)}
    assert len(found) > 1
    for flow in found:
        assert one.source.witnesses.verify(source, one.extract(source, mapped, flow))


def test_capacities():
    # Wires send 2^3, 2^2 and 2: each more than a later one sends to all that read it.
    source = Monotone.of_gates(b"\1\0", *table_of([(AND, 0, 1)]), 2)
    target = rule("monotone_cvp_max_flow_parity")(source)
    assert target.edges == (
        (4, 0, 8), (4, 1, 0), (0, 2, 8), (1, 2, 4), (2, 5, 10), (2, 3, 2), (3, 4, 1), (3, 5, 1),
    )  # fmt: skip


@pytest.mark.parametrize("value", [0, 1])
def test_any_fan_out(value):
    # A buffer that is read eight times.
    rows = [(BUFFER, 0), *((BUFFER, 1) for _ in range(7)), (AND, 1, 8)]
    one = rule("monotone_cvp_max_flow_parity")
    target = one(Monotone.of_gates(bytes((value,)), *table_of(rows), 9))
    assert one.target.decide(target) == bool(value)


def test_networks_that_are_too_large():
    one = rule("monotone_cvp_max_flow_parity")
    with pytest.raises(LimitError, match="bits"):
        one.run(one.source.ladder(2000))


def test_flow_is_pushed_back():
    # The shortest path, along 1 and 2, is none of the two that a maximum flow takes.
    edges = [(0, 1), (1, 2), (2, 5), (1, 3), (3, 4), (4, 5), (0, 6), (6, 7), (7, 2)]
    one = Network(8, tuple((tail, head, 1) for tail, head in edges), 0, 5)
    flow = flows.by_shortest_paths(one)
    assert flow == (1, 0, 1, 1, 1, 1, 1, 1, 1)
    assert flows.is_maximum(one, flow)


def test_flows_that_are_none():
    one = Network(3, ((0, 1, 2), (1, 2, 1)), 0, 2)
    assert flows.is_maximum(one, (1, 1))
    assert not flows.is_maximum(one, (2, 1))  # does not leave node 1
    assert not flows.is_maximum(one, (0, 0))  # more is possible
    assert not flows.is_maximum(one, (1,))
    assert not flows.is_maximum(one, (2, 2))


def test_small_flows_are_all_listed():
    one = problem("max_flow_parity")
    for instance in islice(one.every(2), 0, None, 5):
        amount = flows.value(instance, flows.by_scaling(instance))
        listed = list(one.witnesses.every(instance))
        assert bool(listed) == (amount % 2 == 1)
        assert all(flows.value(instance, flow) == amount for flow in listed)


def test_long_capacities_go_through_files():
    one = problem("max_flow_parity")
    instance = Network(2, ((0, 1, 2**100_000 + 1),), 0, 1)
    assert one.decode(one.encode(instance)) == instance
    assert one.decide(instance)
    with pytest.raises(ParseError, match="hexadecimal"):
        one.decode(one.encode(instance).replace(b'"1000', b'"01000'))


REFUSED = [
    (lambda: Network(2, (), 1, 1), "both node 1"),
    (lambda: Network(2, ((0, 1, -1),), 0, 1), "capacity"),
    (lambda: Network(2, ((0, 2, 1),), 0, 1), r"edges\[0\]"),
    (lambda: LinearInequalities(0, ()), "variables"),
    (lambda: LinearInequalities(1, ((((0, 0),), 0),)), "is 0"),
    (lambda: LinearInequalities(1, ((((1, 1),), 0),)), "a variable"),
    (lambda: LinearInequalities(2, ((((1, 1), (0, 1)), 0),)), "increase"),
    (lambda: LinearInequalities(1, ((((0, 2**5000),), 0),)), "coefficient"),
    (lambda: LinearInequalities(1, ((((0, 1),), 0.5),)), "bound"),
    (lambda: LinearProgram(LinearInequalities(1, ()), ((1, 1),), 0), "objective"),
]


@pytest.mark.parametrize("number", range(len(REFUSED)))
def test_refusals(number):
    make, message = REFUSED[number]
    with pytest.raises(ArgumentError, match=message):
        make()


def test_nodes_without_edges_cost_nothing():
    network = Network(10**30, ((0, 1, 3), (1, 2, 5)), 0, 2)
    one = problem("max_flow_parity")
    assert one.decide(one.decode(one.encode(network)))
    for produce in one.witnesses.producers.values():
        assert one.witnesses.verify(network, produce(network))


def test_too_many_variables():
    with pytest.raises(ArgumentError, match="variables must be an integer from 1 up to 10000000"):
        LinearInequalities(MOST_VARIABLES + 1, ())
