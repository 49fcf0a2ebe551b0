"""Any regular language in logarithmic depth: a tree of products of 0/1 matrices.

The matrix of a word has a 1 at (p, q) if the word leads from state p to q; that of a longer word is
the Boolean product of those of its parts. A product of k matrices takes two levels: an AND for each
path of k steps, an OR for each entry. So k trades depth, 2 ceil(log_k n) levels, for size, s^(k+1)
ANDs a product.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import tcsim.expressions as tc
from tcsim.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tcsim.expressions import Condition, Signal
    from tcsim.library.languages.automaton import Automaton

    Matrix = Mapping[tuple[int, int], Signal | int]


def tree(
    matrices: Sequence[Matrix],
    states: int,
    arity: int,
    first: Iterable[int],
    last: Iterable[int],
) -> Matrix:
    """Entries of the Boolean product of square matrices, {(row, column): signal or constant}.

    Args:
        matrices: at least one; entries are signals, or constants 0 and 1: paths through a 0 are
            left out. The first needs the rows `first` alone, the last the columns `last`.
        states: rows and columns of each.
        arity: most matrices that are multiplied at once, at least 2.
        first: rows that are wanted.
        last: columns that are wanted.
    """
    if arity < 2 or not matrices:
        raise ArgumentError(
            f"at least one matrix and an arity of at least 2 are needed, not {len(matrices)} "
            f"and {arity}"
        )
    level = list(matrices)
    first, last = list(first), list(last)
    while len(level) > 1:
        parts = [level[i : i + arity] for i in range(0, len(level), arity)]
        level = [
            _product(
                part,
                states,
                first if i == 0 else range(states),
                last if i == len(parts) - 1 else range(states),
            )
            for i, part in enumerate(parts)
        ]
    return level[0]


def _product(
    part: Sequence[Matrix], states: int, rows: Iterable[int], columns: Iterable[int]
) -> Matrix:
    if len(part) == 1:
        return part[0]
    inner = list(product(range(states), repeat=len(part) - 1))

    def path(p: int, through: tuple[int, ...], q: int) -> Condition | None:
        turns = zip((p, *through), (*through, q), strict=True)
        entries = [matrix[turn] for matrix, turn in zip(part, turns, strict=True)]
        possible = all(isinstance(entry, tc.Signal) or entry for entry in entries)
        return tc.sum(entries) >= len(entries) if possible else None

    return {
        (p, q): tc.any(step for through in inner if (step := path(p, through, q)) is not None)
        for p, q in product(rows, columns)
    }


def accept(automaton: Automaton, word: Sequence[Sequence[Signal]], arity: int = 2) -> Signal:
    """Whether an automaton accepts a word.

    Args:
        automaton: any.
        word: for each position a signal for each letter, of which exactly one is 1.
        arity: most matrices that are multiplied at once, at least 2.
    """
    s = automaton.size
    if not word:
        return tc.all([]) if automaton.start in automaton.accepting else tc.any([])
    steps = [
        {
            (p, q): tc.any(
                signal for signal, row in zip(letters, automaton.moves, strict=True) if row[p] == q
            )
            for p, q in product(range(s), repeat=2)
        }
        for letters in word
    ]
    accepting = sorted(automaton.accepting)
    last = tree(steps, s, arity, [automaton.start], accepting)
    return tc.any(last[automaton.start, q] for q in accepting)


def levels(n: int, arity: int) -> int:
    """Levels of a tree over n leaves: the least h with arity**h >= n."""
    h = 0
    while arity**h < n:
        h += 1
    return h
