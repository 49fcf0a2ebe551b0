"""AIGER as text: literals in any numbering, ANDs in any order."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from tcsim.formats.aiger.graph import Graph
from tcsim.formats.aiger.header import NUMBER, Header, Source, numbers
from tcsim.formats.aiger.order import Cycle, topological_order
from tcsim.formats.aiger.symbols import read_symbols

if TYPE_CHECKING:
    from tcsim.typing import Integers

_LINES = {
    "input": re.compile(rb"(?:%b\n)*" % NUMBER),
    "output": re.compile(rb"(?:%b\n)*" % NUMBER),
    "AND": re.compile(rb"(?:%b %b %b\n)*" % (NUMBER, NUMBER, NUMBER)),
}


def read_text(source: Source, header: Header) -> Graph:
    """The graph of a text file, its variables renumbered as in a binary one.

    Raises:
        ParseError: names the line.
    """
    return _Text(source, header).read()


class _Text:
    def __init__(self, source: Source, header: Header) -> None:
        self.source = source
        self.header = header
        data = source.data
        self.line_end = np.flatnonzero(np.frombuffer(data, np.uint8) == ord("\n"))
        needed = 1 + header.inputs + header.outputs + header.ands
        if needed > len(self.line_end):
            source.fail(
                len(data),
                f"the file ends after {len(self.line_end)} complete lines; expected {needed}, for "
                f"the header, {header.inputs} inputs, {header.outputs} outputs and "
                f"{header.ands} ANDs",
            )
        self.first_and = 1 + header.inputs + header.outputs
        self.end_of_ands = int(self.line_end[needed - 1]) + 1

    def read(self) -> Graph:
        """All sections, checked and renumbered."""
        header = self.header
        inputs = self._section("input", 1, header.inputs)[:, 0]
        outputs = self._section("output", 1 + header.inputs, header.outputs)[:, 0]
        ands = self._section("AND", self.first_and, header.ands)
        self._define(inputs, ands[:, 0])
        one, two = (self._number(ands[:, side], self.first_and) for side in (1, 2))
        left, right, moved = self._sort(np.maximum(one, two), np.minimum(one, two), ands[:, 0])
        outputs = self._number(outputs, 1 + header.inputs)
        variable = outputs >> 1
        gate = variable > header.inputs
        outputs[gate] = 2 * moved[variable[gate] - header.inputs - 1] + (outputs[gate] & 1)
        names = read_symbols(self.source, header, self.end_of_ands)
        return Graph(names[0], left, right, outputs, names[1])

    def _section(self, kind: str, first: int, count: int) -> Integers:
        """The numbers on some lines: int64, shape (lines, 3) for ANDs, else (lines, 1)."""
        data, width = self.source.data, 3 if kind == "AND" else 1
        if not count:
            return np.zeros((0, width), np.int64)
        start, stop = self._start(first), int(self.line_end[first + count - 1]) + 1
        good = _LINES[kind].match(data, start, stop)
        end = start if good is None else good.end()
        if end < stop:
            wanted = "three literals, one blank between them," if width == 3 else "one literal"
            self.source.fail(
                end, f"found {self.source.found(end)}; expected {wanted} of an {kind} and a newline"
            )
        return numbers(data[start:stop]).reshape(count, width)

    def _start(self, line: int) -> int:
        """Where a line starts, counted from 0."""
        return int(self.line_end[line - 1]) + 1

    def _define(self, inputs: Integers, ands: Integers) -> None:
        """Note which literal is which variable of the graph; each is defined once."""
        header = self.header
        literals = np.concatenate((inputs, ands))
        lines = np.concatenate(
            (1 + np.arange(header.inputs), self.first_and + np.arange(header.ands))
        )
        bad = np.flatnonzero((literals & 1) | (literals < 2) | (literals > 2 * header.largest))
        if len(bad):
            at = bad[0]
            self.source.fail(
                self._start(int(lines[at])),
                f"literal {literals[at]} is defined; expected an even one, 2..{2 * header.largest}",
            )
        self.order = np.argsort(literals, kind="stable")
        self.literals = literals[self.order]
        again = np.flatnonzero(self.literals[1:] == self.literals[:-1])
        if len(again):
            at = int(np.min(self.order[again + 1]))
            before = int(np.flatnonzero(literals == literals[at])[0])
            self.source.fail(
                self._start(int(lines[at])),
                f"literal {literals[at]} is defined again; line {lines[before] + 1} defines it",
            )

    def _number(self, literals: Integers, first_line: int) -> Integers:
        """Literals of the file as literals of the graph."""
        plain = literals & ~1
        place = np.searchsorted(self.literals, plain)
        known = np.append(self.literals, -1)[place] == plain
        bad = np.flatnonzero(~known & (plain > 0))
        if len(bad):
            at = int(bad[0])
            self.source.fail(
                self._start(first_line + at),
                f"literal {literals[at]} is used but not defined; expected 0, 1 or a literal of "
                "an input or AND",
            )
        variable = np.where(plain > 0, np.append(self.order, -1)[place] + 1, 0)
        numbered: Integers = 2 * variable + (literals & 1)
        return numbered

    def _sort(
        self, left: Integers, right: Integers, own: Integers
    ) -> tuple[Integers, Integers, Integers]:
        """The ANDs in order, and the variable that each AND of the file has become."""
        first = self.header.inputs + 1
        variable = first + np.arange(len(left))
        if (left >> 1 < variable).all():
            return left, right, variable
        try:
            order = topological_order((left >> 1) - first, (right >> 1) - first)
        except Cycle as cycle:
            path = " reads ".join(str(own[gate]) for gate in cycle.gates[:8])
            more = " reads ..." if len(cycle.gates) > 8 else f" reads {own[cycle.gates[0]]}"
            self.source.fail(
                self._start(self.first_and + cycle.gates[0]),
                f"the AND {own[cycle.gates[0]]} depends on itself, a cycle: {path}{more}",
            )
        moved = np.zeros(first + len(left), np.int64)
        moved[:first] = np.arange(first)
        moved[first + order] = variable
        left = 2 * moved[left >> 1] + (left & 1)
        right = 2 * moved[right >> 1] + (right & 1)
        left, right = np.maximum(left, right)[order], np.minimum(left, right)[order]
        return left, right, moved[first:]
