"""Gates put into an order in which operands come first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from tcsim.typing import Integers


class Cycle(Exception):  # noqa: N818 - caught by the reader, which knows the lines
    """Gates that depend on each other: each reads the next, the last reads the first."""

    def __init__(self, gates: list[int]) -> None:
        super().__init__(gates)
        self.gates = gates


def topological_order(left: Integers, right: Integers) -> Integers:
    """Gates in order: each is preceded by what it reads, and otherwise stands as given.

    Args:
        left: int64, shape (gates,): a gate that each gate reads; negative for none.
        right: the other one.

    Raises:
        Cycle: there is no such order.
    """
    operands = list(zip(left.tolist(), right.tolist(), strict=True))
    new, opened, done = 0, 1, 2
    state = bytearray(len(operands))
    order: list[int] = []
    for root in range(len(operands)):
        stack = [root] if state[root] == new else []
        while stack:
            gate = stack[-1]
            state[gate] = opened
            for operand in operands[gate]:
                if operand < 0 or state[operand] == done:
                    continue
                if state[operand] == opened:
                    raise Cycle(stack[stack.index(operand) :])
                stack.append(operand)
                break
            else:
                state[gate] = done
                order.append(gate)
                stack.pop()
    return np.array(order, np.int64)
