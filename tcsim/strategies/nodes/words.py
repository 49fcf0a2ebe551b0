"""Machine integers: functions of binary words, and their sums."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcsim.networks import Code, WordArithmetic, WordSum
from tcsim.networks.operations.word_arithmetic import FUNCTIONS
from tcsim.strategies.nodes.linear import broadcastable

if TYPE_CHECKING:
    from tcsim.strategies.growth import Growth, Value


def word_arithmetic(growth: Growth) -> Value:
    """Any function; operands in one code or another."""
    name = growth.pick(list(FUNCTIONS))
    least, most = FUNCTIONS[name].operands
    count = growth.integer(least, min(most, 3))
    x = growth.coded(growth.any(), code=_first(growth, name, count))
    others = [
        growth.take(broadcastable(growth, x.shape), code=_word(growth)) for _ in range(count - 1)
    ]
    ranked = name.startswith("ranked")
    operation = WordArithmetic(
        name,
        _result(growth, name),
        rank=growth.integer(0, count - 1) if ranked else 0,
        descending=growth.chance(),
    )
    return growth.add(operation, x, *others)


def _first(growth: Growth, name: str, count: int) -> Code:
    """The code of the first operand."""
    if name == "select":
        return Code(0, 1, "binary")
    if name == "pick":
        low = growth.integer(1 - count, count - 3)
        return Code(low, growth.integer(low + 1, count - 2), "binary")
    return _word(growth)


def _word(growth: Growth) -> Code:
    """Any binary code."""
    return growth.code(("binary",))


def _result(growth: Growth, name: str) -> Code:
    """A code of as many values as a power of 2."""
    if name in ("at_least", "more", "equal"):
        return Code(0, 1, "binary")
    values = 1 << growth.integer(1, 3)
    low = growth.pick([0, -values // 2])
    if not FUNCTIONS[name].bitwise:
        low += growth.integer(0, 1)
    return Code(low, low + values - 1, "binary")


def word_sum(growth: Growth) -> Value:
    """Along the last axis."""
    x = growth.coded(growth.any(1), ("binary",))
    outputs = growth.length()
    values = 1 << growth.integer(1, 3)
    low = growth.integer(-values, 1)
    weights = growth.array((x.shape[-1], outputs))
    code = Code(low, low + values - 1, "binary")
    return growth.add(WordSum(weights, growth.array((outputs,)), code), x)


MAKERS = {WordSum: word_sum, WordArithmetic: word_arithmetic}
