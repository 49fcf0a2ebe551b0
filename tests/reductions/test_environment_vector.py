"""Many games at once: what as many single environments do, step by step."""

import gymnasium
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reductions.rl import DO1Env, DO1VectorEnv, Layout, RandomCircuits, random_cvp, reduced
from reductions.rl.boards import Boards
from tcsim.errors import ArgumentError, LimitError

SOURCES = {
    "random": RandomCircuits(3, 4, 5),
    "deep chains": RandomCircuits(2, 2, 6),
    "reduced": reduced("cvp", random_cvp(6, 2, 1, 0)),
}


def same(one, other):
    """Whether two observations or infos are equal, with types."""
    assert one.keys() == other.keys()
    for name, part in one.items():
        assert part.dtype == other[name].dtype, name
        assert np.array_equal(part, other[name]), name


def number(draw, mask):
    """Mostly a legal action, sometimes one that may not be."""
    legal = np.flatnonzero(mask).tolist()
    if not legal or draw(st.integers(0, 9)) == 0:
        return draw(st.integers(0, len(mask) - 1))
    return draw(st.sampled_from(legal))


@given(st.sampled_from(sorted(SOURCES)), st.integers(0, 500), st.data())
def test_it_does_what_single_environments_do(name, seed, data):
    source = SOURCES[name]
    many = DO1VectorEnv(3, source)
    single = gymnasium.vector.SyncVectorEnv([lambda: DO1Env(source)] * 3)
    assert many.observation_space == single.observation_space
    assert many.action_space == single.action_space
    for given_seed in (seed, None):
        first, second = many.reset(seed=given_seed), single.reset(seed=given_seed)
        same(first[0], second[0])
        same(first[1], second[1])
        for _ in range(12):
            masks = many.action_masks()
            assert np.array_equal(masks, single.call("action_masks"))
            assert many.optimal_values().tolist() == [*single.call("optimal_value")]
            best = many.optimal_actions().tolist()
            for place, env in enumerate(single.envs):
                if masks[place].any():
                    assert best[place] == env.optimal_action()
            actions = np.array([number(data.draw, mask) for mask in masks])
            first, second = many.step(actions), single.step(actions)
            assert first[0] in many.observation_space
            same(first[0], second[0])
            for one, other in zip(first[1:4], second[1:4], strict=True):
                assert one.dtype == other.dtype
                assert one.tolist() == other.tolist()
            same(first[4], second[4])


@pytest.mark.parametrize("name", ["tcsim/DO1-v0", "tcsim/DO1-CVP-v0"])
def test_best_play_gets_the_optimal_values(name):
    envs = gymnasium.make_vec(name, num_envs=8)
    assert isinstance(envs, DO1VectorEnv)
    envs.reset(seed=4)
    best, ended = envs.optimal_values(), np.zeros(8, bool)
    while not ended.all():
        _, rewards, over, _, _ = envs.step(envs.optimal_actions())
        assert (rewards[over & ~ended] == best[over & ~ended]).all()
        ended |= over
    envs.close()


def test_gymnasium_plays_games_with_graphs_side_by_side():
    options = {"observation": "graph", "vectorization_mode": "sync"}
    envs = gymnasium.make_vec("tcsim/DO1-v0", num_envs=4, **options)
    graphs, infos = envs.reset(seed=0)
    for graph, actions in zip(graphs, infos["node_actions"], strict=True):
        assert len(graph.nodes) == len(actions)
    assert len({len(graph.nodes) for graph in graphs}) > 1
    graphs, _, _, _, infos = envs.step(infos["action_mask"].argmax(axis=1))
    assert [len(graph.nodes) for graph in graphs] == [len(one) for one in infos["node_actions"]]
    envs.close()


def test_one_seed_a_game():
    envs = DO1VectorEnv(2)
    same(envs.reset(seed=[5, 6])[0], envs.reset(seed=5)[0])
    equal, _ = envs.reset(seed=[7, 7])
    assert all(np.array_equal(part[0], part[1]) for part in equal.values())


def test_one_game_everywhere():
    game = SOURCES["random"].draw(np.random.default_rng(1))
    envs = DO1VectorEnv(3, SOURCES["random"])
    observation, _ = envs.reset(options={"game": game})
    alone, _ = DO1Env(SOURCES["random"]).reset(options={"game": game})
    for part, one in alone.items():
        assert (observation[part] == one).all()


def test_what_it_returns_is_not_changed_later():
    envs = DO1VectorEnv(2)
    observation, infos = envs.reset(seed=0)
    before = {name: part.copy() for name, part in (observation | infos).items()}
    _, _, over, _, _ = envs.step(np.array([0, 18]))
    assert over.tolist() == [False, True]
    envs.step(np.array([1, 1]))
    same(before, observation | infos)
    assert over.tolist() == [False, True]


def test_what_was_removed_is_out_of_sight():
    envs = DO1VectorEnv(2)
    before, _ = envs.reset(seed=3)
    observation = envs.step(np.array([0, 12]))[0]
    for part in ("inputs", "kinds", "reads"):
        assert before[part].any(axis=tuple(range(1, before[part].ndim))).all()
        assert np.array_equal(observation[part][0], before[part][0])
        assert not observation[part][1].any()
    assert not observation["chain"][0].any()
    assert np.array_equal(observation["chain"][1], before["chain"][1])


def test_boards_keep_nothing_of_the_game_before():
    room = Layout(4, 6, 5)
    random = np.random.default_rng(0)
    used = Boards(room, 1)
    for size in (6, 2, 5, 1):
        game = RandomCircuits(1 + size // 2, size, 5).draw(random)
        used.put(0, game)
        fresh = Boards(room, 1)
        fresh.put(0, game)
        at_start = (np.zeros((1, 11), bool), np.zeros(1, np.int64), np.zeros(1, np.int64))
        same(used.observe(*at_start), fresh.observe(*at_start))
        for part in ("present", "ones", "depth", "horizon"):
            assert np.array_equal(getattr(used, part), getattr(fresh, part))


def test_hostile_sizes_are_refused():
    with pytest.raises(LimitError, match="play fewer or smaller ones"):
        DO1VectorEnv(10**9)


def test_strict_ones_refuse_and_change_nothing():
    envs = DO1VectorEnv(3, strict=True)
    envs.reset(seed=0)
    with pytest.raises(ArgumentError, match="action 18 is not legal in game 1"):
        envs.step(np.array([0, 18, 0]))
    assert not envs._chosen.any()
    assert not envs._step.any()


BAD = [
    (lambda: DO1VectorEnv(0), "num_envs must be an integer from 1"),
    (lambda: DO1VectorEnv(2).step(np.array([0, 0])), "call reset"),
    (lambda: started().step([0]), r"2 integers, not int64 \(1,\)"),
    (lambda: started().step([0.0, 1.0]), "2 integers, not float64"),
    (lambda: started().step(["a", "b"]), "2 integers"),
    (lambda: started().step([[0], [0, 1]]), "2 integers"),
    (lambda: started().step([0, 19]), "from 0 to 18, not 19"),
    (lambda: started().step([-1, 0]), "from 0 to 18, not -1"),
    (lambda: started().reset(seed=[1]), "seed must be one or 2, not 1"),
    (lambda: started().reset(seed=-3), "seed must be an integer from 0"),
    (lambda: started().reset(options={"reset_mask": 1}), "options must be"),
]


@pytest.mark.parametrize("place", range(len(BAD)))
def test_bad_arguments_are_refused(place):
    make, message = BAD[place]
    with pytest.raises(ArgumentError, match=message):
        make()


def started():
    envs = DO1VectorEnv(2)
    envs.reset(seed=0)
    return envs
