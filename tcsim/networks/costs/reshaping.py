"""Reshaping: what is known of an array, with axes merged and split."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from tcsim.networks.costs.axes import full, number, symbol
from tcsim.networks.costs.operands import product, uniform
from tcsim.networks.costs.uneven import Factor, Uneven, simple

if TYPE_CHECKING:
    from tcsim.networks.costs.operands import Formula, Operands, Support
    from tcsim.networks.costs.parts import Quantities
    from tcsim.networks.costs.uneven import Factors

    Group = tuple[range, range]
    """Old axes that together hold the same places as new ones."""


def reshaped(x: Operands, target: tuple[int | str, ...], quantity: Quantities) -> Operands:
    """Under other axes; -1 is what is left, names stand for axes without a number."""
    lengths = [symbol(axis) for axis in target]
    known = [_bare(length, quantity) for length in x.shape]
    groups = _groups(known, _complete(known, lengths))
    shape = tuple(itertools.chain(*(_lengths(x, lengths, group) for group in groups)))
    numbers = [number(length, quantity) for length in shape]
    exact = x.exact

    def amounts(amount: Any) -> Any:  # noqa: ANN401
        nonlocal exact
        if isinstance(amount, Uneven):
            terms = [_renamed(x, shape, term, groups, quantity) for term in amount.terms]
            exact = exact and all(fits for _, _, fits in terms)
            return simple([(number, factors) for number, factors, _ in terms])
        if not isinstance(amount, np.ndarray):
            return amount
        found = _array(full(amount, len(x.shape)), x.shape, numbers, groups, quantity)
        if found is None:
            exact = False
            return int(amount.max())
        return found

    supports = tuple(_support(one, x, groups, amounts(one.wires), quantity) for one in x.supports)
    level = uniform(amounts(x.level))
    return replace(x, shape=shape, supports=supports, level=level, exact=exact)


def _bare(length: Formula, quantity: Quantities) -> Formula:
    found = number(length, quantity)
    return length.subs(quantity.values) if found is None else found


def _quotient(a: Formula, b: Formula) -> Formula:
    if isinstance(a, int) and isinstance(b, int):
        return a // b
    import sympy

    return sympy.cancel(a / b)


def _complete(known: list[Formula], lengths: list[Formula]) -> list[Formula]:
    rest = product(length for length in lengths if not _is(length, -1))
    left = _quotient(product(known), rest) if any(_is(one, -1) for one in lengths) else None
    return [left if _is(length, -1) else length for length in lengths]


def _is(length: Formula, value: int) -> bool:
    return isinstance(length, int) and length == value


def _groups(old: list[Formula], new: list[Formula]) -> list[Group]:
    """The finest pairs of runs of axes of equal products."""
    groups: list[Group] = []
    i = j = 0
    while i < len(old) or j < len(new):
        start, a, b = (i, j), 1, 1
        while True:
            if i < len(old) and (j == len(new) or not _first_is_larger(a, b) or i == start[0]):
                a, i = a * old[i], i + 1
            else:
                b, j = b * new[j], j + 1
            if _same(a, b) and (j > start[1] or j == len(new)):
                break
        groups.append((range(start[0], i), range(start[1], j)))
    return groups


def _first_is_larger(a: Formula, b: Formula) -> bool:
    """Whether a / b is a number above 1; of what does not compare, the first is the larger."""
    if isinstance(a, int) and isinstance(b, int):
        return a > b
    import sympy

    ratio = sympy.cancel(a / b)
    return bool(ratio > 1) if ratio.is_number else True


def _same(a: Formula, b: Formula) -> bool:
    if isinstance(a, int) and isinstance(b, int):
        return a == b
    import sympy

    return bool(sympy.expand(a - b) == 0)


def _lengths(x: Operands, lengths: list[Formula], group: Group) -> list[Formula]:
    """New lengths of a group: old symbols where an axis stays, the quotient for a -1."""
    old, new = group
    if len(old) == len(new) == 1:
        return [x.shape[old[0]]]
    made = [lengths[axis] for axis in new]
    if any(_is(length, -1) for length in made):
        rest = product(length for length in made if not _is(length, -1))
        left = _quotient(product(x.shape[axis] for axis in old), rest)
        made = [left if _is(length, -1) else length for length in made]
    return made


def _support(
    one: Support, x: Operands, groups: list[Group], wires: Formula, quantity: Quantities
) -> Support:
    mixed: set[int] = set()
    overlapping: set[int] = set()
    for old, new in groups:
        long = [axis for axis in old if number(x.shape[axis], quantity) != 1]
        shared = [axis for axis in long if axis in one.mixed]
        if long and len(shared) == len(long):
            mixed.update(new)
        elif shared or any(axis in one.overlapping for axis in long):
            overlapping.update(new)
    return replace(one, wires=wires, mixed=frozenset(mixed), overlapping=frozenset(overlapping))


def _array(
    amount: Any,  # noqa: ANN401
    shape: tuple[Formula, ...],
    numbers: list[int | None],
    groups: list[Group],
    quantity: Quantities,
) -> Any:  # noqa: ANN401
    """An array under the new axes, of length 1 where it was; None where a number is missing."""
    spread: list[int] = []
    made: list[int] = []
    for old, new in groups:
        if all(amount.shape[axis] == 1 for axis in old):
            spread += [1] * len(old)
            made += [1] * len(new)
            continue
        before = [number(shape[axis], quantity) for axis in old]
        after = [numbers[axis] for axis in new]
        if None in before or None in after:
            return None
        spread += [int(length or 0) for length in before]
        made += [int(length or 0) for length in after]
    return np.broadcast_to(amount, spread).reshape(made)


def _renamed(
    x: Operands,
    shape: tuple[Formula, ...],
    term: tuple[Formula, Factors],
    groups: list[Group],
    quantity: Quantities,
) -> tuple[Formula, Factors, bool]:
    """A term of an uneven amount, and whether it is still exact: an axis was not split."""
    amount, factors = term
    made: Factors = {}
    fits = True
    for old, new in groups:
        mine = {
            axis: factors[axis - len(x.shape)] for axis in old if axis - len(x.shape) in factors
        }
        if not mine:
            continue
        long = [axis for axis in new if number(shape[axis], quantity) != 1]
        paths = [factor.path for factor in mine.values() if factor.path]
        top = product(factor.most for factor in mine.values())
        if len(long) == 1 and len(paths) <= 1:
            total = product(mine[a].total if a in mine else x.shape[a] for a in old)
            made[long[0] - len(shape)] = Factor(total, top, paths[0] if paths else ())
        else:
            amount, fits = amount * top, False
    return amount, made, fits
