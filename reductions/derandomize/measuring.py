"""Margins of a decider: every seed of its pool run on every string."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reductions.derandomize.margins import Margins
from tcsim.errors import ArgumentError, LimitError
from tcsim.simulate import unpack

if TYPE_CHECKING:
    import numpy.typing as npt

    from reductions.derandomize.alphabet import Alphabet, Domain
    from reductions.derandomize.answers import Answers
    from reductions.derandomize.deciders import Decider
    from tcsim.typing import Bits, Progress, Words

MOST_CELLS = 2**30
"""Seeds times points of a table at most: a byte each."""

_WORDS = 2**12
"""Words of strings that a decider is given at a time."""


def make_margins(
    decider: Decider,
    answers: Answers,
    domain: Domain,
    *,
    alphabet: Alphabet | None = None,
    progress: Progress | None = None,
) -> Margins:
    """Run every seed of the pool on every string.

    Args:
        decider: as many inputs as the domain.
        answers: for the decider's inputs and outputs.
        domain: the strings.
        alphabet: tokens that the outputs spell, for a plurality; None for a majority of each bit.
        progress: called as ``progress(done, seeds)``.

    Raises:
        ArgumentError: an answer spells no token.
        LimitError: the table would be too large.
    """
    kinds = len(decider.outputs) if alphabet is None else len(alphabet) - 1
    seeds, count = len(decider.seeds), domain.count
    if seeds * kinds * count > MOST_CELLS:
        raise LimitError(
            f"a table of {seeds:,} seeds on {kinds * count:,} points has more than "
            f"{MOST_CELLS:,} cells: take a smaller pool, or say k= or error= with method='random', "
            "which draws seeds and verifies the vote without a table"
        )
    table = np.empty((seeds, kinds, count), np.int8)
    blocks = [(first, min(first + _WORDS, -(-count // 64))) for first in range(0, count, _WORDS)]
    for first, last in [block for block in blocks if block[0] < block[1]]:
        inputs = domain.words(first, last)
        many = min(64 * last, count) - 64 * first
        right = _unpacked(answers.words(first, inputs), many)
        place = slice(64 * first, 64 * first + many)
        for seed in range(seeds):
            said = _unpacked(decider.words(seed, inputs), many)
            table[seed, :, place] = _lead(said, right, alphabet)
            if progress is not None:
                progress(seeds * first + (seed + 1) * (last - first), seeds * blocks[-1][1])
    return Margins(table, "majority" if alphabet is None else "plurality", domain)


def _unpacked(words: Words, many: int) -> Bits:
    return unpack(np.ascontiguousarray(words), many)


def _lead(said: Bits, right: Bits, alphabet: Alphabet | None) -> npt.NDArray[np.int8]:
    """Margins of one seed on some strings: shape (kinds, strings)."""
    if alphabet is None:
        lead: npt.NDArray[np.int8] = 1 - 2 * (said ^ right).astype(np.int8)
        return lead.T
    token = alphabet.tokens(right)
    if len(token) and token.min() < 0:
        raise ArgumentError(
            f"the right answer {''.join(map(str, right[token.argmin()]))} spells no token of the "
            f"alphabet {', '.join(alphabet.text()[:8])}"
        )
    votes = ballots(said, alphabet)
    rows, tokens = np.arange(len(said)), len(alphabet)
    return np.array(
        [votes[rows, token] - votes[rows, (token + r) % tokens] for r in range(1, tokens)], np.int8
    ).reshape(tokens - 1, len(said))


def ballots(said: Bits, alphabet: Alphabet) -> npt.NDArray[np.int8]:
    """Votes for each token: int8, shape (strings, tokens).

    A word that spells no letter is no vote, but of a one-hot alphabet every 1 is one.
    """
    if alphabet.is_one_hot:
        return said.astype(np.int8)
    votes: npt.NDArray[np.bool_] = alphabet.tokens(said)[:, None] == np.arange(len(alphabet))
    return votes.astype(np.int8)
