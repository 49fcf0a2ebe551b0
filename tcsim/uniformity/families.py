"""The families that are there as programs, by name."""

from __future__ import annotations

from dataclasses import dataclass
from types import ModuleType, SimpleNamespace
from typing import TYPE_CHECKING

from tcsim.errors import ArgumentError
from tcsim.uniformity.programs import addition, majority, parity, permutations, rule110
from tcsim.uniformity.turing import increment, tableau_programs
from tcsim.uniformity.turing import parity as parity_machine

if TYPE_CHECKING:
    from collections.abc import Callable

Programs = ModuleType | SimpleNamespace
"""``describe``, and the programs of `ConnectionLanguage.of`."""


@dataclass(frozen=True)
class UniformFamily:
    """A family with the programs that write its circuits and answer for them.

    Attributes:
        name: of the family.
        meaning: what its circuits compute.
        make: gives its programs.
        n: which n are measured unless others are asked for.
        compared: n at which its connection language is compared with the circuit, query by query.
    """

    name: str
    meaning: str
    make: Callable[[], Programs]
    n: tuple[int, ...]
    compared: int


FAMILIES = {
    family.name: family
    for family in (
        UniformFamily("majority", "more than half of n inputs", lambda: majority,
                      (8, 16, 32, 64, 128, 256, 512), 8),
        UniformFamily("parity", "parity of n inputs, in depth 2", lambda: parity,
                      (8, 16, 32, 64, 128), 6),
        UniformFamily("iterated-addition", "the sum of n numbers of lg n bits, in depth 2",
                      lambda: addition, (4, 6, 8, 32), 3),
        UniformFamily("permutations", "the product of n permutations of S_5, by a binary tree",
                      lambda: permutations, (4, 8, 16, 64), 2),
        UniformFamily("rule110", "n cells of Rule 110 after n steps", lambda: rule110,
                      (4, 6, 8, 32), 3),
        UniformFamily("tableau-parity", "the tableau of a machine for parity, n + 1 steps",
                      lambda: tableau_programs(parity_machine(), (1, 1, 0)), (2, 3, 4, 16), 1),
        UniformFamily("tableau-increment", "the tableau of a machine that adds one, n + 1 steps",
                      lambda: tableau_programs(increment(), (1, 1, 0)), (2, 3, 4, 16), 1),
    )
}  # fmt: skip
"""By name."""


def uniform_family(name: str) -> UniformFamily:
    """The family of that name.

    Raises:
        ArgumentError: there is none.
    """
    if name not in FAMILIES:
        raise ArgumentError(
            f"there are no programs for a family {name!r}; there are {', '.join(FAMILIES)}"
        )
    return FAMILIES[name]
