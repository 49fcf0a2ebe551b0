"""Word: the wires of an integer in binary code, in a template."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tcsim.networks.words.template import Form, total

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tcsim.networks.codes import Code
    from tcsim.networks.words.template import Template


@dataclass(frozen=True)
class Word:
    """An integer ``lo + sum 2**k bit[k]``.

    Attributes:
        bits: signals, lowest first.
        code: its range, in binary code.
    """

    bits: Sequence[Form]
    code: Code

    @property
    def value(self) -> Form:
        """The integer."""
        return total(bit * (1 << k) for k, bit in enumerate(self.bits)) + self.code.lo

    def twos(self, template: Template, count: int) -> list[Form]:
        """The lowest digits of its two's complement.

        No gates where its code starts at 0, or at minus a power of 2 and ends before that power.
        """
        return template.digits(self.value, count)

    def in_code(self, template: Template, code: Code) -> list[Form]:
        """The digits of the same integer, modulo a power of 2, in another binary code."""
        return template.digits(self.value - code.lo, code.wires)

    def equals(self, integer: int) -> list[Form]:
        """Signals that are all 1 where it is this integer, which its digits can stand for."""
        digits = integer - self.code.lo
        return [bit if digits >> k & 1 else ~bit for k, bit in enumerate(self.bits)]
