"""The circuit value problem for threshold gates of any weights."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from reductions.codec import bit_text, bits, integer, items, members
from reductions.problem import Problem
from reductions.problems import circuit_samples as samples
from reductions.problems.certificates import CERTIFICATES
from reductions.problems.circuit_value import CircuitValue, decide
from reductions.problems.circuits import LADNER, SIZES, AndOrNot, sizes
from tcsim.circuit import Circuit
from tcsim.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hypothesis.strategies import SearchStrategy


def _to_data(instance: CircuitValue) -> Any:  # noqa: ANN401
    return {
        "inputs": bit_text(instance.values),
        "gates": [[threshold, [*map(list, terms)]] for terms, threshold in instance.rows],
        "output": instance.output,
    }


def _from_data(data: Any) -> CircuitValue:  # noqa: ANN401
    inputs, gates, output = members(data, "instance", ("inputs", "gates", "output"))
    values = bits(inputs, "instance.inputs")
    start, operands, weights, thresholds = [0], [], [], []
    for g, row in enumerate(items(gates, "instance.gates")):
        where = f"instance.gates[{g}]"
        if len(items(row, where)) != 2:
            raise ArgumentError(f"{where} must be [threshold, [[wire, weight], ...]]")
        thresholds.append(integer(row[0], f"{where}: the threshold"))
        for pair in items(row[1], f"{where}: the operands"):
            if len(items(pair, f"{where}: an operand")) != 2:
                raise ArgumentError(f"{where}: an operand must be [wire, weight]")
            operands.append(integer(pair[0], f"{where}: a wire", 0, len(values) + g - 1))
            weights.append(integer(pair[1], f"{where}: a weight"))
        start.append(len(operands))
    wire = integer(output, "instance.output", 0, len(values) + len(thresholds) - 1)
    circuit = Circuit(
        input_names=[f"x[{i}]" for i in range(len(values))],
        form_start=start,
        form_operand=np.array(operands, np.int64),
        form_weight=weights or np.zeros(0, np.int64),
        gate_form=np.arange(len(thresholds)),
        gate_threshold=thresholds or np.zeros(0, np.int64),
        output_wire=[wire],
        output_names=["y"],
    )
    return CircuitValue(circuit, values)


def every(k: int) -> Iterator[CircuitValue]:
    """Those of AND, OR and NOT gates."""
    kinds = AndOrNot.kinds
    return (CircuitValue(o.circuit, o.values) for o in samples.every(AndOrNot, kinds, k))


def strategy() -> SearchStrategy[CircuitValue]:
    """Random ones of any weights, with shared and nested forms."""
    from hypothesis import strategies as st

    from tcsim.strategies import circuits

    @st.composite
    def drawn(draw: st.DrawFn) -> CircuitValue:
        circuit = draw(circuits(inputs=(1, 5), outputs=1))
        wire = circuit.n_inputs + circuit.size - 1
        values = draw(
            st.lists(st.integers(0, 1), min_size=circuit.n_inputs, max_size=circuit.n_inputs)
        )
        return CircuitValue(circuit.replace(output_wire=[wire]), bytes(values))

    return drawn()


def ladder(k: int) -> CircuitValue:
    """One of AND, OR and NOT gates."""
    one = samples.ladder(AndOrNot, AndOrNot.kinds, k)
    return CircuitValue(one.circuit, one.values)


THRESHOLD: Problem[CircuitValue, str] = Problem(
    name="threshold_cvp",
    question="Is the output of this threshold circuit 1 on these inputs?",
    instance=CircuitValue,
    fields=SIZES,
    sizes=partial(sizes, ()),
    decide=decide,
    to_data=_to_data,
    from_data=_from_data,
    every=every,
    scope=samples.scope,
    reach=2,
    strategy=strategy,
    ladder=ladder,
    mutations=samples.mutations(None),
    hardness="P-complete under logspace reductions",
    reference=LADNER,
    witnesses=CERTIFICATES,
)
