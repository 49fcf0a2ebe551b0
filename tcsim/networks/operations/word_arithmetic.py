"""WordArithmetic: functions of integers in binary code, modulo a power of 2, place by place."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tcsim.errors import NetworkError
from tcsim.networks.codes import Code
from tcsim.networks.immutable import Immutable
from tcsim.networks.operations.product import aligned
from tcsim.networks.values import Values

if TYPE_CHECKING:
    from collections.abc import Callable

    from tcsim.typing import Integers


class WordArithmetic(Immutable):
    """A function of integers in binary code, reduced modulo a power of 2 into a range.

    The value is ``code.lo + (f(x, y, ..) - code.lo) mod 2**wires``, as machine integers have it:
    ``Code(-128, 127, "binary")`` is an int8. Operands broadcast as in NumPy. Functions:

    * ``cast``: the value itself; ``add``, ``subtract``, ``multiply``;
    * ``at_least``, ``more``, ``equal``: 1 where x >= y, x > y, x = y, else 0;
    * ``divide`` rounds toward 0, ``remainder`` is what it leaves, with the sign of x; ``modulo``
      leaves the sign of y, as Python has it; all three are 0 where y is 0;
    * ``bitwise_and``, ``bitwise_or``, ``bitwise_xor``, ``bitwise_not`` of two's complements;
    * ``shift_left`` and ``shift_right`` by y, the latter with the sign; an amount that is negative
      or not below the number of digits of the code leaves 0, or the sign alone;
    * ``select``: y where x is 1, else z; ``pick``: of the operands behind x the one that x
      numbers, from 0, or from the end if negative;
    * ``largest``, ``smallest`` of several; ``ranked``: the one that `rank` others come before,
      larger ones or, with `descending` false, smaller ones, equal ones in the order of operands;
      ``ranked_place``: its number among the operands.

    Args:
        function: its name.
        code: of the result: binary, of as many values as a power of 2; for bitwise functions and
            shifts from 0, or from minus half that power.
        rank: of ``ranked`` and ``ranked_place``.
        descending: likewise.

    Raises:
        NetworkError: an unknown function, or a code that does not suit it.

    Example:
        >>> import numpy as np
        >>> from tcsim.networks import Code, WordArithmetic
        >>> add = WordArithmetic("add", Code(-128, 127, "binary"))
        >>> add(np.array([[127, -5]]), np.array([[1, 3]])).tolist()
        [[-128, -2]]
    """

    __slots__ = ("code", "descending", "function", "rank")

    function: str
    code: Code
    rank: int
    descending: bool

    def __init__(
        self, function: str, code: Code, *, rank: int = 0, descending: bool = True
    ) -> None:
        if function not in FUNCTIONS:
            names = ", ".join(FUNCTIONS)
            raise NetworkError(f"there is no function {function!r} of words; there are {names}")
        if not isinstance(code, Code) or code.kind != "binary" or code.steps + 1 != 1 << code.wires:
            raise NetworkError(f"{function} makes a binary code of 2**b values, not {code}")
        if function in ("at_least", "more", "equal") and (code.lo, code.hi) != (0, 1):
            raise NetworkError(f"{function} gives 0 or 1, not {code}")
        if FUNCTIONS[function].bitwise and code.lo not in (0, -(1 << code.wires - 1)):
            raise NetworkError(f"{function} needs a code from 0 or -2**(b-1), not from {code.lo}")
        if not isinstance(rank, int) or rank < 0:
            raise NetworkError(f"a rank is an integer from 0, not {rank!r}")
        self._set(function=function, code=code, rank=rank, descending=bool(descending))

    def with_code(self, code: Code) -> WordArithmetic:  # noqa: ARG002 - its code is its meaning
        """Itself: `Recode` behind it gives another."""
        return self

    def __call__(self, *operands: Integers) -> Integers:
        """See `Operation`."""
        rank = max(x.ndim for x in operands)
        given = np.broadcast_arrays(*(aligned(x, rank) for x in operands))
        found = FUNCTIONS[self.function].meaning(self, *given)
        reduced: Integers = self.code.lo + ((found - self.code.lo) & self.code.steps)
        return reduced

    def infer(self, *operands: Values) -> Values:
        """See `Operation`."""
        self.check(*operands)
        try:
            shape = np.broadcast_shapes(*(x.shape for x in operands))
        except ValueError:
            shapes = " and ".join(str(x.shape) for x in operands)
            raise NetworkError(f"{shapes} do not broadcast") from None
        low, high = reach(self.function, *operands)
        if low < self.code.lo or high > self.code.hi:
            low, high = self.code.lo, self.code.hi
        return Values(shape, np.array(low), np.array(high), self.code)

    def check(self, *operands: Values) -> None:
        """Refuse operands that the function does not take.

        Raises:
            NetworkError: another number of them, no binary codes, or a condition beyond 0 and 1.
        """
        least, most = FUNCTIONS[self.function].operands
        if not least <= len(operands) <= most:
            raise NetworkError(f"{self.function} does not take {len(operands)} operands")
        for x in operands:
            if x.code is None or (x.code.kind, min(x.code.steps, 2)) not in _READABLE:
                raise NetworkError(
                    f"{self.function} reads binary codes, not "
                    f"{'a linear form' if x.code is None else x.code.kind}: put Requantize or "
                    "Recode in front"
                )
        if self.function == "select" and (operands[0].least < 0 or operands[0].largest > 1):
            raise NetworkError("select chooses by a value that is 0 or 1")
        if self.function == "pick" and not (
            1 - len(operands) <= operands[0].least and operands[0].largest < len(operands) - 1
        ):
            raise NetworkError(
                f"pick reads a number of {1 - len(operands)}..{len(operands) - 2}, "
                f"not of {operands[0].least}..{operands[0].largest}"
            )
        if self.function.startswith("ranked") and self.rank >= len(operands):
            raise NetworkError(f"there is no rank {self.rank} among {len(operands)} operands")

    def __repr__(self) -> str:
        return f"<WordArithmetic: {self.function} to {self.code.lo}..{self.code.hi}>"


@dataclass(frozen=True)
class Function:
    """What a function of words is.

    Attributes:
        meaning: the operation and int64 arrays to int64, right modulo 2**64.
        operands: least and largest number of them.
        bitwise: whether it is one of two's complements.
    """

    meaning: Callable[..., Integers]
    operands: tuple[int, int] = (2, 2)
    bitwise: bool = False


_READABLE = {("binary", 1), ("binary", 2), ("thermometer", 1)}
"""Kinds of codes with one step, or more: a step alone is a digit."""

_MANY = 1 << 20
"""More operands than any function has."""


def _divide(_: object, x: Integers, y: Integers) -> Integers:
    quotient = np.abs(x) // np.maximum(np.abs(y), 1)
    return np.where(y == 0, 0, np.where((x < 0) != (y < 0), -quotient, quotient))


def _remainder(_: object, x: Integers, y: Integers) -> Integers:
    return np.where(y == 0, 0, np.fmod(x, np.where(y == 0, 1, y)))


def _modulo(_: object, x: Integers, y: Integers) -> Integers:
    return np.where(y == 0, 0, np.mod(x, np.where(y == 0, 1, y)))


def _shift_left(operation: WordArithmetic, x: Integers, y: Integers) -> Integers:
    inside = (y >= 0) & (y < operation.code.wires)
    return np.where(inside, x << np.where(inside, y, 0), 0)


def _shift_right(operation: WordArithmetic, x: Integers, y: Integers) -> Integers:
    inside = (y >= 0) & (y < operation.code.wires)
    return x >> np.where(inside, y, 63)


def _select(_: object, condition: Integers, x: Integers, y: Integers) -> Integers:
    return np.where(condition == 1, x, y)


def _pick(_: object, index: Integers, *words: Integers) -> Integers:
    found: Integers = np.take_along_axis(np.stack(words), index[None] % len(words), 0)[0]
    return found


def _order(operation: WordArithmetic, *words: Integers) -> tuple[Integers, Integers]:
    stack = np.stack(words)
    keys = -stack if operation.descending else stack
    return stack, np.argsort(keys, axis=0, kind="stable")[operation.rank][None]


def _ranked(operation: WordArithmetic, *words: Integers) -> Integers:
    stack, places = _order(operation, *words)
    found: Integers = np.take_along_axis(stack, places, 0)[0]
    return found


FUNCTIONS: dict[str, Function] = {
    "cast": Function(lambda _, x: x, (1, 1)),
    "add": Function(lambda _, x, y: x + y),
    "subtract": Function(lambda _, x, y: x - y),
    "multiply": Function(lambda _, x, y: x * y),
    "at_least": Function(lambda _, x, y: (x >= y).astype(np.int64)),
    "more": Function(lambda _, x, y: (x > y).astype(np.int64)),
    "equal": Function(lambda _, x, y: (x == y).astype(np.int64)),
    "divide": Function(_divide),
    "remainder": Function(_remainder),
    "modulo": Function(_modulo),
    "bitwise_and": Function(lambda _, x, y: x & y, bitwise=True),
    "bitwise_or": Function(lambda _, x, y: x | y, bitwise=True),
    "bitwise_xor": Function(lambda _, x, y: x ^ y, bitwise=True),
    "bitwise_not": Function(lambda _, x: ~x, (1, 1), bitwise=True),
    "shift_left": Function(_shift_left, bitwise=True),
    "shift_right": Function(_shift_right, bitwise=True),
    "select": Function(_select, (3, 3)),
    "pick": Function(_pick, (2, _MANY)),
    "largest": Function(lambda _, *words: functools.reduce(np.maximum, words), (1, _MANY)),
    "smallest": Function(lambda _, *words: functools.reduce(np.minimum, words), (1, _MANY)),
    "ranked": Function(_ranked, (1, _MANY)),
    "ranked_place": Function(lambda one, *words: _order(one, *words)[1][0], (1, _MANY)),
}
"""The functions by name."""


def reach(function: str, *operands: Values) -> tuple[int, int]:
    """Least and largest value of a function before it is reduced, or bounds of them."""
    ends = [(x.least, x.largest) for x in operands]
    (a, b), (c, d) = ends[0], ends[-1]
    match function:
        case "cast":
            return a, b
        case "add":
            return a + c, b + d
        case "subtract":
            return a - d, b - c
        case "multiply":
            corners = [p * q for p in (a, b) for q in (c, d)]
            return min(corners), max(corners)
        case "divide":
            most = max(abs(a), abs(b))
            return (0 if a >= 0 and c >= 0 else -most), most
        case "remainder":
            return min(a, 0), max(b, 0)
        case "modulo":
            return min(c + 1, 0), max(d - 1, 0)
        case "shift_left":
            far = max(0, min(d, 63))
            return min(a << far, a, 0), max(b << far, b, 0)
        case "shift_right":
            return min(a, 0), max(b, 0)
        case "at_least" | "more" | "equal":
            return 0, 1
        case "ranked_place":
            return 0, len(operands) - 1
        case "select" | "pick" | "largest" | "smallest" | "ranked":
            words = ends[1:] if function in ("select", "pick") else ends
            return min(low for low, _ in words), max(high for _, high in words)
        case _:  # bitwise: no digit beyond those of the longest operand
            digits = max(max(-low - 1, high, 0).bit_length() for low, high in ends)
            signed = function == "bitwise_not" or min(low for low, _ in ends) < 0
            return (-(1 << digits) if signed else 0), (1 << digits) - 1
