"""Recode: the same values on other wires. One level between any two codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcsim.errors import NetworkError
from tcsim.networks.codes import Code
from tcsim.networks.immutable import Immutable
from tcsim.networks.values import Values

if TYPE_CHECKING:
    from tcsim.typing import Integers


class Recode(Immutable):
    """The same integers in another code of the same range.

    Args:
        code: the range that the operand has, and how its values are to stand on wires.

    Raises:
        NetworkError: not a `Code`.

    Example:
        >>> from tcsim.networks import Code, Recode
        >>> Recode(Code(0, 7, "binary"))
        <Recode: 0..7 to binary>
    """

    __slots__ = ("code",)

    code: Code

    def __init__(self, code: Code) -> None:
        if not isinstance(code, Code):
            raise NetworkError(f"values are recoded to a Code, not to {code!r}")
        self._set(code=code)

    def with_code(self, code: Code) -> Recode:  # noqa: ARG002 - its code is its meaning
        """Itself: what is behind it needs its code, whatever the others are changed to."""
        return self

    def __call__(self, *operands: Integers) -> Integers:
        """See `Operation`."""
        (x,) = operands
        return x

    def infer(self, *operands: Values) -> Values:
        """See `Operation`."""
        (x,) = operands
        if x.code is None:
            raise NetworkError("a linear form has no code to change: put Requantize in front")
        if (x.code.lo, x.code.hi) != (self.code.lo, self.code.hi):
            raise NetworkError(
                f"values of {x.code.lo}..{x.code.hi} cannot be recoded to "
                f"{self.code.lo}..{self.code.hi}: Requantize changes ranges"
            )
        return Values(x.shape, x.lo, x.hi, self.code)

    def __repr__(self) -> str:
        return f"<Recode: {self.code.lo}..{self.code.hi} to {self.code.kind}>"
