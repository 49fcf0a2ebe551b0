"""A circuit on a grid: where its wires cross, and which gates lead both values across.

Wire w runs to the right along row w. The track of an operand a of gate w runs down from row a to
row w, where the gate stands, and crosses all rows between. Tracks stand from left to right by gate,
and of one gate by operand. At a crossing three XORs of four NANDs each lead both values on: of the
row's value x and the track's y first c = x + y, then x = c + y to the right and y = c + x down.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from reductions.problems.circuit_value import CircuitValue
    from tcsim.typing import Integers

GATES = 12
"""Of a crossing: four of c, of the row's value, of the track's."""

ROW, TRACK = 7, 11
"""Which of them have the row's value and the track's."""


class Layout:
    """The crossings of a circuit, in the order in which tracks and rows follow each other.

    Args:
        source: a circuit of gates of one or two operands.

    Attributes:
        track_gate, track_operand: of each track, the wires at its ends.
        track_end: of each track, the number of crossings up to its end.
        track: of each crossing, the number of its track.
        row: of each crossing, the wire that it leads across.
        base: of each crossing, the target wire of its first gate.
        image: of each wire of the source, itself in the target.
    """

    def __init__(self, source: CircuitValue) -> None:
        n, table = len(source.values), source.gates.operands
        gate, place = np.nonzero(table >= 0)
        self.track_gate, self.track_operand = n + gate, table[gate, place]
        span = self.track_gate - 1 - self.track_operand
        self.track_end = np.cumsum(span)
        self.track = np.repeat(np.arange(len(span)), span)
        step = np.arange(len(self.track)) - (self.track_end - span)[self.track]
        self.row = self.track_operand[self.track] + 1 + step
        self.base = GATES * np.arange(len(self.row)) + self.track_gate[self.track]
        through = np.zeros(len(table), np.int64)  # crossings up to each gate
        np.add.at(through, gate, span)
        self.image = np.arange(n + len(table))
        self.image[n:] += GATES * np.cumsum(through)
        order = np.argsort(self.row, kind="stable")
        self._order, count = order, len(order) + 1
        self._keys = self.row[order] * count + order
        self._count = count

    def carrier(self, row: Integers, before: Integers) -> Integers:
        """The target wire that has the value of a row to the left of a crossing."""
        place = np.searchsorted(self._keys, row * self._count + before) - 1
        if not len(self._order):
            return self.image[row]
        last = self._order[place]
        met = (place >= 0) & (self.row[last] == row)
        return np.where(met, self.base[last] + ROW, self.image[row])

    def entering(self) -> tuple[Integers, Integers]:
        """Of each crossing, the target wires that come along its row and along its track."""
        number = np.arange(len(self.row))
        first = np.ones(len(number), bool)
        first[1:] = self.track[1:] != self.track[:-1]
        top = self.carrier(self.track_operand[self.track], number)
        above = np.zeros_like(number)
        above[1:] = self.base[:-1] + TRACK
        return self.carrier(self.row, number), np.where(first, top, above)

    def arriving(self) -> Integers:
        """Of each track, the target wire that its gate reads."""
        empty = self.track_gate - 1 == self.track_operand
        direct = self.carrier(self.track_operand, self.track_end)
        if not len(self.base):
            return direct
        return np.where(empty, direct, self.base[np.maximum(self.track_end - 1, 0)] + TRACK)

    def leaving(self) -> tuple[Integers, Integers]:
        """Target wires behind the crossings, and the wires of the source whose values they have."""
        wires = np.concatenate((self.base + ROW, self.base + TRACK))
        return wires, np.concatenate((self.row, self.track_operand[self.track]))
