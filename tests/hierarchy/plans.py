"""Random hierarchical circuits: each plan is a module, and the gates that it stands for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from hypothesis import strategies as st

from tcsim import Circuit
from tcsim.circuit import TRUE
from tcsim.hierarchy import Loop, Module, compose, from_circuit
from tcsim.strategies import circuits

Ports = dict[str, list[int]]


@dataclass
class Flat:
    """A flat circuit being written gate by gate; operands are wires, or -2 and -1 for 0 and 1."""

    inputs: list[str] = field(default_factory=list)
    gates: list[tuple[dict[int, int], int]] = field(default_factory=list)

    def gate(self, terms: Mapping[int, int], threshold: int) -> int:
        """Constant operands go into the threshold, as in a builder."""
        live: dict[int, int] = {}
        for wire, weight in terms.items():
            if wire >= 0:
                live[wire] = live.get(wire, 0) + weight
            elif wire == TRUE:
                threshold -= weight
        self.gates.append((dict(sorted(live.items())), threshold))
        return len(self.inputs) + len(self.gates) - 1

    def levels(self, arrival: Mapping[str, int]) -> list[int]:
        """Levels of all wires, from the definition."""
        level = [arrival[name.partition(".")[0]] for name in self.inputs]
        for terms, _ in self.gates:
            level.append(1 + max((level[wire] for wire in terms), default=0))
        return level

    def circuit(self, outputs: list[int]) -> Circuit:
        start = [0]
        for terms, _ in self.gates:
            start.append(start[-1] + len(terms))
        return Circuit(
            input_names=self.inputs,
            form_start=start,
            form_operand=[wire for terms, _ in self.gates for wire in terms],
            form_weight=[weight for terms, _ in self.gates for weight in terms.values()],
            gate_form=list(range(len(self.gates))),
            gate_threshold=[threshold for _, threshold in self.gates],
            output_wire=outputs,
            output_names=[f"y{k}" for k in range(len(outputs))],
        )


@dataclass(frozen=True)
class Plan:
    """A module, and how to write its gates into a flat circuit."""

    module: Module
    place: Callable[[Flat, Ports], Ports]

    def flat(self, widths: Mapping[str, int]) -> tuple[Flat, Ports]:
        """The gates alone, each input port as many wires as told, and the output ports' wires."""
        flat, ports = Flat(), Ports()
        for name in self.module.inputs:
            ports[name] = list(range(len(flat.inputs), len(flat.inputs) + widths[name]))
            flat.inputs += [f"{name}.{k}" for k in range(widths[name])]
        return flat, self.place(flat, ports)


def profile(flat: Flat, level: list[int]) -> tuple[int, ...]:
    """Gates on each level."""
    gates = Counter(level[len(flat.inputs) :])
    return tuple(gates[one] for one in range(max(gates, default=0) + 1))


def leaf_plan(circuit: Circuit, inputs: Mapping[str, list[int]]) -> Plan:
    """A circuit with the given input ports; each output is a port of its own."""
    names = circuit.input_names
    groups = {port: [names[k] for k in wires] for port, wires in inputs.items()}

    def place(flat: Flat, ports: Ports) -> Ports:
        wire = {-2: -2, -1: -1}
        for port, members in inputs.items():
            source = ports[port]
            wire |= {k: source[i % len(source)] for i, k in enumerate(members)}
        for gate in range(circuit.size):
            terms: dict[int, int] = {}
            for operand, weight in circuit.expand(int(circuit.gate_form[gate])).items():
                terms[wire[operand]] = terms.get(wire[operand], 0) + weight
            wire[circuit.n_inputs + gate] = flat.gate(terms, circuit.threshold(gate))
        outputs = zip(circuit.output_names, circuit.output_wire.tolist(), strict=True)
        return {name: [wire[one]] for name, one in outputs}

    return Plan(from_circuit(circuit, groups, {y: [y] for y in circuit.output_names}), place)


def net_plan(
    inputs: list[str],
    parts: dict[str, Plan],
    wires: dict[str, str | None],
    outputs: dict[str, str | None],
    order: list[str],
) -> Plan:
    """Instances wired together; `order` is one in which they can be written."""

    def place(flat: Flat, ports: Ports) -> Ports:
        known: dict[str | None, list[int]] = {None: [-2, -1], **ports}
        for name in order:
            part = parts[name]
            given = {port: known[wires[f"{name}.{port}"]] for port in part.module.inputs}
            made = part.place(flat, given)
            known |= {f"{name}.{port}": wires_ for port, wires_ in made.items()}
        return {name: known[source] for name, source in outputs.items()}

    modules = {name: part.module for name, part in parts.items()}
    return Plan(compose(inputs, modules, wires, outputs), place)


def loop_plan(one: Plan, state: dict[str, str], times: int, gather: tuple[str, ...] = ()) -> Plan:
    """A plan repeated."""

    def place(flat: Flat, ports: Ports) -> Ports:
        now, all_rounds = dict(ports), {name: list[int]() for name in gather}
        made = {output: ports[target] for output, target in state.items()}
        for _ in range(times):
            made = one.place(flat, now)
            now |= {target: made[output] for output, target in state.items()}
            for name in gather:
                all_rounds[name] += made[name]
        return {**made, **all_rounds}

    return Plan(Loop(one.module, state, gather).times(times), place)


@st.composite
def leaves(draw: st.DrawFn) -> Plan:
    circuit = draw(circuits(inputs=(1, 4), size=(0, 8), outputs=(1, 3)))
    port = [draw(st.integers(0, 2)) for _ in range(circuit.n_inputs)]
    groups = {f"x{p}": [k for k, q in enumerate(port) if q == p] for p in sorted(set(port))}
    return leaf_plan(circuit, groups)


@st.composite
def loops(draw: st.DrawFn, one: st.SearchStrategy[Plan], *, gather: bool = False) -> Plan:
    plan = draw(one)
    targets = draw(st.permutations(plan.module.inputs))
    state = {
        output: target
        for output, target in zip(plan.module.outputs, targets, strict=False)
        if draw(st.booleans())
    }
    free = [name for name in plan.module.outputs if name not in state]
    collected = tuple(name for name in free if gather and draw(st.booleans()))
    return loop_plan(plan, state, draw(st.integers(1 if free else 0, 4)), collected)


@st.composite
def nets(draw: st.DrawFn, part: st.SearchStrategy[Plan]) -> Plan:
    inputs = ["a", "b", "c"][: draw(st.integers(1, 3))]
    pool = draw(st.lists(part, min_size=1, max_size=2))
    order = ["p", "q", "r", "s"][: draw(st.integers(1, 4))]
    parts: dict[str, Plan] = {}
    wires: dict[str, str | None] = {}
    sources: list[str | None] = [*inputs, None]
    for name in order:
        parts[name] = draw(st.sampled_from(pool))
        module = parts[name].module
        wires |= {f"{name}.{port}": draw(st.sampled_from(sources)) for port in module.inputs}
        sources += [f"{name}.{port}" for port in module.outputs]
    outputs = {f"y{k}": draw(st.sampled_from(sources)) for k in range(draw(st.integers(1, 3)))}
    shuffled = {name: parts[name] for name in draw(st.permutations(order))}
    return net_plan(inputs, shuffled, wires, outputs, order)


def plans() -> st.SearchStrategy[Plan]:
    """Circuits, nets and loops within one another, to three levels."""
    inner = nets(leaves()) | loops(leaves()) | leaves()
    return nets(inner) | loops(inner) | inner
