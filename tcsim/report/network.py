"""The report of a network that need not be built: formulas and numbers per layer, as data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tcsim.report.data import dumps

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tcsim.networks import IntegerNetwork
    from tcsim.networks.measuring.cost import Cost
    from tcsim.networks.measuring.critical import Stage
    from tcsim.networks.measuring.verifying import Verification
    from tcsim.typing import Progress

SCHEMA = "tcsim.network-report/1"
"""Version of the JSON form."""


@dataclass(frozen=True, eq=False)
class NetworkReport:
    """Depth and size of a network's circuit, from formulas, without building it.

    Attributes:
        source: where the network is from, for people.
        network: what was measured, with a number for every axis.
        total: the cost of the whole, in numbers; depth, width and size belong to one schedule.
        layers: the cost of every layer, in numbers, layers inside it included.
        macs: multiply-accumulates of every layer.
        path: the critical path.
        formulas: {"depth", "size", "edges": formula in the named axes}; empty without named axes.
            Depth is called "depth, at most" where `Cost.even` does not hold.
        axes: the number of each named axis.
        procedure: how the network is run, and what each step adds; empty for a single pass.
        facts: what is to be said of quantization and accuracy, term by term.
        checks: layers that were built and compared with their formulas.
        fused: the cost with the fused AND wherever it is ready earlier; None where it never is.
        built: {"depth", "size", "edges"} of the whole as it is built, equal gates once and
            constants folded; empty where it was not built.
    """

    source: str
    network: IntegerNetwork
    total: Cost
    layers: Mapping[str, Cost]
    macs: Mapping[str, int]
    path: tuple[Stage, ...]
    formulas: Mapping[str, Any] = field(default_factory=dict)
    axes: Mapping[str, int] = field(default_factory=dict)
    procedure: Mapping[str, Any] = field(default_factory=dict)
    facts: Mapping[str, str] = field(default_factory=dict)
    checks: tuple[Verification, ...] = ()
    fused: Cost | None = None
    built: Mapping[str, int] = field(default_factory=dict)

    @property
    def all_macs(self) -> int:
        """Multiply-accumulates of the whole network."""
        return sum(self.macs.values())

    def path_levels(self, layer: str) -> int:
        """Levels of the critical path that lie in a layer or in layers inside it."""
        return sum(
            stage.levels
            for stage in self.path
            if stage.layer == layer or stage.layer.startswith(f"{layer}/")
        )

    def layer_macs(self, layer: str) -> int:
        """Multiply-accumulates of a layer, layers inside it included."""
        return layer_macs(self.macs, layer)

    def as_dict(self) -> dict[str, Any]:
        """The report as plain data, ready for JSON: integers are exact, formulas are text."""
        return {
            "schema": SCHEMA,
            "source": self.source,
            "inputs": [array_facts(one.name, one.axes, one.code) for one in self.network.sources],
            "outputs": [
                array_facts(f"y{number}", one.shape, one.code)
                for number, one in enumerate(self.network.output_values)
            ],
            "axes": dict(self.axes),
            "formulas": {name: str(formula) for name, formula in self.formulas.items()},
            "procedure": {name: _plain(value) for name, value in self.procedure.items()},
            "facts": dict(self.facts),
            "total": {**_cost(self.total), "levels": list(self.total.levels)},
            "fused": None if self.fused is None else _cost(self.fused),
            "built": dict(self.built) or None,
            "macs": self.all_macs,
            "layers": {
                name: {
                    **_cost(cost),
                    "path_levels": self.path_levels(name),
                    "macs": self.layer_macs(name),
                }
                for name, cost in self.layers.items()
            },
            "path": [
                {"layer": one.layer, "operation": repr(one.operation), "levels": one.levels}
                for one in self.path
            ],
            "checks": [
                {"layer": one.layer, "verdict": one.verdict, "evidence": one.evidence}
                for one in self.checks
            ],
        }

    def to_json(self) -> str:
        """The report as one JSON object, one line a top-level key."""
        return dumps(self.as_dict())


def of_network(
    network: IntegerNetwork,
    *,
    source: str = "",
    axes: Mapping[str, int] | None = None,
    procedure: Mapping[str, Any] | None = None,
    facts: Mapping[str, str] | None = None,
    check: int | None = None,
    progress: Progress | None = None,
) -> NetworkReport:
    """Measure a network for a report, from formulas: no gate is built but for `check`.

    Args:
        network: any network.
        source: where it is from, for people.
        axes: numbers for its named axes.
        procedure: what to say of how it is run.
        facts: what to say of quantization and accuracy, term by term.
        check: build each layer of at most so many gates and terms, and compare it with its
            formula; None builds nothing.
        progress: called as ``progress(done, total)`` in operations that are measured, then in
            layers that are checked.

    Raises:
        NetworkError: an axis has no number.
    """
    from tcsim.networks.measuring.cost import network_cost
    from tcsim.networks.measuring.critical import critical_path
    from tcsim.networks.measuring.macs import macs
    from tcsim.networks.measuring.verifying import verify

    numbers = dict(axes or {})
    formulas: dict[str, Any] = {}
    if network.named_axes:
        formulas = _formulas(network)
        network = network.at(**numbers)
    cost = network_cost(network, symbolic=False, progress=progress)
    return NetworkReport(
        source=source,
        network=network,
        total=cost.total,
        layers=cost.layers,
        macs=macs(network),
        path=tuple(critical_path(network)),
        formulas=formulas,
        axes=numbers,
        procedure=dict(procedure or {}),
        facts=dict(facts or {}),
        checks=() if check is None else tuple(verify(network, limit=check, progress=progress)),
        fused=_fused(network, cost.total.depth),
        built=_built(network, cost.total, check or 0),
    )


def _fused(network: IntegerNetwork, depth: int) -> Cost | None:
    """The cost with the fused AND, if that makes the network flatter."""
    from tcsim.networks.measuring.cost import network_cost
    from tcsim.networks.rewriting.fusing import fused

    rewritten = fused(network)
    same = len(rewritten.nodes) == len(network.nodes) and all(
        one.operation is other.operation
        for one, other in zip(rewritten.nodes, network.nodes, strict=True)
    )
    if same:
        return None
    total = network_cost(rewritten, symbolic=False).total
    return total if total.depth < depth else None


def _built(network: IntegerNetwork, total: Cost, limit: int) -> dict[str, int]:
    """The whole circuit's measures, if it has at most so many gates and terms."""
    from tcsim.networks.compiling import compile as compiled
    from tcsim.networks.measuring.cost import network_parts

    if not network.nodes or int(total.size) > limit or network_parts(network) > limit:
        return {}
    found = compiled(network).measures
    return {"depth": found.depth, "size": found.size, "edges": found.edges}


def _formulas(network: IntegerNetwork) -> dict[str, Any]:
    """Depth, size and edges in the named axes alone: numbers for all else."""
    from tcsim.networks.measuring.cost import network_cost

    cost = network_cost(network)
    formulas = {name: getattr(cost.total, name) for name in ("depth", "size", "edges")}
    if not cost.total.even:
        formulas["depth, at most"] = formulas.pop("depth")
    return {
        name: formula if isinstance(formula, int) else formula.subs(cost.values).doit()
        for name, formula in formulas.items()
    }


def layer_macs(macs: Mapping[str, int], layer: str) -> int:
    """Multiply-accumulates of a layer, layers inside it included."""
    return sum(
        count for name, count in macs.items() if name == layer or name.startswith(f"{layer}/")
    )


def array_facts(name: str, shape: Any, code: Any) -> dict[str, Any]:  # noqa: ANN401
    """An array of a network as plain data."""
    return {
        "name": name,
        "shape": list(shape),
        "lo": code.lo,
        "hi": code.hi,
        "code": code.kind,
    }


def _cost(cost: Cost) -> dict[str, Any]:
    return {
        "depth": cost.depth,
        "first_level": cost.first_level,
        "width": int(cost.width) if cost.levels else 0,
        "size": int(cost.size),
        "edges": int(cost.edges),
        "edges_are": "exact" if cost.exact else "an upper bound",
        "max_fan_in": int(cost.max_fan_in),
        "max_weight_at_most": int(cost.max_weight),
    }


def _plain(value: object) -> object:
    return value if isinstance(value, int | float | str | bool | None) else str(value)
