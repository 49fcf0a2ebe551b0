"""Path systems, grammars, alternating graphs, games, decision processes, greedy sets: solvers."""

from __future__ import annotations

from fractions import Fraction
from itertools import islice, product

import networkx as nx
import pytest
from hypothesis import given

from reductions import problem, rule
from reductions.problems import alternating_reachability as agap
from reductions.problems import reachability_game as games
from reductions.problems.alternating_reachability import AlternatingGraph
from reductions.problems.circuit_value import depth, table_of
from reductions.problems.circuits import Monotone, Nor
from reductions.problems.context_free import Grammar, variables_of
from reductions.problems.context_free import verify as verify_grammar
from reductions.problems.decision_process import StochasticMdp, optimal_values
from reductions.problems.gate_kinds import AND, NOR, OR
from reductions.problems.greedy_sets import FirstClique, FirstIndependentSet, chosen
from reductions.problems.path_system import PathSystem, as_clauses
from reductions.problems.rationals import rational
from reductions.problems.reachability_game import Game
from reductions.problems.stochastic_mdp import every_policy as policies
from reductions.rules.induction import forcing_sets
from reductions.strategies import instances
from tcsim.errors import ArgumentError, LimitError, ParseError

RULES = (
    "monotone_cvp_path_system",
    "monotone_cvp_context_free_nonemptiness",
    "monotone_cvp_alternating_reachability",
    "monotone_cvp_reachability_game",
    "monotone_cvp_stochastic_mdp",
)
HALF = Fraction(1, 2)


@given(instances("path_system"))
def test_path_systems_against_horn_clauses(instance):
    expected = problem("horn_entailment").decide(as_clauses(instance))
    assert problem("path_system").decide(instance) == expected


def derives(one: Grammar, variable: int, above: frozenset[int]) -> bool:
    """By a tree in which no variable stands below itself: the least one has none."""
    if variable in above:
        return False
    bodies = [variables_of(body) for head, body in one.productions if head == variable]
    return any(all(derives(one, v, above | {variable}) for v in body) for body in bodies)


@given(instances("context_free_nonemptiness"))
def test_grammars_against_trees(instance):
    expected = derives(instance, instance.start, frozenset())
    assert problem("context_free_nonemptiness").decide(instance) == expected


def test_productions_that_lead_into_a_cycle_are_no_witness():
    one = Grammar(2, ((0, (1,)), (1, (0,)), (1, ("a",))), 0)
    assert verify_grammar(one, (0, 2))
    assert not verify_grammar(one, (0, 1))
    assert not verify_grammar(one, (0, -1))
    assert not verify_grammar(one, (2, 2))
    assert not verify_grammar(one, (-1, 2))
    assert not verify_grammar(one, (0, 2, -1))


def has_path(one: AlternatingGraph, node: int, length: int) -> bool:
    if node == one.goal:
        return True
    if length == 0 or not one.successors[node]:
        return False
    after = (has_path(one, other, length - 1) for other in one.successors[node])
    return all(after) if one.owners[node] else any(after)


def wins(one: Game, node: int, moves: int) -> bool:
    """Whether player 0 wins within so many moves."""
    if not one.successors[node]:
        return one.owners[node] == 1
    if moves == 0:
        return False
    after = (wins(one, other, moves - 1) for other in one.successors[node])
    return all(after) if one.owners[node] else any(after)


@pytest.mark.parametrize("name", ["alternating_reachability", "reachability_game"])
def test_graphs_against_bounded_plays(name):
    one = problem(name)
    play = has_path if name == "alternating_reachability" else wins
    for instance in one.every(2):
        assert one.decide(instance) == play(instance, instance.start, 3)
    for instance in islice(one.every(3), 150, 4000, 7):
        assert one.decide(instance) == play(instance, instance.start, 4)


def test_a_universal_node_without_edges_has_no_path():
    one = AlternatingGraph(b"\1\0", ((), ()), 0, 1)
    assert not problem("alternating_reachability").decide(one)
    assert not agap.verify(one, (1, 0))
    assert problem("reachability_game").decide(Game(b"\1\0", ((), ()), 0))


def test_strategies_that_can_be_kept_on_a_cycle_are_no_witness():
    # From 0 the first player moves to 1, where the second may go back.
    one = Game(b"\0\1\1", ((1, 2), (0, 2), ()), 0)
    assert games.verify(one, (2, -1, -1))
    assert not games.verify(one, (1, -1, -1))
    assert not games.verify(one, (-1, -1, -1))
    assert not games.verify(one, (0, -1, -1))
    assert not games.verify(one, (2, -1))


@given(instances("reachability_game"))
def test_strategies_against_all_plays(instance):
    for strategy in islice(games.every_strategy(instance), 20):
        graph = nx.DiGraph()
        graph.add_node(instance.start)
        for node, after in enumerate(instance.successors):
            moves = after if instance.owners[node] else [m for m in [strategy[node]] if m >= 0]
            graph.add_edges_from((node, other) for other in moves)
        reached = graph.subgraph({instance.start, *nx.descendants(graph, instance.start)})
        assert nx.is_directed_acyclic_graph(reached)
        assert all(instance.owners[node] for node in reached if not reached.out_degree(node))


@given(instances("stochastic_mdp"))
def test_values_are_those_of_the_best_policy(instance):
    one = problem("stochastic_mdp")
    found = any(True for _ in policies(instance)) if one.witnesses.few(instance) else None
    assert found in {None, one.decide(instance)}


def ands_over_one_zero(length: int) -> Monotone:
    """A chain of ANDs: the first operand of the first is 0, all other inputs are 1."""
    n = length + 1
    rows = [(AND, 0 if g == 0 else n + g - 1, g + 1) for g in range(length)]
    return Monotone.of_gates(b"\0" + b"\1" * length, *table_of(rows), n + length - 1)


@pytest.mark.parametrize("length", [1, 2, 7, 40])
def test_the_gap_is_attained(length):
    source = ands_over_one_zero(length)
    target = rule("monotone_cvp_stochastic_mdp")(source)
    value = optimal_values(target)[target.start]
    assert depth(source) == length == target.bits
    assert value == 1 - Fraction(1, 2**length)
    assert problem("stochastic_mdp").promise(target)
    closer = StochasticMdp(target.states, target.start, target.threshold, length - 1)
    assert not problem("stochastic_mdp").promise(closer)


def test_policies_must_speak_of_all_that_is_visited():
    one = problem("stochastic_mdp")
    coin = (((0, HALF), (1, HALF)),)
    instance = StochasticMdp((Fraction(0), Fraction(1), coin, (((1, Fraction(1)),),)), 3, HALF, 1)
    assert one.witnesses.verify(instance, (-1, -1, -1, 0))
    assert not one.witnesses.verify(instance, (-1, -1, 0, -1))
    assert not one.witnesses.verify(instance, (-1, -1, 0, 1))
    assert not one.witnesses.verify(instance, (0,))


def lexicographically_first(one: FirstIndependentSet | FirstClique) -> frozenset[int]:
    """Of all maximal cliques (or independent sets) the first in the order of sorted lists."""
    graph = nx.Graph()
    graph.add_nodes_from(range(len(one.earlier)))
    graph.add_edges_from((a, b) for b, earlier in enumerate(one.earlier) for a in earlier)
    searched = graph if one.cliques else nx.complement(graph)
    return frozenset(min(sorted(clique) for clique in nx.find_cliques(searched)))


@pytest.mark.parametrize("name", ["lexicographic_independent_set", "lexicographic_clique"])
def test_greedy_sets_are_the_first_of_all_maximal_ones(name):
    for instance in problem(name).every(2):
        assert chosen(instance) == lexicographically_first(instance)
    for k in range(1, 5):
        instance = problem(name).ladder(k)
        assert chosen(instance) == lexicographically_first(instance)


def test_all_claims_are_listed():
    one = problem("lexicographic_independent_set")
    for instance in one.every(2):
        nodes = len(instance.earlier)
        listed = set(one.witnesses.every(instance))
        for claims in map("".join, product("01-", repeat=nodes)):
            assert one.witnesses.verify(instance, claims) == (claims in listed)


def test_greedy_sets_need_claims():
    one = problem("lexicographic_independent_set")
    instance = FirstIndependentSet(((), (0,), (1,)), 2)
    assert one.witnesses.verify(instance, "101")
    assert not one.witnesses.verify(instance, "--1")
    assert not one.witnesses.verify(instance, "-01")
    assert not one.witnesses.verify(instance, "111")


def test_a_small_independent_set():
    source = Nor.of_gates(b"\1\0", *table_of([(NOR, 0, 1)]), 2)
    target = rule("nor_cvp_lexicographic_independent_set")(source)
    assert target == FirstIndependentSet(((), (0,), (1,), (0,), (2, 3)), 4)
    clique = rule("lexicographic_independent_set_lexicographic_clique")(target)
    assert clique == FirstClique(((), (), (0,), (1, 2), (0, 1)), 4)


def test_complements_that_are_too_large():
    source = FirstIndependentSet(((),) * 7000, 0)
    with pytest.raises(LimitError, match="24,496,500 edges"):
        rule("lexicographic_independent_set_lexicographic_clique").forward(source)


@pytest.mark.parametrize("name", RULES)
def test_an_output_that_is_an_input(name):
    one = rule(name)
    for value in (0, 1):
        source = Monotone.of_gates(bytes((value, 1 - value)), *table_of([(OR, 0, 1)]), 0)
        assert one.target.decide(one(source)) == bool(value)


def test_forcing_sets():
    majority = [(0, 1), (1, 1), (2, 1)]
    pairs = [((0, 1), (1, 1)), ((0, 1), (2, 1)), ((1, 1), (2, 1))]
    assert forcing_sets(majority, 2, 1) == pairs
    assert forcing_sets(majority, 2, 0) == [tuple((w, 0) for w, _ in pair) for pair in pairs]
    assert forcing_sets([(0, -1), (1, -1)], -1, 0) == [((0, 1), (1, 1))]  # NAND
    assert forcing_sets([], 0, 1) == [()]
    assert forcing_sets([], 0, 0) == []


REFUSED = [
    (lambda: PathSystem(2, (1, 0), (), 0), "increase"),
    (lambda: PathSystem(2, (), ((0, 1),), 0), "not 3"),
    (lambda: PathSystem(2, (), ((0, 1, 2),), 0), r"triples\[0\]"),
    (lambda: Grammar(1, ((0, ("ab",)),), 0), "single character"),
    (lambda: Grammar(1, ((0, (1,)),), 0), r"productions\[0\]"),
    (lambda: Game(b"\2", ((),), 0), "owners"),
    (lambda: Game(b"\0", (), 0), "0 lists of successors for 1 nodes"),
    (lambda: Game(b"\0\0", ((1, 0), ()), 0), "increase"),
    (lambda: AlternatingGraph(b"\0", ((),), 0, 1), "goal"),
    (lambda: FirstClique(((0,),), 0), r"earlier\[0\]"),
    (lambda: FirstClique(((), (), (1, 0)), 0), "increase"),
    (lambda: StochasticMdp(((),), 0, HALF, 0), "no actions"),
    (lambda: StochasticMdp((HALF, (((0, HALF),),)), 0, HALF, 0), "1 in sum"),
    (lambda: StochasticMdp((HALF, (((1, HALF),),)), 0, HALF, 0), r"states\[1\]"),
    (lambda: StochasticMdp((0.5,), 0, HALF, 0), "must be a Fraction"),
    (lambda: StochasticMdp((HALF,), 0, HALF, -1), "bits"),
]


@pytest.mark.parametrize("number", range(len(REFUSED)))
def test_refusals(number):
    make, message = REFUSED[number]
    with pytest.raises(ArgumentError, match=message):
        make()


@pytest.mark.parametrize("written", ["2/4", "1/0", "1.5", "", "+1", "1/-2", "9" * 3000, 3, "٣"])
def test_rationals_in_lowest_terms_alone(written):
    with pytest.raises(ArgumentError, match="here"):
        rational(written, "here")


def test_hostile_gaps_are_refused():
    one = problem("stochastic_mdp")
    data = one.encode(one.ladder(1)).replace(b'"bits":15', b'"bits":999999999999')
    with pytest.raises(ParseError, match="bits"):
        one.decode(data)
