"""Port delays of a network: how many levels each output stands above each input."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from tcsim.hierarchy import Delays
from tcsim.networks.costs.parts import Quantities
from tcsim.networks.measuring.cost import walk

if TYPE_CHECKING:
    from tcsim.networks.integer import IntegerNetwork

LATE = 2**40
"""An arrival that decides every level that a path leads to, whatever else is there."""


def port_delays(network: IntegerNetwork) -> Delays:
    """The (max,+) matrix of a network, found without building it.

    A port is a whole array: the delay is that of its slowest place. Where all places of a state
    arrive together and stay so, as in recurrent steps and in blocks of several tokens, depths
    composed of such matrices are exact.

    Args:
        network: every axis of its inputs has a number.

    Returns:
        One row per output, one column per array of inputs; no path is None.

    Example:
        >>> from tcsim.networks import Affine, Code, Inputs, IntegerNetwork, Requantize
        >>> from tcsim.networks.procedures import port_delays
        >>> binary = Requantize([[1, 2, 3]], Code(0, 3, "binary"))
        >>> step = IntegerNetwork(Inputs(1, Code(0, 3)), [Affine([[1]], [0]), binary])
        >>> port_delays(step).rows()
        [[2]]
    """
    columns = []
    for source in range(len(network.sources)):
        values, _ = walk(network, Quantities(symbolic=False), late(network, source))
        columns.append([delay(values[number].level) for number in network.outputs])
    return Delays([list(row) for row in zip(*columns, strict=True)])


def levels_per_step(step: IntegerNetwork, states: int = 1) -> Fraction:
    """The serial depth that each further step of a recurrence adds, on average and for ever.

    It is the maximum cycle mean of the delays from the state to the state; 0 where no step waits
    for another.

    Args:
        step: its first `states` inputs and outputs are the state.
        states: how many arrays the state is.

    Example:
        >>> from tcsim.networks.constructed.automaton import automaton_step
        >>> levels_per_step(automaton_step([[0, 1], [1, 0]]))
        Fraction(1, 1)
    """
    delays = port_delays(step).rows()
    mean = Delays([row[:states] for row in delays[:states]]).cycle_mean()
    return Fraction(0) if mean is None else mean.value


def late(network: IntegerNetwork, source: int) -> list[int]:
    """Arrivals that show the paths from one array of inputs."""
    return [LATE if one == source else 0 for one in range(len(network.sources))]


def delay(level: object) -> int | None:
    """The longest path from the array that arrives late; None where no path comes from it."""
    highest = int(np.max(level))  # type: ignore[call-overload]
    return highest - LATE if highest >= LATE else None
