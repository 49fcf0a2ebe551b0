"""Verifying: the formulas of each layer against a circuit built from a slice of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from tcsim.errors import LimitError, NetworkError
from tcsim.networks.compiling import PART_LIMIT, compile  # noqa: A004 - its name
from tcsim.networks.measuring.cost import Cost, network_cost, network_parts
from tcsim.networks.measuring.slicing import layer_slice

if TYPE_CHECKING:
    from tcsim.measure import ScopeMeasures
    from tcsim.networks.integer import IntegerNetwork
    from tcsim.typing import Progress

Verdict: TypeAlias = Literal["PASS", "FAIL", "UNVERIFIED"]
"""Equal, not equal, or too large to build."""

LIMIT = 2_000_000
"""Most gates and stored terms of a slice that is built, unless said."""


@dataclass(frozen=True)
class Verification:
    """What became of one layer.

    Attributes:
        layer: its name.
        verdict: whether formula and circuit agree.
        evidence: what was compared, what differed, or why nothing was built.
    """

    layer: str
    verdict: Verdict
    evidence: str


def verify(
    network: IntegerNetwork, *, limit: int = LIMIT, progress: Progress | None = None
) -> list[Verification]:
    """Build each innermost layer that fits, without sharing and folding, and measure it.

    Layers that only differ in their weights are built one by one too: the gates of one are not
    evidence for another.

    Args:
        network: with a number for every axis.
        limit: most gates and stored terms of a slice; larger ones are UNVERIFIED.
        progress: called as ``progress(done, total)`` in layers.
    """
    every = list(network_cost(network, symbolic=False).layers)
    names = [name for name in every if not any(one.startswith(f"{name}/") for one in every)]
    found = []
    for done, layer in enumerate(names, 1):
        found.append(_verify(network, layer, min(limit, PART_LIMIT)))
        if progress is not None:
            progress(done, len(names))
    return found


def _verify(network: IntegerNetwork, layer: str, limit: int) -> Verification:
    from tcsim.measure import scope_measures

    try:
        piece = layer_slice(network, layer)
    except NetworkError as error:
        return Verification(layer, "UNVERIFIED", str(error))
    parts = network_parts(piece) + piece.input_wires
    if parts > limit:
        return Verification(
            layer, "UNVERIFIED", f"about {_short(parts)} gates and terms, more than {limit:,}"
        )
    formulas = network_cost(piece, symbolic=False).layers
    try:
        built = scope_measures(compile(piece, share=False, fold=False))
    except LimitError as error:
        return Verification(layer, "UNVERIFIED", str(error))
    measured = {one.path: one for one in built}
    wrong = []
    for name, cost in formulas.items():
        wrong += _differences(name, cost, measured.get(name))
    if wrong:
        return Verification(layer, "FAIL", "; ".join(wrong))
    cost = formulas[layer]
    return Verification(
        layer, "PASS", f"{_short(int(cost.size))} gates, {_short(int(cost.edges))} edges"
    )


def _short(count: int) -> str:
    return f"{count:,}" if count < 10**9 else f"{count:.2e}"


def _differences(name: str, cost: Cost, found: ScopeMeasures | None) -> list[str]:
    if found is None:
        return [f"{name}: no gates, but the formula says {cost.size:,}"]
    last = cost.first_level + len(cost.levels) - 1
    pairs = {
        "gates": (cost.size, found.size),
        "first level": (cost.first_level, found.first_level),
        "last level": (last, found.last_level),
        "width": (cost.width, found.width),
    }
    wrong = [
        f"{name}: {what} {have:,}, but the formula says {said:,}"
        for what, (said, have) in pairs.items()
        if said != have
    ]
    if cost.edges != found.edges if cost.exact else cost.edges < found.edges:
        wrong.append(f"{name}: {found.edges:,} edges, but the formula says {cost.edges:,}")
    return wrong
