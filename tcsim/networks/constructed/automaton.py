"""A recurrent network with the table of a finite automaton in its weights.

Merrill, Petty, Sabharwal (2024) and Liu et al. (2023) compare what single passes can do with such a
state: for the word problem of S5 the state is what no constant depth is known to replace.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tcsim.errors import NetworkError
from tcsim.networks.codes import Code
from tcsim.networks.operations.affine import Affine
from tcsim.networks.operations.arrangement import Concatenate
from tcsim.networks.operations.indicators import Indicators
from tcsim.networks.operations.requantize import Requantize
from tcsim.networks.procedures.recurrent import recurrent
from tcsim.networks.sketch import Sketch

if TYPE_CHECKING:
    from tcsim.networks.integer import IntegerNetwork
    from tcsim.typing import Integers


def automaton_step(table: object) -> IntegerNetwork:
    """One step of an Elman network that is a finite automaton.

    Unit (s, a) stands for "in state s, and read letter a": exactly one is on. It is one gate,
    ``[sum of the units (q, b) with table[q, b] = s] + [letter = a] >= 2``, so a step has depth 1.

    Args:
        table: the state after each state and letter, integers, shape (states, letters), at least 2
            of each.

    Returns:
        A network that reads the units (0/1, shape (states * letters,)) and a letter (one-hot, shape
        (1,)), and gives the units.

    Raises:
        NetworkError: no table of states.
    """
    moves = checked_table(table)
    states, letters = moves.shape
    sketch = Sketch()
    units = sketch.input("unit", states * letters, Code(0, 1))
    letter = sketch.input("letter", 1, Code(0, letters - 1, "one_hot"))
    with sketch.scope("units"):
        shown = sketch.add(Indicators(letters), letter)
        both = sketch.add(Concatenate(0), units, shown)
        weights = np.zeros((states * letters + letters, states * letters), np.int64)
        for state in range(states):
            came = np.flatnonzero(moves.ravel() == state)
            for read in range(letters):
                weights[came, state * letters + read] = 1
                weights[states * letters + read, state * letters + read] = 1
        total = sketch.add(Affine(weights, np.zeros(states * letters, np.int64)), both)
        new = sketch.add(Requantize(np.array([[2]]), Code(0, 1)), total)
    return sketch.network(new)


def automaton_network(table: object, steps: int, *, start: int = 0) -> IntegerNetwork:
    """The automaton on words of a length: depth ``steps + 1``, exact on every word.

    Args:
        table: as in `automaton_step`.
        steps: the length of the words.
        start: the first state; some state and letter must lead to it.

    Returns:
        A network that reads letters, shape (steps, 1), and gives the last state, one-hot.

    Raises:
        NetworkError: nothing leads to the first state, so no unit stands for it.
    """
    moves = checked_table(table)
    states, letters = moves.shape
    before = np.flatnonzero(moves.ravel() == start)
    if not len(before):
        raise NetworkError(f"no state and letter lead to the first state, {start}")
    initial = np.zeros(states * letters, np.int64)
    initial[before[0]] = 1
    run = recurrent(automaton_step(moves), steps, initial=[initial])
    sketch = Sketch()
    word = sketch.input("letter", (steps, 1), run.inputs.code)
    (units,) = sketch.inline(run, word)
    with sketch.scope("state"):
        gather = np.zeros((states * letters, states), np.int64)
        gather[np.arange(states * letters), moves.ravel()] = 1
        sums = sketch.add(Affine(gather, np.zeros(states, np.int64)), units)
        bits = sketch.add(Requantize(np.array([[1]]), Code(0, 1)), sums)
    return sketch.network(bits)


def checked_table(table: object) -> Integers:
    """A table of states as int64.

    Raises:
        NetworkError: it is none.
    """
    moves = np.asarray(table)
    if moves.ndim != 2 or moves.dtype.kind not in "iu" or min(moves.shape) < 2:
        raise NetworkError(
            "a table has integers of shape (states, letters), at least 2 of each, "
            f"not {moves.dtype} of shape {moves.shape}"
        )
    if moves.min() < 0 or moves.max() >= len(moves):
        raise NetworkError(f"a table leads to states 0..{len(moves) - 1}, not {moves.max()}")
    return moves.astype(np.int64)
