"""The reader of AIGER: binary files, and the way to text files."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from tcsim.errors import ParseError
from tcsim.formats.aiger.graph import Graph
from tcsim.formats.aiger.header import NUMBER, Header, Source, numbers, read_header
from tcsim.formats.aiger.symbols import read_symbols
from tcsim.formats.aiger.text import read_text
from tcsim.formats.limits import excerpt, most_inputs

if TYPE_CHECKING:
    from tcsim.circuit import Circuit
    from tcsim.typing import Integers

_LITERAL_LINES = re.compile(rb"(?:%b\n)*" % NUMBER)
_LONGEST = 9
"""Bytes of the longest number: below 2**63."""


def read_aiger(data: bytes, path: str | None = None) -> Circuit:
    """Read an and-inverter graph, as text or in binary; each AND is one gate.

    Args:
        data: the file's content.
        path: its name, for errors.

    Raises:
        ParseError: the file is broken or not combinational; names the line of a text file, the byte
            of a binary one.
    """
    magic = data[:4]
    if magic not in {b"aag ", b"aig "}:
        raise ParseError(f"found {excerpt(magic)}; expected 'aag ' or 'aig '", path=path, byte=0)
    source = Source(data, path, binary=magic == b"aig ")
    header = read_header(source)
    graph = _read_binary(source, header) if source.binary else read_text(source, header)
    return graph.circuit()


def _read_binary(source: Source, header: Header) -> Graph:
    limit = most_inputs(len(source.data))
    if header.inputs > limit:
        source.fail(0, f"{header.inputs} inputs; a file of this length may declare {limit}")
    outputs, at = _read_outputs(source, header)
    left, right, at = _read_ands(source, header, at)
    input_names, output_names = read_symbols(source, header, at)
    return Graph(input_names, left, right, outputs, output_names)


def _read_outputs(source: Source, header: Header) -> tuple[Integers, int]:
    """The literals of the outputs, a line each, and where they end."""
    content = np.frombuffer(source.data, np.uint8)[header.end :]
    if header.outputs > len(content):
        source.fail(len(source.data), f"the file ends within {header.outputs} outputs")
    # A line takes at most 19 bytes, so the binary part is not searched for line ends.
    ends = np.flatnonzero(content[: 20 * header.outputs] == ord("\n"))[: header.outputs]
    stop = header.end + (int(ends[-1]) + 1 if len(ends) else 0)
    good = _LITERAL_LINES.match(source.data, header.end, stop)
    good_end = header.end if good is None else good.end()
    if good_end < stop or len(ends) < header.outputs:
        source.fail(
            good_end,
            f"found {source.found(good_end)}; expected the literal of an output and a newline",
        )
    outputs = numbers(source.data[header.end : stop])
    beyond = np.flatnonzero(outputs > 2 * header.largest + 1)
    if len(beyond):
        line = int(beyond[0])
        at = header.end + (int(ends[line - 1]) + 1 if line else 0)
        source.fail(at, f"output literal {outputs[line]}; the largest is {2 * header.largest + 1}")
    return outputs, stop


def _read_ands(source: Source, header: Header, start: int) -> tuple[Integers, Integers, int]:
    """The larger and the smaller literal of each AND, and where they end.

    An AND with literal h is stored as two differences, h - left and left - right. Each difference
    is a number of 7 bits a byte, the lowest first; its last byte has the high bit clear.
    """
    count = 2 * header.ands
    content = np.frombuffer(source.data, np.uint8)[start:]
    if count > len(content):
        source.fail(
            len(source.data), f"the file ends within {header.ands} ANDs; each takes 2 bytes or more"
        )
    content = content[: _LONGEST * count]
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
