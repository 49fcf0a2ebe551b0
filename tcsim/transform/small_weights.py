"""Small weights: gates with large weights as constant-depth circuits of gates with small ones.

The explicit route (iterated addition, then comparison), after Hofmeister, Hohberg and Koehling
1991: the binary weights are cut into blocks of L columns, a block's column sum is read off a
thermometer of thresholds with weights below 2**L, its low and high half are digits of base 2**L,
and the digits are compared with those of the threshold through carries.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcsim.errors import ArgumentError
from tcsim.expressions import Condition, LinearForm, Signal
from tcsim.expressions import all as conjunction
from tcsim.expressions import any as disjunction
from tcsim.expressions import sum as total
from tcsim.transform.rebuild import Copy, compare

if TYPE_CHECKING:
    from tcsim.circuit import Circuit

DEPTH_PER_GATE = 7
"""Levels of the replacement of one gate: thermometer, generate/propagate, AND, OR (the carries),
digit comparisons, AND, OR."""


def small_weights(circuit: Circuit, bound: int | None = None) -> Circuit:
    """A circuit in which no weight exceeds a bound; costs constant depth per replaced gate.

    Args:
        circuit: any circuit.
        bound: gates with a larger absolute weight are replaced; by default, and at least, twice
            the largest fan-in, rounded up to a power of two.

    Returns:
        A circuit of at most `DEPTH_PER_GATE` times the depth. A gate of fan-in n with weights of
        b bits costs O(n**2 b / log n) gates.

    Raises:
        ArgumentError: the bound is smaller than the construction can keep.
    """
    copy = Copy(circuit)
    copy.add_inputs()
    # Operands of weight 0 need no wire in the replacement.
    least = 2 << _block_length(circuit.measures.max_fan_in)
    if bound is None:
        bound = least
    if bound < least:
        raise ArgumentError(
            f"bound must be at least {least} for a largest fan-in of "
            f"{circuit.measures.max_fan_in}, not {bound}"
        )

    def make(gate: int) -> Signal:
        terms = [(wire, weight) for wire, weight in copy.terms(gate) if weight]
        if all(abs(weight) <= bound for _, weight in terms):
            return copy.same_gate(gate)
        literals, limit = [], circuit.threshold(gate)
        for wire, weight in terms:
            signal = copy.signals[wire]
            literals.append((signal if weight > 0 else ~signal, abs(weight)))
            limit += max(-weight, 0)
        return copy.builder.materialize(small_threshold(literals, limit))

    copy.add_gates(make)
    return copy.finish()


def _block_length(fan_in: int) -> int:
    """L, so that the sum of a block's L columns of `fan_in` bits stays below 2**(2 L)."""
    return max(fan_in.bit_length(), 1)


def small_threshold(literals: list[tuple[Signal, int]], limit: int) -> Signal:
    """``sum weight * literal >= limit`` for positive weights, in `DEPTH_PER_GATE` levels.

    Args:
        literals: (signal, weight), weights of any size.
        limit: any integer; the result is constant where it is not in 1 .. sum of the weights.
    """
    total_weight = sum(weight for _, weight in literals)
    if not 0 < limit <= total_weight:
        return compare([], 0 if limit <= 0 else 1)
    length = _block_length(len(literals))
    blocks = -(-max(weight for _, weight in literals).bit_length() // length)
    sums = [_thermometer(literals, block * length, length) for block in range(blocks)]
    # Digit j: the low half of block j and the high half of block j - 1, below 2**(L+1).
    digits = []
    for j in range(blocks + 1):
        low = _digit(sums[j], length, high=False) if j < blocks else total([])
        high = _digit(sums[j - 1], length, high=True) if j > 0 else total([])
        digits.append(low + high)
    exact = _carry(digits, length)
    if limit >> length * len(exact):
        return compare([], 1)
    return _at_least(exact, limit, length)


def _thermometer(literals: list[tuple[Signal, int]], first: int, length: int) -> list[Condition]:
    """Conditions [block sum >= v] for v = 1 .. the largest block sum."""
    mask = (1 << length) - 1
    terms = [(signal, weight >> first & mask) for signal, weight in literals]
    terms = [(signal, weight) for signal, weight in terms if weight]
    return [compare(terms, v) for v in range(1, sum(weight for _, weight in terms) + 1)]


def _digit(steps: list[Condition], length: int, *, high: bool) -> LinearForm:
    """The low or high half of a block sum, as a linear form over its thermometer."""
    base = 1 << length
    if high:
        return total(steps[v - 1] for v in range(base, len(steps) + 1, base))
    return total(
        (1 - base if v % base == 0 else 1) * steps[v - 1] for v in range(1, len(steps) + 1)
    )


def _carry(digits: list[LinearForm], length: int) -> list[LinearForm]:
    """Digits below 2**(L+1) as exact digits below 2**L, by carry look-ahead."""
    base = 1 << length
    generate = [digit >= base for digit in digits]
    propagate = [digit >= base - 1 for digit in digits]
    carries: list[LinearForm] = [total([])]
    for j in range(1, len(digits) + 1):
        reasons = [
            conjunction([generate[i], *propagate[i + 1 : j]]) if i + 1 < j else generate[i]
            for i in range(j)
        ]
        carries.append(disjunction(reasons).linear())
    exact = [
        digit + carry - base * out
        for digit, carry, out in zip(digits, carries, carries[1:], strict=False)
    ]
    return [*exact, carries[-1]]


def _at_least(digits: list[LinearForm], limit: int, length: int) -> Signal:
    """Whether exact digits make at least `limit`: the highest difference decides."""
    wanted = [limit >> length * j & ((1 << length) - 1) for j in range(len(digits))]
    at_least = [digit >= want for digit, want in zip(digits, wanted, strict=True)]
    more = [digit >= want + 1 for digit, want in zip(digits, wanted, strict=True)]
    cases = [conjunction([more[j], *at_least[j + 1 :]]) for j in range(len(digits))]
    return disjunction([*cases, conjunction(at_least)])
