"""The voting circuit against counted votes, and the account of its depth."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import tcsim as tc
from reductions.derandomize import Alphabet, circuit_decider, depths, voting_circuit
from reductions.derandomize.voting import levels
from tcsim.errors import ArgumentError
from tcsim.simulate import truth_table
from tests.reductions.derandomize.deciders import fingerprint

RULES = [None, Alphabet.binary(3), Alphabet.one_hot(3), Alphabet.binary(2), Alphabet.binary(4)]


@st.composite
def copies(draw):
    """A rule and up to six circuits of two inputs with the outputs that it reads."""
    alphabet = draw(st.sampled_from(RULES))
    outputs = draw(st.integers(1, 2)) if alphabet is None else alphabet.width
    made = []
    for _ in range(draw(st.integers(1, 6))):
        b = tc.Builder()
        x = b.inputs("x", 2)
        forms = draw(
            st.lists(st.tuples(*[st.integers(-2, 2)] * 3), min_size=outputs, max_size=outputs)
        )
        b.output("y", [u * x[0] + v * x[1] >= t for u, v, t in forms])
        made.append(b.build())
    return alphabet, made


def counted(words, alphabet):
    """The vote of some words; a tie has no winner."""
    if alphabet is None:
        return [int(2 * sum(bits) > len(bits)) for bits in zip(*words, strict=True)]
    if alphabet.is_one_hot:
        counts = [sum(word[t] for word in words) for t in range(len(alphabet))]
    else:
        spelled = Counter(words)
        counts = [spelled[letter] for letter in alphabet.letters]
    best = [t for t, count in enumerate(counts) if count == max(counts)]
    if len(best) > 1:
        return [0] * alphabet.width
    return list(alphabet.letters[best[0]])


@given(copies())
def test_the_circuit_counts(made):
    alphabet, voters = made
    vote = voting_circuit(voters, alphabet)
    tables = [truth_table(voter) for voter in voters]
    found = truth_table(vote)
    for table in tables:
        assert table.shape == (4, vote.n_outputs)
    for row in range(4):
        words = [tuple(table[row].tolist()) for table in tables]
        assert found[row].tolist() == counted(words, alphabet)


@given(copies())
def test_depth_is_accounted_for(made):
    alphabet, voters = made
    vote = voting_circuit(voters, alphabet)
    account = depths(vote, alphabet)
    assert account.total == vote.depth <= account.copies + account.vote
    assert account.copies <= max(voter.depth for voter in voters)
    assert not len(tc.measure.dead_gates(vote))


def test_levels_of_a_vote_are_reached():
    def voter(bits, k):
        b = tc.Builder()
        x = b.inputs("x", 8)
        b.output("y", [tc.sum([x[j] for j in range(8) if j % (i + k + 2)]) >= 3 for i in bits])
        return b.build()

    for alphabet, added in [(None, 1), (Alphabet.one_hot(3), 2), (Alphabet.binary(4), 4)]:
        width = 1 if alphabet is None else alphabet.width
        voters = [voter(range(width), k) for k in range(5)]
        vote = voting_circuit(voters, alphabet)
        assert levels(alphabet) == added
        assert (depths(vote, alphabet).copies, vote.depth) == (1, 1 + added)


def test_what_the_seed_does_not_touch_is_there_once():
    b = tc.Builder()
    x, s = b.inputs("x", 4), b.inputs("s", 3)
    common = b.gate(tc.sum(x) >= 2, "common")
    b.output("y", tc.sum([common, *s]) >= 2)
    decider = circuit_decider(b.build())
    vote = voting_circuit([decider.circuit(i) for i in range(8)])
    # Seven of the eight copies are constants or the common gate: 3 votes for 1, and 4 of it.
    assert vote.size == 1
    assert vote(np.eye(4, dtype=int) + np.eye(4, k=1, dtype=int))[:, 0].tolist() == [1, 1, 1, 0]


def test_scopes_and_progress():
    calls = []
    decider = circuit_decider(fingerprint(3), pool=5)
    voters = [decider.circuit(i) for i in range(5)]
    vote = voting_circuit(voters, progress=lambda done, total: calls.append((done, total)))
    assert calls == [(i, 5) for i in range(1, 6)]
    assert {name.split("/")[0] for name in vote.scope_names if name} >= {"vote", "copy1"}


def test_voters_that_do_not_fit():
    def voter(inputs, outputs):
        b = tc.Builder()
        b.output("y", b.inputs("x", inputs)[:outputs])
        return b.build()

    with pytest.raises(ArgumentError, match="at least one voter"):
        voting_circuit([])
    with pytest.raises(ArgumentError, match="copy 1 has other inputs"):
        voting_circuit([voter(2, 1), voter(3, 1)])
    with pytest.raises(ArgumentError, match="letters of 3 bits"):
        voting_circuit([voter(2, 2)], Alphabet.one_hot(3))
