"""A ledger: claims, assumptions and checks that fit together, loaded from a file."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from graphlib import TopologicalSorter
from pathlib import Path
from typing import TYPE_CHECKING

from proofs_check.checks import COSTS
from proofs_check.claim import GRADES
from tcsim.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from proofs_check.assumptions import Lattice
    from proofs_check.checks import Check
    from proofs_check.claim import Claim
    from tcsim.typing import StrPath

PAPER = Path(__file__).parent / "paper" / "ledger.toml"
"""The ledger of "The Serial Scaling Hypothesis"."""


@dataclass(frozen=True)
class Ledger:
    """The claims of a paper.

    Attributes:
        title: of the paper.
        note: what the reader should know first.
        claims: by id, in the order of the file.
        lattice: the assumptions.
        checks: by name.
        path: the file.

    Example:
        >>> ledger = Ledger.paper()
        >>> ledger["E-F1"].grade
        'A'
    """

    title: str
    note: str
    claims: Mapping[str, Claim]
    lattice: Lattice
    checks: Mapping[str, Check]
    path: Path

    @classmethod
    def load(cls, path: StrPath) -> Ledger:
        """A ledger from a TOML file; see the page on proofs for its form.

        Raises:
            ParseError: it is no ledger; the message names file, claim and field.
            ArgumentError: the file or one of its modules cannot be read.
        """
        from proofs_check.loading import load

        return load(Path(path))

    @classmethod
    def paper(cls) -> Ledger:
        """The ledger of the paper that this project is about."""
        return cls.load(PAPER)

    def __getitem__(self, id_: str) -> Claim:
        if id_ not in self.claims:
            from difflib import get_close_matches

            near = get_close_matches(id_, self.claims, 3, 0.5)
            hint = f"; did you mean {' or '.join(near)}?" if near else ""
            raise ArgumentError(f"the ledger has no claim {id_!r}{hint}")
        return self.claims[id_]

    def select(
        self,
        ids: Iterable[str] = (),
        *,
        grades: Iterable[str] = (),
        kinds: Iterable[str] = (),
        costs: Iterable[str] = (),
    ) -> list[Claim]:
        """Claims in the order of the ledger; without arguments all.

        Args:
            ids: these alone.
            grades: of these grades alone.
            kinds: of these kinds alone.
            costs: with a check of such cost alone.

        Raises:
            ArgumentError: there is no such claim, grade, kind or cost.
        """
        chosen = {self[id_].id for id_ in ids}
        grades, kinds, costs = list(grades), list(kinds), list(costs)
        known = {claim.kind for claim in self.claims.values()}
        for grade in grades:
            if grade not in GRADES:
                raise ArgumentError(f"there is no grade {grade!r}; there are {', '.join(GRADES)}")
        for kind in kinds:
            if kind not in known:
                raise ArgumentError(f"no claim is a {kind!r}; there are {', '.join(sorted(known))}")
        if unknown := sorted(set(costs) - set(COSTS)):
            raise ArgumentError(f"there is no cost {unknown[0]!r}; there are {', '.join(COSTS)}")
        return [
            claim
            for claim in self.claims.values()
            if (not chosen or claim.id in chosen)
            and (not grades or claim.grade in grades)
            and (not kinds or claim.kind in kinds)
            and (not costs or any(self.checks[name].cost in costs for name in claim.all_checks))
        ]

    @cached_property
    def order(self) -> tuple[str, ...]:
        """Ids, each after all that it uses."""
        uses = {claim.id: sorted(claim.uses) for claim in self.claims.values()}
        return tuple(TopologicalSorter(uses).static_order())

    @cached_property
    def conditions(self) -> Mapping[str, frozenset[str]]:
        """Of each claim the assumptions that it or anything it uses needs; only the strongest."""
        found: dict[str, frozenset[str]] = {}
        for id_ in self.order:
            claim = self.claims[id_]
            below = (found[other] for other in claim.uses)
            found[id_] = self.lattice.needed(frozenset(claim.assumes).union(*below))
        return found
