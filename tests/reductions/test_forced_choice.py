"""The forced choice: its interval against every agent allowed, and machines' answers by it."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reductions import problem, rule
from reductions.do1.forced_choice import (
    as_printed,
    by_policy,
    by_values,
    decide_by_estimate,
    decide_by_one_choice,
    gap_for,
    powers_of_two,
)
from reductions.do1.game import (
    CHAIN,
    CIRCUIT,
    PASS,
    START,
    Game,
    optimal_action,
    optimal_value,
    play,
)
from reductions.do1.machines import accepts_by_forced_choice, chain_to_gap
from reductions.do1.values import (
    allowed_sides,
    choosing_policy,
    choosing_value,
    exact_value,
    random_value,
)
from reductions.problems.alternating_circuits import Alternating
from reductions.problems.circuit_value import table_of
from reductions.problems.do1_gap import depth_of_ones
from reductions.problems.gate_kinds import BUFFER, OR
from reductions.problems.turing_machine import Acceptance
from reductions.problems.turing_machine import decide as machine_decides
from reductions.rules.alternating_cvp_do1_gap import rule as gap_rule
from reductions.strategies import instances
from tcsim.errors import ArgumentError
from tcsim.uniformity.turing import busy_beaver, counter, increment, palindromes, parity

HALF = Fraction(1, 2)
EPSILONS = [Fraction(1, 10), Fraction(1, 4), HALF, Fraction(9, 10), Fraction(1)]


def line(gates, depth):
    """A chain of so many gates, the first `depth` of which are 1: d_1 is what we like."""
    rows = [(BUFFER, 0 if g == 0 else 1 if g == depth else g + 1) for g in range(gates)]
    return Alternating.of_gates(b"\1\0", *table_of(rows), gates + 1)


def test_lines():
    for gates, depth in ((1, 1), (5, 3), (5, 5), (8, 4)):
        found = depth_of_ones(line(gates, depth))
        assert found == depth


@pytest.mark.parametrize("epsilon", EPSILONS)
@given(st.data())
def test_random_value_functions(epsilon, data):
    circuit = data.draw(instances("alternating_cvp"))
    depth = depth_of_ones(circuit)
    value = random_value(epsilon, data.draw(st.integers(0, 99)))
    game = Game(circuit, 3)
    for action in game.actions(START):
        state = game.after(START, action)
        best = optimal_value(game, state)
        assert epsilon * best <= value(game, state) <= best
    estimate = by_values(circuit, value, epsilon)
    assert depth in estimate
    assert epsilon**2 * depth <= 2 * estimate.value <= 2 * depth
    if depth:
        chains = len(powers_of_two(game.gates))
        assert (
            estimate.evaluations
            == (game.gates + 1) * chains
            == (game.gates + 1) * len(estimate.wins)
        )


def patterns(gates, depth, epsilon, allowed):
    """Every list of preferences that an agent this good may have."""
    choices = [allowed(depth, length, epsilon) for length in powers_of_two(gates)]
    for wishes in product(*choices):
        table = dict(zip(powers_of_two(gates), wishes, strict=True))
        yield wishes, table.__getitem__


@pytest.mark.parametrize("epsilon", EPSILONS)
def test_every_pattern_of_policies(epsilon):
    extreme = []
    for gates in (1, 2, 3, 5, 8, 13):
        for depth in range(1, gates + 1):
            circuit = line(gates, depth)
            for wishes, wish in patterns(gates, depth, epsilon, allowed_sides):
                policy = choosing_policy(epsilon, wish)
                estimate = by_policy(circuit, policy, epsilon)
                assert estimate.wins == tuple(side == CIRCUIT for side in wishes)
                assert depth in estimate
                assert epsilon * estimate.d <= depth <= 2 / epsilon * estimate.d
                assert estimate.evaluations == len(wishes)
                extreme.append(Fraction(depth, estimate.d))
    assert max(extreme) <= 2 / epsilon
    if epsilon in {HALF, 1}:  # with more gates it is attained by the others too
        assert max(extreme) == 2 / epsilon
    assert min(extreme) >= epsilon


@pytest.mark.parametrize("epsilon", EPSILONS)
def test_every_pattern_of_value_functions(epsilon):
    def preferences(depth, length, epsilon):
        wins = epsilon * length <= depth
        loses = epsilon * depth < length
        return (CIRCUIT,) * wins + (CHAIN,) * loses

    for gates in (1, 2, 3, 5, 8):
        for depth in range(1, gates + 1):
            circuit = line(gates, depth)
            for wishes, wish in patterns(gates, depth, epsilon, preferences):
                estimate = by_values(circuit, choosing_value(epsilon, wish), epsilon)
                assert estimate.wins == tuple(side == CIRCUIT for side in wishes)
                assert depth in estimate
                assert not estimate.wins[-1] or estimate.closed
                assert epsilon * estimate.d <= depth
                assert depth * epsilon < 2 * estimate.d


def test_the_factor_is_the_best_possible():
    # At epsilon = 1/2: the policy still takes the chain of 2, although d_1 is 4 times as long.
    circuit = line(8, 4)
    policy = choosing_policy(HALF, lambda length: CHAIN if length >= 2 else CIRCUIT)
    estimate = by_policy(circuit, policy, HALF)
    assert (estimate.d, estimate.low, estimate.high, estimate.closed) == (1, HALF, 4, True)
    assert estimate.value == HALF**2 / 2 * 4


def test_more_chains_give_a_better_estimate():
    for depth in range(1, 21):
        estimate = by_values(line(20, depth), exact_value, Fraction(1), range(1, 21))
        assert estimate.d == depth
        assert depth in estimate
        assert estimate.high <= depth + 1


def test_policies_choose_well_enough():
    for depth, chain in product((1, 3, 6), (1, 4, 16)):
        game = Game(line(6, depth), chain)
        for side in (CIRCUIT, CHAIN):
            reward = play(game, choosing_policy(HALF, lambda _, side=side: side))
            assert reward >= HALF * optimal_value(game, START)


def test_as_printed():
    for depth in (1, 2, 3, 50, 99):
        circuit = line(100, depth)
        # Word for word: the number of gates, whatever d_1 is.
        assert as_printed(circuit, exact_value) == 100
        repaired = as_printed(circuit, exact_value, "repaired")
        assert repaired == by_values(circuit, exact_value, Fraction(1)).d
        assert repaired <= depth < 2 * repaired
    assert as_printed(Alternating(circuit.circuit, bytes(2)), exact_value) == 0
    with pytest.raises(ArgumentError, match="reading"):
        as_printed(circuit, exact_value, "another")


def test_as_printed_misses_late_ones():
    rows = [(OR, 0, 1), (BUFFER, 3), (OR, 2, 4)]
    circuit = Alternating.of_gates(b"\0\0\1", *table_of(rows), 5)
    assert as_printed(circuit, exact_value, "repaired") == 0
    assert by_values(circuit, exact_value, Fraction(1)).d == 2
    assert depth_of_ones(circuit) == 3


@settings(max_examples=40)
@given(instances("alternating_cvp"), st.sampled_from(EPSILONS[2:]), st.integers(0, 9))
def test_gaps_are_decided(circuit, epsilon, seed):
    answer = problem("alternating_cvp").decide(circuit)
    gap = gap_rule(gap_for(epsilon))(circuit)
    policy = choosing_policy(epsilon, lambda length: (CIRCUIT, CHAIN)[(length >> seed) % 2])
    assert decide_by_estimate(gap, by_policy(gap.circuit, policy, epsilon)) == answer
    assert decide_by_one_choice(gap, policy, epsilon) == answer
    value = random_value(epsilon, seed)
    assert decide_by_estimate(gap, by_values(gap.circuit, value, epsilon)) == answer


MACHINES = [
    (parity(), "1", 2),
    (parity(), "11", 3),
    (palindromes(), "00", 5),
    (palindromes(), "01", 4),
    (palindromes(), "0", 2),
    (increment(), "11", 3),
    (increment(), "11", 2),
    (counter(), "1", 3),
    (counter(), "1", 2),
]


@pytest.mark.parametrize(
    ("machine", "word", "steps"), MACHINES, ids=lambda one: getattr(one, "name", str(one))
)
def test_machines(machine, word, steps):
    question = Acceptance(machine, word, steps)
    policy = choosing_policy(Fraction(9, 10), lambda n: CHAIN if n.bit_length() % 3 else CIRCUIT)
    decision = accepts_by_forced_choice(question, policy=policy, epsilon=Fraction(9, 10))
    assert decision.answer == machine_decides(question) == (machine.run(word, steps).state == "yes")


@pytest.mark.parametrize(("word", "steps"), [("1", 2), ("0", 2)])
def test_machines_by_strict_circuits(word, steps):
    question = Acceptance(parity(), word, steps)
    agent = choosing_policy(Fraction(1), lambda _: CHAIN)
    decision = accepts_by_forced_choice(question, policy=agent, epsilon=Fraction(1), strict=True)
    assert decision.answer == machine_decides(question) == (word == "1")


def test_a_machine_by_a_value_function():
    for word, steps in (("", 1), ("1", 1)):
        question = Acceptance(increment(), word, steps)
        decision = accepts_by_forced_choice(question, value=exact_value, epsilon=Fraction(1))
        assert decision.answer == machine_decides(question) == (word == "")


@pytest.mark.parametrize(("states", "room", "steps"), [(2, 2, 6), (3, 1, 14)])
def test_busy_beavers(states, room, steps):
    agent = choosing_policy(Fraction(9, 10), lambda length: CIRCUIT if length % 3 else CHAIN)
    for late in (0, 1):
        question = Acceptance(busy_beaver(states), "0" * room, room + steps - late)
        decision = accepts_by_forced_choice(question, policy=agent, epsilon=Fraction(9, 10))
        assert decision.answer == machine_decides(question) == (late == 0)


@pytest.mark.parametrize(
    ("states", "room", "steps", "ones"), [(2, 2, 6, 4), (3, 1, 14, 6), (4, 10, 107, 13)]
)
def test_busy_beavers_run_as_long_as_known(states, room, steps, ones):
    for more in (0, 5):
        found = busy_beaver(states).run("0" * (room + more))
        assert (found.steps, found.tape.count("1")) == (room + more + steps, ones)
        assert found.state == "yes"
    assert not busy_beaver(states).run("0" * room, room + steps - 1).halted
    with pytest.raises(ArgumentError, match="not of 5"):
        busy_beaver(5)


@pytest.mark.slow
def test_the_busy_beaver_of_four_states_as_a_circuit():
    for steps, answer in ((117, True), (116, False)):
        circuit = rule("turing_machine_cvp")(Acceptance(busy_beaver(4), "0" * 10, steps))
        assert bool(circuit.circuit(np.frombuffer(circuit.values, np.uint8))[0]) == answer


@pytest.mark.slow
@pytest.mark.parametrize(("steps", "answer"), [(117, True), (116, False)])
def test_the_busy_beaver_of_four_states_by_way_of_the_gap(steps, answer):
    agent = choosing_policy(Fraction(9, 10), lambda length: CIRCUIT if length % 3 else CHAIN)
    question = Acceptance(busy_beaver(4), "0" * 10, steps)
    decision = accepts_by_forced_choice(question, policy=agent, epsilon=Fraction(9, 10))
    assert decision.gap.circuit.circuit.size > 19_000_000
    assert decision.answer == machine_decides(question) == answer


@given(st.integers(1, 6), st.data())
def test_the_counter_counts(n, data):
    word = data.draw(st.text("01", min_size=n, max_size=n))
    left = 2**n - int(word[::-1], 2)
    found = counter().run(word)
    assert (found.state, found.tape) == ("yes", ("a", *"0" * (n - 1)))
    # Counted: visits to state add with a marked 0 or 1 under the head.
    machine, adds = counter(), 0
    for step in range(found.steps):
        one = machine.run(word, step)
        adds += one.state == "add" and one.head == 0
    assert adds == left


def test_refusals():
    question = Acceptance(parity(), "", 1)
    with pytest.raises(ArgumentError, match="one of them"):
        accepts_by_forced_choice(question)
    with pytest.raises(ArgumentError, match="one of them"):
        accepts_by_forced_choice(question, value=exact_value, policy=optimal_action)
    with pytest.raises(ArgumentError, match="epsilon"):
        chain_to_gap(Fraction(2))
    circuit = line(4, 4)
    for epsilon in (Fraction(0), Fraction(3, 2), 0.5):
        with pytest.raises(ArgumentError, match="epsilon"):
            by_values(circuit, exact_value, epsilon)
    for lengths in ((), (2, 1), (1, 1)):
        with pytest.raises(ArgumentError, match="increasing"):
            by_values(circuit, exact_value, HALF, lengths)
    with pytest.raises(ArgumentError, match="not legal"):
        by_policy(circuit, lambda game, state: PASS, HALF)
    gap = gap_rule(HALF)(circuit)
    with pytest.raises(ArgumentError, match="too narrow"):
        decide_by_estimate(gap, by_values(gap.circuit, exact_value, HALF))
    with pytest.raises(ArgumentError, match="no chain"):
        decide_by_one_choice(gap, optimal_action, HALF)
