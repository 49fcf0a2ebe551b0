"""A diffusion model as a randomized decider: each seed of a pool says a token to every prefix."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from reductions.derandomize.alphabet import Alphabet
from tcsim import networks
from tcsim.errors import ArgumentError
from tcsim.simulate import pack, unpack

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reductions.derandomize.diffusion.language_model import LanguageModel
    from tcsim.circuit import Circuit
    from tcsim.networks import Code
    from tcsim.typing import Integers, Words


def alphabet_of(code: Code) -> Alphabet:
    """The words of a code, as letters: those of tokens that stand on wires in it."""
    words = code.encode(np.arange(code.lo, code.hi + 1))
    return Alphabet(tuple(tuple(map(int, word)) for word in words))


@dataclass(frozen=True, eq=False)
class DiffusionDecider:
    """What `reductions.derandomize.derandomize` takes: a pool of seeds of a language model.

    Prefixes of one condition are sampled once, for all seeds of the pool at a time.

    Attributes:
        model: whose samples they are.
        seeds: the pool.

    Raises:
        ArgumentError: an empty pool, or a seed twice.
    """

    model: LanguageModel
    seeds: tuple[int, ...]
    _known: dict[str, Any] = field(default_factory=dict, init=False, repr=False)

    def __post_init__(self) -> None:
        if not self.seeds:
            raise ArgumentError("the pool of seeds is empty: give at least one seed")
        if len(set(self.seeds)) < len(self.seeds):
            raise ArgumentError("a seed is in the pool twice")

    @property
    def inputs(self) -> tuple[str, ...]:
        """Names of the bits of a prefix."""
        return self.circuit(0).input_names

    @property
    def outputs(self) -> tuple[str, ...]:
        """Names of the outputs: token a is the word whose bit a is 1."""
        return self.circuit(0).output_names

    @property
    def letters(self) -> Alphabet:
        """The tokens of a prefix as words of bits."""
        return alphabet_of(self.model.prefix.inputs.code)

    @property
    def tokens(self) -> Alphabet:
        """The tokens that follow as words of bits."""
        return Alphabet.one_hot(self.model.regions.count)

    def words(self, seed: int, inputs: Words) -> Words:
        """What a seed says on packed prefixes: uint64, shape (M, words).

        Words of bits that spell no prefix get whatever follows prefixes of their other tokens.
        """
        digest = hashlib.sha256(inputs.tobytes()).hexdigest()
        if self._known.get("digest") != digest:
            bits = unpack(inputs, 64 * inputs.shape[1])
            letters = self.letters
            spelled = bits.reshape(len(bits), self.model.length, letters.width)
            found = letters.tokens(spelled.reshape(-1, letters.width)).clip(min=0)
            tokens = self.every(found.reshape(len(bits), -1))
            self._known.update(digest=digest, tokens=tokens)
        said: Integers = self._known["tokens"][:, seed]
        return pack(np.eye(self.model.regions.count, dtype=np.uint8)[said])

    def every(self, prefixes: object) -> Integers:
        """What each seed of the pool says of prefixes: int64, shape (rows, seeds)."""
        return self.model.tokens(prefixes, self.model.draws(self.seeds))

    def circuit(self, seed: int) -> Circuit:
        """The circuit of one seed: prefix bits in, token out."""
        circuits = self._known.setdefault("circuits", {})
        if seed not in circuits:
            circuits[seed] = self.voted([self.seeds[seed]])
        made: Circuit = circuits[seed]
        return made

    def voted(self, seeds: Iterable[int]) -> Circuit:
        """The vote of some seeds in one network: ballots cost no level of their own."""
        return networks.compile(self.model.network(self.model.draws(seeds)))
