"""Deterministic finite automata: running them, and the least one of a language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tcsim.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Sequence


@dataclass(frozen=True)
class Automaton:
    """A deterministic finite automaton, complete: each state has a transition for each letter.

    Args:
        alphabet: the letters, one character each.
        moves: ``moves[a][q]`` is the state that letter number a leads to from state q; one row for
            each letter, all of the same length, the number of states.
        start: the first state.
        accepting: the states in which a word is accepted.

    Raises:
        ArgumentError: a letter is repeated, rows do not fit, or a state does not exist.

    Example:
        >>> even = Automaton("ab", moves=((1, 0), (0, 1)), start=0, accepting=frozenset({0}))
        >>> even.accepts("abba"), even.accepts("ab")
        (True, False)
    """

    alphabet: str
    moves: tuple[tuple[int, ...], ...]
    start: int
    accepting: frozenset[int]

    def __post_init__(self) -> None:
        if not self.alphabet or len(set(self.alphabet)) < len(self.alphabet):
            raise ArgumentError(
                f"alphabet must be one or more different characters, not {self.alphabet!r}"
            )
        if len(self.moves) != len(self.alphabet) or len({len(row) for row in self.moves}) != 1:
            raise ArgumentError(
                f"moves must have a row for each of the {len(self.alphabet)} letters, with an "
                f"entry for each state, not rows of {[len(row) for row in self.moves]}"
            )
        for what, states in (
            *((f"moves[{a}]", row) for a, row in enumerate(self.moves)),
            ("start", (self.start,)),
            ("accepting", sorted(self.accepting)),
        ):
            for state in states:
                if state not in range(self.size):
                    raise ArgumentError(
                        f"{what} names the state {state!r}; the states are 0 .. {self.size - 1}"
                    )

    @property
    def size(self) -> int:
        """Number of states."""
        return len(self.moves[0])

    def run(self, word: Iterable[str]) -> int:
        """The state after a word.

        Raises:
            ArgumentError: a letter is not in the alphabet.
        """
        state = self.start
        for letter in word:
            if letter not in self.alphabet:
                raise ArgumentError(f"the letter {letter!r} is not in {self.alphabet!r}")
            state = self.moves[self.alphabet.index(letter)][state]
        return state

    def accepts(self, word: Iterable[str]) -> bool:
        """Whether the word is in the language."""
        return self.run(word) in self.accepting

    def minimal(self) -> Automaton:
        """The least automaton of the same language, its states numbered as they are reached."""
        reached = self._reached()
        part = {state: int(state in self.accepting) for state in reached}
        while True:  # Moore: states stay together while they and their successors do
            key = {q: (part[q], *(part[row[q]] for row in self.moves)) for q in reached}
            numbers = {k: i for i, k in enumerate(dict.fromkeys(key.values()))}
            finer = {state: numbers[key[state]] for state in reached}
            if len(numbers) == len(set(part.values())):
                break
            part = finer
        least = {number: state for state, number in reversed(finer.items())}
        moves = tuple(tuple(finer[row[least[i]]] for i in range(len(least))) for row in self.moves)
        accepting = frozenset(finer[state] for state in reached if state in self.accepting)
        return Automaton(self.alphabet, moves, finer[self.start], accepting)

    def _reached(self) -> list[int]:
        reached = {self.start: None}
        for state in (queue := [self.start]):
            for row in self.moves:
                if row[state] not in reached:
                    reached[row[state]] = None
                    queue.append(row[state])
        return list(reached)


def explore(
    alphabet: str,
    start: Hashable,
    move: Callable[[Hashable, str], Hashable],
    accepts: Callable[[Hashable], bool],
) -> Automaton:
    """The automaton of the states that are reached from `start`, whatever they are.

    Args:
        alphabet: the letters.
        start: the first state.
        move: (state, letter) to state.
        accepts: whether a word is accepted in a state.
    """
    numbers = {start: 0}
    rows: list[list[int]] = [[] for _ in alphabet]
    for state in (queue := [start]):
        for row, letter in zip(rows, alphabet, strict=True):
            to = move(state, letter)
            if to not in numbers:
                numbers[to] = len(numbers)
                queue.append(to)
            row.append(numbers[to])
    accepting = frozenset(i for state, i in numbers.items() if accepts(state))
    return Automaton(alphabet, tuple(map(tuple, rows)), 0, accepting)


def with_other(automaton: Automaton) -> Automaton:
    """The same language over one letter more, the null character, which is in no word of it."""
    sink = automaton.size
    moves: Sequence[Sequence[int]] = [
        *((*row, sink) for row in automaton.moves),
        [sink] * (sink + 1),
    ]
    return Automaton(
        automaton.alphabet + "\0", tuple(map(tuple, moves)), automaton.start, automaton.accepting
    ).minimal()


def digits(letters: int) -> int:
    """Binary digits of a letter, of so many."""
    return max(1, (letters - 1).bit_length())


def complete(automaton: Automaton) -> Automaton:
    """The least automaton, with a letter for the numbers that are no letter's, if there are any."""
    letters = len(automaton.alphabet)
    return (automaton if 1 << digits(letters) == letters else with_other(automaton)).minimal()
