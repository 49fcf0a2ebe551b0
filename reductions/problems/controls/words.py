"""Parity, and runs of finite automata: a chain of n steps, each a function of few states."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reductions.problems.controls.control import Control

if TYPE_CHECKING:
    from random import Random

    from tcsim.typing import Integers

Run = tuple["Integers", "Integers"]
"""delta, shape (symbols, states), and a word of symbols."""


def parity_step_by_step(bits: list[int]) -> int:
    """The state of a flip-flop that each 1 flips."""
    state = 0
    for bit in bits:
        state = 1 - state if bit else state
    return state


def parity_by_sum(bits: list[int]) -> tuple[int, int]:
    """The number of ones, modulo 2: one round."""
    return sum(bits) % 2, 1


def run_automaton(run: Run) -> int:
    """The state after the word, from state 0."""
    delta, word = run
    state = 0
    for symbol in word.tolist():
        state = int(delta[symbol, state])
    return state


def compose_automaton(run: Run) -> tuple[int, int]:
    """Each symbol is a function of states; neighbors are composed until one function is left."""
    delta, word = run
    functions, rounds = delta[word], 0
    while len(functions) > 1:
        pairs = len(functions) // 2
        first, second = functions[: 2 * pairs : 2], functions[1 : 2 * pairs : 2]
        composed = np.take_along_axis(second, first, axis=1)
        functions = np.concatenate((composed, functions[2 * pairs :]))
        rounds += 1
    return (int(functions[0, 0]) if len(functions) else 0), rounds


def _automaton(random: Random, n: int) -> Run:
    states = random.randint(1, 6)
    delta = [[random.randrange(states) for _ in range(states)] for _ in range(3)]
    return np.array(delta), np.array([random.randrange(3) for _ in range(n)], np.int64)


PARITY = Control(
    name="parity chain",
    question="Is the number of ones odd?",
    complexity="TC0, and even AC0 with parity gates; not AC0",
    in_nc=True,
    assumption="Nothing is assumed: depth 2 of threshold gates is enough.",
    reference="Furst, Saxe, Sipser 1984; Hastad 1986",
    draw=lambda random, n: [random.getrandbits(1) for _ in range(n)],
    serial=parity_step_by_step,
    parallel=parity_by_sum,
    rounds=lambda _: 1,
)

AUTOMATON = Control(
    name="automaton run",
    question="In which state is this finite automaton after the word?",
    complexity="NC1 for a fixed automaton; L where it is given",
    in_nc=True,
    assumption="Logarithmic depth is enough; constant depth is not, if TC0 != NC1 and the "
    "automaton's monoid is not solvable.",
    reference="Ladner and Fischer 1980 (prefix sums); Barrington 1989",
    draw=_automaton,
    serial=run_automaton,
    parallel=compose_automaton,
    rounds=lambda n: max(0, n - 1).bit_length(),
)
