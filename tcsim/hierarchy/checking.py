"""Checks of what callers pass: integers, counts that may be formulas, names of ports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from tcsim.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

Count: TypeAlias = Any
"""A number of gates: an integer >= 0 or a sympy expression for one."""

LARGEST = 1 << 60
"""Largest absolute value of a delay. Sums of two stay clear of what stands for "no path"."""


def integer(what: str, value: object, least: int = -LARGEST) -> int:
    """A Python integer of at least `least` and at most `LARGEST`.

    Raises:
        ArgumentError: the value is no such integer.
    """
    if isinstance(value, bool) or not isinstance(value, int | np.integer):
        raise ArgumentError(f"{what} must be an integer, not {value!r}")
    if not least <= value <= LARGEST:
        low = f"-2**60 ({least})" if least == -LARGEST else str(least)
        raise ArgumentError(f"{what} must be from {low} to 2**60 ({LARGEST}), not {value}")
    return int(value)


def count(what: str, value: object) -> Count:
    """A Python integer >= 0 of any size, or a sympy expression that may be one.

    Raises:
        ArgumentError: the value is neither.
    """
    if is_formula(value):
        return _formula(what, value)
    if isinstance(value, bool) or not isinstance(value, int | np.integer):
        raise ArgumentError(f"{what} must be an integer or a sympy expression, not {value!r}")
    if value < 0:
        raise ArgumentError(f"{what} must be at least 0, not {value}")
    return int(value)


def is_formula(value: object) -> bool:
    """Whether a value is a sympy expression, found without loading sympy."""
    if not type(value).__module__.startswith("sympy."):
        return False
    import sympy

    return isinstance(value, sympy.Expr)


def _formula(what: str, value: Any) -> Count:  # noqa: ANN401
    if value.is_Integer and value >= 0:
        return int(value)
    if value.is_integer is False or value.is_negative:
        raise ArgumentError(f"{what} must be an integer >= 0, not {value}")
    return value


def largest(counts: Iterable[Count]) -> Count:
    """The largest of some counts, 0 of none; a sympy Max where it depends on symbols."""
    numbers, formulas = [0], set()
    for one in counts:
        if is_formula(one):
            formulas.add(one)
        else:
            numbers.append(one)
    if not formulas:
        return max(numbers)
    import sympy

    return sympy.Max(max(numbers), *formulas)


def names(what: str, values: Iterable[object]) -> tuple[str, ...]:
    """Distinct strings that are not empty.

    Raises:
        ArgumentError: a name is not a string, empty, or given twice.
    """
    if isinstance(values, str):
        raise ArgumentError(f"{what} must be a sequence of names, not the string {values!r}")
    try:
        found = tuple(values)
    except TypeError:
        raise ArgumentError(f"{what} must be a sequence of names, not {values!r}") from None
    distinct: dict[str, None] = {}
    for name in found:
        if not isinstance(name, str) or not name:
            raise ArgumentError(f"{what}: {name!r} is not a name (a string that is not empty)")
        if name in distinct:
            raise ArgumentError(f"{what}: {name!r} is given twice")
        distinct[name] = None
    return tuple(distinct)


def known(what: str, name: object, allowed: Collection[str]) -> str:
    """A name that is among those allowed.

    Raises:
        ArgumentError: it is not; the message lists them.
    """
    if not isinstance(name, str) or name not in allowed:
        listed = ", ".join(list(allowed)[:12]) + (", ..." if len(allowed) > 12 else "")
        raise ArgumentError(f"{what}: there is no {name!r}; there are: {listed or 'none'}")
    return name
