"""The DO1 environment plays the game, and observations tell all of it but the values of gates."""

import subprocess
import sys
import warnings
from math import ceil

import gymnasium
import numpy as np
import pytest
from gymnasium.utils.env_checker import check_env
from hypothesis import given
from hypothesis import strategies as st

from reductions.do1.game import (
    CHAIN,
    CIRCUIT,
    START,
    Game,
    Pick,
    optimal_action,
    optimal_value,
    play,
    value_by_search,
)
from reductions.problems.alternating_circuits import ALTERNATING, Alternating
from reductions.problems.circuit_value import decide, table_of
from reductions.problems.gate_kinds import AND, BUFFER, OR
from reductions.registry import path
from reductions.rl import DO1Env, Layout, Pool, RandomCircuits, random_cvp, reduced
from reductions.rl.graphs import FEATURES
from tcsim.errors import ArgumentError, LimitError

IDS = ["tcsim/DO1-v0", "tcsim/DO1-CVP-v0"]
KIND = {"and": AND, "or": OR, "buffer": BUFFER}


@st.composite
def games(draw):
    return Game(draw(ALTERNATING.strategy()), draw(st.integers(1, 6)))


def environment(game, **options):
    """An environment at the start of a game, with just enough room for it or with more."""
    n, m, spare = len(game.circuit.values), game.gates, game.chain % 2
    room = RandomCircuits(n + 2 * spare, max(1, m + 3 * spare), game.chain + spare)
    env = DO1Env(room, **options)
    return env, *env.reset(options={"game": game})


def moves(draw, env):
    """A legal action by chance."""
    return draw(st.sampled_from(np.flatnonzero(env.action_masks()).tolist()))


@given(games(), st.data())
def test_it_plays_the_game(game, data):
    env, _, info = environment(game)
    state, over, rewards = START, False, []
    while not over:
        legal = {env.layout.action(number) for number in np.flatnonzero(info["action_mask"])}
        assert legal == {*game.actions(state)}
        assert env.optimal_value() == optimal_value(game, state)
        assert env.layout.action(env.optimal_action()) == optimal_action(game, state)
        number = moves(data.draw, env)
        state = game.after(state, env.layout.action(number))
        observation, reward, over, truncated, info = env.step(number)
        assert env.state == state
        assert observation in env.observation_space
        assert not truncated
        assert not info["illegal"]
        rewards.append(reward)
    assert len(rewards) == game.horizon
    assert rewards[:-1] == [0] * (game.horizon - 1)
    assert rewards[-1] == game.reward(state) == env.optimal_value()
    assert not info["action_mask"].any()


@given(games())
def test_best_play_gets_the_optimal_value(game):
    env, _, _ = environment(game)
    best, over, total = env.optimal_value(), False, 0.0
    while not over:
        _, reward, over, _, _ = env.step(env.optimal_action())
        total += reward
    assert total == best == max(game.depth_of_ones, game.chain) == play(game, optimal_action)


@pytest.mark.parametrize("seed", range(6))
def test_the_optimal_value_is_that_of_all_play(seed):
    env = DO1Env(RandomCircuits(inputs=2, gates=4, chain=3))
    env.reset(seed=seed)
    while env.state.step < env.game.horizon:
        assert env.optimal_value() == value_by_search(env.game, env.state)
        env.step(int(np.flatnonzero(env.action_masks())[seed % 3]))


def rebuilt(observation, layout):
    """Circuit and chain that an observation as arrays shows; None for a removed side."""
    kinds = observation["kinds"]
    rows = [
        ((AND, OR, BUFFER)[kinds[gate].argmax()], *np.flatnonzero(observation["reads"][gate]))
        for gate in np.flatnonzero(kinds.any(axis=1))
    ]
    values = observation["inputs"].astype("u1").tobytes()
    chain = int(observation["chain"].sum())
    if not rows:
        return None, chain
    last = layout.inputs + len(rows) - 1
    return Alternating.of_gates(values, *table_of(rows), last), chain


@given(games(), st.data())
def test_arrays_show_the_state(game, data):
    env, observation, _ = environment(game)
    over = False
    while not over:
        state = env.state
        circuit, chain = rebuilt(observation, env.layout)
        assert chain == (game.chain if state.side != CIRCUIT else 0)
        if state.side == CHAIN or not game.gates:
            assert circuit is None
            assert not observation["inputs"].any() or state.side is None
        else:
            seen = Game(circuit, game.chain)
            assert (seen.values, seen.depths) == (game.values, game.depths)
            assert circuit.gates.kind.tolist() == game.circuit.gates.kind.tolist()
        chosen = {env.layout.action(number) for number in np.flatnonzero(observation["chosen"])}
        assert chosen == {Pick(state.side, gate) for gate in state.chosen}
        assert observation["steps_left"].sum() == game.horizon - state.step
        observation, _, over, _, _ = env.step(moves(data.draw, env))


@given(games(), st.data())
def test_graphs_show_the_state(game, data):
    env, graph, info = environment(game, observation="graph")
    over = False
    while not over:
        state = env.state
        assert graph in env.observation_space
        column = {name: graph.nodes[:, place] for place, name in enumerate(FEATURES)}
        reads = [[] for _ in graph.nodes]
        for source, target in graph.edge_links.tolist():
            reads[target].append(source)
        kinds = [next(k for k in ("input", *KIND) if column[k][node]) for node in range(len(reads))]
        values, depths = [], []
        for node, kind in enumerate(kinds):
            below = [values[wire] for wire in reads[node]]
            by_kind = {"input": [column["one"][node]], "and": [min(below, default=0)]}
            values.append(max(by_kind.get(kind, below)))
            depths.append(1 + max((depths[wire] for wire in reads[node]), default=-1))
        for node, number in enumerate(info["node_actions"]):
            assert (number < 0) == (kinds[node] == "input")
            if number >= 0:
                side, gate = env.layout.action(number)
                assert column["chain"][node] == (side == CHAIN)
                assert depths[node] == game.depth(side, gate)
                assert values[node] == (side == CHAIN or game.values[gate])
                assert column["chosen"][node] == (side == state.side and gate in state.chosen)
        picks = set(info["node_actions"]) - {-1}
        shown = [s for s in (CIRCUIT, CHAIN) if state.side in {None, s}]
        assert picks == {env.layout.number(Pick(s, g)) for s in shown for g in range(game.size(s))}
        assert np.allclose(column["steps_left"], 1 - state.step / game.horizon)
        graph, _, over, _, info = env.step(moves(data.draw, env))


@given(games(), st.data())
def test_illegal_actions_forfeit(game, data):
    env, _, info = environment(game)
    strict, _, _ = environment(game, strict=True)
    for _ in range(data.draw(st.integers(0, game.horizon - 1))):
        number = moves(data.draw, env)
        info = env.step(number)[-1]
        strict.step(number)
    number = data.draw(st.sampled_from(np.flatnonzero(info["action_mask"] == 0).tolist()))
    before = strict.state
    with pytest.raises(ArgumentError, match=f"action {number} is not legal"):
        strict.step(number)
    assert strict.state == before
    _, reward, over, _, info = env.step(number)
    assert (reward, over, info["illegal"], env.optimal_value()) == (0, True, True, 0)
    assert not info["action_mask"].any()


@given(st.integers(0, 1000), st.sampled_from(["array", "graph"]))
def test_seeds_decide_the_games(seed, observation):
    first, second = (DO1Env(RandomCircuits(3, 5, 4), observation=observation) for _ in range(2))
    first.reset(seed=seed)
    second.reset(seed=seed)
    for _ in range(3):
        assert first.game == second.game
        first.reset()
        second.reset()
    drawn = {env_game(first, seed + other) for other in range(5)}
    assert len(drawn) > 1


def env_game(env, seed):
    env.reset(seed=seed)
    return env.game


@pytest.mark.parametrize("observation", ["array", "graph"])
@pytest.mark.parametrize("name", IDS)
def test_gymnasium_finds_nothing_wrong(name, observation):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        check_env(gymnasium.make(name, observation=observation).unwrapped)


def ran(root, code):
    """A process of its own, where nothing was imported before."""
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=root
    )


def test_gymnasium_imports_the_package_that_an_id_names(root):
    done = ran(
        root, "import gymnasium; print(gymnasium.make('reductions.rl:tcsim/DO1-v0').spec.id)"
    )
    assert done.stdout.strip() == "tcsim/DO1-v0", done.stderr


def test_without_gymnasium_the_error_names_the_command(root):
    done = ran(root, "import sys; sys.modules['gymnasium'] = None; import reductions.rl")
    assert "MissingExtraError" in done.stderr
    assert done.stderr.strip().endswith("pip install 'tcsim[rl]'")


def test_the_better_side_answers_the_circuit_value_problem():
    instances = random_cvp(30, inputs=2, gates=2, seed=1)
    assert [decide(one) for one in instances] == [place % 2 == 1 for place in range(30)]
    gaps = map(path("cvp", "do1_gap"), instances)
    for one, game, gap in zip(instances, reduced("cvp", instances).games, gaps, strict=True):
        assert game.circuit == gap.circuit
        assert game.chain == ceil(gap.epsilon * gap.threshold)
        assert (game.depth_of_ones > game.chain) == decide(one)
        assert game.depth_of_ones != game.chain
        first = optimal_action(game, START)
        assert first is not None
        assert (first.side == CIRCUIT) == decide(one)


@given(st.integers(1, 4), st.integers(1, 9), st.integers(1, 5), st.integers(0, 99))
def test_random_circuits_have_the_size_asked_for(inputs, gates, chain, seed):
    game = RandomCircuits(inputs, gates, chain).draw(np.random.default_rng(seed))
    assert (len(game.circuit.values), game.gates) == (inputs, gates)
    assert 1 <= game.chain <= chain


def test_random_games_are_of_all_kinds():
    random = np.random.default_rng(0)
    drawn = [RandomCircuits().draw(random) for _ in range(200)]
    assert {game.chain for game in drawn} == {1, 2, 3, 4, 5, 6}
    assert {game.depth_of_ones for game in drawn} >= {0, 1, 2, 3, 4, 5}
    assert 50 < sum(game.depth_of_ones > game.chain for game in drawn) < 150


ONE_GATE = Game(Alternating.of_gates(b"\1", *table_of([(BUFFER, 0)]), 1), 2)


@pytest.mark.parametrize("action", [-1, 20, True, 1.0, "1", None, [1], np.array([1, 2])])
def test_what_is_no_action_is_refused(action):
    env = DO1Env()
    env.reset(seed=0)
    with pytest.raises(ArgumentError, match="an action must be an integer from 0 to 18"):
        env.step(action)
    assert env.state == START


BAD = [
    (lambda: DO1Env(observation="picture"), "observation must be"),
    (lambda: DO1Env(render_mode="human"), "render_mode must be"),
    (lambda: DO1Env().step(0), "call reset"),
    (lambda: DO1Env().optimal_action(), "call reset"),
    (lambda: DO1Env().game, "call reset"),
    (lambda: DO1Env().reset(seed=-1), "seed must be an integer from 0"),
    (lambda: DO1Env().reset(seed="1"), "seed must be an integer"),
    (lambda: DO1Env().reset(options={"level": 1}), "options must be"),
    (lambda: DO1Env().reset(options={"game": 1}), "options must be"),
    (lambda: DO1Env(RandomCircuits(1, 1, 1)).reset(options={"game": ONE_GATE}), "chain = 2"),
    (lambda: RandomCircuits(inputs=0), "inputs must be an integer from 1"),
    (lambda: RandomCircuits(gates=0), "gates must be an integer from 1"),
    (lambda: RandomCircuits(chain=1.5), "chain must be an integer"),
    (lambda: Pool(()), "at least one"),
    (lambda: Pool((ONE_GATE, 3)), r"games\[1\] must be a Game"),
    (lambda: Layout(0, 1, 1), "inputs must be an integer from 1"),
    (lambda: random_cvp(0, 2, 2, 0), "count must be an integer from 1"),
    (lambda: random_cvp(2, 1, 2, 0), "inputs must be an integer from 2"),
    (lambda: reduced("no_problem", []), "no_problem"),
    (lambda: reduced("cvp", []), "at least one"),
]


@pytest.mark.parametrize("place", range(len(BAD)))
def test_bad_arguments_are_refused(place):
    make, message = BAD[place]
    with pytest.raises(ArgumentError, match=message):
        make()


def test_hostile_sizes_are_refused():
    room = RandomCircuits(gates=50_000)
    with pytest.raises(LimitError, match="50,000 gates have 2,500,250,006 entries"):
        DO1Env(room)
    assert DO1Env(room, observation="graph").action_space.n == 50_007
    with pytest.raises(ArgumentError, match="gates must be an integer from 1 up to 1000000"):
        RandomCircuits(gates=10**9)
    endless = Pool((Game(ONE_GATE.circuit, 10**12),))
    with pytest.raises(ArgumentError, match="chain must be an integer from 1 up to 1000000"):
        DO1Env(endless, observation="graph")


def test_a_source_that_lies_about_its_sizes_is_refused():
    class Liar(RandomCircuits):
        def draw(self, random):
            return ONE_GATE

    for observation in ("array", "graph"):
        env = DO1Env(Liar(chain=1), observation=observation)
        with pytest.raises(ArgumentError, match="chain = 2 does not fit"):
            env.reset()


def test_after_the_end_there_are_no_steps():
    env = DO1Env(Pool((ONE_GATE,)))
    env.reset()
    env.step(0)
    env.step(env.layout.picks)
    assert not env.action_masks().any()
    with pytest.raises(ArgumentError, match="the episode is over"):
        env.step(env.layout.picks)
    with pytest.raises(ArgumentError, match="the episode is over"):
        env.optimal_action()
