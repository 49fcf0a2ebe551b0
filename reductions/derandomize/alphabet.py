"""Alphabets: tokens as words of bits, and all strings of so many tokens as packed inputs."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from tcsim.errors import ArgumentError
from tcsim.simulate import pack
from tcsim.simulate.sources import counting_words, random_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tcsim.typing import Bits, Integers, Words


@dataclass(frozen=True)
class Alphabet:
    """M tokens, each a word of bits.

    Attributes:
        letters: the bits of token 0, 1, ..; distinct, all of one width of at least 1.

    Raises:
        ArgumentError: letters are missing, equal, of different widths, or no bits.

    Example:
        >>> Alphabet.binary(3).letters, Alphabet.one_hot(2).letters
        (((0, 0), (1, 0), (0, 1)), ((1, 0), (0, 1)))
    """

    letters: tuple[tuple[int, ...], ...]

    def __post_init__(self) -> None:
        letters = self.letters
        if not letters or not letters[0]:
            raise ArgumentError("an alphabet has at least one letter of at least one bit")
        for letter in letters:
            if len(letter) != len(letters[0]) or not set(letter) <= {0, 1}:
                raise ArgumentError(
                    f"the letter {letter!r} is no word of {len(letters[0])} bits, as the first is"
                )
        if len(set(letters)) < len(letters):
            raise ArgumentError("two letters of the alphabet are the same word")

    @classmethod
    def binary(cls, tokens: int) -> Alphabet:
        """Tokens as binary numbers, lowest digit first, in as few bits as will do."""
        _check_tokens(tokens)
        width = max(1, (tokens - 1).bit_length())
        return cls(tuple(tuple(t >> i & 1 for i in range(width)) for t in range(tokens)))

    @classmethod
    def one_hot(cls, tokens: int) -> Alphabet:
        """Token t as the word whose bit t alone is 1."""
        _check_tokens(tokens)
        return cls(tuple(tuple(int(i == t) for i in range(tokens)) for t in range(tokens)))

    @classmethod
    def read(cls, words: Sequence[str]) -> Alphabet:
        """Letters written as text, such as ``["00", "10", "01"]``; the first bit first."""
        if not all(isinstance(word, str) and set(word) <= {"0", "1"} for word in words):
            raise ArgumentError(f"letters are words of 0 and 1, not {words!r:.60}")
        return cls(tuple(tuple(map(int, word)) for word in words))

    def __len__(self) -> int:
        return len(self.letters)

    @property
    def width(self) -> int:
        """Bits of a letter."""
        return len(self.letters[0])

    @property
    def is_one_hot(self) -> bool:
        """Whether bit t says that the token is t."""
        return len(self) > 1 and self == Alphabet.one_hot(len(self))

    def text(self) -> list[str]:
        """The letters as text; `read` is the inverse."""
        return ["".join(map(str, letter)) for letter in self.letters]

    def tokens(self, bits: Bits) -> Integers:
        """Which token each row of bits is, -1 for none: int64, shape (rows,)."""
        token = np.full(len(bits), -1, np.int64)
        for number, letter in enumerate(self.letters):
            token[(bits == np.array(letter, np.uint8)).all(axis=1)] = number
        return token


BIT = Alphabet(((0,), (1,)))
"""The two tokens 0 and 1, a bit each."""


@dataclass(frozen=True)
class Domain:
    """All strings of `length` tokens, as inputs of a circuit: M**length of them.

    In string r, token i is digit i of r in base M; so over `BIT` input i is bit i of r.

    Attributes:
        alphabet: the tokens.
        length: how many tokens a string has; the first token's bits are the first inputs.

    Example:
        >>> Domain(Alphabet.binary(3), 2).vectors(0, 4).tolist()
        [[0, 0, 0, 0], [1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0]]
    """

    alphabet: Alphabet
    length: int

    @property
    def inputs(self) -> int:
        """Input bits."""
        return self.alphabet.width * self.length

    @property
    def count(self) -> int:
        """How many strings there are."""
        return int(len(self.alphabet) ** self.length)

    @property
    def is_cube(self) -> bool:
        """Whether every word of bits is a string, in the order of numbers."""
        return self.alphabet == BIT

    @property
    def bias(self) -> Fraction:
        """At most by so much do probabilities of `random` differ from those of equal strings."""
        tokens = len(self.alphabet)
        uneven = tokens & (tokens - 1)
        return Fraction(self.length * tokens, 2**64) if uneven else Fraction(0)

    def words(self, first: int, last: int) -> Words:
        """Strings 64*first .. 64*last - 1 packed: uint64, shape (inputs, last - first).

        Numbers from `count` on are strings too: their digits that do not fit are left out.
        """
        if self.is_cube:
            return counting_words(self.length, first, last)
        return pack(self.vectors(64 * first, 64 * last))

    def vectors(self, first: int, last: int) -> Bits:
        """Strings first .. last - 1: 0/1, uint8, shape (last - first, inputs)."""
        number = np.arange(first, last, dtype=np.uint64)[:, None]
        base = len(self.alphabet)
        powers = [min(base**i, 2**63) for i in range(self.length)]
        return self._spelled(number // np.array(powers, np.uint64) % np.uint64(base))

    def random(self, seed: int, first: int, last: int) -> Words:
        """Random strings 64*first .. 64*last - 1, packed, the same for the same seed.

        Over `BIT` as `tcsim.simulate.sources.random_words`; else token i of string v is word v of
        input i there, modulo M.
        """
        if self.is_cube:
            return random_words(self.length, seed, first, last)
        drawn = random_words(self.length, seed, 64 * first, 64 * last)
        return pack(self._spelled(drawn.T % np.uint64(len(self.alphabet))))

    def vector(self, number: int) -> tuple[int, ...]:
        """One string, as the bits of the inputs."""
        base = len(self.alphabet)
        digits = [number // base**i % base for i in range(self.length)]
        return tuple(bit for digit in digits for bit in self.alphabet.letters[digit])

    def _spelled(self, digits: Words) -> Bits:
        letters = np.array(self.alphabet.letters, np.uint8)
        return letters[digits.astype(np.int64)].reshape(len(digits), self.inputs)


def _check_tokens(tokens: object) -> None:
    if isinstance(tokens, bool) or not isinstance(tokens, int) or not 1 <= tokens <= 2**16:
        raise ArgumentError(f"tokens is {tokens!r}, not an integer from 1 to 65536")
