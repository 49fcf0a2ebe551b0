"""The tables of a BLIF file as they stand there: depth and size in look-up tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tcsim.formats.blif.reader import netlist_of
from tcsim.formats.files import opened

if TYPE_CHECKING:
    from tcsim.typing import StrPath


@dataclass(frozen=True)
class LutMeasures:
    """The tables of a BLIF file, counted as they stand there.

    Attributes:
        size: number of `.names` of two operands or more.
        depth: most of them on a path to an output.
        largest: most operands of one.
        size_all: number of all `.names`, constants, buffers and inverters too.
        depth_all: most of all `.names` on a path to an output.
    """

    size: int
    depth: int
    largest: int
    size_all: int
    depth_all: int


def lut_levels(source: StrPath) -> LutMeasures:
    """Depth and size of a BLIF file in look-up tables, beside those in gates.

    Raises:
        ParseError: as `read_blif`.
        ArgumentError: the file cannot be opened.
    """
    with opened(source) as (name, take):
        netlist = netlist_of(take(None), name)
    level: dict[str, tuple[int, int]] = {}
    arity = [len(each.operands) for each in netlist.definitions.values()]
    for name in netlist.order():
        operands = netlist.definitions[name].operands
        below = [level.get(operand, (0, 0)) for operand in operands]
        tables = max((a for a, _ in below), default=0) + (len(operands) > 1)
        level[name] = tables, max((b for _, b in below), default=0) + 1
    outputs = [level.get(name, (0, 0)) for name in netlist.outputs]
    return LutMeasures(
        size=sum(n > 1 for n in arity),
        depth=max((a for a, _ in outputs), default=0),
        largest=max(arity, default=0),
        size_all=len(arity),
        depth_all=max((b for _, b in outputs), default=0),
    )
