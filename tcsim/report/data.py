"""The depth report as data; text, JSON and HTML are renderings of it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from tcsim import measure
from tcsim.circuit import Circuit
from tcsim.errors import ArgumentError
from tcsim.integers import integers_of_any_length
from tcsim.report.conventions import CONVENTIONS, exactness

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tcsim.measure import Measures, PathStep, ProcessorSchedule, ScopeMeasures

SCHEMA = "tcsim.report/1"
"""Identifies the JSON form; `schema.json` beside this file describes it."""

STANDARD_BASES = ("threshold", "majority", "fan_in_2")


@dataclass(frozen=True)
class Report:
    """Everything that a depth report says about one circuit.

    Attributes:
        source: file or built-in name, "" if it has none.
        structure_id: identity of the circuit's arrays.
        inputs: number of inputs.
        bases: measures by basis; ``"threshold"`` is always among them.
        outputs: (name, depth in the threshold basis) of each output.
        scopes: measures of each scope that holds a gate; the root "" is the whole circuit.
        critical_path: one longest path, a step a gate, inputs first.
        dead_gates: gates that no output depends on.
        live_peak: most values that must be kept between two levels.
        live_peak_level: the first level after which that many are kept.
        storage: forms, terms and bytes that are stored; no measure depends on it.
        processors: a schedule on that many processors, if asked for.
        network: accuracy and agreement of the network that was compiled, if it was one.
        tables: ``size``, ``depth`` and ``largest`` of the look-up tables that the file states, if
            it is one of tables.
    """

    source: str
    structure_id: str
    inputs: int
    bases: Mapping[str, Measures]
    outputs: tuple[tuple[str, int], ...]
    scopes: tuple[ScopeMeasures, ...]
    critical_path: tuple[PathStep, ...]
    dead_gates: int
    live_peak: int
    live_peak_level: int
    storage: Mapping[str, int]
    processors: ProcessorSchedule | None = None
    network: Mapping[str, Any] | None = None
    tables: Mapping[str, int] | None = None

    @property
    def threshold(self) -> Measures:
        """Measures in the threshold basis: those of the circuit itself."""
        return self.bases["threshold"]

    @property
    def deepest_output(self) -> str | None:
        """Name of the output to which the critical path leads; None without outputs."""
        return max(self.outputs, key=lambda output: output[1])[0] if self.outputs else None

    @property
    def exactness(self) -> dict[str, list[str]]:
        """What is exact, what is bounded, what is assumed."""
        return exactness(
            translated=len(self.bases) > 1,
            rows=None if self.network is None else int(self.network["rows"]),
            processors=self.processors is not None,
        )

    def as_dict(self) -> dict[str, Any]:
        """The report in the types of JSON; its schema is ``tcsim.report/1``.

        Integers are of any size, which JSON allows; a reader must not round them to floats.
        """
        total = self.threshold
        data: dict[str, Any] = {
            "schema": SCHEMA,
            "source": self.source,
            "structure_id": self.structure_id,
            "inputs": self.inputs,
            **{name: _measures(measures) for name, measures in self.bases.items()},
            "levels": list(total.levels),
            "outputs": [{"name": name, "depth": depth} for name, depth in self.outputs],
            "scopes": [asdict(scope) for scope in self.scopes],
            "critical_path": [asdict(step) for step in self.critical_path],
            "compute": {
                "basis": total.basis,
                "serial": {"depth": total.depth},
                "total": {"size": total.size, "edges": total.edges, "wires": total.wires},
                "parallelism": total.parallelism,
            },
            "dead_gates": self.dead_gates,
            "live_values": {"peak": self.live_peak, "after_level": self.live_peak_level},
            "storage": dict(self.storage),
            "exactness": self.exactness,
            "conventions": dict(CONVENTIONS),
        }
        if self.processors is not None:
            data["processors"] = asdict(self.processors)
        if self.network is not None:
            data["network"] = dict(self.network)
        if self.tables is not None:
            data["tables"] = dict(self.tables)
        return data

    def to_json(self) -> str:
        """The report as one JSON object, one line a top-level key."""
        return dumps(self.as_dict())

    def _repr_html_(self) -> str:
        from tcsim.report.notebook import report_html  # the renderings stand on the data

        return report_html(self)


def of_circuit(
    circuit: Circuit,
    *,
    source: str = "",
    bases: Iterable[str] = STANDARD_BASES,
    processors: int | None = None,
    network: Mapping[str, Any] | None = None,
    tables: Mapping[str, int] | None = None,
) -> Report:
    """Measure a circuit for a report.

    Args:
        circuit: any circuit.
        source: where it is from, for people.
        bases: names from `tcsim.measure.BASES`; the threshold basis is always reported.
        processors: schedule the gates on that many processors.
        network: facts of the network that was compiled: ``float_accuracy``, ``integer_accuracy``,
            ``rows``, ``agree`` and whatever else JSON can hold.
        tables: ``size``, ``depth`` and ``largest`` of the look-up tables of a file, beside which
            the gates stand that they became.

    Raises:
        ArgumentError: an unknown basis, or a number of processors below 1.
        LimitError: the circuit is too large to measure flat.

    Example:
        >>> import tcsim as tc
        >>> b = tc.Builder()
        >>> b.output("vote", tc.majority(b.inputs("x", 5)))
        >>> of_circuit(b.build()).threshold.depth
        1
    """
    if not isinstance(circuit, Circuit):
        raise ArgumentError(
            f"of_circuit takes a Circuit, not {type(circuit).__name__}; of_network takes a network"
        )
    names = dict.fromkeys(("threshold", *bases))
    unknown = [name for name in names if name not in measure.BASES]
    if unknown:
        raise ArgumentError(
            f"there is no basis {unknown[0]!r}; known are {', '.join(measure.BASES)}"
        )
    live = measure.live_values(circuit)
    depths = measure.output_levels(circuit).tolist()
    return Report(
        source=source,
        structure_id=circuit.structure_id,
        inputs=circuit.n_inputs,
        bases={name: _measured(circuit, name) for name in names},
        outputs=tuple(zip(circuit.output_names, depths, strict=True)),
        scopes=tuple(measure.scope_measures(circuit)),
        critical_path=tuple(circuit.critical_path()),
        dead_gates=len(measure.dead_gates(circuit)),
        live_peak=int(live.max()),
        live_peak_level=int(live.argmax()),
        storage=measure.storage(circuit),
        processors=None if processors is None else measure.processors(circuit, processors),
        network=network,
        tables=tables,
    )


def dumps(data: Mapping[str, Any]) -> str:
    """A JSON object, one line a top-level key, integers of any length."""
    with integers_of_any_length():
        lines = [f"  {json.dumps(key)}: {json.dumps(value)}" for key, value in data.items()]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _measured(circuit: Circuit, basis: str) -> Measures:
    return circuit.measures if basis == "threshold" else measure.BASES[basis](circuit)


def _measures(measures: Measures) -> dict[str, Any]:
    if measures.depth_literal is None:
        depth = {"depth": measures.depth}
    else:
        depth = {"depth_strict": measures.depth, "depth_literal": measures.depth_literal}
    names = ("width", "size", "edges", "wires", "max_fan_in", "max_weight", "parallelism")
    return depth | {name: getattr(measures, name) for name in names}
