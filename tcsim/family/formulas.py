"""Formulas in n: exact ones, and bounds O(...). Text is read without being executed."""

from __future__ import annotations

import ast
import operator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tcsim.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Callable

    import sympy

_OPERATORS: dict[type[ast.AST], Callable[..., Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
    ast.Mod: operator.mod,
    ast.UAdd: operator.pos,
    ast.USub: operator.neg,
}
MOST_CHARACTERS = 2_000
"""Longest text of a formula."""
MOST_DIGITS = 30
"""Longest number in a formula's text."""


@dataclass(frozen=True)
class Formula:
    """A declared value, or a declared growth, of one measure.

    Attributes:
        text: as it is printed.
        expression: the sympy expression; in a bound, what stands inside O(...). None where only
            `function` is known.
        is_bound: whether it is O(...).
        function: n -> value, instead of an expression.
    """

    text: str
    expression: sympy.Expr | None
    is_bound: bool = False
    function: Callable[[int], int] | None = None

    def value(self, n: int) -> int:
        """The exact value at n.

        Raises:
            ArgumentError: it is no integer there.
        """
        if self.function is not None:
            return self.function(n)
        found = at(self.expression, n)
        if not found.is_Integer:
            raise ArgumentError(f"the formula {self.text} gives {found} at n = {n}, no integer")
        return int(found)


def symbol() -> sympy.Symbol:
    """The n of all formulas: an integer, positive."""
    import sympy

    return sympy.Symbol("n", integer=True, positive=True)


def at(expression: Any, n: int) -> sympy.Expr:  # noqa: ANN401
    """An expression with a number put in for n."""
    value = expression.subs(dict.fromkeys(expression.free_symbols, n)).doit()
    if not value.is_Integer:
        value = value.simplify()
    return value


def formula(given: object) -> Formula:
    """A formula from text, an integer or a sympy expression.

    Args:
        given: such as ``"n + floor(lg(n)) + 1"``, ``"O(n**2)"``, ``7`` or a sympy expression whose
            only symbol is n. In text: ``+ - * / // % **``, `lg` (base 2), `log` (natural), `floor`,
            `ceil`, `min`, `max`, `sqrt`, `binomial`, `factorial`.

    Raises:
        ArgumentError: it is none of these.

    Example:
        >>> formula("n*(n - 1)/2 + ceil(lg(n))").value(5)
        13
        >>> formula("O(n**2)").is_bound
        True
    """
    import sympy

    if isinstance(given, Formula):
        return given
    if isinstance(given, str):
        return _from_text(given)
    try:
        expression = sympy.sympify(given, strict=True)
    except (sympy.SympifyError, TypeError, ValueError):
        expression = None
    if not isinstance(expression, sympy.Expr | sympy.Order):
        raise ArgumentError(f"a formula is text, an integer or a sympy expression, not {given!r}")
    if expression.is_number and not expression.is_Integer:
        raise ArgumentError(f"a formula gives integers, and {given!r} is none")
    names = {str(one) for one in expression.free_symbols} - {"n"}
    if names:
        raise ArgumentError(f"the formula {expression} uses {min(names)}; its only symbol is n")
    expression = expression.subs(dict.fromkeys(expression.free_symbols, symbol()))
    return Formula(str(expression), expression)


def _from_text(text: str) -> Formula:
    stripped = text.strip()
    is_bound = stripped.startswith("O(") and stripped.endswith(")")
    inner = stripped[2:-1] if is_bound else stripped
    if len(text) > MOST_CHARACTERS:
        raise ArgumentError(f"a formula has {len(text):,} characters, more than {MOST_CHARACTERS}")
    try:
        tree = ast.parse(inner.replace("^", "**").strip(), mode="eval")
        expression = _expression(tree.body, text)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        if isinstance(error, ArgumentError):
            raise
        raise ArgumentError(f"cannot read the formula {text!r}: write it as n**2 + 1") from None
    return Formula(stripped, expression, is_bound)


def _expression(node: ast.expr, text: str) -> Any:  # noqa: ANN401
    import sympy

    match node:
        case ast.Constant(value=int() as value) if not isinstance(value, bool):
            if len(str(value)) > MOST_DIGITS:
                raise ArgumentError(f"the formula {text!r} holds a number of too many digits")
            return sympy.Integer(value)
        case ast.Name(id="n"):
            return symbol()
        case ast.BinOp(left=left, op=ast.FloorDiv(), right=right):
            return sympy.floor(_expression(left, text) / _expression(right, text))
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATORS:
            a, b = _expression(left, text), _expression(right, text)
            if isinstance(op, ast.Pow) and a.is_number and b.is_number and abs(b) > 64:
                raise ArgumentError(f"the formula {text!r} holds a number that is too large")
            return _finite(_OPERATORS[type(op)](a, b), text)
        case ast.UnaryOp(op=op, operand=operand) if type(op) in _OPERATORS:
            return _OPERATORS[type(op)](_expression(operand, text))
        case ast.Call(func=ast.Name(id=name), args=args, keywords=[]) if name in _functions():
            try:
                value = _functions()[name](*[_expression(one, text) for one in args])
            except TypeError:
                raise ArgumentError(
                    f"the formula {text!r} gives {name} the wrong arguments"
                ) from None
            return _finite(value, text)
    raise ArgumentError(
        f"the formula {text!r} holds {ast.unparse(node)!r}; it may use n, integers, "
        f"+ - * / // % **, {', '.join(_functions())}"
    )


def _finite(value: sympy.Expr, text: str) -> sympy.Expr:
    import sympy

    if value.has(sympy.zoo, sympy.nan, sympy.oo, -sympy.oo):
        raise ArgumentError(f"the formula {text!r} divides by zero")
    return value


def _functions() -> dict[str, Callable[..., Any]]:
    import sympy

    return {
        "lg": lambda x: sympy.log(x, 2),
        "log": sympy.log,
        "floor": sympy.floor,
        "ceil": sympy.ceiling,
        "ceiling": sympy.ceiling,
        "min": sympy.Min,
        "max": sympy.Max,
        "sqrt": sympy.sqrt,
        "binomial": sympy.binomial,
        "factorial": sympy.factorial,
    }
