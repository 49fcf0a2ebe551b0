"""The report of a network with holes: exact around them, a bound where they are."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from tcsim.report.data import dumps
from tcsim.report.network import array_facts, layer_macs
from tcsim.report.serial_depth import SerialDepth

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tcsim.networks import IntegerNetwork
    from tcsim.networks.importers.onnx.holes import Hole
    from tcsim.networks.measuring.cost import Cost
    from tcsim.networks.measuring.verifying import Verification
    from tcsim.typing import Progress


SCHEMA = "tcsim.network-bounds/1"
"""Version of the JSON form."""

INPUTS, OUTPUTS = "inputs", "outputs"


class Piece(NamedTuple):
    """Levels between what reads or ends a part and what comes out of one; exact.

    Attributes:
        start: ``"inputs"``, or the hole whose result it begins with, such as ``"hole 2"``.
        end: ``"outputs"``, or the hole that it leads to.
        levels: of its longest path.
    """

    start: str
    end: str
    levels: int


class Least(NamedTuple):
    """Lower bounds of the measures of a whole."""

    depth: int
    size: int
    width: int = 0


@dataclass(frozen=True, eq=False)
class BoundsReport:
    """Depth and size of a network around its holes.

    Attributes:
        source: where the network is from, for people.
        network: what is around the holes, with a number for every axis.
        holes: numbered from 1: hole k has the unknown depth Dk and size Sk.
        pieces: levels from one hole to the next.
        depth: of the whole, in the depths of the holes.
        rest: cost of what is around the holes: gates and edges are exact; levels mean nothing.
        layers: the same of every layer.
        macs: multiply-accumulates of every layer.
        formulas: gates and edges of the rest in the named axes.
        axes: the number of each named axis.
        facts: what is to be said of quantization, term by term.
        checks: layers that were built and compared with their formulas.
    """

    source: str
    network: IntegerNetwork
    holes: tuple[Hole, ...]
    pieces: tuple[Piece, ...]
    depth: SerialDepth
    rest: Cost
    layers: Mapping[str, Cost]
    macs: Mapping[str, int]
    formulas: Mapping[str, Any] = field(default_factory=dict)
    axes: Mapping[str, int] = field(default_factory=dict)
    facts: Mapping[str, str] = field(default_factory=dict)
    checks: tuple[Verification, ...] = ()

    @property
    def total(self) -> Least:
        """Lower bounds that hold whatever the holes are."""
        return Least(max((one.levels for one in self.pieces), default=0), int(self.rest.size))

    @property
    def waiting(self) -> int:
        """A lower bound of depth where results of a hole wait for all that it reads."""
        return self.depth.at_least

    @property
    def unknown_size(self) -> str:
        """The size in the sizes of the holes."""
        return " + ".join([f"{int(self.rest.size):,}", *(f"S{k}" for k in self.numbers)])

    @property
    def numbers(self) -> range:
        """Of the holes."""
        return range(1, len(self.holes) + 1)

    def as_dict(self) -> dict[str, Any]:
        """The report as plain data, ready for JSON."""
        inputs = len(self.network.sources) - sum(len(hole.gives) for hole in self.holes)
        return {
            "schema": SCHEMA,
            "source": self.source,
            "inputs": [
                array_facts(one.name, one.axes, one.code) for one in self.network.sources[:inputs]
            ],
            "axes": dict(self.axes),
            "facts": dict(self.facts),
            "depth": {
                "is": "a bound: the depths of holes are unknown",
                "text": str(self.depth),
                "at_least": self.total.depth,
                "at_least_if_holes_wait": self.waiting,
                "terms": [
                    {"levels": levels, "holes": sorted(holes)} for levels, holes in self.depth.terms
                ],
                "complete": self.depth.complete,
            },
            "size": {
                "is": "a bound: the sizes of holes are unknown",
                "text": self.unknown_size,
                "at_least": int(self.rest.size),
            },
            "edges_around_holes": {
                "value": int(self.rest.edges),
                "is": "exact" if self.rest.exact else "an upper bound",
            },
            "formulas": {name: str(formula) for name, formula in self.formulas.items()},
            "holes": [
                {
                    "number": number,
                    "depth": f"D{number}",
                    "size": f"S{number}",
                    "node": hole.name,
                    "operator": hole.operator,
                    "reason": hole.reason,
                    "nodes": list(hole.nodes),
                    "outputs": list(hole.ends),
                }
                for number, hole in zip(self.numbers, self.holes, strict=True)
            ],
            "pieces": [one._asdict() for one in self.pieces],
            "layers": {
                name: {
                    "size": int(cost.size),
                    "edges": int(cost.edges),
                    "edges_are": "exact" if cost.exact else "an upper bound",
                    "macs": layer_macs(self.macs, name),
                }
                for name, cost in self.layers.items()
            },
            "checks": [
                {"layer": one.layer, "verdict": one.verdict, "evidence": one.evidence}
                for one in self.checks
            ],
        }

    def to_json(self) -> str:
        """The report as one JSON object, one line a top-level key."""
        return dumps(self.as_dict())


def of_holes(
    network: IntegerNetwork,
    holes: Sequence[Hole],
    ends: Sequence[int],
    *,
    source: str = "",
    axes: Mapping[str, int] | None = None,
    facts: Mapping[str, str] | None = None,
    check: int | None = None,
    progress: Progress | None = None,
) -> BoundsReport:
    """Measure a network around its holes.

    Args:
        network: its last inputs are what holes give.
        holes: by the numbers of its values.
        ends: numbers of its values that are outputs of the model.
        source: where it is from, for people.
        axes: numbers for its named axes.
        facts: what is to be said of quantization.
        check: as of `of_network`.
        progress: likewise.

    Raises:
        NetworkError: an axis has no number.
    """
    from tcsim.networks.measuring.cost import network_cost
    from tcsim.networks.measuring.macs import macs
    from tcsim.networks.measuring.verifying import verify

    numbers = dict(axes or {})
    formulas: dict[str, Any] = {}
    if network.named_axes:
        cost = network_cost(network)
        for name in ("size", "edges"):
            formula = getattr(cost.total, name)
            plain = isinstance(formula, int)
            formulas[name] = formula if plain else formula.subs(cost.values).doit()
        network = network.at(**numbers)
    pieces, depth = _paths(network, holes, ends)
    cost = network_cost(network, symbolic=False)
    return BoundsReport(
        source=source,
        network=network,
        holes=tuple(holes),
        pieces=pieces,
        depth=depth,
        rest=cost.total,
        layers=cost.layers,
        macs=macs(network),
        formulas=formulas,
        axes=numbers,
        facts=dict(facts or {}),
        checks=() if check is None else tuple(verify(network, limit=check, progress=progress)),
    )


def _paths(
    network: IntegerNetwork, holes: Sequence[Hole], ends: Sequence[int]
) -> tuple[tuple[Piece, ...], SerialDepth]:
    """Levels between holes, and the depth that follows from them."""
    levels = _delays(network)
    givers = {number: k for k, hole in enumerate(holes, 1) for number in hole.gives}
    arrivals: dict[int, SerialDepth] = {0: SerialDepth()}  # by hole; 0 for the inputs
    pieces: list[Piece] = []

    def reached(values: Sequence[int], end: str) -> SerialDepth:
        found = [SerialDepth()]
        for start in sorted({givers.get(source, 0) for source in range(len(network.sources))}):
            sources = [s for s in range(len(network.sources)) if givers.get(s, 0) == start]
            paths = [levels[s + 1][v] for s in sources for v in values]
            longest = max((path for path in paths if path is not None), default=None)
            if longest is not None:
                pieces.append(Piece(f"hole {start}" if start else INPUTS, end, longest))
                found.append(arrivals[start].plus(longest))
        constant = max((levels[0][v] or 0 for v in values), default=0)
        return found[0].plus(constant if len(found) == 1 else 0).along(*found[1:])

    waiting = dict(enumerate(holes, 1))
    while waiting:
        for k, hole in list(waiting.items()):
            needed = {givers.get(s, 0) for s in _read(network, hole.reads)}
            if needed <= set(arrivals):
                arrivals[k] = reached(hole.reads, f"hole {k}").through(k)
                del waiting[k]
    last = [arrivals[k] for k, hole in enumerate(holes, 1) if hole.ends]
    last.append(reached(ends, OUTPUTS) if ends else SerialDepth())
    return tuple(pieces), last[-1].along(*last[:-1])


def _read(network: IntegerNetwork, values: Sequence[int]) -> set[int]:
    """The inputs that values depend on."""
    first, wanted = len(network.sources), set(values)
    for number in range(first + len(network.nodes) - 1, first - 1, -1):
        if number in wanted:
            wanted.update(network.nodes[number - first].sources)
    return {number for number in wanted if number < first}


def _delays(network: IntegerNetwork) -> list[list[int | None]]:
    """Levels of every value where all inputs are there at once, then from each input alone."""
    import numpy as np

    from tcsim.networks.costs.parts import Quantities
    from tcsim.networks.measuring.cost import walk
    from tcsim.networks.procedures.delays import delay, late

    count = len(network.sources)
    together, _ = walk(network, Quantities(symbolic=False), [0] * count)
    found: list[list[int | None]] = [[int(np.max(one.level)) for one in together]]
    for source in range(count):
        values, _ = walk(network, Quantities(symbolic=False), late(network, source))
        found.append([delay(one.level) for one in values])
    return found
