"""The operations that compute a gate of at most three operands, and which of them fits it.

A *truth table* of three operands is a byte: bit ``a + 2 * b + 4 * c``. Every table that an
operation computes, with operands permuted and complemented and the result complemented, is listed
once, by running the operation itself on the tables of the operands.
"""

from __future__ import annotations

from functools import cache
from itertools import permutations, product
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    from tcsim.typing import Integers

VARIABLES = (0xAA, 0xCC, 0xF0)
"""Tables of the three operands themselves."""

INNER = 3
"""The mask that complements an inner value, beside those of the operands 0, 1 and 2."""


class Operation(NamedTuple):
    """A function of rows.

    Attributes:
        name: for people.
        operands: how many rows it reads.
        masks: which operands can be complemented, and `INNER` if an inner value can. In a target
            literal, the lowest bit says whether the inner value is.
        body: takes the operands and the masks, uses ``& | ^ ~`` alone.
    """

    name: str
    operands: int
    masks: tuple[int, ...]
    body: Callable[..., Any]


def carry(a: Any, b: Any, c: Any) -> Any:  # noqa: ANN401 - vectors, arrays or integers
    """Majority of three, so written that processors with ternary logic need one instruction."""
    return ((b ^ c) & (a ^ b)) ^ b


OPERATIONS = (
    Operation("and", 2, (0, 1), lambda a, b, m, n: (a ^ m) & (b ^ n)),
    Operation("xor", 2, (), lambda a, b: a ^ b),
    Operation(
        "and-and",
        3,
        (0, 1, 2, INNER),
        lambda a, b, c, m, n, o, p: (((a ^ m) & (b ^ n)) ^ p) & (c ^ o),
    ),
    Operation("xor-xor", 3, (), lambda a, b, c: a ^ b ^ c),
    Operation("multiplexer", 3, (1, 2), lambda a, b, c, n, o: (a & (b ^ n ^ c ^ o)) ^ (c ^ o)),
    Operation("majority", 3, (0, 1, 2), lambda a, b, c, m, n, o: carry(a ^ m, b ^ n, c ^ o)),
    Operation("xor then and", 3, (2, INNER), lambda a, b, c, o, p: (a ^ b ^ p) & (c ^ o)),
    Operation("and then xor", 3, (1, 2), lambda a, b, c, n, o: a ^ ((b ^ n) & (c ^ o))),
)
"""An instruction names its operation by the place in this list."""

NONE = 255
"""Marks tables that no operation computes."""

TABLES = 256


class Choices(NamedTuple):
    """For each truth table, how to compute it. Shape (256, ...).

    Attributes:
        operation: uint8; `NONE` where there is none.
        operand: uint8, shape (256, 3): operand k reads this leaf; 3 stands for the row of zeros.
        mask: uint8: bit k complements operand k, bit `INNER` the inner value.
        inverted: uint8: what is computed is the complement.
    """

    operation: npt.NDArray[np.uint8]
    operand: npt.NDArray[np.uint8]
    mask: npt.NDArray[np.uint8]
    inverted: npt.NDArray[np.uint8]


@cache
def choices() -> Choices:
    """The first operation of the list that computes each truth table, with the fewest masks."""
    operation = np.full(TABLES, NONE, np.uint8)
    operand = np.full((TABLES, 3), 3, np.uint8)
    mask, inverted = np.zeros(TABLES, np.uint8), np.zeros(TABLES, np.uint8)
    leaves = (*VARIABLES, 0)
    for number, (_, operands, masks, body) in enumerate(OPERATIONS):
        picks = [*permutations(range(3), operands)]
        if number == 0:  # a literal is its AND with itself, a constant that of zeros
            picks += [(0, 0), (1, 1), (2, 2), (3, 3)]
        settings = sorted(product((0, 1), repeat=len(masks)), key=sum)
        for setting, pick, flip in product(settings, picks, (0, 1)):
            values = [leaves[k] for k in pick]
            table = body(*values, *[-bit for bit in setting]) & 255 ^ (255 * flip)
            if operation[table] == NONE:
                operation[table], inverted[table] = number, flip
                operand[table, :operands] = pick
                mask[table] = sum(bit << k for bit, k in zip(setting, masks, strict=True))
    for array in (operation, operand, mask, inverted):
        array.flags.writeable = False
    return Choices(operation, operand, mask, inverted)


@cache
def renamings() -> Integers:
    """Tables whose operands are moved: ``renamings()[256 * code + table]``.

    Operand k becomes operand p_k, with ``code = p_0 + 3 * p_1 + 9 * p_2``. A table of fewer
    operands does not depend on the others, whose places do not matter.
    """
    moved = np.zeros((27, TABLES), np.int64)
    tables = np.arange(TABLES)
    for code in range(27):
        places = code % 3, code // 3 % 3, code // 9
        for row in range(8):
            source = sum((row >> place & 1) << k for k, place in enumerate(places))
            moved[code] |= (tables >> source & 1) << row
    moved.flags.writeable = False
    return moved.reshape(-1)


@cache
def complements() -> Integers:
    """Tables whose operands are complemented: ``complements()[256 * which + table]``.

    Bit k of ``which`` complements operand k.
    """
    tables = np.arange(TABLES)
    flipped = np.zeros((8, TABLES), np.int64)
    for which, row in product(range(8), range(8)):
        flipped[which] |= (tables >> (row ^ which) & 1) << row
    flipped.flags.writeable = False
    return flipped.reshape(-1)
