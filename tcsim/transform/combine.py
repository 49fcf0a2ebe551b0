"""Compose circuits one after the other, put them side by side, rename their wires."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcsim.builder import Builder
from tcsim.errors import ArgumentError
from tcsim.transform.rebuild import Copy

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tcsim.circuit import Circuit


def compose(inner: Circuit, outer: Circuit, wiring: Mapping[str, str] | None = None) -> Circuit:
    """`outer` applied to the outputs of `inner`.

    Args:
        inner: its outputs feed `outer`; its inputs are the inputs of the result.
        outer: its outputs are the outputs of the result.
        wiring: {input of outer: output of inner}. By default by name where every input of `outer`
            is an output of `inner`, else by position where the numbers agree. Inputs of `outer`
            that the wiring leaves out become further inputs of the result.

    Returns:
        A circuit of size ``inner.size + outer.size`` and at most the sum of the depths.

    Raises:
        ArgumentError: a name is unknown, or nothing says what feeds what.
    """
    links = _links(inner, outer) if wiring is None else dict(wiring)
    for name, source in links.items():
        if name not in outer.input_names:
            raise ArgumentError(f"the outer circuit has no input named {name!r}")
        if source not in inner.output_names:
            raise ArgumentError(f"the inner circuit has no output named {source!r}")
    first = Copy(inner)
    first.add_inputs()
    first.add_gates(keep_names=False)
    fed = first.outputs()
    second = Copy(outer, first.builder)
    for wire, name in enumerate(outer.input_names):
        second.signals[wire] = fed[links[name]] if name in links else first.builder.input(name)
    second.add_gates(keep_names=False)
    return second.finish()


def _links(inner: Circuit, outer: Circuit) -> dict[str, str]:
    if set(outer.input_names) <= set(inner.output_names):
        return {name: name for name in outer.input_names}
    if outer.n_inputs == inner.n_outputs:
        return dict(zip(outer.input_names, inner.output_names, strict=True))
    raise ArgumentError(
        f"{inner.n_outputs} outputs cannot feed {outer.n_inputs} inputs by name or position: "
        "say with wiring= which output feeds which input"
    )


def parallel(*circuits: Circuit, share_inputs: bool = True) -> Circuit:
    """Circuits side by side: sizes and widths add up at each level, depth is the maximum.

    Args:
        circuits: at least one.
        share_inputs: inputs of the same name are one input; else the inputs, like outputs whose
            names collide, get the prefix ``"k."`` of the k-th circuit.

    Raises:
        ArgumentError: no circuit is given.
    """
    if not circuits:
        raise ArgumentError("parallel needs at least one circuit")
    builder = Builder(share=False, fold=False)
    known: dict[str, object] = {}
    copies = []
    for k, circuit in enumerate(circuits):
        copy = Copy(circuit, builder)
        for wire, name in enumerate(circuit.input_names):
            unique = name if share_inputs else f"{k}.{name}"
            if unique not in known:
                known[unique] = builder.input(unique)
            copy.signals[wire] = known[unique]  # type: ignore[assignment]
        copy.add_gates(keep_names=False)
        copies.append(copy)
    names = [name for circuit in circuits for name in circuit.output_names]
    for k, copy in enumerate(copies):
        for name, signal in copy.outputs().items():
            builder.output(name if names.count(name) == 1 else f"{k}.{name}", signal)
    return builder.build()


def relabel(
    circuit: Circuit,
    *,
    inputs: Mapping[str, str] | Callable[[str], str] | None = None,
    outputs: Mapping[str, str] | Callable[[str], str] | None = None,
    scope: str = "",
) -> Circuit:
    """The same circuit under other names.

    Args:
        circuit: any circuit.
        inputs: {old name: new name}, or a function of the old name; names left out stay.
        outputs: likewise.
        scope: a scope put around all gates.

    Raises:
        ArgumentError: a mapping names something unknown.
        CircuitError: two names become equal.
    """
    scopes = circuit.scope_names
    if scope:
        scopes = ("", *(f"{scope}/{path}" if path else scope for path in scopes))
    return circuit.replace(
        input_names=_renamed(circuit.input_names, inputs, "input"),
        output_names=_renamed(circuit.output_names, outputs, "output"),
        scope_names=scopes,
        gate_scope=circuit.gate_scope + (1 if scope else 0),
    )


def _renamed(
    names: tuple[str, ...], change: Mapping[str, str] | Callable[[str], str] | None, what: str
) -> tuple[str, ...]:
    if change is None:
        return names
    if callable(change):
        return tuple(map(change, names))
    unknown = sorted(set(change) - set(names))
    if unknown:
        raise ArgumentError(f"there is no {what} named {unknown[0]!r}")
    return tuple(change.get(name, name) for name in names)
