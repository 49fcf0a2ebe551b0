"""Complexity classes as claims about growth: TC^i, AC^i, NC^i, P/poly."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tcsim.errors import ArgumentError


@dataclass(frozen=True)
class ComplexityClass:
    """A class of circuit families of polynomial size (paper, Definition D.1, for TC^i).

    Attributes:
        name: such as ``"TC0"``.
        gates: ``"TC"``: threshold gates; ``"AC"``: AND, OR, NOT; ``"NC"``: those of fan-in 2;
            ``"ACC"``: with MOD gates, which no circuit here has; ``"P/poly"``: any.
        index: depth is O(log^index n); None: any depth.
    """

    name: str
    gates: str
    index: int | None

    @classmethod
    def named(cls, name: str) -> ComplexityClass:
        """The class of that name.

        Raises:
            ArgumentError: it is not known.

        Example:
            >>> ComplexityClass.named("TC^0").index
            0
        """
        plain = name.replace("^", "").replace(" ", "").upper()
        if plain in {"P/POLY", "PSIZE"}:
            return cls("P/poly", "P/poly", None)
        match = re.fullmatch(r"(TC|AC|NC|ACC)([0-9])", plain)
        if match is None:
            raise ArgumentError(
                f"claim {name!r} is no class known here; there are TC0, AC0, NC1 (any index up to "
                f"9), ACC0 and P/poly"
            )
        return cls(plain, match[1], int(match[2]))

    @property
    def measures(self) -> tuple[str, str]:
        """The measures of depth and size that count: fan-in 2 ones for NC^i."""
        if self.gates == "NC":
            return "fan_in_2.depth", "fan_in_2.size"
        return "depth", "size"
