"""Formulas at integers, exactly: what sympy's own substitution does, a hundred times as fast."""

from __future__ import annotations

import math
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Any

import sympy

from tcsim.errors import ArgumentError, LimitError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    Number = int | Fraction
    At = Mapping[Any, Number]
    Rule = Callable[[Any, At], Any]

MOST_TERMS = 500_000
"""Of a sum that is added up term by term, with those of the sums inside it."""

_SPENT = "terms of the outermost sum so far"

MOST_DIGITS = 10_000_000
"""Binary digits of a power."""


class UnknownNodeError(Exception):
    """A part of the formula has no rule here; sympy may know better."""


def value(formula: Any, at: At) -> Any:  # noqa: ANN401
    """The value of an expression (an integer or fraction) or condition (a truth value).

    Args:
        formula: a sympy expression.
        at: {name of a symbol: number}, and numbers of the indices of sums by themselves.

    Raises:
        UnknownNodeError: it holds a function without a rule here, or an irrational value.
        ArgumentError: a symbol has no number.
        LimitError: it holds a sum of more than `MOST_TERMS` terms, or a power of more than
            `MOST_DIGITS` binary digits.
    """
    if formula.is_Symbol:
        return _number(formula, at)
    rule = _RULES.get(formula.func)
    if formula.is_Rational:
        return formula.p if formula.q == 1 else Fraction(formula.p, formula.q)
    if rule is None:
        raise UnknownNodeError(str(formula.func))
    return rule(formula, at)


def _number(symbol: Any, at: At) -> Number:  # noqa: ANN401
    for key in (symbol, symbol.name):
        if key in at:
            return at[key]
    raise ArgumentError(f"a formula uses {symbol}, which is no quantity; there are {list(at)}")


def _values(formula: Any, at: At) -> Iterator[Any]:  # noqa: ANN401
    return (value(part, at) for part in formula.args)


def _power(formula: Any, at: At) -> Number:  # noqa: ANN401
    base, exponent = _values(formula, at)
    if exponent != int(exponent):
        raise UnknownNodeError("a root")
    power = _raised(base, abs(int(exponent)))
    return power if exponent >= 0 else 1 / Fraction(power)


def _raised(base: Number, exponent: int) -> Number:
    length = max(base.numerator.bit_length(), base.denominator.bit_length()) - 1
    if length * exponent > MOST_DIGITS:
        raise LimitError(
            f"a formula has a power of more than {MOST_DIGITS:,} binary digits: take smaller "
            "parameters"
        )
    power: Number = base**exponent
    return power


def _floor(formula: Any, at: At) -> int:  # noqa: ANN401
    inside = _logarithm(formula.args[0])
    if inside is None:
        above, below = _quotient(formula.args[0], at)
        return above // below
    return _positive(inside, at).bit_length() - 1


def _ceiling(formula: Any, at: At) -> int:  # noqa: ANN401
    inside = _logarithm(formula.args[0])
    if inside is None:
        above, below = _quotient(formula.args[0], at)
        return -(-above // below)
    return (_positive(inside, at) - 1).bit_length()


def _quotient(formula: Any, at: At) -> tuple[int, int]:  # noqa: ANN401
    """A value as a numerator and a positive denominator, without the cost of reducing them."""
    above: Number = 1
    below: Number = 1
    for factor in formula.args if formula.func is sympy.Mul else (formula,):
        if factor.func is sympy.Pow:
            base, exponent = _values(factor, at)
            if base > 0 and exponent < 0 and exponent == int(exponent):
                below *= _raised(base, -int(exponent))
                continue
        above *= value(factor, at)
    return above.numerator * below.denominator, above.denominator * below.numerator


@cache
def _logarithm(formula: Any) -> Any:  # noqa: ANN401
    """x, if a formula is lg x; else None."""
    natural = formula * sympy.log(2)
    return natural.args[0] if isinstance(natural, sympy.log) else None


def _positive(formula: Any, at: At) -> int:  # noqa: ANN401
    number = value(formula, at)
    if number != int(number) or number < 1:
        raise UnknownNodeError("the logarithm of no positive integer")
    return int(number)


def _choice(formula: Any, at: At) -> Any:  # noqa: ANN401
    for branch, condition in formula.args:
        if value(condition, at):
            return value(branch, at)
    raise UnknownNodeError("no case holds")


def _sum(formula: Any, at: At) -> Number:  # noqa: ANN401
    term, *inner, (index, first, last) = formula.args
    below, above = value(first, at), value(last, at)
    spent: Any = at.get(_SPENT, [0])
    spent[0] += max(above - below + 1, 0)
    if spent[0] > MOST_TERMS:
        raise LimitError(
            f"a formula has a sum of more than {MOST_TERMS:,} terms: take smaller parameters"
        )
    if above < below - 1 or below != int(below) or above != int(above):
        raise UnknownNodeError("a sum with reversed or fractional limits")
    rest = sympy.Sum(term, *inner) if inner else term
    total: Number = 0
    for k in range(int(below), int(above) + 1):
        total += value(rest, {**at, index: k, _SPENT: spent})
    return total


def _binomial(formula: Any, at: At) -> int:  # noqa: ANN401
    n, k = _values(formula, at)
    if n != int(n) or k != int(k) or n < 0:
        raise UnknownNodeError("a binomial coefficient of other than natural numbers")
    return math.comb(int(n), int(k)) if k >= 0 else 0


def _relation(test: Callable[[Any, Any], bool]) -> Rule:
    return lambda formula, at: test(*_values(formula, at))


_RULES: dict[Any, Rule] = {
    sympy.Add: lambda formula, at: sum(_values(formula, at)),
    sympy.Mul: lambda formula, at: math.prod(_values(formula, at)),
    sympy.Pow: _power,
    sympy.floor: _floor,
    sympy.ceiling: _ceiling,
    sympy.Min: lambda formula, at: min(_values(formula, at)),
    sympy.Max: lambda formula, at: max(_values(formula, at)),
    sympy.Abs: lambda formula, at: abs(value(formula.args[0], at)),
    sympy.Mod: lambda formula, at: value(formula.args[0], at) % value(formula.args[1], at),
    sympy.Piecewise: _choice,
    sympy.Sum: _sum,
    sympy.binomial: _binomial,
    sympy.Ge: _relation(lambda a, b: a >= b),
    sympy.Gt: _relation(lambda a, b: a > b),
    sympy.Le: _relation(lambda a, b: a <= b),
    sympy.Lt: _relation(lambda a, b: a < b),
    sympy.Eq: _relation(lambda a, b: a == b),
    sympy.Ne: _relation(lambda a, b: a != b),
    sympy.And: lambda formula, at: all(_values(formula, at)),
    sympy.Or: lambda formula, at: any(_values(formula, at)),
    sympy.Not: lambda formula, at: not value(formula.args[0], at),
    type(sympy.true): lambda _, __: True,
    type(sympy.false): lambda _, __: False,
}
