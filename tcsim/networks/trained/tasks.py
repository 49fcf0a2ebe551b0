"""What the trained models were trained to do: words of random letters, and the right answers.

A task answers at every position: the target at position t depends on letters 0..t only. So rows of
length n also measure every shorter length.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tcsim.errors import ArgumentError
from tcsim.networks.symmetric_group import word_problem_table

if TYPE_CHECKING:
    from collections.abc import Callable

    from tcsim.typing import Integers

SYMBOLS = 8
"""How many symbols there are in the task ``recall``."""


@dataclass(frozen=True)
class Task:
    """A function of words, at every prefix.

    Attributes:
        name: its name in `TASKS`.
        description: one line: letters and answers.
        alphabet: what each letter is drawn from, all alike; one that stands here twice is drawn
            twice as often.
        classes: answers are 0..classes-1.
        targets: letters, int64 of shape (rows, n), to answers of the same shape.
    """

    name: str
    description: str
    alphabet: tuple[int, ...]
    classes: int
    targets: Callable[[Integers], Integers]

    @property
    def letters(self) -> int:
        """Letters are 0..letters-1."""
        return max(self.alphabet) + 1

    def sample(
        self, rows: int, n: int, seed: int | np.random.Generator
    ) -> tuple[Integers, Integers]:
        """Random words and their answers.

        With the same rows and seed, shorter words are prefixes of longer ones.

        Args:
            rows: how many words, at least 1.
            n: their length, at least 1.
            seed: a seed, at least 0, or a generator to draw from.

        Returns:
            letters and answers, both int64 of shape (rows, n).

        Raises:
            ArgumentError: a number out of range.
        """
        shape = (whole(rows, "rows", 1), whole(n, "n", 1))
        random = (
            seed
            if isinstance(seed, np.random.Generator)
            else np.random.default_rng(whole(seed, "seed", 0))
        )
        # Letter by letter and not word by word: longer words then begin as shorter ones.
        drawn = random.integers(len(self.alphabet), size=shape[::-1], dtype=np.int64).T
        letters = np.array(self.alphabet)[drawn]
        return letters, self.targets(letters)


def _s5(letters: Integers) -> Integers:
    table, state = word_problem_table(5), np.zeros(len(letters), dtype=np.int64)
    answers = np.empty_like(letters)
    for t in range(letters.shape[1]):
        answers[:, t] = state = table[state, letters[:, t]]
    return answers


def _parity(letters: Integers) -> Integers:
    return letters.cumsum(axis=1) % 2


def _recall(letters: Integers) -> Integers:
    marked = letters >= SYMBOLS
    last = np.maximum.accumulate(np.where(marked, np.arange(letters.shape[1]), -1), axis=1)
    symbols = np.take_along_axis(letters, np.maximum(last, 0), axis=1) - SYMBOLS
    return np.where(last < 0, SYMBOLS, symbols)


TASKS = {
    task.name: task
    for task in (
        Task(
            "s5",
            "word problem of S5: letters are the identity, a transposition and a 5-cycle, the "
            "answer is the product so far",
            (0, 1, 2),
            120,
            _s5,
        ),
        Task(
            "parity",
            "letters are bits, the answer is the parity of those so far",
            (0, 1),
            2,
            _parity,
        ),
        Task(
            "recall",
            "letters are 8 symbols, plain (0..7) or, one in 16, marked (8..15); the answer is the "
            "symbol that was marked last (8: none was)",
            (*range(SYMBOLS),) * 15 + (*range(SYMBOLS, 2 * SYMBOLS),),
            SYMBOLS + 1,
            _recall,
        ),
    )
}
"""The tasks by name."""


def task(name: str) -> Task:
    """The task of that name.

    Raises:
        ArgumentError: there is none.

    Example:
        >>> letters, answers = task("parity").sample(1, 6, seed=1)
        >>> letters.tolist(), answers.tolist()
        ([[0, 1, 1, 1, 0, 0]], [[0, 1, 0, 1, 1, 1]])
    """
    if name not in TASKS:
        raise ArgumentError(f"no task {name!r}; there are: {', '.join(TASKS)}")
    return TASKS[name]


def whole(value: object, what: str, least: int) -> int:
    """An integer from an argument.

    Raises:
        ArgumentError: it is not an integer, or less than the least; the argument is named.
    """
    if isinstance(value, bool) or not isinstance(value, int | np.integer) or value < least:
        raise ArgumentError(f"{what} must be an integer, at least {least}, not {value!r}")
    return int(value)
