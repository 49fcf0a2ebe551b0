"""The sequence of rows of a seed: distinct, balanced, the same however many are taken.

Candidates come in blocks whose size depends on depth and width alone; each block has a random
stream of its own. Rows are dealt from them in order, so that fewer rows are a prefix of more.
"""

from __future__ import annotations

import json
from collections import deque
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np

from reductions.tasks.draws import Draws, multiset_hash
from reductions.tasks.registry import family
from reductions.tasks.row import Row, content_id
from tcsim.errors import ArgumentError, LimitError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reductions.tasks.family import Block, Family

_BLOCK_WORK = 1 << 18
_LEAST_ROWS = 16
_PATIENCE = 32
"""Blocks in a row that bring no candidate of the kind that is needed, before it is given up."""
_SPARE = 1 << 14
"""Candidates of one kind that are kept; those beyond are dropped."""
_REPEATS = 10_000
"""Rows in a row that have all been there, before it is given up."""


@dataclass(frozen=True)
class Spec:
    """Which tasks.

    Args:
        name: of a family.
        depth: of each instance; what it counts, the family says.
        width: of each instance.
        copies: independent instances in a row, all of which are to be answered.
        seed: at least 0.

    Raises:
        ArgumentError: there is no such family, or no such instance of it.
        LimitError: a row would be too large.
    """

    name: str
    depth: int
    width: int
    copies: int = 1
    seed: int = 0

    def __post_init__(self) -> None:
        family(self.name).require(self.depth, self.width)
        for name, least, most in (("copies", 1, 1 << 20), ("seed", 0, (1 << 63) - 1)):
            value = getattr(self, name)
            if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
                raise ArgumentError(f"{name} must be an integer in {least}..{most}, not {value!r}")
        if self.total_work > MOST_ROW_WORK:
            raise LimitError(
                f"a row would be {self.total_work:,} {family(self.name).unit}; "
                f"at most {MOST_ROW_WORK:,} are allowed"
            )

    @property
    def total_work(self) -> int:
        """Of a row."""
        return self.copies * family(self.name).work(self.depth, self.width)


def wide(spec: Spec) -> Spec:
    """The same total work, side by side: many instances of the least depth in a row.

    What the paper's Figure 1 shows: many blanks that can be filled at once, and as many of which
    each waits for another.

    Args:
        spec: deep tasks, of one copy.

    Raises:
        ArgumentError: the depth is no multiple of the least one, or there are copies already.

    Example:
        >>> deep = Spec("sudoku", depth=12, width=4)
        >>> wide(deep)
        Spec(name='sudoku', depth=1, width=4, copies=12, seed=0)
        >>> deep.total_work == wide(deep).total_work == 48
        True
    """
    least = family(spec.name).least[0]
    if spec.depth % least or spec.copies != 1:
        raise ArgumentError(
            f"tasks side by side instead of {spec.name} of depth {spec.depth} with {spec.copies} "
            f"copies: the depth must be a multiple of {least}, and copies 1"
        )
    return replace(spec, depth=least, copies=spec.depth // least)


MOST_ROW_WORK = 1 << 24
"""Larger rows are refused."""


def rows(spec: Spec, count: int | None = None, start: int = 0) -> Iterator[Row]:
    """Rows of a sequence.

    Args:
        spec: which.
        count: how many; None: as many as are taken.
        start: rows to leave out first. They are drawn nonetheless: no two rows are the same.

    Raises:
        LimitError: there are not so many distinct instances; raised at the row that is missing.

    Example:
        >>> [(row.input, row.answer) for row in rows(Spec("s5", depth=1, width=1), 1)]
        [('43102 43210', '01342')]
    """
    for name, value in (("count", count), ("start", start)):
        if value is not None and (not isinstance(value, int) or value < 0):
            raise ArgumentError(f"{name} must be an integer of at least 0, not {value!r}")
    return islice(_sequence(spec), start, None if count is None else start + count)


def _sequence(spec: Spec) -> Iterator[Row]:
    one = family(spec.name)
    dealer = _Dealer(spec, one, distinct=spec.copies == 1)
    seen: set[int] = set()
    index = repeats = 0
    while True:
        dealt = [dealer.deal() for _ in range(spec.copies)]
        if spec.copies > 1:
            keys = np.array([block.key[at] for block, at in dealt], np.uint64)
            key = int(multiset_hash(keys[None])[0])
            if key in seen:
                repeats += 1
                if repeats > _REPEATS:
                    raise _exhausted(spec, index)
                continue
            seen.add(key)
            repeats = 0
        texts = [block.text(at) for block, at in dealt]
        given, answer = texts[0] if spec.copies == 1 else map(json.dumps, zip(*texts, strict=True))
        yield Row(
            content_id=content_id(one.generator, given, answer),
            task=spec.name,
            input=given,
            answer=answer,
            dependency_depth=spec.depth,
            assumption=one.assumption,
            total_work=spec.total_work,
            depth=spec.depth,
            width=spec.width,
            copies=spec.copies,
            seed=spec.seed,
            index=index,
            generator=one.generator,
        )
        index += 1


class _Dealer:
    """Candidates in an order in which every kind of answer comes equally often."""

    def __init__(self, spec: Spec, one: Family, *, distinct: bool) -> None:
        self.spec, self.one, self.distinct = spec, one, distinct
        self.kinds = one.answers(spec.depth, spec.width)
        self.waiting: list[deque[tuple[Block, int]]] = [deque() for _ in range(self.kinds)]
        self.order: deque[int] = deque()
        self.seen: set[int] = set()
        self.blocks = self.rounds = 0
        rows = _BLOCK_WORK // one.work(spec.depth, spec.width)
        self.size = min(max(rows, _LEAST_ROWS), one.most_rows)

    def deal(self) -> tuple[Block, int]:
        """The next candidate."""
        if not self.order:
            # In each round every kind has its turn, in an order that tells nothing.
            self.order.extend(self._draws(1, self.rounds).orders(1, self.kinds)[0].tolist())
            self.rounds += 1
        kind = self.order[0]
        for _ in range(_PATIENCE):
            if self.waiting[kind]:
                self.order.popleft()
                return self.waiting[kind].popleft()
            self._draw()
        if not self.waiting[kind]:
            raise _exhausted(self.spec, len(self.seen))
        self.order.popleft()
        return self.waiting[kind].popleft()

    def _draw(self) -> None:
        spec = self.spec
        draws = self._draws(0, self.blocks)
        block = self.one.block(draws, self.size, spec.depth, spec.width)
        self.blocks += 1
        good = np.flatnonzero(block.good)
        keys, kinds = block.key[good].tolist(), block.kind[good].tolist()
        for at, key, kind in zip(good.tolist(), keys, kinds, strict=True):
            if self.distinct:
                if key in self.seen:
                    continue
                self.seen.add(key)
            if len(self.waiting[kind]) < _SPARE:
                self.waiting[kind].append((block, at))

    def _draws(self, purpose: int, number: int) -> Draws:
        spec = self.spec
        name = crc32(self.one.generator.encode())
        return Draws(name, spec.seed, spec.depth, spec.width, purpose, number)


def _exhausted(spec: Spec, found: int) -> LimitError:
    return LimitError(
        f"{spec.name} of depth {spec.depth} and width {spec.width}: after {found:,} distinct "
        f"instances no further ones with the answer needed next turn up. Ask for fewer rows, or "
        f"for a larger width: at a depth of many times the width the first levels rarely matter"
    )
