"""The first line of an AIGER file, and where in a file something is wrong."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn

import numpy as np

from tcsim.errors import ParseError
from tcsim.formats.limits import excerpt

NUMBER = rb"(?:0|[1-9][0-9]{0,17})"
"""A number as the format spells it, below 10**18."""

if TYPE_CHECKING:
    from tcsim.typing import Integers

_NUMBERS = re.compile(rb"%b(?: %b)*" % (NUMBER, NUMBER))
_EXTRA = ("bad state", "invariant constraint", "justice", "fairness")


def numbers(text: bytes) -> Integers:
    """Numbers that are known to be spelled right, with blanks or newlines between them."""
    if not text:
        return np.zeros(0, np.int64)
    return np.fromstring(text.decode("ascii"), np.int64, sep=" ")


@dataclass(frozen=True)
class Source:
    """A file's content; errors name a line of a text file, a byte of a binary one."""

    data: bytes
    path: str | None
    binary: bool

    def fail(self, at: int, problem: str) -> NoReturn:
        """Raise the error that something is wrong at this byte."""
        if self.binary:
            raise ParseError(problem, path=self.path, byte=at)
        raise ParseError(problem, path=self.path, line=self.data.count(b"\n", 0, at) + 1)

    def found(self, at: int) -> str:
        """The rest of the line at this byte, for messages."""
        if at >= len(self.data):
            return "the end of the file"
        end = self.data.find(b"\n", at, at + 80)
        line = self.data[at : at + 80 if end < 0 else end + 1]
        return excerpt(line)


@dataclass(frozen=True)
class Header:
    """The counts that a file announces.

    Attributes:
        largest: the largest variable.
        inputs: number of inputs.
        outputs: number of outputs.
        ands: number of ANDs.
        end: where the next line starts.
    """

    largest: int
    inputs: int
    outputs: int
    ands: int
    end: int


def read_header(source: Source) -> Header:
    """Read the first line; what is not combinational is refused here.

    Raises:
        ParseError: the line is no header, its counts do not fit, or the circuit is sequential.
    """
    end = source.data.find(b"\n", 0, 1024)
    if end < 0:
        source.fail(0, f"found {source.found(0)}; expected a header line that ends in a newline")
    line = source.data[4:end]
    if not _NUMBERS.fullmatch(line) or not 5 <= len(line.split()) <= 9:
        source.fail(
            0,
            f"found the header {excerpt(source.data[:end])}; expected the counts M I L O A "
            "(and at most B C J F) below 10**18, one blank before each, then a newline",
        )
    largest, inputs, latches, outputs, ands, *extra = map(int, line.split())
    if latches:
        source.fail(
            0, f"the circuit is sequential: {latches} latches; expected 0 (unroll it first)"
        )
    for count, kind in zip(extra, _EXTRA, strict=False):
        if count:
            source.fail(0, f"{count} {kind} properties; expected 0: only outputs are read")
    defined = inputs + ands
    if largest != defined if source.binary else largest < defined:
        source.fail(
            0,
            f"the largest variable is {largest}; expected {'' if source.binary else 'at least '}"
            f"{defined}, for {inputs} inputs and {ands} ANDs",
        )
    return Header(largest, inputs, outputs, ands, end + 1)
