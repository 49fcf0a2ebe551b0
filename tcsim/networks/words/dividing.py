"""Quotient and remainder of binary words, two digits of the quotient at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcsim.networks.words.template import Form, total

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tcsim.networks.codes import Code
    from tcsim.networks.words.template import Template
    from tcsim.networks.words.word import Word

_PLACES = 2
"""Digits of the quotient that one step finds: ``2**_PLACES - 1`` comparisons at once."""


def divide(t: Template, code: Code, x: Word, y: Word) -> list[Form]:
    """X / y rounded toward 0; 0 where y is 0."""
    quotient, _, (a, b) = _divided(t, x, y)
    negative = _differ(t, a, b)
    return t.digits(_signed(t, quotient, negative) - code.lo, code.wires)


def remainder(t: Template, code: Code, x: Word, y: Word) -> list[Form]:
    """X - y (x / y rounded toward 0), which has the sign of x; 0 where y is 0."""
    _, rest, (a, _) = _divided(t, x, y)
    digits = _places(t, rest, y)
    return t.digits(_signed(t, _number(digits), a) - code.lo, code.wires)


def modulo(t: Template, code: Code, x: Word, y: Word) -> list[Form]:
    """X - y floor(x / y), which has the sign of y; 0 where y is 0.

    With r the remainder of the magnitudes it is r in the sign of y where the signs are equal or r
    is 0, and ``y`` less r in the sign of y elsewhere.
    """
    _, rest, (a, b) = _divided(t, x, y)
    digits = _places(t, rest, y)
    differ = _differ(t, a, b)
    flipped = [t.all([digit, differ]) for digit in digits]
    straight = [t.all([digit, ~differ]) for digit in digits]
    # Where the signs differ the result is y + r if y < 0, that is x > 0; else y - r.
    one_sign = _signed(t, _number(straight), b)
    other_sign = _signed(t, _number(flipped), ~b)
    wraps = t.all([differ, t.any(digits)])
    added = total(t.all([bit, wraps]) * (1 << k) for k, bit in enumerate(y.bits))
    value = one_sign + other_sign + added + wraps * y.code.lo
    return t.digits(value - code.lo, code.wires)


def _divided(t: Template, x: Word, y: Word) -> tuple[Form, Form, tuple[Form, Form]]:
    """Quotient and remainder of the magnitudes, as forms, and the signs of x and y."""
    signs = tuple(t.gate(one.value * -1, 1) for one in (x, y))
    dividend, divisor = (_signed(t, word, sign) for word, sign in zip((x, y), signs, strict=True))
    zero = t.all(y.equals(0)) if y.code.lo <= 0 <= y.code.hi else Form()
    most = max(abs(x.code.lo), abs(x.code.hi))
    block = most + 1
    quotient, rest = Form(), dividend
    first = -(-most.bit_length() // _PLACES) * _PLACES - _PLACES
    for place in range(first, -1, -_PLACES):
        steps = [
            t.gate(rest - divisor * (c << place) - zero * block, 0) for c in range(1, 1 << _PLACES)
        ]
        quotient = quotient + total(steps) * (1 << place)
        taken = total(_product(t, step, divisor) for step in steps)
        rest = rest - taken * (1 << place)
    return quotient, rest, signs  # type: ignore[return-value]


def _places(t: Template, rest: Form, y: Word) -> list[Form]:
    """The digits of a remainder, which is below every divisor; 0 where y is 0."""
    most = max(abs(y.code.lo), abs(y.code.hi))
    digits = t.digits(rest, most.bit_length())
    if not y.code.lo <= 0 <= y.code.hi:
        return digits
    nonzero = ~t.all(y.equals(0))
    return [t.all([digit, nonzero]) for digit in digits]


def _signed(t: Template, word: Word | Form, negative: Form) -> Form:
    """The value, or minus the value where a signal is 1: for ``v`` it is ``v - 2 negative v``."""
    value = word if isinstance(word, Form) else word.value
    if not negative.terms:
        return value * -1 if negative.constant else value
    return value - _product(t, negative, value) * 2


def _product(t: Template, signal: Form, value: Form) -> Form:
    """A signal times a form: an AND with each of its wires."""
    if not signal.terms:
        return value if signal.constant else Form()
    ands = total(t.all([signal, Form({wire: 1})]) * weight for wire, weight in value.terms.items())
    return ands + signal * value.constant


def _differ(t: Template, a: Form, b: Form) -> Form:
    if not a.terms:
        return ~b if a.constant else b
    if not b.terms:
        return ~a if b.constant else a
    return t.gate(a + b - t.all([a, b]) * 2, 1)


def _number(digits: Sequence[Form]) -> Form:
    return total(digit * (1 << k) for k, digit in enumerate(digits))
