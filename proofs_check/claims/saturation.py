"""Appendix E: sums that saturate, and what the order of their summands does."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from proofs_check.checks import check
from proofs_check.methods import every, holds_on
from proofs_check.outcome import Outcome, exhausted, refuted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tcsim.library.languages.monoid import Monoid


def _accumulators(low: int, high: int, kind: str) -> Monoid:
    """The maps of partial sums that words of summands make, from left to right."""
    from tcsim.library.languages.monoid import compose, generate

    values = range(low, high + 1)
    size = len(values)

    def add(s: int, a: int) -> int:
        if kind == "wrap":
            return (s + a - low) % size + low
        if kind == "round":  # to even numbers where the sum is large, halves away from 0
            total = s + a
            if abs(total) > high // 2 and total % 2:
                total += 1 if total > 0 else -1
            return max(low, min(high, total))
        return max(low, min(high, s + a))

    moves = [tuple(add(s, a) - low for s in values) for a in values]
    return generate(tuple(range(size)), moves, compose)


@check("exhaustive", flips={"sums that wrap around": {"kind": "wrap"}})
def saturating_sums_are_aperiodic(*, kind: str = "clamp") -> Outcome:
    """Left to right, sums that saturate make aperiodic monoids: 2 and 3 bits, and 5 to 9 values."""
    sizes = {}
    for low, high in ((-2, 1), (-4, 3), (-1, 1), (-2, 2), (-3, 3), (-4, 4)):
        monoid = _accumulators(low, high, kind)
        sizes[f"{low}..{high}"] = len(monoid.elements)
        if not monoid.aperiodic:
            return refuted("a group is in it", {"low": low, "high": high, "kind": kind})
    says = "the monoids are aperiodic"
    return exhausted(says, "six ranges of partial sums", len(sizes), sizes=sizes)


@check("exhaustive", flips={"one step fewer": {"fewer": 3}, "any map": {"monotone": False}})
def monotone_maps_settle(*, fewer: int = 0, monotone: bool = True) -> Outcome:
    """A monotone map of a chain of m values has f^m = f^(m + 1): all of them, m to 6."""

    def power(f: tuple[int, ...], count: int) -> tuple[int, ...]:
        found = tuple(range(len(f)))
        for _ in range(count):
            found = tuple(f[s] for s in found)
        return found

    maps = (
        f
        for m in range(1, 7)
        for f in product(range(m), repeat=m)
        if not monotone or list(f) == sorted(f)
    )
    return every(
        maps,
        lambda f: power(f, max(0, len(f) - fewer)) == power(f, max(0, len(f) - fewer) + 1),
        "the powers settle",
        "monotone maps of chains of 1 to 6 values",
    )


def _tree(leaves: Sequence[int]) -> int:
    """Pairs first, then pairs of pairs: each sum clamped to -1 .. 1."""
    level = list(leaves)
    while len(level) > 1:
        level = [max(-1, min(1, a + b)) for a, b in zip(level[::2], level[1::2], strict=True)]
    return level[0]


Formula = tuple["str", "Formula", "Formula"] | int
"""("and" or "or", left, right), or a literal: i of input i, ~i of its complement."""


def _leaves(formula: Formula, height: int, bits: Sequence[int], *, minus: int) -> list[int]:
    """Summands of a balanced sum of 2^height of them whose value is the formula's."""
    if isinstance(formula, int):
        value = bits[formula] if formula >= 0 else 1 - bits[~formula]
        return [value] + [0] * (2**height - 1)
    kind, left, right = formula
    inner = height - 1 if kind == "or" else height - 3
    parts = [_leaves(part, inner, bits, minus=minus) for part in (left, right)]
    if kind == "or":
        return parts[0] + parts[1]
    # sat(sat(sat(a - 1) + sat(b - 1)) + 1)
    less = [-minus] + [0] * (2**inner - 1)
    one = [1] + [0] * (2 ** (height - 1) - 1)
    return [*parts[0], *less, *parts[1], *less, *one]


def _value(formula: Formula, bits: Sequence[int]) -> int:
    if isinstance(formula, int):
        return bits[formula] if formula >= 0 else 1 - bits[~formula]
    kind, left, right = formula
    a, b = _value(left, bits), _value(right, bits)
    return a & b if kind == "and" else a | b


def _height(formula: Formula) -> int:
    if isinstance(formula, int):
        return 0
    kind, left, right = formula
    return max(_height(left), _height(right)) + (1 if kind == "or" else 3)


def _xor(a: tuple[Formula, Formula], b: tuple[Formula, Formula]) -> tuple[Formula, Formula]:
    """A formula for the exclusive or, and one for its complement, from such pairs."""
    different: Formula = ("or", ("and", a[0], b[1]), ("and", a[1], b[0]))
    same: Formula = ("or", ("and", a[0], b[0]), ("and", a[1], b[1]))
    return different, same


@check("exhaustive", flips={"AND without the constant": {"minus": 0}})
def one_saturating_sum_is_parity(*, minus: int = 1) -> Outcome:
    """Parity of 4 bits by one balanced sum of values -1 .. 1 in which every sum saturates."""
    pairs: list[tuple[Formula, Formula]] = [(i, ~i) for i in range(4)]
    formula = _xor(_xor(pairs[0], pairs[1]), _xor(pairs[2], pairs[3]))[0]
    height = _height(formula)

    def holds(bits: tuple[int, ...]) -> bool:
        return _tree(_leaves(formula, height, bits, minus=minus)) == sum(bits) % 2

    found = every(product((0, 1), repeat=4), holds, "the sum is the parity", "all 16 inputs")
    leaves = 2**height
    return Outcome(found.kind, found.says, {**found.evidence, "leaves": leaves, "height": height})


@check("property", flips={"AND without the constant": {"minus": 0}})
def one_saturating_sum_is_any_formula(*, minus: int = 1) -> Outcome:
    """The same for random formulas of AND, OR and literals of 3 bits, depth to 4, all inputs."""
    from hypothesis import strategies as st

    formulas = st.recursive(
        st.integers(-3, 2),
        lambda part: st.tuples(st.sampled_from(("and", "or")), part, part),
        max_leaves=8,
    ).filter(lambda f: _height(f) <= 12)

    def holds(formula: Formula) -> bool:
        height = _height(formula)
        return all(
            _tree(_leaves(formula, height, bits, minus=minus)) == _value(formula, bits)
            for bits in product((0, 1), repeat=3)
        )

    return holds_on(formulas, holds, "the sum is the formula's value", count=60)


@check("exhaustive", flips={"it does not matter": {"matters": False}})
def order_of_summands_matters(*, matters: bool = True) -> Outcome:
    """In 3 bits, 8 times +1 then 7 times -1 is -4 from the left, in the other order 3."""

    def left_to_right(summands: list[int]) -> int:
        total = 0
        for a in summands:
            total = max(-4, min(3, total + a))
        return total

    found = left_to_right([1] * 8 + [-1] * 7), left_to_right([-1] * 7 + [1] * 8)
    if (found == (-4, 3)) != matters:
        return refuted(f"the sums are {found}", {"sums": found})
    return exhausted(f"the sums are {found}", "two orders", 2)


@check(
    "exhaustive",
    flips={"accumulators of 2 bits": {"bits": 2}, "of 3 bits": {"bits": 3}},
)
def exact_accumulators_count(*, bits: int = 0) -> Outcome:
    """Weights 1 and an exact sum give majority of n <= 9 bits; sums that saturate do not."""

    def total(row: tuple[int, ...]) -> int:
        value, high = 0, 2 ** (bits - 1) - 1 if bits else 10**9
        for bit in row:
            value = min(high, value + bit)
        return value

    rows = (row for n in range(1, 10) for row in product((0, 1), repeat=n))

    def holds(row: tuple[int, ...]) -> bool:
        return (2 * total(row) > len(row)) == (2 * sum(row) > len(row))

    return every(rows, holds, "it is the majority", "n to 9, all inputs")


def _is_even(p: tuple[int, ...]) -> bool:
    return sum(p[i] > p[j] for i in range(len(p)) for j in range(i + 1, len(p))) % 2 == 0
