"""Is a Boolean function one threshold gate? Weights and a threshold, or why there are none.

A function is a threshold function iff no multiset of points where it is 1 and no multiset, of as
many, where it is 0 have the same sum: such a pair is a certificate that anyone can add up.
Source: C. C. Elgot, "Truth functions realizable by single threshold organs", SWCT 1961; C. K. Chow,
"Boolean functions realizable with single threshold devices", Proc. IRE 49, 1961; S. Muroga,
Threshold Logic and Its Applications, 1971, chapters 3 and 5.
"""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

from tcsim.analysis import truth_values
from tcsim.search.gate import Refutation, ThresholdGate
from tcsim.search.simplex import LinearProgram

if TYPE_CHECKING:
    from tcsim.analysis.table import Function
    from tcsim.search.gate import Point

INPUT_LIMIT = 12
"""Most inputs of a function that is looked at."""


def threshold_gate(
    function: Function, output: int | str = 0, *, least: bool = True
) -> ThresholdGate | Refutation:
    """One threshold gate for a function, or a certificate that there is none.

    Args:
        function: a circuit of at most 12 inputs, or a truth table of 2**n values.
        output: which output of a circuit, by number or name.
        least: find the integer weights of the least sum of absolute values (branch and bound over
            exact linear programs); without it, some integer weights.

    Raises:
        ArgumentError: no such output, or what is no truth table.
        LimitError: more than 12 inputs.

    Example:
        >>> threshold_gate([0, 0, 0, 1, 0, 1, 1, 1])
        ThresholdGate(weights=(1, 1, 1), threshold=2)
        >>> threshold_gate([0, 1, 1, 0])  # XOR: (1, 0) + (0, 1) = (0, 0) + (1, 1)
        Refutation(ones=((1, 0), (0, 1)), zeros=((0, 0), (1, 1)))
    """
    values = truth_values(function, output, most=INPUT_LIMIT).tolist()
    n = len(values).bit_length() - 1
    if len(set(values)) == 1:
        return ThresholdGate((0,) * n, 1 - values[0])
    flipped = 0
    for i in range(n):
        up, down = _steps(values, i)
        if up is not None and down is not None:
            rise, fall = up | 1 << i, down | 1 << i
            return Refutation((_point(rise, n), _point(down, n)), (_point(up, n), _point(fall, n)))
        if down is not None:
            flipped |= 1 << i
    # From here on the function is positive: raising an input never turns it off.
    positive = [values[x ^ flipped] for x in range(len(values))]
    found = _separate(positive, n, least=least)
    if isinstance(found, Refutation):
        sides = (
            [tuple(b ^ flipped >> i & 1 for i, b in enumerate(p)) for p in side]
            for side in (found.ones, found.zeros)
        )
        return Refutation(*(tuple(side) for side in sides))
    # w * (1 - x) = w - w * x.
    moved = sum(w for i, w in enumerate(found.weights) if flipped >> i & 1)
    weights = (-w if flipped >> i & 1 else w for i, w in enumerate(found.weights))
    return ThresholdGate(tuple(weights), found.threshold - moved)


def is_threshold(function: Function, output: int | str = 0) -> bool:
    """Whether a function is one threshold gate; arguments as `threshold_gate`."""
    return isinstance(threshold_gate(function, output, least=False), ThresholdGate)


def _steps(values: list[int], i: int) -> tuple[int | None, int | None]:
    """A point with x_i = 0 at which raising input i turns the function on, and one for off."""
    up = down = None
    for x in range(len(values)):
        if not x >> i & 1 and values[x] != values[x | 1 << i]:
            if values[x]:
                down = x if down is None else down
            else:
                up = x if up is None else up
    return up, down


def _separate(values: list[int], n: int, *, least: bool) -> ThresholdGate | Refutation:
    """A gate for a positive function that is not constant, or a certificate."""
    minimal = [
        x
        for x, bit in enumerate(values)
        if bit and not any(values[x ^ 1 << i] for i in range(n) if x >> i & 1)
    ]
    maximal = [
        x
        for x, bit in enumerate(values)
        if not bit and all(values[x | 1 << i] for i in range(n) if not x >> i & 1)
    ]
    program = LinearProgram([1] * n + [0])
    if not _solve(program, minimal, maximal, n):
        assert program.contradiction is not None  # noqa: S101
        return _refutation(program.contradiction, n)
    weights = _integral(program, minimal, maximal, n) if least else _scaled(program, n)
    return ThresholdGate(tuple(weights), 1 + max(_sum(weights, x) for x in maximal))


def _solve(program: LinearProgram, minimal: list[int], maximal: list[int], n: int) -> bool:
    """Add constraints that the optimum violates, until it violates none; whether there is one."""
    while True:
        solution, one = program.scaled
        lowest = min(minimal, key=lambda x: _sum(solution, x))
        highest = max(maximal, key=lambda x: _sum(solution, x))
        before = solution[n]
        added = False
        if _sum(solution, lowest) < before:
            added = True
            if not program.add(("one", lowest), [*_point(lowest, n), -1], 0):
                return False
        if before < _sum(solution, highest) + one:
            added = True
            name = ("zero", highest)
            if not program.add(name, [*(-bit for bit in _point(highest, n)), 1], 1):
                return False
        if not added:
            return True


def _scaled(program: LinearProgram, n: int) -> list[int]:
    weights = program.scaled[0][:n]
    divisor = math.gcd(*weights)
    return [w // divisor for w in weights]


def _integral(program: LinearProgram, minimal: list[int], maximal: list[int], n: int) -> list[int]:
    """The integer weights of least sum, by branch and bound; there are some."""
    best = _scaled(program, n)
    waiting = [program]
    steps = 0
    while waiting:
        node = waiting.pop()
        if math.ceil(node.value) >= sum(best):
            continue
        solution, one = node.scaled
        broken = next((i for i in range(n) if solution[i] % one), None)
        if broken is None:
            best = [w // one for w in solution[:n]]
            continue
        for side in (1, -1):
            steps += 1
            other = node.copy()
            bound = -(-solution[broken] // one) if side > 0 else -(solution[broken] // one)
            row = [side * (i == broken) for i in range(n + 1)]
            if other.add(("branch", steps), row, bound) and _solve(other, minimal, maximal, n):
                waiting.append(other)
    return best


def _refutation(multipliers: dict[tuple[str, int], int], n: int) -> Refutation:
    """Farkas' multipliers as points of equal sums.

    They say: the ones, counted so often, are at least as many as the zeros, and in no coordinate is
    the sum of the ones larger. Some ones too many may be left out, and ones may be raised where
    their sum is lower: the function is positive, so it stays 1.
    """
    divisor = math.gcd(*multipliers.values())
    count = {name: k // divisor for name, k in multipliers.items()}
    zeros = [x for (kind, x), k in count.items() if kind == "zero" for _ in range(k)]
    ones = [x for (kind, x), k in count.items() if kind == "one" for _ in range(k)][: len(zeros)]
    for i in range(n):
        missing = sum(x >> i & 1 for x in zeros) - sum(x >> i & 1 for x in ones)
        for place, x in enumerate(ones):
            if missing and not x >> i & 1:
                ones[place] |= 1 << i
                missing -= 1
    both = Counter(ones), Counter(zeros)
    divisor = math.gcd(*both[0].values(), *both[1].values())
    sides = (
        tuple(_point(x, n) for x, k in sorted(side.items()) for _ in range(k // divisor))
        for side in both
    )
    return Refutation(*sides)


def _sum(weights: list[int], x: int) -> int:
    total, i = 0, 0
    while x:
        if x & 1:
            total += weights[i]
        x >>= 1
        i += 1
    return total


def _point(x: int, n: int) -> Point:
    return tuple(x >> i & 1 for i in range(n))
