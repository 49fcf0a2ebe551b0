"""One-bit expressions: parsed to postfix without recursion, then made into gates.

A chain such as ``a & b & ~c`` without parentheses is one gate; ``~`` and renaming cost nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tcsim.formats.assembly import Assembly

RANK = {"?": 0, "?:": 0, "||": 1, "&&": 2, "|": 3, "^": 4, "~^": 4, "^~": 4, "&": 5, "~": 6, "!": 6}
"""How tightly operators bind."""

BINARY = {"||": "|", "|": "|", "&&": "&", "&": "&", "^": "^", "~^": "~^", "^~": "~^"}
"""Binary operators, under the names of the gates they make."""

Program = list[tuple[str, int]]
"""Postfix: ("operand", i) the i-th operand, ("constant", 0 or 1), ("close", 0), or an operator."""


class Chain(NamedTuple):
    """Operands of one operator that is not a gate yet: the next operand may still join."""

    operator: str
    literals: list[int]
    inverted: bool = False


def make(assembly: Assembly, literals: list[int], program: Program) -> int:
    """The gates of an expression."""
    stack: list[int | Chain] = []

    def close(value: int | Chain) -> int:
        if not isinstance(value, Chain):
            return value
        if value.operator == "&":
            return assembly.conjunction(value.literals)
        if value.operator == "|":
            return assembly.disjunction(value.literals)
        return assembly.parity(value.literals, inverted=value.inverted)

    for what, number in program:
        if what == "operand":
            stack.append(literals[number])
        elif what == "constant":
            stack.append(number)
        elif what == "close":
            stack.append(close(stack.pop()))
        elif what == "~":
            stack.append(close(stack.pop()) ^ 1)
        elif what == "?:":
            no, yes, chosen = close(stack.pop()), close(stack.pop()), close(stack.pop())
            parts = [
                assembly.conjunction([chosen, yes]),
                assembly.conjunction([chosen ^ 1, no]),
            ]
            stack.append(assembly.disjunction(parts))
        else:
            right, left = close(stack.pop()), stack.pop()
            operator, negated = ("^", True) if what == "~^" else (what, False)
            if isinstance(left, Chain) and left.operator == operator:
                left.literals.append(right)
                stack.append(left._replace(inverted=left.inverted ^ negated))
            else:
                stack.append(Chain(operator, [close(left), right], negated))
    return close(stack.pop())
