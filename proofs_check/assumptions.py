"""Assumptions, and which of them implies which."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from tcsim.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True)
class Assumption:
    """Something that is believed and not proved.

    Attributes:
        id: its short form, such as ``TC != P``.
        statement: in words.
        implies: ids of weaker assumptions.
        why: for each implication, in a sentence.
    """

    id: str
    statement: str
    implies: tuple[str, ...] = ()
    why: str = ""


@dataclass(frozen=True)
class Lattice:
    """All assumptions of a ledger, ordered by implication.

    Args:
        members: by id; `implies` names members only, without cycles.

    Example:
        >>> lattice = Lattice(
        ...     {
        ...         "NC1 != TC0": Assumption("NC1 != TC0", "", ("TC1 != TC0",)),
        ...         "TC1 != TC0": Assumption("TC1 != TC0", ""),
        ...     }
        ... )
        >>> lattice.implies("NC1 != TC0", "TC1 != TC0"), lattice.implies("TC1 != TC0", "NC1 != TC0")
        (True, False)
        >>> sorted(lattice.needed(["TC1 != TC0", "NC1 != TC0"]))
        ['NC1 != TC0']
    """

    members: Mapping[str, Assumption]

    @cached_property
    def _weaker(self) -> dict[str, frozenset[str]]:
        found: dict[str, frozenset[str]] = {}

        def below(name: str) -> frozenset[str]:
            if name not in found:
                direct = self.members[name].implies
                found[name] = frozenset(direct).union(*(below(other) for other in direct))
            return found[name]

        for name in self.members:
            below(name)
        return found

    def implies(self, strong: str, weak: str) -> bool:
        """Whether one assumption implies another, by the implications that are recorded.

        Raises:
            ArgumentError: there is no such assumption.
        """
        for name in (strong, weak):
            if name not in self.members:
                raise ArgumentError(
                    f"there is no assumption {name!r}; there are {', '.join(self.members)}"
                )
        return strong == weak or weak in self._weaker[strong]

    def needed(self, names: Iterable[str]) -> frozenset[str]:
        """Of several assumptions the strongest ones: those that no other one of them implies."""
        all_ = frozenset(names)
        return frozenset(
            name
            for name in all_
            if not any(other != name and self.implies(other, name) for other in all_)
        )
