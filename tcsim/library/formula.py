"""Formulas: symbols, exact evaluation, text, and the logarithms that circuits bring with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sympy

from tcsim.errors import ArgumentError
from tcsim.library.exact import UnknownNodeError, value

if TYPE_CHECKING:
    from collections.abc import Mapping


def symbol(name: str, least: int | None = None) -> Any:  # noqa: ANN401
    """An integer symbol, known to be positive or not negative where `least` says so."""
    if least is None or least < 0:
        return sympy.Symbol(name, integer=True)
    if least == 0:
        return sympy.Symbol(name, integer=True, nonnegative=True)
    return sympy.Symbol(name, integer=True, positive=True)


def bit_length(n: Any) -> Any:  # noqa: ANN401
    """Binary digits of a positive integer: ``floor(lg n) + 1``."""
    return sympy.floor(sympy.log(n, 2)) + 1


def ceil_log2(n: Any) -> Any:  # noqa: ANN401
    """``ceiling(lg n)`` of a positive integer."""
    return sympy.ceiling(sympy.log(n, 2))


def evaluate(formula: Any, values: Mapping[str, int]) -> int:  # noqa: ANN401
    """The integer that a formula gives, exactly.

    Args:
        formula: a sympy expression.
        values: {name of a symbol: its number}.

    Raises:
        ArgumentError: a symbol has no value, or the result is no integer.
        LimitError: it has too many digits, or a sum in it too many terms.
    """
    try:
        result = value(formula, values)
    except UnknownNodeError:
        numbers = {free: values[str(free)] for free in formula.free_symbols}
        result = sympy.simplify(formula.subs(numbers).doit())
    if not sympy.sympify(result).is_integer:
        at = ", ".join(f"{name} = {number}" for name, number in values.items())
        raise ArgumentError(f"the formula {formula} gives {result} at {at}, which is no integer")
    return int(result)


class lg(sympy.Function):  # type: ignore[misc]  # noqa: N801
    """The logarithm to the base 2, for printing alone."""

    @classmethod
    def eval(cls, argument: Any) -> Any:  # noqa: ANN401
        """1 at 2: lg is not evaluated further."""
        return sympy.Integer(1) if argument == 2 else None


def text(formula: Any) -> str:  # noqa: ANN401
    """A formula as text, with lg for the logarithm to the base 2.

    Example:
        >>> text(bit_length(symbol("n", 1)))
        'floor(lg(n)) + 1'
    """
    plain = formula.xreplace(
        {dummy: sympy.Symbol(dummy.name) for dummy in formula.atoms(sympy.Dummy)}
    )
    return str(plain.replace(sympy.log, lambda x: lg(x) * sympy.log(2)))
