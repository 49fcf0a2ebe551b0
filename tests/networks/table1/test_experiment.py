"""The trained models as an experiment: every figure found again in another way."""

from __future__ import annotations

import json

import numpy as np
import pytest

from tcsim.errors import ArgumentError
from tcsim.networks import trained
from tcsim.networks.table1.experiment import experiment
from tcsim.networks.table1.experiment_text import to_text
from tcsim.networks.table1.trials import SEED
from tcsim.networks.trained import procedures
from tcsim.networks.trained.tasks import task

ROWS = 40
N = (2, 5)


@pytest.fixture(scope="module")
def found():
    calls = []
    made = experiment([5, 2], tasks=["parity"], rows=ROWS, progress=lambda *at: calls.append(at))
    assert calls[-1] == (len(made.trials), len(made.trials))
    return made


def words(n):
    return task("parity").sample(ROWS, n, SEED)


def test_every_model_of_the_task_at_every_length(found):
    of_task = [name for name in trained.names() if name.startswith("parity_")]
    assert [(one.model, one.n) for one in found.trials] == [(m, n) for m in of_task for n in N]


def test_right_answers_are_those_of_the_models(found):
    for one in found.trials:
        letters, classes = words(one.n)
        said = procedures.answers(trained.load(one.model), letters)
        assert one.real == np.mean(said == classes[:, -1])
        assert abs(one.real - one.integer) <= 1 - one.agreement
        assert one.agreement > 0.7


def test_the_integer_recurrent_network_is_right_on_every_word(found):
    assert {one.integer for one in found.trials if one.model == "parity_rnn"} == {1.0}


def test_depths_grow_with_serial_steps_alone(found):
    depths = {(one.model, one.n): one.depth for one in found.trials}
    assert depths["parity_rnn", 5] - depths["parity_rnn", 2] == 3
    assert depths["parity_chain", 5] * 2 == depths["parity_chain", 2] * 5
    for single in ("parity_transformer", "parity_ssm"):
        assert depths[single, 2] == depths[single, 5]


def test_votes(found):
    assert [(one.chain, one.single, one.n) for one in found.budgets] == [
        ("parity_chain", "parity_transformer", n) for n in N
    ]
    trials = {(one.model, one.n): one for one in found.trials}
    for one in found.budgets:
        chain, single = trials[one.chain, one.n], trials[one.single, one.n]
        assert one.thought == chain.real
        assert one.thought_depth == chain.depth
        assert one.vote_depth == single.depth + 2
        assert one.equal_gates * single.size <= chain.size < (one.equal_gates + 1) * single.size
        assert set(one.votes) == {1, one.n, one.equal_gates}
        letters, classes = words(one.n)
        voted = procedures.vote(trained.load(one.single), letters, one.n, SEED)
        assert one.votes[one.n] == np.mean(voted == classes[:, -1])


def test_json_and_text(found):
    data = json.loads(json.dumps(found.to_dict()))
    assert data["schema"] == "tcsim.table1-trained/1"
    assert [one["depth"] for one in data["trials"]] == [one.depth for one in found.trials]
    assert list(data["budgets"][0]["votes"]) == [str(k) for k in found.budgets[0].votes]
    text = to_text(found)
    assert max(map(len, text.splitlines())) <= 80
    assert all(f"{one.real:.3f}" in text for one in found.trials)
    largest = max(one.parameters for one in found.trials)
    assert f"{largest:,} parameters" in " ".join(text.split())


@pytest.mark.parametrize(
    ("arguments", "words_"),
    [
        ({"lengths": [1]}, "n must be an integer, at least 2, not 1"),
        ({"lengths": [33]}, "in 2..32, not 33"),
        ({"lengths": []}, "in 2..32, and none was given"),
        ({"lengths": ["4"]}, "n must be an integer"),
        ({"rows": 0}, "rows must be an integer, at least 1"),
        ({"tasks": ["chess"]}, "no task 'chess'"),
    ],
)
def test_bad_input(arguments, words_):
    with pytest.raises(ArgumentError, match=words_):
        experiment(**arguments)
