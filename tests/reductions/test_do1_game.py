"""The DO1 game: its rules, best play, the test for d_1 = 0; what rules, coins and plans lose."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reductions import problem
from reductions.do1.game import (
    CHAIN,
    CIRCUIT,
    PASS,
    START,
    Game,
    Pick,
    State,
    optimal_action,
    optimal_value,
    play,
    value_by_search,
)
from reductions.do1.plans import best_plan, play_plan, trap
from reductions.do1.regret import (
    Stakes,
    biased,
    by_rule,
    climb,
    fair,
    half,
    root,
    side_of_a_pair,
)
from reductions.do1.zero import any_gate_is_one, first_layer_is_one
from reductions.problems.alternating_circuits import Alternating
from reductions.problems.circuit_value import table_of, wire_values
from reductions.problems.circuits import AndOrNot
from reductions.problems.do1 import DepthQuestion, approximates
from reductions.problems.do1_gap import depth_of_ones
from reductions.problems.gate_kinds import AND, BUFFER, NOT, OR
from reductions.strategies import instances
from tcsim.errors import ArgumentError, LimitError

# Depths 1, 2, 3; only the last gate, an OR of an input beside a gate, is 1.
LATE = Alternating.of_gates(
    bytes((0, 0, 0, 0, 1)), *table_of([(OR, 0, 1), (OR, 2, 3), (AND, 5, 6), (OR, 4, 7)]), 8
)


def states(game, state=START):
    """All that can be reached."""
    found, todo = set(), [state]
    while todo:
        one = todo.pop()
        if one not in found:
            found.add(one)
            todo += [game.after(one, action) for action in game.actions(one)]
    return found


@pytest.mark.parametrize("chain", [1, 2, 4])
@pytest.mark.parametrize("circuit", [*list(problem("alternating_cvp").every(2))[::5], LATE])
def test_best_play_against_all_episodes(circuit, chain):
    if circuit.circuit.size == 0 and chain > 2:
        return
    game = Game(circuit, chain)
    for state in states(game):
        assert optimal_value(game, state) == value_by_search(game, state)
        if state.step < game.horizon:
            assert play(game, optimal_action, state) == optimal_value(game, state)


@given(instances("alternating_cvp"), st.integers(1, 20))
def test_values_of_first_actions(circuit, chain):
    game = Game(circuit, chain)
    for gate in range(game.gates):
        after = game.after(START, Pick(CIRCUIT, gate))
        assert optimal_value(game, after) == (game.depth_of_ones if game.values[gate] else 0)
    assert optimal_value(game, game.after(START, Pick(CHAIN, 0))) == chain
    assert (
        play(game, optimal_action)
        == optimal_value(game, START)
        == max(chain, depth_of_ones(circuit))
    )


def test_rules():
    game = Game(LATE, 2)
    assert game.horizon == 4
    assert len(list(game.actions(START))) == 4 + 2
    assert not game.allows(START, PASS)
    one = game.after(START, Pick(CIRCUIT, 3))
    assert one == State(1, CIRCUIT, frozenset({3}))
    assert list(game.actions(one)) == [PASS, *(Pick(CIRCUIT, gate) for gate in range(3))]
    assert game.reward(one) == 0
    assert game.worth(one) == 3
    last = game.after(game.after(game.after(one, PASS), PASS), PASS)
    assert game.reward(last) == 3
    assert list(game.actions(last)) == []
    assert game.reward(State(4, CIRCUIT, frozenset({3, 0}))) == 0
    for state, action in (
        (START, PASS),
        (one, Pick(CIRCUIT, 3)),
        (one, Pick(CHAIN, 0)),
        (one, Pick(CIRCUIT, 4)),
        (last, PASS),
        (START, Pick("neither", 0)),
        (START, 0),
    ):
        with pytest.raises(ArgumentError, match="not legal"):
            game.after(state, action)
    with pytest.raises(ArgumentError, match="over"):
        optimal_action(game, last)
    with pytest.raises(ArgumentError, match="chain"):
        Game(LATE, 0)
    with pytest.raises(ArgumentError, match="circuit"):
        Game(LATE.circuit, 1)
    with pytest.raises(LimitError, match="optimal_value"):
        value_by_search(Game(LATE, 99))


def test_against_another_chain():
    game = Game(LATE, 2)
    assert game.deepest_one == 3
    assert game.against(5) == Game(LATE, 5)
    assert game.against(5).horizon == 5
    with pytest.raises(ArgumentError, match="no gate"):
        _ = Game(Alternating(LATE.circuit, bytes(5)), 1).deepest_one


@given(instances("alternating_cvp"))
def test_whether_any_gate_is_one(circuit):
    assert any_gate_is_one(circuit) == (depth_of_ones(circuit) >= 1)
    if first_layer_is_one(circuit):
        assert any_gate_is_one(circuit)


def test_the_first_layer_is_not_enough():
    assert depth_of_ones(LATE) == 3
    assert any_gate_is_one(LATE)
    assert not first_layer_is_one(LATE)


@settings(max_examples=60)
@given(instances("alternating_cvp"), st.integers(1, 15))
def test_the_closed_loop_finds_the_depth(circuit, chain):
    game = Game(circuit, chain)
    if game.depth_of_ones:
        assert play(game, climb) == game.depth_of_ones
    else:
        with pytest.raises(ArgumentError, match="pick the chain"):
            climb(game, START)
    if game.gates:
        stakes = Stakes.of(game)
        for rule in (half, root):
            assert play(game, by_rule(rule)) == stakes.expected(rule)
        sides = [play(game, by_rule(fair, coin)) for coin in (Fraction(1, 4), Fraction(3, 4))]
        assert Fraction(sum(sides), 2) == stakes.expected(fair)


def test_bounds_of_the_rules():
    least = Fraction(1)
    for gates in range(1, 24):
        for chain in range(1, 36):
            for depth in range(gates + 1):
                one = Stakes(gates, chain, depth)
                assert 2 * one.regret(half) <= one.horizon
                assert one.ratio(root) ** 2 * one.horizon >= 1
                assert one.ratio(fair) > Fraction(1, 2)
                assert 4 * one.regret(biased) <= one.horizon
                least = min(least, one.ratio(fair))
    assert least == Fraction(18, 35)


def test_the_least_of_the_fair_coin():
    # n < 90, k < 120: the worst is the longest chain against d_1 = 1.
    assert min(Stakes(89, chain, 1).ratio(fair) for chain in range(1, 120)) == Fraction(60, 119)


@pytest.mark.parametrize("power", [2, 3])
def test_what_no_deterministic_policy_avoids(power):
    losses = []
    for s in (10, 30, 100):
        top = s**power
        chain, gates = top // 2, s + top
        yes, no = Stakes(gates, chain, top + 1), Stakes(gates, chain, s)
        _, loss = side_of_a_pair(yes, no)
        assert loss >= Fraction(min(top + 1 - chain, chain - s), gates)
        # A coin does better than either side, in the worse of the two games.
        coin = max(one.regret(biased) / one.horizon for one in (yes, no))
        assert coin < loss
        losses.append(loss)
    assert losses == sorted(losses)
    assert Fraction(48, 100) < losses[-1] < Fraction(1, 2)


def traps(length):
    for values in (b"\0\0", b"\1\0", b"\0\1", b"\1\1"):
        source = AndOrNot.of_gates(values, *table_of([(NOT, 0), (AND, 1, 2)]), 3)
        yield trap(source, length), wire_values(source)[3]


@pytest.mark.parametrize("length", [1, 8, 31])
def test_traps(length):
    for one, value in traps(length):
        game = Game(one.circuit, 2)
        assert (game.values[one.p], game.values[one.q]) == (value, 1 - value)
        ones = {g for g, v in enumerate(game.values) if v} - {one.p, one.q}
        assert max(game.depths[gate] for gate in ones) <= one.shallow
        assert game.depth_of_ones > length
        assert play(game, climb) == game.depth_of_ones


def test_plans():
    for one, value in traps(24):
        game = Game(one.circuit, 1)
        right, wrong = (one.p, one.q) if value else (one.q, one.p)
        rest = [PASS] * (game.horizon - 1)
        assert play_plan(game, [Pick(CIRCUIT, right), *rest]) == game.depth_of_ones
        assert play_plan(game, [Pick(CIRCUIT, wrong), *rest]) == 0
        assert play_plan(game, [Pick(CIRCUIT, right), Pick(CIRCUIT, wrong), *rest[1:]]) == 0
    with pytest.raises(ArgumentError, match="takes"):
        play_plan(game, [])


def test_no_plan_serves_both_values():
    source = AndOrNot.of_gates(b"\0", *table_of([]), 0)
    found = [trap(AndOrNot(source.circuit, values), 4) for values in (b"\0", b"\1")]
    games = [Game(one.circuit, 1) for one in found]
    assert best_plan(games) <= found[0].shallow < 5
    assert [best_plan([game]) for game in games] == [game.depth_of_ones for game in games] == [7, 5]
    with pytest.raises(ArgumentError, match="as many gates"):
        best_plan([games[0], Game(found[0].circuit, 2)])
    with pytest.raises(LimitError, match="18"):
        best_plan([Game(found[0].circuit, 30)])


def test_the_depth_as_a_question_and_as_a_number():
    ask = problem("do1").decide
    assert [ask(DepthQuestion(LATE, threshold)) for threshold in (1, 3, 4)] == [True, True, False]
    half_ = Fraction(1, 2)
    found = [approximates(Fraction(value, 2), LATE, half_) for value in (2, 3, 6, 7)]
    assert found == [False, True, True, False]
    assert approximates(Fraction(7, 2), LATE, half_, Fraction(2))
    zero = Alternating(LATE.circuit, bytes(5))
    assert approximates(Fraction(0), zero, half_)
    assert not approximates(Fraction(1, 9), zero, half_)
    with pytest.raises(ArgumentError, match="epsilon"):
        approximates(Fraction(1), LATE, Fraction(2))
    with pytest.raises(ArgumentError, match="threshold"):
        DepthQuestion(LATE, 0)


def test_refusals():
    with pytest.raises(ArgumentError, match="depth"):
        Stakes(3, 1, 4)
    with pytest.raises(ArgumentError, match="gates"):
        Stakes.of(Game(Alternating.of_gates(b"\0", *table_of([]), 0), 1))
    with pytest.raises(ArgumentError, match="as many"):
        side_of_a_pair(Stakes(3, 1, 1), Stakes(3, 2, 1))
    with pytest.raises(ArgumentError, match="length"):
        trap(AndOrNot.of_gates(b"\0", *table_of([(BUFFER, 0)]), 1), 0)
