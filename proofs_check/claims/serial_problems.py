"""Section 3: cellular automata, decision processes, arithmetic circuits."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from random import Random

from proofs_check.checks import check
from proofs_check.methods import every
from proofs_check.outcome import Outcome, exhausted, refuted

Row = tuple[int, ...]


def _step(row: Row, rule: int = 110) -> Row:
    """One step of cells with both neighbors: two cells fewer."""
    return tuple(
        rule >> (4 * a + 2 * b + c) & 1 for a, b, c in zip(row, row[1:], row[2:], strict=False)
    )


ROWS = (1, 3, 7, 13, 31, 49, 115, 215, 509, 775, 1805, 3359, 7985, 12659, 29655, 54909)


@check("exhaustive", flips={"Rule 30": {"rule": 30}, "Rule 111": {"rule": 111}})
def rule_110_from_one_cell(*, rule: int = 110) -> Outcome:
    """Sixteen rows from one cell are those of OEIS A006978, read as binary numbers."""
    from reductions.problems.rule110 import after

    row: Row = (0,) * 20 + (1,) + (0,) * 20
    for number, known in enumerate(ROWS):
        found = int("".join(map(str, row[20 - number : 21])), 2) if row else 0
        if found != known:
            return refuted(f"row {number} is {found}, not {known}", {"row": number})
        padded = (0, *row, 0)
        following = _step(padded, rule)
        if rule == 110 and list(following[1:-1]) != after(list(row)):
            return refuted("two programs differ", {"row": number})
        row = following
    return exhausted("the rows agree", "16 rows", len(ROWS))


@check("exhaustive", repairs={"one step": {"steps": 1}})
def every_step_is_simulated(*, steps: int = 2) -> Outcome:
    """A layer of depth 2 makes one step of Rule 110 and no more: s steps are looked up instead."""
    from reductions.rules.rule110_threshold_cvp import ones

    rows = {int(n) for n in ones(steps)}
    width = 2 * steps + 1
    for cells in product((0, 1), repeat=width):
        row: Row = cells
        for _ in range(steps):
            row = _step(row)
        number = int("".join(map(str, cells)), 2)
        if (number in rows) != bool(row[0]):
            return exhausted("the table is wrong", "all rows", 1)
    if steps > 1:
        return refuted(
            f"an OR of {len(rows)} ANDs of {width} cells makes {steps} steps",
            {"steps": steps, "rows": sorted(rows)},
            recheck="rule 110 table",
        )
    return exhausted("one step", "all rows", 2**width)


COUNTS = (5, 17, 66, 274, 1058)


@check("exhaustive", flips={"one row less": {"less": 1}, "Rule 30": {"rule": 30}})
def look_up_tables(*, less: int = 0, rule: int = 110) -> Outcome:
    """A cell after s = 1 .. 5 steps is 1 on 5, 17, 66, 274, 1058 neighborhoods of 2 s + 1 cells."""

    def holds(s: int) -> bool:
        count = 0
        for cells in product((0, 1), repeat=2 * s + 1):
            row: Row = cells
            for _ in range(s):
                row = _step(row, rule)
            count += row[0]
        return count == COUNTS[s - 1] - less

    return every(range(1, 6), holds, "so many neighborhoods", "s to 5, all neighborhoods")


@check("exhaustive", flips={"Rule 110": {"rule": 110}})
def rule_90_has_a_closed_form(*, rule: int = 90) -> Outcome:
    """Rule 90 after t steps from one cell: cell i is C(t, (t + i) / 2) mod 2; t to 40."""
    from math import comb

    def holds(t: int) -> bool:
        row: Row = (0,) * 45 + (1,) + (0,) * 45
        for _ in range(t):
            row = _step((0, *row, 0), rule)
        known = tuple(
            comb(t, (t + i) // 2) % 2 if abs(i) <= t and (t + i) % 2 == 0 else 0
            for i in range(-45, 46)
        )
        return row == known

    return every(range(41), holds, "the closed form", "t to 40")


@check("exhaustive", repairs={"no circuit of one gate": {"depth": 1}})
def linear_graphs_are_serial(*, depth: int = 2) -> Outcome:
    """A computation of n constant steps, each on the last one's result, has no depth-2 circuit."""
    from tcsim.library import get
    from tcsim.search import is_threshold

    for n in (2, 3, 4):
        made = get("parity").circuit(n=n)
        if made.depth <= depth or is_threshold([row.bit_count() % 2 for row in range(2**n)]):
            says = f"parity of {n} bits, n steps of XOR, has depth {made.depth}"
            known = {"n": n, "depth": made.depth, "gates": made.size}
            return refuted(says, known, recheck="parity in depth 2")
    return exhausted(f"parity has none of depth {depth}", "2 to 4 bits", 3)


@check("exhaustive", flips={"OR in place of XOR": {"of": "or"}})
def parity_is_shallow(*, of: str = "xor") -> Outcome:
    """Parity, n steps of XOR on a state, in depth 2 with n + 1 gates: all inputs, n to 10."""
    import numpy as np

    from tcsim.library import get

    def holds(n: int) -> bool:
        made = get("parity").circuit(n=n)
        rows = np.array(list(product((0, 1), repeat=n)), np.uint8)
        state = np.zeros(len(rows), np.uint8)
        for column in rows.T:
            state = state ^ column if of == "xor" else state | column
        return bool((made(rows)[:, 0] == state).all()) and made.depth <= 2 and made.size <= n + 1

    return every(range(2, 11), holds, "depth 2, n + 1 gates", "n from 2 to 10, all inputs")


Chain = tuple[list[list[Fraction]], list[Fraction]]


def _chain(seed: int, states: int, *, deterministic: bool) -> Chain:
    random = Random(seed)
    rows = []
    for _ in range(states):
        if deterministic:
            row = [0] * states
            row[random.randrange(states)] = 1
        else:
            row = [random.randint(0, 3) for _ in range(states)]
            row[0] += sum(row) == 0
        rows.append([Fraction(x, sum(row)) for x in row])
    return rows, [Fraction(random.randint(-5, 5)) for _ in range(states)]


def _guess(chain: Chain, n: int, *, weight: str, scale: int) -> tuple[Fraction, Fraction, Fraction]:
    """Mean and second moment of the guess over all S^n trajectories, and the exact return."""
    rows, rewards = chain
    states = len(rows)
    mean = second = exact = Fraction(0)
    for path in product(range(states), repeat=n):
        probability, gain, last = Fraction(1), Fraction(0), 0
        for state in path:
            probability *= rows[last][state]
            gain += rewards[state]
            last = state
        factor = probability if weight == "probability" else Fraction(int(probability > 0))
        guess = scale**n * factor * gain
        mean += guess / states**n
        second += guess**2 / states**n
        exact += probability * gain
    return mean, second, exact


@check(
    "exhaustive",
    flips={
        "the indicator, in a chance process": {"weight": "indicator"},
        "S^n left out": {"scale": 1},
    },
)
def guessed_returns_are_unbiased(*, weight: str = "probability", scale: int = 3) -> Outcome:
    """S^n P(path) return, of a path guessed uniformly from S^n, has the mean return as its mean.

    Twenty random processes of 3 states, 4 steps; all paths, exact rationals.
    """

    def holds(seed: int) -> bool:
        chain = _chain(seed, 3, deterministic=False)
        mean, _, exact = _guess(chain, 4, weight=weight, scale=scale)
        return bool(mean == exact)

    return every(range(20), holds, "the mean is exact", "20 processes, all 81 paths")


@check("exhaustive", flips={"of order 1": {"base": 1}, "S^(n+1)": {"more": 1}})
def guessed_returns_vary_much(*, base: int = 3, more: int = 0) -> Outcome:
    """In a deterministic process the guess has the second moment S^n return^2."""

    def holds(case: tuple[int, int]) -> bool:
        seed, n = case
        chain = _chain(seed, 3, deterministic=True)
        mean, second, exact = _guess(chain, n, weight="indicator", scale=3)
        return bool(mean == exact and second == base ** (n + more) * exact**2)

    cases = product(range(12), (1, 2, 3, 4))
    return every(cases, holds, "the second moment is S^n return^2", "12 processes, n to 4")


@check("exhaustive", flips={"values modulo 7": {"modulus": 7}})
def values_over_the_integers_are_long(*, modulus: int = 0) -> Outcome:
    """Squaring 2 n times over the integers makes a number of 2^n + 1 bits."""

    def holds(n: int) -> bool:
        value = 2
        for _ in range(n):
            value = value * value % modulus if modulus else value * value
        return bool(value.bit_length() == 2**n + 1)

    return every(range(12), holds, "2^n + 1 bits", "n to 11")


@check("exhaustive", flips={"a sum": {"form": "sum"}, "the zero ring": {"one": 0}})
def nand_in_rings(*, form: str = "product", one: int = 1) -> Outcome:
    """1 - a b is NAND on {0, 1} in the integers modulo m, for m to 30."""

    def holds(m: int) -> bool:
        unit = one % m
        for a, b in product((0, 1), repeat=2):
            x, y = a * unit % m, b * unit % m
            value = (unit - (x * y if form == "product" else x + y)) % m
            if value != unit * (1 - (a & b)) % m or unit == 0:
                return False
        return True

    return every(range(2, 31), holds, "it is NAND", "m from 2 to 30")


@check("exhaustive", flips={"N + 1 cells": {"grow": 1}})
def width_of_a_light_cone(*, grow: int = 2) -> Outcome:
    """A seed of w cells reaches w + 2 (N - 1) cells in row N; one cell depends on 2 N - 1."""

    def holds(case: tuple[int, int]) -> bool:
        width, row = case
        cells = set(range(width))
        for _ in range(row - 1):
            cells = cells | {i - 1 for i in cells} | {i + 1 for i in cells}
        return len(cells) == width + grow * (row - 1)

    return every(product(range(1, 8), range(1, 12)), holds, "so many cells", "w to 7, N to 11")


@check("exhaustive", flips={"explicit graphs": {"gates": False}})
def do1_has_many_states(*, gates: bool = True) -> Outcome:
    """The DO1 process of m gates C has at least 2^m - 1 states with gates of C."""
    from proofs_check.claims.circuits import line
    from reductions.do1.game import START, Game

    def holds(n: int) -> bool:
        game = Game(line(n, n), 1)
        seen = {START}
        waiting = [START]
        while waiting:
            state = waiting.pop()
            for action in game.actions(state):
                after = game.after(state, action)
                if after not in seen:
                    seen.add(after)
                    waiting.append(after)
        sets = {state.chosen for state in seen if state.side == "circuit"}
        return len(sets) == (2**n - 1 if gates else n)

    return every(range(2, 7), holds, "so many sets of gates", "n from 2 to 6")
