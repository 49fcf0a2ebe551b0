"""Appendix D: gates, classes and their inclusions; functions in depth 2; lower bounds' lemmas."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise, product
from typing import TYPE_CHECKING, Any

import numpy as np

from proofs_check.checks import check
from proofs_check.methods import every, holds_on
from proofs_check.outcome import Outcome, exhausted, refuted

if TYPE_CHECKING:
    from tcsim.circuit import Circuit


def _rows(n: int) -> Any:  # noqa: ANN401
    return np.array(list(product((0, 1), repeat=n)), np.uint8)


@check("exhaustive", flips={"one less": {"shift": -1}})
def symmetric_functions_in_depth_2(*, shift: int = 0) -> Outcome:
    """Each function of the number of ones: a gate where it changes and one more; n to 5, all."""
    from tcsim.library import get

    def holds(values: tuple[int, ...]) -> bool:
        made = get("symmetric").circuit(values=values)
        rows = _rows(len(values) - 1)
        right = np.array(values)[rows.sum(axis=1)]
        changes = sum(a != b for a, b in pairwise(values))
        small = made.depth <= 2 + shift and made.size <= changes + 1 + shift
        return small and bool((made(rows)[:, 0] == right).all())

    cases = (v for n in range(1, 6) for v in product((0, 1), repeat=n + 1))
    return every(cases, holds, "depth 2, a gate a change and one", "all functions, n to 5")


@check("exhaustive", flips={"from k - 1": {"first": 0}})
def steps_add_up(*, first: int = 1) -> Outcome:
    """f(s) = f(0) + sum over k from 1 to s of f(k) - f(k - 1): all 0/1 functions, n to 8."""

    def holds(f: tuple[int, ...]) -> bool:
        return all(
            f[s] == f[0] + sum(f[k] - f[k - 1] for k in range(first, len(f)) if s >= k)
            for s in range(len(f))
        )

    cases = (f for n in range(1, 9) for f in product((0, 1), repeat=n + 1))
    return every(cases, holds, "the sum is the value", "n to 8")


@check("property", flips={"2 / s": {"scale": 2}})
def discriminator(*, scale: int = 1) -> Outcome:
    """Where a threshold of s gates with weights 1 and -1 computes f, one gate tells f apart by 1/s.

    ``|P(g = 1 | f = 1) - P(g = 1 | f = 0)| >= 1/s``, with f neither always 0 nor always 1.
    """
    from hypothesis import strategies as st

    gate = st.tuples(st.integers(1, 254), st.sampled_from((-1, 1)))
    cases = st.tuples(st.lists(gate, min_size=1, max_size=5), st.integers(-3, 4))

    def holds(case: tuple[list[tuple[int, int]], int]) -> bool:
        gates, threshold = case
        tables = [[g >> row & 1 for row in range(8)] for g, _ in gates]
        sums = [
            sum(sign * table[row] for table, (_, sign) in zip(tables, gates, strict=True))
            for row in range(8)
        ]
        f = [int(total >= threshold) for total in sums]
        if len(set(f)) == 1:
            return True
        best = max(abs(_mean(table, f, 1) - _mean(table, f, 0)) for table in tables)
        return best * len(gates) >= scale

    return holds_on(cases, holds, "one gate differs by 1/s", count=300)


def _mean(table: list[int], f: list[int], value: int) -> Fraction:
    chosen = [t for t, v in zip(table, f, strict=True) if v == value]
    return Fraction(sum(chosen), len(chosen))


@check("exhaustive", flips={"one place left out": {"skip": 1}})
def inner_product_is_hadamard(*, skip: int = 0) -> Outcome:
    """The matrix (-1)^(x . y) has orthogonal rows: H H^T = 2^n I, n to 6."""

    def holds(n: int) -> bool:
        rows = _rows(n).astype(int)
        h = 1 - 2 * (rows[:, skip:] @ rows[:, skip:].T % 2)
        return bool((h @ h.T == 2**n * np.eye(2**n, dtype=int)).all())

    return every(range(1, 7), holds, "rows are orthogonal", "n to 6, all pairs of rows")


@check("exhaustive", flips={"2^-n": {"power": 2}})
def discrepancy_of_inner_product(*, power: int = 1) -> Outcome:
    """No rectangle favors a value of the inner product by more than 2^(-n/2): n to 3, all."""
    from tcsim.analysis import discrepancy

    def holds(n: int) -> bool:
        table = [(x & y).bit_count() % 2 for y in range(2**n) for x in range(2**n)]
        found = discrepancy(table, list(range(n)))
        return bool(found.is_exact and found.low**2 <= Fraction(1, 2 ** (n * power)))

    return every(range(1, 4), holds, "the discrepancy", "n to 3, all rectangles")


THRESHOLD_FUNCTIONS = (2, 4, 14, 104, 1882, 94572)


@check("exhaustive", flips={"weights to 2": {"known": 986}})
def threshold_functions(*, known: int = 1882, to: int = 4) -> Outcome:
    """There are 2, 4, 14, 104, 1882 threshold functions of 0 to 4 inputs (OEIS A000609)."""
    from tcsim.search import count_threshold_functions

    def holds(n: int) -> bool:
        right = known if n == 4 else THRESHOLD_FUNCTIONS[n]
        return count_threshold_functions(n) == right

    return every(range(to + 1), holds, "so many functions", f"n to {to}, all functions")


@check("exhaustive", cost="full", flips={"one more": {"more": 1}})
def threshold_functions_of_five(*, more: int = 0) -> Outcome:
    """There are 94572 threshold functions of 5 inputs."""
    from tcsim.search import count_threshold_functions

    found = count_threshold_functions(5)
    if found != THRESHOLD_FUNCTIONS[5] + more:
        return refuted(f"there are {found}", {"n": 5, "found": found})
    return exhausted("94572 functions", "n = 5, all 7581 positive functions", 7581)


def _majority_circuit(n: int) -> Circuit:
    from tcsim.library import get

    return get("majority").circuit(n=n)


@check("exhaustive", flips={"in the same depth": {"deeper": False}})
def tc0_in_nc1(*, deeper: bool = True) -> Outcome:
    """Majority of n <= 9 bits with fan-in 2: the same function, in depth at most 6 lg n + 6."""
    from math import log2

    from tcsim.transform import bounded_fanin

    def holds(n: int) -> bool:
        wide = _majority_circuit(n)
        narrow = bounded_fanin(wide)
        rows = _rows(n)
        limit = 6 * log2(n) + 6 if deeper else wide.depth
        return bool((wide(rows) == narrow(rows)).all()) and narrow.depth <= limit

    return every(range(3, 10), holds, "the same, in fan-in 2", "n from 3 to 9, all inputs")


@check("exhaustive", flips={"OR": {"of": "or"}, "two zeros less": {"less": 2}})
def gates_by_majority(*, of: str = "and", less: int = 0) -> Outcome:
    """AND of n bits is a strict majority of them and n - 1 zeros: AC circuits are TC circuits."""

    def holds(row: tuple[int, ...]) -> bool:
        padded = [*row, *[0] * (len(row) - 1 - less)]
        right = all(row) if of == "and" else any(row)
        return (2 * sum(padded) > len(padded)) == right

    cases = (row for n in range(2, 11) for row in product((0, 1), repeat=n))
    return every(cases, holds, "it is AND", "n from 2 to 10, all inputs")


@check("exhaustive", flips={"padding with two zeros less": {"less": 2}})
def thresholds_by_majority(*, less: int = 0) -> Outcome:
    """[s >= k] is a strict majority with a ones and b zeros, b - a = 2 k - 1 - n: n to 8, all k."""

    def holds(case: tuple[int, int]) -> bool:
        n, k = case
        difference = 2 * k - 1 - n
        zeros, ones = max(0, difference - less if difference > 0 else 0), max(0, -difference)
        return all((2 * (s + ones) > n + zeros + ones) == (s >= k) for s in range(n + 1))

    cases = ((n, k) for n in range(9) for k in range(n + 2))
    return every(cases, holds, "it is the threshold", "n to 8, k from 0 to n + 1")


@check("exhaustive", flips={"thresholds not moved": {"moved": False}})
def negative_weights(*, moved: bool = True) -> Outcome:
    """Terms of weights below 0 are NOT gates and a constant: weights -2..2, 3 inputs."""

    def holds(case: tuple[tuple[int, ...], int]) -> bool:
        weights, t = case
        up = sum(-w for w in weights if w < 0) if moved else 0
        for row in product((0, 1), repeat=3):
            plain = sum(w * x for w, x in zip(weights, row, strict=True)) >= t
            literals = [x if w >= 0 else 1 - x for w, x in zip(weights, row, strict=True)]
            total = sum(abs(w) * x for w, x in zip(weights, literals, strict=True))
            if plain != (total >= t + up):
                return False
        return True

    cases = product(product(range(-2, 3), repeat=3), range(-6, 8))
    return every(cases, holds, "the same function", "all such gates, all inputs")


@check("exhaustive", flips={"bit q + 1": {"bit": 1}})
def sums_of_numbers_in_depth_2(*, bit: int = 0) -> Outcome:
    """Bit q of a sum is an alternating sum of [T_q >= k 2^q]: 4 numbers of 3 bits, all."""

    def holds(row: tuple[int, ...]) -> bool:
        for q in range(4):
            part = sum(x % 2 ** (q + 1) for x in row)
            value = sum((-1) ** (k + 1) for k in range(1, 2 * len(row)) if part >= k * 2**q)
            if value != sum(row) >> q + bit & 1:
                return False
        return True

    return every(product(range(8), repeat=4), holds, "the bit", "all 4096 sums, bits 0 to 3")


@check("exhaustive", flips={"sum bit without the carry": {"carry": 0}})
def addition_by_carries(*, carry: int = 2) -> Outcome:
    """A sum bit is a + b + c_in - 2 c_out, and c_out one threshold: numbers of 5 bits, all."""

    def holds(case: tuple[int, ...]) -> bool:
        a, b = case
        c = [int(a % 2**j + b % 2**j >= 2**j) for j in range(6)]
        bits = [(a >> j & 1) + (b >> j & 1) + c[j] - carry * c[j + 1] for j in range(5)]
        return sum(bit << j for j, bit in enumerate(bits)) == (a + b) % 32

    return every(product(range(32), repeat=2), holds, "it is the sum", "all pairs of 5 bits")


@check("exhaustive", flips={"all of depth 1": {"depth": 1}})
def step_networks_are_circuits(*, depth: int = 2) -> Outcome:
    """A network of step activations with weights -1, 0, 1 is a circuit as deep: 2 inputs, 2 + 1.

    All 6561 ways to choose weights of the first layer and thresholds; the built circuit agrees.
    """
    import tcsim as tc

    rows = _rows(2)

    def holds(case: tuple[int, ...]) -> bool:
        w = np.array(case[:4]).reshape(2, 2)
        t = np.array(case[4:6])
        b = tc.Builder(share=False, fold=False)
        x = b.inputs("x", 2)
        hidden = [tc.dot(w[:, j].tolist(), list(x)) >= int(t[j]) for j in range(2)]
        b.output("y", tc.sum(hidden) >= 1)
        made = b.build()
        layer = (rows.astype(int) @ w >= t).astype(int)
        right = layer.sum(axis=1) >= 1
        return bool((made(rows)[:, 0] == right).all()) and made.depth <= depth

    cases = product((-1, 0, 1), repeat=6)
    return every(cases, holds, "circuit and network agree", "729 networks, all inputs")


@check("solver", flips={"with the carry left out": {"right": False}})
def two_adders_agree(*, right: bool = True) -> Outcome:
    """The depth-2 adder and the carry look-ahead adder of AC0 are one function: 6 bits, by SAT.

    Needs the extra ``sat``; the outcome has the digest of the DRAT proof.
    """
    from proofs_check.methods.solver import same_function
    from tcsim.library import get
    from tcsim.transform import bounded_fanin

    one = bounded_fanin(get("addition").circuit(n=4))
    other = get("addition-ac0").circuit(n=4) if right else get("subtraction").circuit(n=4)
    if one.n_outputs != other.n_outputs:
        count = min(one.n_outputs, other.n_outputs)
        one = one.replace(
            output_wire=one.output_wire[:count], output_names=one.output_names[:count]
        )
        other = other.replace(
            output_wire=other.output_wire[:count], output_names=other.output_names[:count]
        )
    return same_function(one, other, "the two adders agree on all inputs")
