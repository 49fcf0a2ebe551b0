"""Overhead: how large the target instance is, as formulas in the sizes of the source instance.

Each size field of the target has one formula, either exact or an upper bound. Overheads of a chain
come from substituting formulas into formulas; nothing is measured for that.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from tcsim.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Sequence

Size: TypeAlias = Any
"""A size: an integer, a sympy symbol, or a formula."""


@dataclass(frozen=True)
class Bound:
    """One formula.

    Attributes:
        formula: a sympy expression (or a number) in the size fields of the source.
        exact: whether the size equals it; if not, it is at most that.
    """

    formula: Any
    exact: bool = True

    def __str__(self) -> str:
        return f"{'=' if self.exact else '<='} {self.formula}"


def at_most(formula: Size) -> Bound:
    """An upper bound."""
    return Bound(formula, exact=False)


Formulas = Callable[..., Mapping[str, Any]]
"""Symbols of the source's size fields, as keyword arguments, to {field of the target: formula}.

A formula alone is exact; an upper bound is marked by `at_most`."""


class Overhead:
    """The formulas of one reduction, or of a chain.

    Args:
        source: size fields of the source.
        bounds: {size field of the target: bound}.

    Example:
        >>> double = Overhead.of(("n",), lambda n: {"m": 2 * n, "k": at_most(n + 1)})
        >>> print(double.then(Overhead.of(("m", "k"), lambda m, k: {"z": m + k})))
        z <= 3*n + 1
        >>> double.at({"n": 5})
        {'m': 10, 'k': 6}
    """

    def __init__(self, source: Sequence[str], bounds: Mapping[str, Bound]) -> None:
        self.source = tuple(source)
        self.bounds = dict(bounds)
        for field, bound in self.bounds.items():
            unknown = sorted({str(s) for s in _free(bound.formula)} - set(self.source))
            if unknown:
                raise ArgumentError(
                    f"the formula of {field} uses {', '.join(unknown)}; the size fields of the "
                    f"source are {', '.join(self.source)}"
                )

    @classmethod
    def of(cls, source: Sequence[str], formulas: Formulas) -> Overhead:
        """From a function of symbols.

        Raises:
            ArgumentError: a formula uses other symbols than the source's size fields.
        """
        import sympy

        found = formulas(**{name: symbol(name) for name in source})
        bounds = {}
        for field, value in found.items():
            bound = value if isinstance(value, Bound) else Bound(value)
            bounds[field] = Bound(sympy.sympify(bound.formula), bound.exact)
        return cls(source, bounds)

    @classmethod
    def identity(cls, fields: Sequence[str]) -> Overhead:
        """Of the map that changes nothing."""
        return cls(fields, {name: Bound(symbol(name)) for name in fields})

    def at(self, sizes: Mapping[str, int]) -> dict[str, int]:
        """The target's sizes (or bounds of them) where the source has these.

        Raises:
            ArgumentError: a size is missing.
        """
        from tcsim.library.formula import evaluate

        return {field: evaluate(bound.formula, sizes) for field, bound in self.bounds.items()}

    def then(self, second: Overhead) -> Overhead:
        """The overhead of this reduction and then another, by substitution.

        Raises:
            ArgumentError: the second uses a field that this one says nothing about, or puts an
                upper bound into a formula that may fall where its argument rises.
        """
        bounds = {}
        for field, bound in second.bounds.items():
            replaced, exact = {}, bound.exact
            for free in _free(bound.formula):
                inner = self.bounds.get(str(free))
                if inner is None:
                    raise ArgumentError(f"nothing is known of {free}, which {field} depends on")
                if not inner.exact:
                    exact = False
                    if not _rises(bound.formula):
                        raise ArgumentError(
                            f"{field} {bound} cannot be bounded: {free} is known by an upper bound "
                            f"alone, and the formula may fall where it rises"
                        )
                replaced[free] = inner.formula
            formula = bound.formula.subs(replaced, simultaneous=True)
            bounds[field] = Bound(_tidy(formula), exact)
        return Overhead(self.source, bounds)

    def __str__(self) -> str:
        return "\n".join(f"{field} {bound}" for field, bound in self.bounds.items())


def symbol(name: str) -> Size:
    """A size field as a symbol."""
    from tcsim.library.formula import symbol as make

    return make(name, 0)


def _free(formula: Size) -> set[Any]:
    return getattr(formula, "free_symbols", set())


def _tidy(formula: Size) -> Size:
    import sympy

    return sympy.expand(formula) if formula.is_polynomial() else formula


def _rises(formula: Size) -> bool:
    """Whether a formula is seen to never fall where a size (at least 0) rises."""
    import sympy

    if formula.is_Symbol or formula.is_number:
        return bool(formula.is_Symbol or formula >= 0)
    if isinstance(formula, sympy.Pow):
        return bool(_rises(formula.base) and formula.exp.is_number and formula.exp >= 0)
    if isinstance(formula, sympy.Add):  # a constant summand may have any sign
        return all(part.is_number or _rises(part) for part in formula.args)
    if isinstance(formula, (sympy.Mul, sympy.floor, sympy.ceiling, sympy.Max, sympy.Min)):
        return all(_rises(part) for part in formula.args)
    return False
