"""Streams: values along a word, computed by memories and counters, each of constant depth.

A stream has a value at each position of the word; a `Hold` or a `Count` also has one after the
last letter. What a stream depends on forms a cascade of automata (Krohn and Rhodes 1965): memories
that keep the last value they were told, and counters modulo m.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from tcsim.errors import LimitError

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence

MOST_STATES = 5_000
"""Joint states of the memories and counters of a cascade."""

KEEP = None
"""What a `Hold` is told to leave it as it is."""


@dataclass(frozen=True, eq=False, repr=False)
class Letters:
    """The letters of the word, numbered 0 .. count - 1; there is none after the last."""

    count: int


@dataclass(frozen=True, eq=False, repr=False)
class Lookup:
    """A function of other streams at the same position."""

    sources: tuple[Stream, ...]
    function: Callable[..., Hashable]


@dataclass(frozen=True, eq=False, repr=False)
class Hold:
    """The last value of the source before this position that is not `KEEP`; at first, `initial`."""

    source: Stream
    initial: Hashable


@dataclass(frozen=True, eq=False, repr=False)
class Count:
    """The sum of the values of the source before this position, modulo m."""

    source: Stream
    modulus: int


Stream = Letters | Lookup | Hold | Count


def sources(stream: Stream) -> tuple[Stream, ...]:
    """The streams that a stream reads."""
    if isinstance(stream, Letters):
        return ()
    return stream.sources if isinstance(stream, Lookup) else (stream.source,)


class Cascade:
    """The streams that one stream depends on, and the values that they take together.

    Args:
        result: the stream whose value after the last letter is wanted.

    Attributes:
        order: the streams, each after those it reads.
        first: {stream: value} at position 0, for each letter.
        later: the same at all later positions.
        ends: the same after the last letter of words that are not empty.

    Raises:
        LimitError: the memories and counters have more than `MOST_STATES` joint states.
    """

    def __init__(self, result: Stream) -> None:
        self.result = result
        self.order: list[Stream] = []
        self._visit(result, set())
        self._letters = max((s.count for s in self.order if isinstance(s, Letters)), default=1)
        states = [s for s in self.order if isinstance(s, Hold | Count)]
        self._after = _after_the_word(self.order)
        zero = tuple(s.initial if isinstance(s, Hold) else 0 for s in states)
        self._states = states
        self.first = list(self._inside(zero))
        reached = dict.fromkeys(self._next(values) for values in self.first)
        self.later: list[Mapping[Stream, Hashable]] = []
        for state in (queue := list(reached)):
            for values in self._inside(state):
                self.later.append(values)
                if (after := self._next(values)) not in reached:
                    reached[after] = None
                    queue.append(after)
            if len(queue) > MOST_STATES:
                raise LimitError(
                    f"a cascade of more than {MOST_STATES:,} joint states: the tree of "
                    "logarithmic depth remains (regular-tree, recognize_tree)"
                )
        self.ends = [self._values(state, None) for state in queue]

    @property
    def height(self) -> int:
        """The most memories and counters of which each reads the one before."""
        levels: dict[Stream, int] = {}
        for stream in self.order:
            below = max((levels[source] for source in sources(stream)), default=0)
            levels[stream] = below + isinstance(stream, Hold | Count)
        return levels[self.result]

    @property
    def period(self) -> int:
        """The least common multiple of the moduli of its counters."""
        return math.lcm(*(s.modulus for s in self.order if isinstance(s, Count)))

    def run(self, word: Sequence[int]) -> Hashable:
        """The value of the result after a word, given by the numbers of its letters."""
        state = tuple(s.initial if isinstance(s, Hold) else 0 for s in self._states)
        for letter in word:
            state = self._next(self._values(state, letter))
        return self._values(state, None)[self.result]

    def _visit(self, stream: Stream, seen: set[Stream]) -> None:
        if stream in seen:
            return
        seen.add(stream)
        for source in sources(stream):
            self._visit(source, seen)
        self.order.append(stream)

    def _inside(self, state: tuple[Hashable, ...]) -> Iterator[Mapping[Stream, Hashable]]:
        for letter in range(self._letters):
            yield self._values(state, letter)

    def _values(self, state: tuple[Hashable, ...], letter: int | None) -> dict[Stream, Hashable]:
        """The values of all streams at a position; after the word, of those that have one."""
        values: dict[Stream, Hashable] = dict(zip(self._states, state, strict=True))
        for stream in self.order:
            if isinstance(stream, Letters) and letter is not None:
                values[stream] = letter
            elif isinstance(stream, Lookup) and (letter is not None or stream in self._after):
                values[stream] = stream.function(*(values[s] for s in stream.sources))
        return values

    def _next(self, values: Mapping[Stream, Hashable]) -> tuple[Hashable, ...]:
        return tuple(_told(stream, values) for stream in self._states)


def _told(stream: Hold | Count, values: Mapping[Stream, Hashable]) -> Hashable:
    told, before = values[stream.source], values[stream]
    if isinstance(stream, Count):
        return (cast("int", before) + cast("int", told)) % stream.modulus
    return before if told is KEEP else told


def _after_the_word(order: Sequence[Stream]) -> set[Stream]:
    """The streams that have a value after the last letter: those that read no letter there."""
    have: set[Stream] = set()
    for stream in order:
        if isinstance(stream, Hold | Count) or (
            isinstance(stream, Lookup) and have.issuperset(stream.sources)
        ):
            have.add(stream)
    return have
