"""A job in parts: inputs are packed, evaluated and unpacked a part at a time, on threads if wanted.

A part is what the engine takes at a time, so that its words stay in the cache.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcsim.simulate.workers import Workers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tcsim.simulate.engines import Engine
    from tcsim.typing import Progress, Words

HELD_BYTES = 2**26
"""Packed inputs that are held at most."""

BLOCK_VECTORS = 2048
"""Parts for threads are multiples of this many vectors."""


def stream(
    engine: Engine,
    vectors: int,
    fill: Callable[[int, int], Words],
    drain: Callable[[Words, int, int], None],
    *,
    check: Callable[[], None] | None = None,
    threads: int = 1,
    progress: Progress | None = None,
) -> None:
    """Evaluate vectors that are packed and unpacked part by part.

    Args:
        engine: computes the values.
        vectors: how many vectors there are.
        fill: packs vectors ``start`` .. ``stop - 1`` into words of shape (inputs, words); where
            values are at fault, it raises an error.
        drain: takes the values of vectors ``start`` .. ``stop - 1``, of shape (outputs, words).
        check: raises the error of `fill`, if any; None where there can be none. It is called where
            the packed inputs are too large to be held: errors come before all other work.
        threads: how many threads to use.
        progress: called as ``progress(done, total)`` in vectors.
    """
    places = list(ranges(vectors, engine.step, threads))
    held = 8 * engine.n_inputs * -(-vectors // 64)
    if check is not None and len(places) > 1 and held > HELD_BYTES:
        check()
        check = None

    def whole(engine: Engine, part: tuple[int, int]) -> None:
        drain(engine.words(fill(*part)), *part)

    def first(_: Engine, part: tuple[int, int]) -> Words:
        return fill(*part)

    def second(engine: Engine, part: tuple[Words, tuple[int, int]]) -> None:
        words, (start, stop) = part
        drain(engine.words(words), start, stop)

    with Workers(engine, min(threads, max(1, len(places)))) as workers:
        if check is None or len(places) == 1:
            results = workers.map(whole, places)
        else:
            packed = list(workers.map(first, places))
            results = workers.map(second, zip(packed, places, strict=True))
        for (_, stop), _ in zip(places, results, strict=True):
            if progress is not None:
                progress(stop, vectors)


def in_parts(
    engine: Engine,
    words: int,
    work: Callable[[Engine, int, int], object],
    *,
    threads: int,
    progress: Progress | None,
) -> None:
    """Do some work for words ``start`` .. ``stop - 1``, part by part.

    Args:
        engine: whose steps the parts are.
        words: how many words there are.
        work: takes an engine, which is its own meanwhile, ``start`` and ``stop``.
        threads: how many threads to use.
        progress: called as ``progress(done, total)`` in vectors.
    """

    def done(engine: Engine, part: tuple[int, int]) -> int:
        work(engine, part[0] // 64, part[1] // 64)
        return part[1]

    with Workers(engine, threads) as workers:
        for stop in workers.map(done, ranges(64 * words, engine.step, threads)):
            if progress is not None:
                progress(stop, 64 * words)


def ranges(total: int, step: int, threads: int = 1) -> Iterator[tuple[int, int]]:
    """Ranges of at most `step` that cover ``0 .. total - 1``, a few for each of several threads."""
    if threads > 1:
        blocks = -(-total // BLOCK_VECTORS)
        step = min(step, BLOCK_VECTORS * max(1, blocks // (4 * threads)))
    for start in range(0, total, step):
        yield start, min(start + step, total)


def parts(total: int, step: int, progress: Progress | None) -> Iterator[tuple[int, int]]:
    """`ranges` for one thread; after each, progress is reported."""
    for start, stop in ranges(total, step):
        yield start, stop
        if progress is not None:
            progress(stop, total)
