"""The table of margins, against counting votes; what it says of a decider."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reductions.derandomize import BIT, Alphabet, Domain, SamplerDecider, VoteDefeatedError, pose
from tcsim.errors import ArgumentError, LimitError
from tests.reductions.derandomize.deciders import equality, fingerprint


@st.composite
def problems(draw):
    """A sampler that answers from a table, its answers, and the words of both."""
    n, seeds = draw(st.integers(0, 3)), draw(st.integers(1, 5))
    tokens = draw(st.sampled_from([None, Alphabet.binary(3), Alphabet.one_hot(3), BIT]))
    outputs = draw(st.integers(1, 2)) if tokens is None else tokens.width
    word = st.tuples(*[st.integers(0, 1)] * outputs)
    said = draw(
        st.lists(st.lists(word, min_size=2**n, max_size=2**n), min_size=seeds, max_size=seeds)
    )
    right_word = word if tokens is None else st.sampled_from(tokens.letters)
    right = draw(st.lists(right_word, min_size=2**n, max_size=2**n))
    table = np.array(said, np.uint8).reshape(seeds, 2**n, outputs)

    def sample(seed, batch):
        return table[seed, batch @ (1 << np.arange(n))]

    decider = SamplerDecider(
        sample,
        tuple(f"x[{i}]" for i in range(n)),
        tuple(f"y[{i}]" for i in range(outputs)),
        tuple(range(seeds)),
    )
    answers = np.array(right, np.uint8).reshape(2**n, outputs)
    return pose(decider, answers, tokens=tokens), said, right


def wins(words, right, tokens):
    """Whether the votes of these words give the right one, ties being errors."""
    if tokens is None:
        return all(
            2 * sum(word[i] == bit for word in words) > len(words) for i, bit in enumerate(right)
        )
    if tokens.is_one_hot:
        counts = [sum(word[t] for word in words) for t in range(len(tokens))]
    else:
        spelled = Counter(words)
        counts = [spelled[letter] for letter in tokens.letters]
    mine = counts.pop(tokens.letters.index(right))
    return all(mine > other for other in counts)


@given(problems(), st.data())
def test_a_vote_is_right_iff_its_margins_are_positive(problem, data):
    posed, said, right = problem
    margins = posed.margins()
    chosen = data.draw(st.lists(st.integers(0, len(said) - 1), min_size=1, max_size=4))
    every = [
        wins([said[seed][r] for seed in chosen], right[r], posed.alphabet)
        for r in range(len(right))
    ]
    assert margins.good(chosen) == all(every)
    if not all(every):
        error = margins.defeat(chosen)
        number = sum(bit << i for i, bit in enumerate(error.witness))
        assert not every[number]


@given(problems())
def test_error_and_gap(problem):
    posed, said, right = problem
    margins = posed.margins()
    seeds = len(said)
    if posed.alphabet is None or not posed.alphabet.is_one_hot:
        wrong = [sum(said[s][r] != right[r] for s in range(seeds)) for r in range(len(right))]
        assert margins.error == Fraction(max(wrong), seeds)
    plus, minus = margins.counts
    assert margins.gap == Fraction(int((plus - minus).min()), seeds)
    if len(posed.decider.outputs) == 1 and posed.alphabet is None:
        assert margins.gap == 1 - 2 * margins.error


@given(problems())
def test_refusals_name_an_input(problem):
    posed, said, right = problem
    margins = posed.margins()
    try:
        margins.check_gap()
    except VoteDefeatedError as error:
        number = sum(bit << i for i, bit in enumerate(error.witness))
        words = [said[seed][number] for seed in range(len(said))]
        assert not wins(words, right[number], posed.alphabet)  # of all seeds together
        if error.reason == "no seed is right":
            assert not any(wins([word], right[number], posed.alphabet) for word in words)
    else:
        assert margins.gap > 0
        assert margins.good(list(range(len(said))))  # the whole pool is a vote


def test_a_circuit_and_its_seeds():
    posed = pose(fingerprint(3), equality(3))
    margins = posed.margins()
    assert (margins.seeds, margins.points) == (64, 64)
    assert margins.error == Fraction(1, 4)
    for seed in (0, 17, 63):
        alone = posed.decider.circuit(seed)
        batch = posed.domain.vectors(0, 64)
        expected = 1 - 2 * (alone(batch) ^ equality(3)(batch)).astype(int)
        assert margins.table[seed, 0].tolist() == expected[:, 0].tolist()


def test_many_strings_in_blocks(monkeypatch):
    monkeypatch.setattr("reductions.derandomize.measuring._WORDS", 1)
    calls = []
    posed = pose(fingerprint(4, 1), equality(4))
    found = posed.margins(lambda done, total: calls.append((done, total)))
    assert calls[-1] == (64, 64)
    monkeypatch.undo()
    assert (found.table == posed.margins().table).all()


def test_too_large_or_no_token():
    wide = pose(fingerprint(14), equality(14))
    with pytest.raises(LimitError, match="smaller pool"):
        wide.margins()
    three = Alphabet.binary(3)
    decider = SamplerDecider(lambda s, x: np.zeros((len(x), 2), np.uint8), (), ("a", "b"), (0,))
    posed = pose(decider, np.array([[1, 1]]), tokens=three)
    with pytest.raises(ArgumentError, match="11 spells no token"):
        posed.margins()
    assert Domain(three, 0).count == 1
