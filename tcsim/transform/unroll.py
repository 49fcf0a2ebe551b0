"""Unroll: a step circuit applied T times, its state fed back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcsim.builder import Builder
from tcsim.errors import ArgumentError
from tcsim.transform.rebuild import Copy

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tcsim.circuit import Circuit
    from tcsim.expressions import Signal


def unroll(
    step: Circuit,
    times: int,
    state: Mapping[str, str],
    *,
    fresh_inputs: bool = True,
    all_outputs: bool = False,
) -> Circuit:
    """Apply a step circuit `times` times.

    Args:
        step: one step.
        times: number of steps T, at least 0.
        state: {output: input}: which output of a step is which input of the next. The first step
            reads these inputs under their own names; after T = 0 steps they are the outputs.
        fresh_inputs: other inputs are new at each step (``"name@t"``, t from 0); else all steps
            share them.
        all_outputs: outputs that are not state are output at each step (``"name@t"``); else at the
            last alone.

    Returns:
        A circuit of size ``times * step.size`` with the scope ``"stepT"`` around each step. Its
        outputs are the state's (under the outputs' names), then the others'.

    Raises:
        ArgumentError: `times` is negative, or the state names something unknown or twice.
    """
    if times < 0:
        raise ArgumentError(f"times must not be negative: {times}")
    for output, name in state.items():
        if output not in step.output_names or name not in step.input_names:
            raise ArgumentError(f"state {output!r} -> {name!r}: no such output and input of a step")
    if len(set(state.values())) != len(state):
        raise ArgumentError(f"two outputs feed one input: {dict(state)}")
    builder = Builder(share=False, fold=False)
    carried: dict[str, Signal] = {name: builder.input(name) for name in state.values()}
    shared: dict[str, Signal] = {}
    others = [name for name in step.output_names if name not in state]
    emitted: dict[str, Signal] = {}
    for t in range(times):
        copy = Copy(step, builder)
        for wire, name in enumerate(step.input_names):
            if name in carried:
                copy.signals[wire] = carried[name]
                continue
            unique = f"{name}@{t}" if fresh_inputs else name
            if unique not in shared:
                shared[unique] = builder.input(unique)
            copy.signals[wire] = shared[unique]
        copy.add_gates(scope=f"step{t}", keep_names=False)
        made = copy.outputs()
        carried = {name: made[output] for output, name in state.items()}
        if all_outputs or t == times - 1:
            for name in others:
                emitted[f"{name}@{t}" if all_outputs else name] = made[name]
    for output, name in state.items():
        builder.output(output, carried[name])
    for name, signal in emitted.items():
        builder.output(name, signal)
    return builder.build()
