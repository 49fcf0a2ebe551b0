"""One pass, chain of thought and vote; and the accuracies that the files state."""

from __future__ import annotations

import numpy as np
import pytest

from tcsim.errors import ArgumentError
from tcsim.networks import builtin, trained
from tcsim.networks.trained.procedures import accuracies, answers, chain, vote
from tcsim.networks.trained.reference import logits
from tcsim.networks.trained.tasks import task

WORDS = [name for name in trained.names() if name != "digits_cnn"]
CHAINS = ["parity_chain", "s5_chain"]


@pytest.mark.parametrize("name", WORDS)
def test_accuracies_are_those_that_the_file_states(name: str) -> None:
    model = trained.load(name)
    lengths = (3, 8) if name in CHAINS else (1, 2, 4, 8, 16, 32)
    for n, share in accuracies(model, lengths, rows=1000 if 32 in lengths else 200).items():
        # Other words for the chains; elsewhere only what rounding may turn.
        assert share == pytest.approx(model.accuracy[n], abs=0.02 if name in CHAINS else 0.002)


def test_cnn_is_right_on_digits_that_it_has_not_seen() -> None:
    model, held_out = trained.load("digits_cnn"), builtin("digits")
    share = float((answers(model, held_out.rows) == held_out.labels).mean())
    assert share == pytest.approx(model.accuracy[64], abs=0.002)
    assert share >= 0.96


def test_what_serial_steps_buy() -> None:
    def at(name: str, n: int) -> float:
        return trained.load(name).accuracy[n]

    for n in (1, 2, 4, 8, 16, 32):
        assert at("s5_rnn", n) == at("parity_rnn", n) == 1
        assert at("s5_chain", n) == at("parity_chain", n) == 1
    for n in (64, 128, 256, 512):
        assert at("s5_rnn", n) == at("parity_rnn", n) == 1
    for name in ("s5_transformer", "s5_transformer_2", "s5_ssm"):
        assert at(name, 3) > 0.95
        assert at(name, 32) < 0.1
    votes = trained.load("s5_transformer").config["vote_of_n"]
    assert votes["32"] < 0.1


@pytest.mark.parametrize("name", CHAINS)
def test_a_draft_changes_nothing(name: str) -> None:
    model = trained.load(name)
    words, right = task(model.config["task"]).sample(20, 6, seed=9)
    expected = chain(model, words)
    spoiled = right.copy()
    spoiled[::2, 3] = (spoiled[::2, 3] + 1) % task(model.config["task"]).classes
    assert np.array_equal(chain(model, words, right), expected)
    assert np.array_equal(chain(model, words, spoiled), expected)
    assert np.array_equal(answers(model, words), expected[:, -1])


def test_a_chain_that_errs_goes_on_from_what_it_said() -> None:
    shipped = trained.load("parity_chain")
    weights = {**shipped.weights, "head.bias": np.array([-50.0, 50.0])}
    model = trained.Trained(**{**vars(shipped), "weights": weights})
    assert chain(model, [[0, 1, 1]], [[0, 1, 0]]).tolist() == [[1, 1, 1]]


def test_votes() -> None:
    model = trained.load("s5_transformer")
    words, _ = task("s5").sample(50, 8, seed=9)
    best = answers(model, words)
    assert np.array_equal(best, logits(model, words)[:, -1].argmax(axis=1))
    assert np.array_equal(vote(model, words, 5, seed=3), vote(model, words, 5, seed=3))
    assert not np.array_equal(vote(model, words, 1, seed=3), vote(model, words, 1, seed=4))
    easy, _ = task("s5").sample(50, 2, seed=9)
    assert np.array_equal(vote(model, easy, 10_001, seed=3), answers(model, easy))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: chain(trained.load("s5_rnn"), [[0]]), "answers in a single pass"),
        (lambda: chain(trained.load("s5_chain"), [[3]]), r"letters 0..2, not 3"),
        (lambda: chain(trained.load("s5_chain"), [[-1]]), "is -1, not in"),
        (lambda: chain(trained.load("s5_chain"), [[0], [0, 1]]), "words must be an array"),
        (lambda: chain(trained.load("s5_chain"), [[0]], [[0, 0]]), "classes of shape"),
        (lambda: chain(trained.load("s5_chain"), [[0, 0]], [[120, 0]]), "not in 0..122"),
        (lambda: vote(trained.load("s5_chain"), [[0]], 1, 0), "a vote is of single passes"),
        (lambda: vote(trained.load("s5_rnn"), [[0]], 0, 0), "k must be an integer, at least 1"),
        (lambda: accuracies(trained.load("s5_rnn"), [0]), "lengths must be an integer"),
        (lambda: accuracies(trained.load("digits_cnn"), [64]), "no task 'digits'"),
    ],
)
def test_bad_arguments(call, message: str) -> None:
    with pytest.raises(ArgumentError, match=message):
        call()
