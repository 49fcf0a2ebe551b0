"""The circuit of a cascade of memories and counters: constant depth, whatever the length.

A memory's value is an OR over the places at which it was set, each an AND: set here, and kept ever
since. A counter modulo m is a symmetric function in depth 2, a MOD gate. Between them stand
functions of single positions, ORs of ANDs. So there are four levels for each memory or counter on
the longest chain, and more where a large function of positions is written over smaller ones.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, cast

import tcsim.expressions as tc
from tcsim.library.languages.covers import IS, cheapest
from tcsim.library.languages.streams import (
    KEEP,
    Cascade,
    Count,
    Hold,
    Letters,
    Lookup,
    sources,
)
from tcsim.library.languages.truth import Bit, complement, conjunction, disjunction

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping, Sequence

    from tcsim.expressions import Signal
    from tcsim.library.languages.covers import Cube
    from tcsim.library.languages.streams import Stream

MOST_ROWS = 256
"""A function of single positions is written over memories and counters if it has no more rows."""

Values = dict["Hashable", Bit]
"""What a stream may be at a position, and the signal that it is; at most one is true."""


def evaluate(cascade: Cascade, word: Sequence[Mapping[Hashable, Signal]]) -> Bit:
    """Whether the result of a cascade is true after a word.

    Args:
        cascade: its result is a truth value.
        word: at each position {number of a letter: signal}, of which exactly one is 1.

    Returns:
        A signal; a truth value if all words of this length have the same.
    """
    if not word:
        return bool(cascade.run([]))
    first, later, ends = _tables(cascade)
    at: list[dict[Stream, Values]] = []
    for j in range(len(word) + 1):
        here: dict[Stream, Values] = {}
        table = first if j == 0 else ends if j == len(word) else later
        for stream in cascade.order:
            if stream not in table:
                continue
            values = table[stream].values
            if len(values) == 1:
                here[stream] = {values[0]: True}
            elif isinstance(stream, Letters):
                here[stream] = dict(word[j])
            elif isinstance(stream, Lookup):
                here[stream] = table[stream].signals(here)
            elif isinstance(stream, Hold):
                here[stream] = _held(stream, values, [past[stream.source] for past in at])
            else:
                here[stream] = _counted(stream, [past[stream.source] for past in at])
        at.append(here)
    return at[-1][cascade.result].get(True, False)


class _Table:
    """A stream at a kind of position: its values and, of a lookup, its ORs of ANDs."""

    def __init__(self, stream: Stream, rows: Iterable[Mapping[Stream, Hashable]]) -> None:
        self.values = list(dict.fromkeys(row[stream] for row in rows))
        self.reads: tuple[Stream, ...] = ()
        self.covers: dict[Hashable, list[Cube]] = {}
        if isinstance(stream, Lookup) and len(self.values) > 1:
            for self.reads in (_base(stream), stream.sources):
                table = {tuple(row[s] for s in self.reads): row[stream] for row in rows}
                if len(table) <= MOST_ROWS:
                    break
            self.covers = cheapest(table)

    def signals(self, here: Mapping[Stream, Values]) -> Values:
        """The signals of the values, given those of the streams that are read."""
        made: Values = {}
        for value, cubes in self.covers.items():
            made[value] = disjunction(
                conjunction(
                    here[stream].get(wanted, False)
                    if how is IS
                    else complement(here[stream].get(wanted, False))
                    for stream, (how, wanted) in zip(self.reads, cube, strict=True)
                    if how is not None
                )
                for cube in cubes
            )
        return _with_complement(made, self.values)


@lru_cache(maxsize=8)
def _tables(cascade: Cascade) -> tuple[dict[Stream, _Table], ...]:
    """The streams that the result needs: at the first position, at later ones, after the last."""
    made: tuple[dict[Stream, _Table], ...] = ({}, {}, {})
    rows = (cascade.first, cascade.later, cascade.ends)
    waiting: list[tuple[int, Stream]] = [(2, cascade.result)]
    while waiting:
        kind, stream = waiting.pop()
        if stream in made[kind]:
            continue
        table = made[kind][stream] = _Table(stream, rows[kind])
        waiting += [(kind, source) for source in table.reads]
        if isinstance(stream, Hold | Count) and kind:
            waiting += [(0, stream.source), (1, stream.source)]
    return made


def _base(stream: Stream) -> tuple[Stream, ...]:
    """The letters, memories and counters that a lookup depends on at its position."""
    found: dict[Stream, None] = {}
    for source in sources(stream):
        found |= dict.fromkeys(_base(source) if isinstance(source, Lookup) else (source,))
    return tuple(found)


def _held(stream: Hold, values: Sequence[Hashable], told: Sequence[Values]) -> Values:
    """A memory: set to a value at a place, and kept ever since; or never set."""
    made: Values = {}
    wanted = sorted(values, key=lambda value: value == stream.initial)
    for value in wanted[: 1 if len(values) == 2 else None]:
        cases: list[Bit] = []
        kept: list[Bit] = []
        for here in reversed(told):
            cases.append(conjunction([here.get(value, False), *kept]))
            kept.append(here.get(KEEP, False))
        if value == stream.initial:
            cases.append(conjunction(kept))
        made[value] = disjunction(cases)
    return _with_complement(made, values)


def _counted(stream: Count, told: Sequence[Values]) -> Values:
    """A counter modulo m: ``[s mod m = r]`` is a sum of the gates ``[s >= k]`` at which it changes.

    The changes are ``[k mod m = r] - [(k - 1) mod m = r]``, from the least value of s on.
    """
    m = stream.modulus
    amounts = [[(cast("int", amount), bit) for amount, bit in here.items()] for here in told]
    total = tc.sum(
        amount * (bit if isinstance(bit, tc.Signal) else int(bit))
        for here in amounts
        for amount, bit in here
    )
    least = sum(min(amount for amount, _ in here) for here in amounts)
    most = sum(max(amount for amount, _ in here) for here in amounts)
    ladder = [(k, total >= k) for k in range(least + 1, most + 1)]
    made: Values = {}
    for r in (1,) if m == 2 else range(m):
        start = least % m == r
        changes = [(k % m == r) - ((k - 1) % m == r) for k, _ in ladder]
        steps = [by * step for by, (_, step) in zip(changes, ladder, strict=True) if by]
        made[r] = tc.sum([int(start), *steps]) >= 1 if steps else start
    return _with_complement(made, range(m))


def _with_complement(made: Values, values: Sequence[Hashable]) -> Values:
    """With the second of two values, which is the complement of the first."""
    if len(values) == 2 and len(made) == 1:
        ((value, signal),) = made.items()
        (other,) = (v for v in values if v != value)
        made[other] = complement(signal)
    return made
