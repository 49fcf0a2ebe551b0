"""Choices among binary words: by a condition, by a number, by size, by rank."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcsim.networks.words.template import Form, total

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tcsim.networks.codes import Code
    from tcsim.networks.words.template import Template
    from tcsim.networks.words.word import Word


def select(t: Template, code: Code, condition: Word, x: Word, y: Word) -> list[Form]:
    """X where the condition is 1, else y. Depth 2."""
    (c,) = condition.bits
    return _either([([c], x.in_code(t, code)), ([~c], y.in_code(t, code))], t)


def pick(t: Template, code: Code, index: Word, *words: Word) -> list[Form]:
    """The word that a number names, from 0; negative ones count from the end. Depth 2."""
    cases = [
        (index.equals(k), words[k].in_code(t, code))
        for k in range(-len(words), len(words))
        if index.code.lo <= k <= index.code.hi
    ]
    return _either(cases, t)


def largest(t: Template, code: Code, *words: Word) -> list[Form]:
    """The largest of several: a comparison for each pair, then as `select`. Depth 3."""
    before = _before(t, words, 1)
    cases = [
        ([~before[j, i] for j in range(len(words)) if j != i], word.in_code(t, code))
        for i, word in enumerate(words)
    ]
    return _either(cases, t)


def smallest(t: Template, code: Code, *words: Word) -> list[Form]:
    """The smallest of several, likewise."""
    before = _before(t, words, -1)
    cases = [
        ([~before[j, i] for j in range(len(words)) if j != i], word.in_code(t, code))
        for i, word in enumerate(words)
    ]
    return _either(cases, t)


def ranked(
    t: Template, code: Code, *words: Word, rank: int, sign: int = 1, place: bool = False
) -> list[Form]:
    """The word, or its place among the words, that `rank` others come before. Depth 4.

    Args:
        t: gets the gates.
        code: of the result.
        *words: all of one code.
        rank: 0 for the first in order; equal words stand in the order of their places.
        sign: 1 where larger words come first, -1 where smaller ones do.
        place: whether to give the place.
    """
    before = _before(t, words, sign)
    count = len(words)
    cases = []
    for i, word in enumerate(words):
        ahead = total(before[j, i] for j in range(count) if j != i)
        here = [t.gate(ahead, rank), t.gate(ahead * -1, -rank)]
        number = t.digits(Form({}, i - code.lo), code.wires)
        bits = number if place else word.in_code(t, code)
        cases.append((here, bits))
    return _either(cases, t)


def _before(t: Template, words: Sequence[Word], sign: int) -> dict[tuple[int, int], Form]:
    """Whether word i comes before word j: one gate for both orders."""
    before = {}
    for j in range(len(words)):
        for i in range(j):
            difference = (words[i].value - words[j].value) * sign
            before[i, j] = t.gate(difference, 0)
            before[j, i] = ~before[i, j]
    return before


def _either(cases: Sequence[tuple[Sequence[Form], Sequence[Form]]], t: Template) -> list[Form]:
    """The word of the one case whose signals are all 1."""
    return [
        t.any(t.all([*signals, bits[q]]) for signals, bits in cases if bits[q] != Form())
        for q in range(len(cases[0][1]))
    ]
