"""Search for an input on which two circuits differ, 64 vectors a word."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import numpy as np

from tcsim.errors import TcsimError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tcsim.circuit import Circuit
    from tcsim.equivalence.matching import Matching
    from tcsim.typing import Bits, Progress, Words


@dataclass(frozen=True, eq=False)
class Difference:
    """An input on which two circuits differ, in the order of A.

    Attributes:
        inputs: 0/1, shape (inputs,).
        outputs_a: 0/1, shape (outputs,).
        outputs_b: the same of B.
    """

    inputs: Bits
    outputs_a: Bits
    outputs_b: Bits

    @property
    def places(self) -> list[int]:
        """Which outputs differ."""
        return np.flatnonzero(self.outputs_a != self.outputs_b).tolist()


@dataclass(frozen=True)
class Search:
    """What a search found.

    Attributes:
        difference: an input on which the circuits differ, if one was found.
        vectors: how many were tried.
        complete: whether all were tried that there were to try, or a difference was found.
    """

    difference: Difference | None
    vectors: int
    complete: bool


def search(
    a: Circuit,
    b: Circuit,
    inputs: Matching,
    outputs: Matching,
    blocks: Iterable[Words],
    total: int,
    *,
    deadline: float = float("inf"),
    fits: float | None = None,
    progress: Progress | None = None,
) -> Search:
    """Try the vectors of some blocks, up to the first on which the circuits differ.

    Args:
        a: the one circuit.
        b: the other.
        inputs: how their inputs are matched.
        outputs: how their outputs are matched.
        blocks: packed words, uint64 of shape (inputs of A, words).
        total: number of vectors.
        deadline: when to stop, as `time.monotonic` counts.
        fits: give up after a first part, of so many seconds, that shows that the deadline would
            pass; None to go on until it does.
        progress: called as ``progress(done, total)`` in vectors.
    """
    done = 0
    place_of = np.argsort(inputs.order)
    start, begin, before = 0.0, 0.0, 0
    for words in blocks:
        found_a = cast("Words", a(words, packed=True))
        found_b = cast("Words", b(words[place_of], packed=True))[outputs.order]
        differ = np.bitwise_or.reduce(found_a ^ found_b, axis=0)
        done += 64 * words.shape[1]
        if len(places := np.flatnonzero(differ)):
            word = int(places[0])
            bits = int(differ[word])
            vector = _column(words, word, (bits & -bits).bit_length() - 1)
            return Search(confirm(a, b, inputs, outputs, vector), min(done, total), complete=True)
        if progress is not None:
            progress(min(done, total), total)
        now = time.monotonic()
        if not before:  # the first block may have compiled kernels: it says nothing of speed
            start, begin, before = now, now, done
        elif fits is not None and now - start >= fits:
            if now + (now - begin) / (done - before) * (total - done) > deadline:
                break
            fits = None
        elif fits is not None and begin == start and now - start >= fits / 2:
            begin, before = now, done  # faster kernels may have been made ready meanwhile
        if now > deadline and done < total:
            break
    return Search(None, min(done, total), done >= total)


def confirm(
    a: Circuit, b: Circuit, inputs: Matching, outputs: Matching, vector: Bits | Sequence[int]
) -> Difference:
    """The outputs on one vector, by the reference engine, which must differ.

    Raises:
        TcsimError: they do not: an engine or the solver is wrong.
    """
    values = np.asarray(vector, np.uint8)
    there = np.empty_like(values)
    there[inputs.order] = values
    found_a = cast("Bits", a(values, engine="reference"))
    found_b = cast("Bits", b(there, engine="reference"))[outputs.order]
    difference = Difference(values, found_a, found_b)
    if not difference.places:
        raise TcsimError(
            "the reference engine sees no difference where another one found it, on input "
            f"{''.join(map(str, values.tolist()))}: please report this with both circuits"
        )
    return difference


def _column(words: Words, word: int, bit: int) -> Bits:
    return (words[:, word] >> np.uint64(bit) & np.uint64(1)).astype(np.uint8)
