"""Addition, multiplication, bitwise operators and shifts of binary words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcsim.networks.words.template import Form, total

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tcsim.networks.codes import Code
    from tcsim.networks.words.template import Template
    from tcsim.networks.words.word import Word


def at_least(t: Template, code: Code, x: Word, y: Word) -> list[Form]:
    """Whether x >= y: one gate."""
    del code  # a bit
    return [t.gate(x.value - y.value, 0)]


def more(t: Template, code: Code, x: Word, y: Word) -> list[Form]:
    """Whether x > y: one gate."""
    del code
    return [t.gate(x.value - y.value, 1)]


def equal(t: Template, code: Code, x: Word, y: Word) -> list[Form]:
    """Whether x = y: the AND of two gates."""
    del code
    return [t.all([t.gate(x.value - y.value, 0), t.gate(y.value - x.value, 0)])]


def cast(t: Template, code: Code, x: Word) -> list[Form]:
    """X modulo the range of a code."""
    return x.in_code(t, code)


def add(t: Template, code: Code, x: Word, y: Word) -> list[Form]:
    """X + y: a ladder of at most three steps a digit, and the digit. Depth 2."""
    return t.digits(x.value + y.value - code.lo, code.wires)


def subtract(t: Template, code: Code, x: Word, y: Word) -> list[Form]:
    """X - y, likewise."""
    return t.digits(x.value - y.value - code.lo, code.wires)


def multiply(t: Template, code: Code, x: Word, y: Word) -> list[Form]:
    """X y: the ANDs of all pairs of digits, and the digits of their weighted sum. Depth 3."""
    a, b = x.code.lo, y.code.lo
    ands = [
        t.all([p, q]) * (1 << i + j)
        for i, p in enumerate(x.bits)
        for j, q in enumerate(y.bits)
        if i + j < code.wires
    ]
    linear = (x.value - a) * b + (y.value - b) * a + a * b
    return t.digits(total(ands) + linear - code.lo, code.wires)


def bitwise_and(t: Template, code: Code, x: Word, y: Word) -> list[Form]:
    """AND of two's complements, digit by digit. Depth 1."""
    return _bitwise(t, code, x, y, lambda a, b: t.all([a, b]))


def bitwise_or(t: Template, code: Code, x: Word, y: Word) -> list[Form]:
    """OR, likewise."""
    return _bitwise(t, code, x, y, lambda a, b: t.any([a, b]))


def bitwise_xor(t: Template, code: Code, x: Word, y: Word) -> list[Form]:
    """Exclusive OR, likewise. Depth 2: ``a + b - 2 (a AND b) >= 1``."""
    return _bitwise(t, code, x, y, lambda a, b: t.gate(a + b - t.all([a, b]) * 2, 1))


def bitwise_not(t: Template, code: Code, x: Word) -> list[Form]:
    """Every digit negated: -1 - x. No gate where the digits stand on wires."""
    return _offset(code, [~bit for bit in x.twos(t, code.wires)])


def shift_left(t: Template, code: Code, x: Word, y: Word) -> list[Form]:
    """X 2**y; 0 where y is negative or not below the number of digits. Depth 2."""
    bits = x.twos(t, code.wires)
    amounts = [j for j in range(code.wires) if y.code.lo <= j <= y.code.hi]
    made = [
        t.any(t.all([bits[q - j], *y.equals(j)]) for j in amounts if j <= q)
        for q in range(code.wires)
    ]
    return _offset(code, made)


def shift_right(t: Template, code: Code, x: Word, y: Word) -> list[Form]:
    """floor(x / 2**y). Depth 3, of words without a sign 2.

    Its sign alone is left where y is negative or not below the number of digits of the result.
    """
    signed = x.code.lo < 0
    bits = x.twos(t, max(-x.code.lo - 1, x.code.hi, 1).bit_length() + signed)
    sign = bits[-1] if signed else Form()
    amounts = [j for j in range(code.wires) if y.code.lo <= j <= y.code.hi]
    beyond = []
    if sign.terms:
        outside = [t.gate(y.value, code.wires), t.gate(y.value * -1, 1)]
        beyond = [t.all([sign, one]) for one in outside if one.terms or one.constant]
    longer = [*bits, *[sign] * (2 * code.wires)]
    made = [
        t.any([*(t.all([longer[q + j], *y.equals(j)]) for j in amounts), *beyond])
        for q in range(code.wires)
    ]
    return _offset(code, made)


def _bitwise(t: Template, code: Code, x: Word, y: Word, both) -> list[Form]:  # type: ignore[no-untyped-def]  # noqa: ANN001
    pairs = zip(x.twos(t, code.wires), y.twos(t, code.wires), strict=True)
    return _offset(code, [both(a, b) for a, b in pairs])


def _offset(code: Code, twos: Sequence[Form]) -> list[Form]:
    """Digits of a two's complement as those of a code that starts at 0 or at its least value."""
    return [*twos[:-1], ~twos[-1]] if code.lo < 0 else list(twos)
