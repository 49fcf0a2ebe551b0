"""Modules from modules: instances wired port to port, one after the other, side by side."""

from __future__ import annotations

from collections.abc import Mapping
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING, Literal

import numpy as np

from tcsim.errors import ArgumentError
from tcsim.hierarchy.checking import Count, known, names
from tcsim.hierarchy.delays import NO_PATH, Delays
from tcsim.hierarchy.leads import UNREAD, through
from tcsim.hierarchy.module import Module, reads_through, require_module, undominated
from tcsim.hierarchy.schedule import INSTANCE_WORK

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tcsim.hierarchy.schedule import Arrival, Levels, Memo
    from tcsim.typing import Integers


def compose(
    inputs: Iterable[str],
    instances: Mapping[str, Module],
    wires: Mapping[str, str | None],
    outputs: Mapping[str, str | None],
) -> Module:
    """A module of instances whose ports are wired together. No gate is shared between instances.

    A source is the name of an input port of the new module, ``"instance.port"`` for an output port
    of an instance, or None for constants, which are there on level 0.

    Args:
        inputs: names of the new module's input ports.
        instances: {name: module}.
        wires: {"instance.port": source} for every input port of every instance.
        outputs: {output port of the new module: source}.

    Raises:
        ArgumentError: a name is unknown, ambiguous or given twice, an input port of an instance has
            no source, or instances feed one another in a cycle (state that is fed back is `Loop`).

    Example:
        >>> from tcsim.hierarchy import Gates, leaf
        >>> half = leaf(
        ...     ["a", "b"],
        ...     {"sum": {"a": 2, "b": 2}, "carry": {"a": 1, "b": 1}},
        ...     [Gates(2, {"a": 1, "b": 1}), Gates(1, {"a": 2, "b": 2})],
        ... )
        >>> either = leaf(["a", "b"], {"y": {"a": 1, "b": 1}}, [Gates(1, {"a": 1, "b": 1})])
        >>> adder = compose(
        ...     ["a", "b", "c"],
        ...     {"one": half, "two": half, "or": either},
        ...     {
        ...         "one.a": "a",
        ...         "one.b": "b",
        ...         "two.a": "one.sum",
        ...         "two.b": "c",
        ...         "or.a": "one.carry",
        ...         "or.b": "two.carry",
        ...     },
        ...     {"sum": "two.sum", "carry": "or.y"},
        ... )
        >>> adder.delays, adder.levels
        (Delays([[4, 4, 2], [4, 4, 2]]), (0, 2, 1, 2, 2))
    """
    ports = names("inputs", inputs)
    parts = _instances(instances)
    owner = {f"{name}.{port}": name for name, part in parts.items() for port in part.outputs}
    known_sources = dict.fromkeys(names("sources", (*ports, *_ports(parts, "outputs"))))
    targets = names("wires", _ports(parts, "inputs"))
    _check("wires", wires, targets, known_sources)
    results = names("outputs", outputs if isinstance(outputs, Mapping) else ())
    _check("outputs", outputs, results, known_sources)

    columns = len(ports) + 1
    row: dict[str | None, Integers] = {
        name: _unit(columns, place) for place, name in enumerate((*ports, None))
    }
    entries: dict[str, Delays] = {}
    for name in _order(parts, wires, owner):
        part = parts[name]
        feeds = [row[wires[f"{name}.{port}"]] for port in part.inputs]
        entries[name] = undominated(_stack([*feeds, row[None]], columns))
        ready = undominated(part.matrix @ entries[name]).data
        row |= {f"{name}.{port}": ready[k] for k, port in enumerate(part.outputs)}
    ragged = {f"{name}.{port}" for name, part in parts.items() for port in part.ragged}
    return Module(
        ports,
        results,
        _stack([row[outputs[name]] for name in results], columns),
        NetBody(columns, [(part, entries[name]) for name, part in parts.items()]),
        ragged=frozenset(name for name in results if outputs[name] in ragged),
        exact=all(part.exact for part in parts.values())
        and not any(wires[target] in ragged for target in targets),
    )


def sequence(*modules: Module) -> Module:
    """Modules one after the other; the outputs of each are the inputs of the next, by name.

    Raises:
        ArgumentError: there is no module, or names differ.
    """
    if not modules:
        raise ArgumentError("sequence needs at least one module")
    source: dict[str, str | None] = {}
    wires: dict[str, str | None] = {}
    for k, module in enumerate(modules):
        require_module(f"module {k}", module)
        if k and set(module.inputs) != set(source):
            raise ArgumentError(
                f"module {k} has the inputs {sorted(module.inputs)}, but module {k - 1} has the "
                f"outputs {sorted(source)}: rename or drop ports with compose"
            )
        wires |= {f"{k}.{port}": source.get(port, port) for port in module.inputs}
        source = {port: f"{k}.{port}" for port in module.outputs}
    instances = {str(k): module for k, module in enumerate(modules)}
    return compose(modules[0].inputs, instances, wires, source)


def parallel(instances: Mapping[str, Module]) -> Module:
    """Modules side by side; port p of the instance i becomes the port ``"i.p"``.

    Raises:
        ArgumentError: a name is not a string or what it names not a module.
    """
    parts = _instances(instances)
    inputs = names("inputs", _ports(parts, "inputs"))
    outputs = names("outputs", _ports(parts, "outputs"))
    columns, first = len(inputs) + 1, 0
    placed: list[tuple[Module, Delays]] = []
    for part in parts.values():
        places = [*range(first, first + len(part.inputs)), len(inputs)]
        placed.append((part, _stack([_unit(columns, place) for place in places], columns)))
        first += len(part.inputs)
    rows = [row for part, entry in placed for row in (part.matrix @ entry).data]
    return Module(
        inputs,
        outputs,
        _stack(rows, columns),
        NetBody(columns, placed),
        ragged=frozenset(f"{name}.{port}" for name in parts for port in parts[name].ragged),
        exact=all(part.exact for part in parts.values()),
    )


class NetBody:
    """Instances, each with the delays from the module's ports to its own inputs.

    Args:
        columns: input ports of the module, plus one for constants.
        parts: the instances; the delays have a row per input port of the instance and for constants
            and a column per input port of the module and for constants.
    """

    def __init__(self, columns: int, parts: list[tuple[Module, Delays]]) -> None:
        self.parts = parts
        self.size: Count = sum(part.size for part, _ in parts)
        self.instances = 1 + sum(part.instances for part, _ in parts)
        self.nesting = 1 + max((part.body.nesting for part, _ in parts), default=0)
        used = np.zeros(columns, bool)
        self.lead = np.full((columns, columns), UNREAD, np.int64)
        for part, entry in parts:
            used |= reads_through(entry, part.body.reads)
            self.lead = np.minimum(self.lead, through(part.body.lead, entry))
        self.reads = tuple(bool(one) for one in used)
        self.content = repr(("net", [(part.digest, entry.rows()) for part, entry in parts]))

    def levels(self, arrival: Arrival, memo: Memo) -> Levels:
        """Gates on each level for an arrival vector."""
        memo.spend(len(self.parts) * INSTANCE_WORK)
        total: Levels = {}
        for part, entry in self.parts:
            memo.add(total, part, entry.apply(arrival))
        return total


def _instances(instances: Mapping[str, Module]) -> dict[str, Module]:
    if not isinstance(instances, Mapping):
        raise ArgumentError(f"instances must be a mapping of names to modules, not {instances!r}")
    listed = names("instances", instances)
    return {name: require_module(f"instance {name!r}", instances[name]) for name in listed}


def _ports(parts: Mapping[str, Module], side: Literal["inputs", "outputs"]) -> list[str]:
    """All ``"instance.port"`` of one side, in order."""
    return [f"{name}.{port}" for name, part in parts.items() for port in getattr(part, side)]


def _check(
    what: str,
    table: Mapping[str, str | None],
    targets: tuple[str, ...],
    sources: Mapping[str, None],
) -> None:
    """Every target has one source, which is known or None, and nothing else has."""
    if not isinstance(table, Mapping):
        raise ArgumentError(f"{what} must be a mapping of ports to sources, not {table!r}")
    wanted = dict.fromkeys(targets)
    for target, source in table.items():
        known(what, target, wanted)
        if source is not None:
            known(f"{what}: the source of {target!r}", source, sources)
    for target in targets:
        if target not in table:
            raise ArgumentError(
                f"{what}: {target!r} has no source: name one, or None for constants"
            )


def _order(
    parts: Mapping[str, Module], wires: Mapping[str, str | None], owner: Mapping[str, str]
) -> list[str]:
    """The instances, each after those that feed it."""
    before: dict[str, list[str]] = {}
    for name, part in parts.items():
        sources = (wires[f"{name}.{port}"] for port in part.inputs)
        before[name] = [owner[one] for one in sources if one is not None and one in owner]
    try:
        return list(TopologicalSorter(before).static_order())
    except CycleError as error:
        raise ArgumentError(
            f"the instances {' -> '.join(error.args[1])} feed one another in a cycle: state that "
            "is fed back from round to round is a Loop"
        ) from None


def _unit(columns: int, place: int) -> Integers:
    """Delay 0 from one column, and no other path."""
    row = np.full(columns, NO_PATH, np.int64)
    row[place] = 0
    return row


def _stack(rows: list[Integers], columns: int) -> Delays:
    return Delays.from_array(np.array(rows, np.int64).reshape(len(rows), columns))
