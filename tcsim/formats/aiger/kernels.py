"""The loop over the bytes of a binary file. Plain code, to be compiled."""

from __future__ import annotations

from typing import Any


def decode(data: Any, at: int, own: int, complemented: Any, pairs: Any) -> int:
    """Literals of the ANDs of a binary file, from the differences of 7 bits a byte.

    Args:
        data: the file's bytes,
        at: where the first AND stands,
        own: and its literal.
        complemented: which variables stand for their complements.
        pairs: filled with the larger and the smaller literal of each AND, those of wires.

    Returns:
        Where the ANDs end, or -1 if something is wrong.
    """
    literal = own
    for place in range(len(pairs)):
        delta, shift, more = 0, 0, True
        while more:
            if at == len(data) or shift > 56:
                return -1
            delta |= int(data[at] & 127) << shift  # bytes are too short to be shifted
            more = data[at] > 127
            shift += 7
            at += 1
        if place & 1 == 0:
            literal = own
            own += 2
            if delta == 0:
                return -1
        literal -= delta
        if literal < 0:
            return -1
        pairs[place] = (literal ^ int(complemented[literal >> 1])) - 2
    return at
