"""A solvable monoid as a cascade of memories and counters: where a word leads, by streams.

- A group: by counters, see `groups`.
- Any other monoid M: some generator c has no inverse. The word is u_0 c u_1 c .. c u_k, the u being
  words over fewer generators. What matters of all but u_k is the point after the last c, and on
  these points each c u c acts as an element of the *local divisor* c M intersected with M c: a
  smaller monoid with the product (xc)(cy) = xcy and the identity c.

That is the theorem of Krohn and Rhodes (1965), after Diekert, Kufleitner and Steinberg 2012, The
Krohn-Rhodes theorem and local divisors.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from tcsim.library.languages.groups import products
from tcsim.library.languages.monoid import generate, transition_monoid
from tcsim.library.languages.streams import KEEP, Cascade, Hold, Letters, Lookup

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Sequence

    from tcsim.library.languages.automaton import Automaton
    from tcsim.library.languages.monoid import Monoid
    from tcsim.library.languages.streams import Stream

    Action = Callable[[Hashable, Hashable], Hashable]


@lru_cache(maxsize=8)
def cascade(automaton: Automaton) -> Cascade:
    """The cascade of memories and counters that tells whether an automaton accepts.

    Raises:
        ArgumentError: the monoid has a group that is not solvable.
        LimitError: it is too large.
    """
    monoid = transition_monoid(automaton)
    moves = automaton.moves
    word = Lookup((Letters(len(moves)),), lambda letter: moves[letter])
    state = track(monoid, moves, word, lambda q, f: f[q], automaton.start)  # type: ignore[index]
    return Cascade(Lookup((state,), lambda q: q in automaton.accepting))


def track(
    monoid: Monoid,
    generators: Iterable[Hashable],
    word: Stream,
    action: Action,
    initial: Hashable,
    put: Stream | None = None,
) -> Stream:
    """The point to which a word has led, before each position.

    Args:
        monoid: a solvable monoid.
        generators: the elements that `word` may have beside the identity.
        word: elements of the monoid.
        action: point and element of the monoid to point, (p x) y = p (x y).
        initial: the point at first.
        put: a point at which to go on after this position, whatever the letter, or `KEEP`.

    Raises:
        ArgumentError: the monoid is not solvable.
    """
    letters = [x for x in dict.fromkeys(generators) if x != monoid.identity]
    monoid = monoid.generated(letters)
    if not letters:
        return Lookup((), lambda: initial) if put is None else Hold(put, initial)
    units = set(monoid.units_of(monoid.identity).elements)
    if units.issuperset(letters):
        return _in_group(monoid, word, action, initial, put)
    pieces = [_pieces(monoid, letters, c) for c in letters if c not in units]
    _, divisor = min(pieces, key=lambda p: len(p[0].elements) + len(p[1].elements))
    others = [x for x in letters if x != divisor.identity]
    return _split(monoid, others, divisor, word, action, initial, put)


def _in_group(
    group: Monoid, word: Stream, action: Action, initial: Hashable, put: Stream | None
) -> Stream:
    """The point put last, taken back by the product until then, times the product until now."""
    if put is None:
        return Lookup((products(group, word),), lambda p: action(initial, p))
    until = products(
        group, Lookup((word, put), lambda g, point: g if point is KEEP else group.identity)
    )

    def back(point: Hashable, p: Hashable) -> Hashable:
        return KEEP if point is KEEP else action(point, group.inverse(p))

    return Lookup((Hold(Lookup((put, until), back), initial), until), action)


def _pieces(monoid: Monoid, letters: Sequence[Hashable], c: Hashable) -> tuple[Monoid, Monoid]:
    """The monoid of the other generators, and what all c u c generate in the local divisor."""
    blocks = monoid.generated(x for x in letters if x != c)
    right = {monoid.times(c, x): x for x in monoid.elements}  # y = c x to x

    def times(x: Hashable, y: Hashable) -> Hashable:
        return monoid.times(x, right[y])  # (xc)(cy) = xcy

    between = (monoid.times(monoid.times(c, u), c) for u in blocks.elements)
    return blocks, generate(c, between, times)


def _split(
    monoid: Monoid,
    others: Sequence[Hashable],
    divisor: Monoid,
    word: Stream,
    action: Action,
    initial: Hashable,
    put: Stream | None,
) -> Stream:
    """The point after the last c, and the block since then."""
    times, identity, c = monoid.times, monoid.identity, divisor.identity
    blocks = monoid.generated(others)
    puts = () if put is None else (put,)

    def anew(x: Hashable, point: Hashable = KEEP) -> Hashable:
        return identity if x == c or point is not KEEP else KEEP

    def has_c(x: Hashable, point: Hashable = KEEP) -> Hashable:
        return False if point is not KEEP else True if x == c else KEEP

    block = track(
        blocks,
        others,
        Lookup((word,), lambda x: identity if x == c else x),
        times,
        identity,
        Lookup((word, *puts), anew),
    )
    right = {times(c, x): x for x in monoid.elements}

    def act(point: Hashable, y: Hashable) -> Hashable:
        return action(point, right[y])  # point = p c and y = c x: p c x

    started = Hold(Lookup((word, *puts), has_c), False)
    begun = Lookup((), lambda: initial) if put is None else Hold(put, initial)

    def between(x: Hashable, started: Hashable, u: Hashable) -> Hashable:
        return times(times(c, u), c) if x == c and started is True else c

    def first(x: Hashable, started: Hashable, u: Hashable, begin: Hashable) -> Hashable:
        return action(action(begin, u), c) if x == c and started is False else KEEP

    after_c = track(
        divisor,
        [times(times(c, u), c) for u in blocks.elements],
        Lookup((word, started, block), between),
        act,
        action(initial, c),
        Lookup((word, started, block, begun), first),
    )
    return Lookup(
        (started, after_c, begun, block),
        lambda started, point, begin, u: action(point if started else begin, u),
    )
