"""Strings of tokens as packed inputs, against counting in base M; random ones, anew."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reductions.derandomize import BIT, Alphabet, Domain
from tcsim.errors import ArgumentError
from tcsim.simulate import unpack

ALPHABETS = st.one_of(
    st.integers(1, 6).map(Alphabet.binary),
    st.integers(1, 4).map(Alphabet.one_hot),
    st.lists(st.tuples(*[st.integers(0, 1)] * 3), min_size=1, max_size=6, unique=True).map(
        lambda letters: Alphabet(tuple(letters))
    ),
)


def spelled(domain: Domain, number: int) -> list[int]:
    bits = []
    for _ in range(domain.length):
        number, digit = divmod(number, len(domain.alphabet))
        bits += domain.alphabet.letters[digit]
    return bits


@given(st.builds(Domain, ALPHABETS, st.integers(0, 4)), st.data())
def test_strings_are_numbers_in_base_m(domain, data):
    assert domain.inputs == domain.alphabet.width * domain.length
    assert domain.count == len(domain.alphabet) ** domain.length
    first = data.draw(st.integers(0, (domain.count - 1) // 64))
    rows = unpack(domain.words(first, first + 1), 64)
    for number in range(64 * first, min(64 * first + 64, domain.count)):
        assert rows[number % 64].tolist() == spelled(domain, number)
        assert list(domain.vector(number)) == spelled(domain, number)
    assert domain.vectors(0, min(domain.count, 9)).tolist() == [
        spelled(domain, number) for number in range(min(domain.count, 9))
    ]


def test_long_strings():
    domain = Domain(Alphabet.binary(3), 50)
    assert list(domain.vector(3**49 * 2 + 1)) == spelled(domain, 3**49 * 2 + 1)


MASK = 2**64 - 1


def mix(z: int) -> int:
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9 & MASK
    z = (z ^ z >> 27) * 0x94D049BB133111EB & MASK
    return z ^ z >> 31


@given(st.integers(0, MASK), st.integers(0, 3), st.integers(1, 5), st.integers(1, 4))
def test_random_strings(seed, first, tokens, length):
    gamma = 0x9E3779B97F4A7C15
    domain = Domain(Alphabet.binary(tokens), length)
    rows = unpack(domain.random(seed, first, first + 1), 64)
    for row in (0, 5, 63):
        bits = []
        for place in range(length):
            key = mix(seed + gamma * (place + 1) & MASK)
            if tokens == 2:
                bits.append(mix(key + gamma * (first + 1) & MASK) >> row & 1)
            else:
                drawn = mix(key + gamma * (64 * first + row + 1) & MASK)
                bits += domain.alphabet.letters[drawn % tokens]
        assert rows[row].tolist() == bits
    assert (domain.bias == 0) == (tokens in (1, 2, 4))


@given(ALPHABETS)
def test_text_and_tokens(alphabet):
    assert Alphabet.read(alphabet.text()) == alphabet
    letters = np.array(alphabet.letters, np.uint8)
    assert alphabet.tokens(letters).tolist() == list(range(len(alphabet)))
    assert alphabet.is_one_hot == (
        len(alphabet) > 1
        and alphabet.letters
        == tuple(tuple(int(i == j) for i in range(len(alphabet))) for j in range(len(alphabet)))
    )


def test_words_that_are_no_letters():
    assert Alphabet.binary(3).tokens(np.array([[1, 1], [0, 1]], np.uint8)).tolist() == [-1, 2]
    assert BIT.tokens(np.array([[1], [0]], np.uint8)).tolist() == [1, 0]


@pytest.mark.parametrize(
    "make",
    [
        lambda: Alphabet(()),
        lambda: Alphabet(((),)),
        lambda: Alphabet(((0,), (0,))),
        lambda: Alphabet(((0,), (0, 1))),
        lambda: Alphabet(((2,),)),
        lambda: Alphabet.binary(0),
        lambda: Alphabet.one_hot(True),
        lambda: Alphabet.read(["0", "x"]),
    ],
    ids=range(8),
)
def test_bad_alphabets(make):
    with pytest.raises(ArgumentError):
        make()
