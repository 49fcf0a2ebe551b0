"""The reader of BLIF: covers of `.names` become AND and OR gates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcsim.formats.limits import excerpt
from tcsim.formats.lines import ascii_text
from tcsim.formats.netlist import Netlist

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tcsim.circuit import Circuit
    from tcsim.formats.assembly import Assembly

Row = tuple[tuple[int, bool], ...]
"""A product: (position of the operand, inverted)."""

_REFUSED = {
    ".latch": "a memory element; only combinational circuits are read",
    ".mlatch": "a memory element; only combinational circuits are read",
    ".gate": "a cell of a library that the file does not hold; map it to .names first",
    ".subckt": "a use of another model; flatten the file first",
    ".search": "a use of another file; flatten the file first",
    ".exdc": "a table of don't-cares, which a circuit does not have",
    ".start_kiss": "a state machine; only combinational circuits are read",
}
_IGNORED = frozenset(
    {
        ".area",
        ".attr",
        ".cname",
        ".default_input_arrival",
        ".default_input_drive",
        ".default_max_input_load",
        ".default_output_load",
        ".default_output_required",
        ".delay",
        ".input_arrival",
        ".input_drive",
        ".max_input_load",
        ".output_load",
        ".output_required",
        ".param",
        ".wire",
        ".wire_load_slope",
    }
)
"""Physical data and remarks."""


def read_blif(data: bytes, path: str | None = None) -> Circuit:
    """Read the first model of a BLIF file.

    Each `.names` becomes an AND gate per product of two literals or more and one OR gate over the
    products; a single product is just its AND gate, and a single literal or a constant no gate at
    all. A table of the 0s complements the last gate, which has the signal's name.

    Args:
        data: the file's content.
        path: its name, for errors.

    Raises:
        ParseError: names the line, what was found, what was expected.
    """
    return netlist_of(data, path).build()


def _statements(text: str) -> Iterator[tuple[int, list[str]]]:
    """The words of each logical line, with the number of its first line; the last is not ended."""
    words: list[str] = []
    first = 0
    for number, line in enumerate(text.split("\n"), 1):
        content = line.partition("#")[0].rstrip()
        first = first or number
        goes_on = content.endswith("\\")
        words += (content[:-1] if goes_on else content).split()
        if goes_on:
            continue
        if words:
            yield first, words
        words, first = [], 0
    if words:
        yield first, words


def netlist_of(data: bytes, path: str | None) -> Netlist:
    """The tables of the first model, by name.

    Raises:
        ParseError: as `read_blif`.
    """
    netlist = Netlist(path)
    table: _Table | None = None
    models = 0
    for number, words in _statements(ascii_text(data, path)):
        if not words[0].startswith("."):
            if table is None:
                netlist.fail(f"found {excerpt(words[0])!r} outside a table of .names", number)
            table.add(words, number)
            continue
        if table is not None:
            table.close()
        table = None
        models += words[0] == ".model"
        if words[0] == ".end" or models > 1:
            return netlist
        if words[0] == ".names":
            table = _Table(netlist, words, number)
        else:
            _declare(netlist, words, number)
    return netlist.fail("the file ends without .end; it may be cut off", data.count(b"\n") + 1)


def _declare(netlist: Netlist, words: list[str], number: int) -> None:
    """Any statement but `.names` and `.end`."""
    match words[0]:
        case ".inputs":
            for name in words[1:]:
                netlist.add_input(name, number)
        case ".outputs":
            for name in words[1:]:
                netlist.add_output(name, number)
        case ".conn":
            if len(words) != 3:
                netlist.fail(f".conn takes two signals, not {len(words) - 1}", number)
            netlist.define(words[2], words[1:2], _make, ([((0, False),)], True), number)
        case other if other in _REFUSED:
            netlist.fail(f"{other} is {_REFUSED[other]}", number)
        case other if other not in _IGNORED and other != ".model":
            netlist.fail(f"unknown statement {excerpt(other)!r}", number)


class _Table:
    """A `.names` being read: its rows, all with the same output value."""

    def __init__(self, netlist: Netlist, words: list[str], line: int) -> None:
        if len(words) == 1:
            netlist.fail(".names names no signal", line)
        self.netlist = netlist
        self.operands = words[1:-1]
        self.name = words[-1]
        self.line = line
        self.rows: list[Row] = []
        self.value: str | None = None

    def add(self, words: list[str], line: int) -> None:
        """A row of the table."""
        pattern = words[0] if len(words) == 2 else ""
        value = words[-1]
        wanted = f"a row of {len(self.operands)} characters 0, 1, - and then 0 or 1"
        if len(words) > 2 or len(pattern) != len(self.operands):
            self.netlist.fail(f"found {excerpt(' '.join(words))!r}; expected {wanted}", line)
        if value not in ("0", "1") or pattern.strip("01-"):
            self.netlist.fail(f"found {excerpt(' '.join(words))!r}; expected {wanted}", line)
        if self.value not in (None, value):
            self.netlist.fail(
                f"the table of {excerpt(self.name)!r} lists both 1s and 0s; a table lists one", line
            )
        self.value = value
        self.rows.append(tuple((i, c == "0") for i, c in enumerate(pattern) if c != "-"))

    def close(self) -> None:
        """The table is complete."""
        detail = (self.rows, self.value != "0")
        self.netlist.define(self.name, self.operands, _make, detail, self.line)


def _make(assembly: Assembly, literals: list[int], detail: tuple[list[Row], bool]) -> int:
    """The gates of a cover; ``detail`` is its rows and whether they list the 1s."""
    rows, on = detail
    products = [[literals[i] ^ inverted for i, inverted in row] for row in rows]
    if not all(products):  # a row of dashes: every input is listed
        return int(on)
    if len(products) == 1:
        (product,) = products
        if len(product) == 1:
            return product[0] ^ (not on)
        return assembly.conjunction(product, inverted=not on)
    if not products:
        return int(not on)
    parts = [each[0] if len(each) == 1 else assembly.conjunction(each) for each in products]
    return assembly.disjunction(parts, inverted=not on)
