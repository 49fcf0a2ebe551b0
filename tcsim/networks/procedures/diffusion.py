"""Diffusion: a state denoised step by step, with noise that was drawn beforehand."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np

from tcsim.errors import NetworkError
from tcsim.networks.operations.constant import Constant
from tcsim.networks.procedures.recurrent import check_states
from tcsim.networks.sketch import Sketch

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tcsim.networks.integer import IntegerNetwork
    from tcsim.networks.sketch import Edge


def diffusion(
    steps: Sequence[IntegerNetwork],
    initial: object,
    constants: Iterable[Mapping[str, object]] = (),
) -> IntegerNetwork:
    """A sampler with a fixed seed, as one network: its depth is the sum over its steps.

    That is the literal depth of the unrolled sampler, linear in the number of steps. What Theorem
    F.1 of the paper says is about the *problem*: under its assumptions some other circuit of
    constant depth solves it.

    Args:
        steps: networks that read the state first, and give it first, rounded, in the same shape and
            code; one per step. They may differ, such as in the coefficients of their updates.
        initial: the first state, integers that were drawn with the seed.
        constants: for each step, integers for some of its further inputs by their name, such as
            the noise. The inputs that are left, such as a prefix to go on from, are read by all
            steps, and by the network.

    Returns:
        A network that reads what is left, and gives what the last step gives beside its state, or
        else its last state.

    Raises:
        NetworkError: steps that do not fit, or none that reads anything else than state and noise.
    """
    if not steps:
        raise NetworkError("a sampler has at least one step")
    fixed = list(constants) or [{} for _ in steps]
    if len(fixed) != len(steps):
        raise NetworkError(f"{len(fixed)} sets of constants for {len(steps)} steps")
    sketch = Sketch()
    conditions = {}
    for step, named in zip(steps, fixed, strict=True):
        check_states(step, 1)
        for source in step.sources[1:]:
            if source.name not in named and source.name not in conditions:
                conditions[source.name] = sketch.input(source.name, source.axes, source.code)
    if not conditions:
        raise NetworkError("a sampler reads at least one input beside its state and noise")
    beside = next(iter(conditions.values()))
    first = steps[0].sources[0]
    with sketch.scope("initial"):
        shape = cast("tuple[int, ...]", first.axes)
        whole = np.broadcast_to(np.asarray(initial), shape)
        state = sketch.add(Constant(whole, first.code), beside)
    results: tuple[Edge, ...] = (state,)
    for number, (step, named) in enumerate(zip(steps, fixed, strict=True), 1):
        with sketch.scope(f"step{number}"):
            operands = [state]
            for source in step.sources[1:]:
                if source.name in named:
                    noise = Constant(named[source.name], source.code)
                    operands.append(sketch.add(noise, beside))
                else:
                    operands.append(conditions[source.name])
            results = sketch.inline(step, *operands)
        state = results[0]
    return sketch.network(*(results[1:] or results[:1]), labels=steps[-1].labels)
