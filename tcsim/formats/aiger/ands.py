"""The ANDs of a binary file.

An AND with literal h is stored as two differences, h - left and left - right. Each difference is a
number of 7 bits a byte, the lowest first; its last byte has the high bit clear.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tcsim._accelerate import compiles, run
from tcsim.formats.aiger.draft import Draft
from tcsim.formats.aiger.kernels import decode

if TYPE_CHECKING:
    from tcsim.formats.aiger.header import Header, Source
    from tcsim.typing import Integers

_LONGEST = 9
"""Bytes of the longest number: below 2**63."""


def read_ands(source: Source, header: Header, start: int, outputs: Integers) -> tuple[Draft, int]:
    """The literals of a circuit, and where the ANDs end.

    Args:
        source: the file.
        header: its counts.
        start: where the ANDs start.
        outputs: int64, shape (outputs,): the literals of the outputs.

    Raises:
        ParseError: a difference is not complete, too long or out of range; names the byte.
    """
    count = 2 * header.ands
    if count > len(source.data) - start:
        source.fail(
            len(source.data), f"the file ends within {header.ands} ANDs; each takes 2 bytes or more"
        )
    draft = Draft(header.inputs, header.ands, outputs)
    if compiles(count):
        content, pairs = np.frombuffer(source.data, np.uint8), draft.pairs.reshape(-1)[:count]
        own = 2 * (1 + header.inputs)
        end = run(decode, count, content, start, own, draft.complemented, pairs)
        if end >= 0:
            return draft, end
    left, right, end = _read_checked(source, header, start)
    draft.fill(left, right)
    return draft, end


def _read_checked(source: Source, header: Header, start: int) -> tuple[Integers, Integers, int]:
    """The larger and the smaller literal of each AND, and where they end.

    By NumPy alone, which is sooner there for small files; and it knows what is wrong.
    """
    count = 2 * header.ands
    content = np.frombuffer(source.data, np.uint8)[start : start + _LONGEST * count]
    last = np.flatnonzero(content < 0x80)[:count]
    first = np.concatenate(([0], last[:-1] + 1)) if count else last
    length = last - first[: len(last)] + 1
    if len(last) and length.max() > _LONGEST:
        at = start + int(first[int(np.argmax(length > _LONGEST))])
        source.fail(at, f"a difference of more than {_LONGEST} bytes; expected at most {_LONGEST}")
    if len(last) < count:
        at = start + (int(last[-1]) + 1 if len(last) else 0)
        source.fail(at, f"{len(last)} of {count} differences; expected the next one, complete")
    delta = (content[first] & 0x7F).astype(np.int64)
    for byte in range(1, int(length.max(initial=1))):
        longer = np.flatnonzero(length > byte)
        delta[longer] |= (content[first[longer] + byte] & 0x7F).astype(np.int64) << 7 * byte
    own = 2 * (header.inputs + 1 + np.arange(header.ands))
    left = own - delta[0::2]
    right = left - delta[1::2]
    bad = np.flatnonzero((delta[0::2] == 0) | (left < 0) | (right < 0))
    if len(bad):
        gate = int(bad[0])
        second = bool(delta[2 * gate] and left[gate] >= 0)
        at = start + int(first[2 * gate + second])
        most = int(left[gate] if second else own[gate])
        source.fail(
            at,
            f"the AND with literal {own[gate]} has the difference {delta[2 * gate + second]}; "
            f"expected {'0' if second else '1'} to {most}",
        )
    return left, right, start + (int(last[-1]) + 1 if count else 0)
