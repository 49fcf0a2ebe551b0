"""What a factor of a product contributes to its cost; see `tcsim.networks.tables.factors`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from tcsim.networks.costs.operands import Operands, Support, largest, later
from tcsim.networks.costs.parts import Part
from tcsim.networks.costs.uneven import Uneven

if TYPE_CHECKING:
    from tcsim.networks.costs.operands import Formula
    from tcsim.networks.costs.parts import Quantities
    from tcsim.networks.operations.table import Table


@dataclass(frozen=True)
class Factor:
    """``f(x) = constant + weights . wires`` of coded operands.

    Attributes:
        constant: f without any wire, a number.
        wires: of one value.
        weight: an upper bound of the largest absolute weight of a wire.
        reads: how many operands one of its wires is to a gate: none, where it is a constant.
    """

    constant: int
    wires: Formula
    weight: Formula
    reads: int


def factor(x: Operands, table: Table | None, quantity: Quantities) -> Factor:
    """A factor of coded operands; `table` is None for the values themselves."""
    wires = code_wires(x, quantity)
    constant, weight = x.least, x.weight
    if table is not None:
        reach = table.largest if x.kind == "one_hot" else table.largest_step
        constant, weight = (
            int(table.rows[0]),
            quantity("D", max(reach, 1), "largest step of a table"),
        )
    elif x.kind == "one_hot":
        weight = abs(x.least) + x.steps
    return Factor(0 if x.kind == "one_hot" else constant, wires, weight, int(bool(x.supports)))


def code_wires(x: Operands, quantity: Quantities) -> Formula:
    """Wires of one coded value."""
    # Of values that are not exact some wires may be constants, or those of others.
    alone = x.exact and len(x.supports) == 1
    if alone and not isinstance(x.supports[0].wires, Uneven | np.ndarray):
        return x.supports[0].wires
    assert x.kind is not None  # noqa: S101 - the operation takes coded operands only
    return quantity.word(x.kind, x.steps)[0]


def multiplied(
    x: Operands, f: Factor, y: Operands, g: Factor, origin: int
) -> tuple[Operands, Part]:
    """``f(x) * g(y)`` at every place of operands of one shape, and its ANDs."""
    grid = f.wires * g.wires
    level = later(x.level, y.level) + 1
    reads = f.reads + g.reads
    apart = separate(x, y)
    ands = Part(x.count * grid, x.count * grid * reads, reads, 1, level, apart)
    supports = (
        Support(origin, grid),
        *(x.supports if g.constant else ()),
        *(y.supports if f.constant else ()),
    )
    weight = largest(f.weight * g.weight, abs(g.constant) * f.weight, abs(f.constant) * g.weight)
    return Operands(x.shape, supports, weight, level, exact=apart), ands


def separate(*operands: Operands) -> bool:
    """Whether no two operands stand on the same wires, which gates would read once."""
    origins = [one.origin for x in operands for one in x.supports]
    return len(origins) == len(set(origins)) and all(x.exact for x in operands)


def inserted(x: Operands, axis: int) -> Operands:
    """The operands with an axis of length 1 put in."""
    shape = (*x.shape[:axis], 1, *x.shape[axis:])
    return _renamed(x, shape, {old: old + (old >= axis) for old in range(len(x.shape))})


def dropped(x: Operands, axis: int) -> Operands:
    """The operands without an axis of length 1."""
    shape = (*x.shape[:axis], *x.shape[axis + 1 :])
    places = {old: old - (old > axis) for old in range(len(x.shape)) if old != axis}
    return _renamed(x, shape, places)


def _renamed(x: Operands, shape: tuple[Formula, ...], places: dict[int, int]) -> Operands:
    """Operands whose axis `old` has become `places[old]`; those that are not there had length 1."""
    rank = len(x.shape)
    supports = tuple(
        replace(
            one,
            wires=_moved(one.wires, rank, len(shape), places),
            mixed=frozenset(places[axis] for axis in one.mixed if axis in places),
            overlapping=frozenset(places[axis] for axis in one.overlapping if axis in places),
        )
        for one in x.supports
    )
    return replace(
        x, shape=shape, supports=supports, level=_moved(x.level, rank, len(shape), places)
    )


def _moved(amount: Any, old: int, new: int, places: dict[int, int]) -> Any:  # noqa: ANN401
    """A number, array or `Uneven` of operands whose axes have moved."""
    if isinstance(amount, Uneven):
        return amount.renamed({axis - old: place - new for axis, place in places.items()})
    if not isinstance(amount, np.ndarray):
        return amount
    full = amount.reshape((1,) * (old - amount.ndim) + amount.shape)
    lengths = [1] * new
    for axis, place in places.items():
        lengths[place] = full.shape[axis]
    return full.reshape(lengths)
