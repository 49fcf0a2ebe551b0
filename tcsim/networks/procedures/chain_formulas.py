"""Depth and size of a chain of thought as formulas in its number of tokens T."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tcsim.errors import NetworkError
from tcsim.networks.costs.parts import Quantities
from tcsim.networks.measuring.cost import network_cost, walk
from tcsim.networks.procedures.delays import LATE, delay
from tcsim.networks.procedures.looped import check_count

if TYPE_CHECKING:
    from tcsim.networks.costs.operands import Formula
    from tcsim.networks.integer import IntegerNetwork


@dataclass(frozen=True)
class ChainFormulas:
    """What T tokens of a chain cost; T is ``sympy.Symbol("T", integer=True, positive=True)``.

    Attributes:
        levels: of one pass, however many tokens it reads.
        depth: levels of the chain, as T grows: every pass waits for the token before.
        exact: whether `depth` is; otherwise it is an upper bound.
        size: gates of the chain as T grows, without sharing between passes.
    """

    levels: int
    depth: Formula
    exact: bool
    size: Formula


def chain_formulas(network: IntegerNetwork, *, prompt: int, tokens: int = 1) -> ChainFormulas:
    """Depth and size of `chain_of_thought(network, T, prompt=prompt)`, without writing it out.

    Args:
        network: reads tokens on an axis with a name, and gives the next one.
        prompt: how many tokens are given.
        tokens: depth counts as exact if the longest path through the first pass, and through this
            one, starts at the last token that it reads.

    Raises:
        NetworkError: the axis of tokens has a number, or there is none.

    Example:
        >>> from tcsim.networks import Argmax, Code
        >>> from tcsim.networks.operations.arrangement import Reshape
        >>> from tcsim.networks.operations.indicators import Indicators
        >>> from tcsim.networks.operations.sum import Sum
        >>> from tcsim.networks.procedures import chain_formulas
        >>> from tcsim.networks.sketch import Sketch
        >>> sketch = Sketch()
        >>> tokens = sketch.input("tokens", ("n",), Code(0, 2, "one_hot"))
        >>> shown = sketch.add(Indicators(3), sketch.add(Reshape([-1, 1]), tokens))
        >>> count = sketch.add(Reshape([3]), sketch.add(Sum([0]), shown))
        >>> most_frequent = sketch.network(sketch.add(Argmax(3), count))
        >>> found = chain_formulas(most_frequent, prompt=4)
        >>> found.depth, found.size
        (2*T, 6*T)
    """
    import sympy

    check_count(prompt, "prompt")
    check_count(tokens, "tokens")
    axes = network.inputs.axes
    if len(axes) != 1 or not isinstance(axes[0], str):
        raise NetworkError(f"tokens have one axis, with a name such as 'n', not {axes}")
    cost = network_cost(network)
    levels = cost.total.depth
    count = sympy.Symbol("T", integer=True, positive=True)
    read = sympy.Symbol(axes[0], integer=True, positive=True)
    size = sympy.expand(sympy.sympify(cost.total.size).subs(cost.values).doit())
    exact = cost.total.even and all(
        _from_last(network.at(**{axes[0]: length})) == levels
        for length in {prompt, prompt + tokens - 1}
    )
    every = sympy.summation(size, (read, prompt, prompt + count - 1))
    return ChainFormulas(levels, levels * count, exact, sympy.expand(every))


def _from_last(one_pass: IntegerNetwork) -> int | None:
    """Levels of the longest path from the last token to the output."""
    arrivals = np.zeros(one_pass.inputs.features, dtype=np.int64)
    arrivals[-1] = LATE
    values, _ = walk(one_pass, Quantities(symbolic=False), [arrivals])
    return delay(values[one_pass.outputs[0]].level)
