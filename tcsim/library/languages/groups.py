"""A solvable group as a cascade of counters: the product of a word, by streams.

With G' the group of the commutators, G/G' is a sum of cyclic groups, in which the word is counted.
Relative to the counts each letter becomes one of G', which is a smaller group.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from tcsim.errors import ArgumentError
from tcsim.library.languages.streams import Count, Lookup

if TYPE_CHECKING:
    from collections.abc import Hashable

    from tcsim.library.languages.monoid import Monoid
    from tcsim.library.languages.streams import Stream


def products(group: Monoid, word: Stream) -> Stream:
    """The product before each position, in a solvable group: counters, then products in G'."""
    identity, times = group.identity, group.times
    if len(group.elements) == 1:
        return Lookup((), lambda: identity)
    if len(group.derived_series) == 1:
        raise ArgumentError(
            f"a group of {len(group.elements)} elements is its own commutator group: not solvable"
        )
    inner = group.derived_series[1]
    basis = _abelian_basis(group, inner)
    orders = [order for _, order in basis]
    coset: dict[Hashable, tuple[int, ...]] = {}
    section: dict[tuple[int, ...], Hashable] = {}
    for place in product(*map(range, orders)):
        lift = identity
        for (t, _), exponent in zip(basis, place, strict=True):
            lift = times(lift, group.power(t, exponent))
        section[place] = lift
        coset |= {times(h, lift): place for h in inner.elements}
    counts = tuple(
        Count(Lookup((word,), lambda g, i=i: coset[g][i]), order) for i, order in enumerate(orders)
    )
    if len(inner.elements) == 1:
        return Lookup(counts, lambda *place: section[place])

    def relative(g: Hashable, *place: int) -> Hashable:
        after = tuple((a + b) % m for a, b, m in zip(place, coset[g], orders, strict=True))
        return times(times(section[place], g), group.inverse(section[after]))

    within = products(inner, Lookup((word, *counts), relative))
    return Lookup((within, *counts), lambda h, *place: times(h, section[place]))


def _abelian_basis(group: Monoid, inner: Monoid) -> list[tuple[Hashable, int]]:
    """Elements t_1, t_2, .. and orders m_i: each coset of `inner` has one t_1^a_1 t_2^a_2 ...

    In an abelian group an element of largest order, among those whose powers meet the span of the
    earlier ones in the identity alone, spans a further direct factor.
    """
    normal = set(inner.elements)
    span = set(normal)
    basis: list[tuple[Hashable, int]] = []
    while len(span) < len(group.elements):
        orders = {}
        for x in group.elements:
            order, last = 1, x
            while last not in span:
                order, last = order + 1, group.times(last, x)
            if last in normal:
                orders[x] = order
        x = max(orders, key=lambda x: orders[x])
        basis.append((x, orders[x]))
        span = {group.times(h, group.power(x, k)) for h in span for k in range(orders[x])}
    return basis
