"""The reader of AIGER: binary files, and the way to text files."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from tcsim.errors import ParseError
from tcsim.formats.aiger.ands import read_ands
from tcsim.formats.aiger.header import NUMBER, Header, Source, numbers, read_header
from tcsim.formats.aiger.symbols import read_symbols
from tcsim.formats.aiger.text import read_text
from tcsim.formats.limits import excerpt, most_inputs

if TYPE_CHECKING:
    from tcsim.circuit import Circuit
    from tcsim.typing import Integers

_LITERAL_LINES = re.compile(rb"(?:%b\n)*" % NUMBER)


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
    return _read_binary(source, header) if source.binary else read_text(source, header).circuit()


def _read_binary(source: Source, header: Header) -> Circuit:
    limit = most_inputs(len(source.data))
    if header.inputs > limit:
        source.fail(0, f"{header.inputs} inputs; a file of this length may declare {limit}")
    outputs, at = _read_outputs(source, header)
    draft, at = read_ands(source, header, at, outputs)
    return draft.circuit(*read_symbols(source, header, at))


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
