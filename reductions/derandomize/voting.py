"""The voting circuit: a copy of the decider for each seed, and a vote on top.

A majority is one gate for each output bit. A plurality counts the ballots of every token, compares
the counts in pairs, and takes the token that leads all others: two levels, one more before them
where outputs spell tokens otherwise than one bit each, and one more behind them then. A tie has no
winner: a majority gives 0, a plurality a word of zeros.

Source: Hajnal, Maass, Pudlak, Szegedy, Turan 1993, Proposition 4.2, for the majority.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tcsim import expressions as tc
from tcsim.builder import Builder
from tcsim.errors import ArgumentError
from tcsim.library.majority import majority
from tcsim.measure import levels as measure_levels
from tcsim.measure import tails
from tcsim.transform.rebuild import Copy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reductions.derandomize.alphabet import Alphabet
    from tcsim.circuit import Circuit
    from tcsim.expressions import Signal
    from tcsim.typing import Progress


@dataclass(frozen=True)
class Depths:
    """Where the depth of a voting circuit comes from.

    Attributes:
        copies: level of the deepest gate below the vote, the seeds fixed.
        vote: most levels that the vote adds.
        total: measured depth of the circuit, at most their sum.
    """

    copies: int
    vote: int
    total: int


def voting_circuit(
    copies: Sequence[Circuit],
    alphabet: Alphabet | None = None,
    *,
    progress: Progress | None = None,
) -> Circuit:
    """The vote of circuits with the same inputs and outputs.

    Copies share gates that are equal, so that what does not depend on the seed is there once; those
    of copy i that it has first are in the scope ``copy{i}``.

    Args:
        copies: at least one; the same one may stand there several times.
        alphabet: tokens that the outputs spell, for a plurality; None for a majority of each bit.
        progress: called as ``progress(done, total)``, in copies.

    Raises:
        ArgumentError: no copy, other inputs or outputs, or letters that are not as wide as these.

    Example:
        >>> import tcsim
        >>> def constant(bit):
        ...     b = tcsim.Builder()
        ...     b.output("y", b.inputs("x", 2)[bit])
        ...     return b.build()
        >>> voting_circuit([constant(0), constant(1), constant(0)])
        <Circuit: 2 inputs, 1 outputs, size 1, depth 1>
    """
    if not copies:
        raise ArgumentError("a vote has at least one voter")
    first = copies[0]
    if alphabet is not None and alphabet.width != first.n_outputs:
        raise ArgumentError(
            f"letters of {alphabet.width} bits are not spelled by {first.n_outputs} outputs"
        )
    builder = Builder()
    inputs = [builder.input(name) for name in first.input_names]
    ballots: list[list[Signal]] = []
    for number, circuit in enumerate(copies):
        if (circuit.input_names, circuit.output_names) != (first.input_names, first.output_names):
            raise ArgumentError(f"copy {number} has other inputs or outputs than copy 0")
        copy = Copy(circuit, builder)
        copy.signals |= dict(enumerate(inputs))
        copy.add_gates(scope=f"copy{number}", keep_names=False)
        ballots.append(list(copy.outputs().values()))
        if progress is not None:
            progress(number + 1, len(copies))
    with builder.scope("vote"):
        winners = _majority(ballots) if alphabet is None else _plurality(builder, ballots, alphabet)
        for name, winner in zip(first.output_names, winners, strict=True):
            builder.output(name, winner)
    return _alive(builder.build())


def levels(alphabet: Alphabet | None) -> int:
    """Most levels that a vote adds to the depth of its voters."""
    if alphabet is None:
        return 1
    return 2 if alphabet.is_one_hot else 4


def depths(vote: Circuit, alphabet: Alphabet | None) -> Depths:
    """The account of the depth of a circuit that `voting_circuit` built."""
    counting = [scope.split("/")[0] == "vote" for scope in vote.scope_names]
    level = measure_levels(vote)
    below = [
        int(level[g]) for g, scope in enumerate(vote.gate_scope.tolist()) if not counting[scope]
    ]
    return Depths(max(below, default=0), levels(alphabet), vote.depth)


def _alive(circuit: Circuit) -> Circuit:
    """Without the gates that no output needs: those that a constant or an equal gate replaced."""
    alive = np.flatnonzero(tails(circuit) >= 0)
    copy = Copy(circuit)
    copy.add_inputs()
    copy.add_gates(gates=alive.tolist())
    return copy.finish()


def _majority(ballots: list[list[Signal]]) -> list[Signal]:
    return [majority(bits) for bits in zip(*ballots, strict=True)]


def _plurality(
    builder: Builder, ballots: list[list[Signal]], alphabet: Alphabet
) -> Sequence[Signal]:
    tokens = range(len(alphabet))
    counts = [
        builder.form(tc.sum(_votes_for(word, alphabet, token) for word in ballots))
        for token in tokens
    ]
    leads = [
        tc.all([counts[a] - counts[b] >= 1 for b in tokens if b != a]) if len(tokens) > 1 else None
        for a in tokens
    ]
    wins = [builder.constant(1) if lead is None else lead for lead in leads]
    if alphabet.is_one_hot:
        return wins
    return [
        tc.any([wins[token] for token in tokens if alphabet.letters[token][place]])
        for place in range(alphabet.width)
    ]


def _votes_for(word: list[Signal], alphabet: Alphabet, token: int) -> Signal:
    if alphabet.is_one_hot:
        return word[token]
    letter = alphabet.letters[token]
    return tc.all([bit if one else ~bit for bit, one in zip(word, letter, strict=True)])
