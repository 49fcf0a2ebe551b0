"""Uneven: in formulas, a number of wires that differs from place to place, axis by axis."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from tcsim.networks.costs.operands import Formula

Path: TypeAlias = "tuple[tuple[int, int], ...]"
"""Which part of an axis, of which part of it, ...: (operation, number of the part) each."""


class Factor(NamedTuple):
    """How an amount varies along one axis.

    Attributes:
        total: the sum of the factors of all places.
        most: the largest of them.
        path: the part of the axis outside of which they are 0; the whole axis is the empty path.
    """

    total: Formula
    most: Formula
    path: Path = ()


Factors: TypeAlias = "dict[int, Factor]"
"""Per axis, counted from the end as -1, -2, ...; along the others an amount is the same."""


@dataclass(frozen=True)
class Uneven:
    """A sum of products, each of an amount and of factors that vary along one axis each.

    A convolution reads fewer pixels at a border: its amount is that of one pixel, and the factor
    along an axis is how many of the kernel's rows lie inside. Where numbers are known, an array
    says the same place by place.

    Attributes:
        terms: an amount and its factors, each.
    """

    terms: tuple[tuple[Formula, Factors], ...]

    def __add__(self, other: Any) -> Uneven:  # noqa: ANN401
        """The sum with another or with a number."""
        more = other.terms if isinstance(other, Uneven) else ((other, {}),)
        return Uneven((*self.terms, *more))

    __radd__ = __add__

    def __mul__(self, factor: Any) -> Uneven:  # noqa: ANN401
        """The product with a number."""
        return Uneven(tuple((amount * factor, factors) for amount, factors in self.terms))

    __rmul__ = __mul__

    @property
    def most(self) -> Formula:
        """An upper bound of the largest: as if terms stood at one place, but those of other parts.

        Exact where all terms are largest at the same place.
        """
        from tcsim.networks.costs.operands import largest

        axes = sorted({axis for _, factors in self.terms for axis in factors})
        choices = [
            sorted({factors[axis].path for _, factors in self.terms if axis in factors} | {()})
            for axis in axes
        ]
        sums = []
        for chosen in itertools.product(*choices):
            paths = dict(zip(axes, chosen, strict=True))
            sums.append(sum(_most(*term) for term in self.terms if _within(term[1], paths)))
        found = list(dict.fromkeys(sums))
        return found[0] if len(found) == 1 else largest(*found)

    def spread(self, shape: tuple[Formula, ...]) -> Formula:
        """The sum over a whole array."""
        total: Formula = 0
        for amount, factors in self.terms:
            product = amount
            for axis, length in enumerate(shape, -len(shape)):
                product = product * (factors[axis].total if axis in factors else length)
            total = total + product
        return total

    def squeezed(self, axis: int, length: Formula, *, total: bool) -> Formula:
        """One place for a whole axis: the sum along it, or the largest. `axis` is negative."""
        made = []
        for amount, factors in self.terms:
            rest = {at: factor for at, factor in factors.items() if at != axis}
            if axis in factors:
                factor = factors[axis].total if total else factors[axis].most
                made.append((amount * factor, rest))
            else:
                made.append((amount * length if total else amount, rest))
        return simple(made)

    def renamed(self, axes: dict[int, int]) -> Uneven:
        """With other numbers for axes, all negative."""
        return Uneven(
            tuple(
                (amount, {axes[axis]: factor for axis, factor in factors.items()})
                for amount, factors in self.terms
            )
        )


def terms_of(amount: Formula) -> tuple[tuple[Formula, Factors], ...]:
    """The terms of a number that is the same everywhere, or uneven."""
    return amount.terms if isinstance(amount, Uneven) else ((amount, {}),)


def simple(terms: list[tuple[Formula, Factors]]) -> Formula:
    """A number, or, where factors are left, an uneven one."""
    if any(factors for _, factors in terms):
        return Uneven(tuple(terms))
    return sum(amount for amount, _ in terms)


def along(amount: Formula, axis: int, factor: Factor) -> Uneven:
    """An amount times factors along one more axis, a negative number."""
    return Uneven(tuple((one, {**factors, axis: factor}) for one, factors in terms_of(amount)))


def _most(amount: Formula, factors: Factors) -> Formula:
    for factor in factors.values():
        amount = amount * factor.most
    return amount


def _within(factors: Factors, paths: dict[int, Path]) -> bool:
    return all(paths[axis][: len(factor.path)] == factor.path for axis, factor in factors.items())
