"""The network that a circuit is: one layer of step activations a level (paper, 2.1)."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from tcsim.circuit import TRUE
from tcsim.errors import LimitError, NetworkError
from tcsim.measure import levels as gate_levels
from tcsim.measure.flat import flat_forms
from tcsim.networks.codes import Code
from tcsim.networks.inputs import Inputs
from tcsim.networks.integer import IntegerNetwork
from tcsim.networks.node import Node
from tcsim.networks.operations.affine import Affine
from tcsim.networks.operations.requantize import Requantize

if TYPE_CHECKING:
    from tcsim.circuit import Circuit
    from tcsim.typing import Integers

LIMIT = 100_000_000
"""Most weights, those of 0 included: layers are dense."""

_BIT = Code(0, 1)


def to_network(circuit: Circuit) -> IntegerNetwork:
    """A multilayer perceptron with step activations that equals a circuit.

    Layer l holds the gates of level l of the as-soon-as-possible schedule, and a neuron
    ``[x >= 1]`` for every earlier value that a later layer reads: in a perceptron a layer reads the
    one before it alone. Weights and thresholds are the circuit's. `tcsim.networks.compile` makes of
    it a circuit of the same function and depth; a circuit of depth 0 becomes one layer.

    Args:
        circuit: at least one input and one output.

    Returns:
        A network of inputs and outputs 0 and 1, in the circuit's order; layers ``"level1"``, ....

    Raises:
        NetworkError: no inputs or outputs, or weights that could sum to 2**62.
        LimitError: more than `LIMIT` weights in dense layers; nothing is built.

    Example:
        >>> import tcsim as tc
        >>> b = tc.Builder()
        >>> x = b.inputs("x", 3)
        >>> b.output("odd", (tc.sum(x) - 2 * (tc.sum(x) >= 2) + 2 * (tc.sum(x) >= 3)) >= 1)
        >>> circuit = b.build()
        >>> network = circuit.to_network()
        >>> network([[0, 0, 1], [1, 1, 0], [1, 1, 1]]).ravel().tolist()
        [1, 0, 1]
        >>> tc.networks.compile(network).depth == circuit.depth
        True
    """
    if not circuit.n_inputs or not circuit.n_outputs:
        raise NetworkError(
            f"a network reads and gives something: the circuit has {circuit.n_inputs} inputs and "
            f"{circuit.n_outputs} outputs"
        )
    level = np.concatenate((np.zeros(circuit.n_inputs, np.int64), gate_levels(circuit)))
    depth = max(1, circuit.depth)
    layers = _layers(circuit, level, depth)
    weights = sum(len(before) * len(after) for before, after in pairwise(layers))
    if weights > LIMIT:
        raise LimitError(
            f"the layers would have {weights:,} weights, more than {LIMIT:,}: layers are dense, "
            "and a value that is read far above is carried through every layer between"
        )
    nodes: list[Node] = []
    for number, (before, after) in enumerate(pairwise(layers), 1):
        affine, cuts = _layer(circuit, before, after, level, number)
        scope = f"level{number}"
        nodes.append(Node(affine, (len(nodes),), scope))
        nodes.append(Node(Requantize(cuts, _BIT, "step"), (len(nodes),), scope))
    return IntegerNetwork(Inputs(circuit.n_inputs, _BIT), nodes)


def _layers(circuit: Circuit, level: Integers, depth: int) -> list[Integers]:
    """The wires that each layer holds: the inputs, then per level; the outputs last."""
    flat = flat_forms(circuit)
    last_read = np.zeros(len(level), np.int64)
    outputs = circuit.output_wire
    last_read[outputs[outputs >= 0]] = depth + 1
    for gate in range(circuit.size - 1, -1, -1):
        wire = circuit.n_inputs + gate
        if last_read[wire]:  # a gate that no output needs reads nothing
            form = int(circuit.gate_form[gate])
            operands = flat.operand[flat.start[form] : flat.start[form + 1]]
            last_read[operands] = np.maximum(last_read[operands], level[wire])
    inner = [np.flatnonzero((level <= number) & (last_read > number)) for number in range(1, depth)]
    return [np.arange(circuit.n_inputs), *inner, outputs]


def _layer(
    circuit: Circuit, before: Integers, after: Integers, level: Integers, number: int
) -> tuple[Affine, Integers]:
    flat = flat_forms(circuit)
    place = {wire: row for row, wire in enumerate(before.tolist())}
    weights = np.zeros((len(before), len(after)), np.int64)
    cuts = np.ones((len(after), 1), np.int64)
    for column, wire in enumerate(after.tolist()):
        if wire < 0:  # a constant: its sum is 0
            cuts[column] = 0 if wire == TRUE else 1
        elif level[wire] == number and wire >= circuit.n_inputs:
            gate = wire - circuit.n_inputs
            form = int(circuit.gate_form[gate])
            part = slice(flat.start[form], flat.start[form + 1])
            for operand, weight in zip(
                flat.operand[part].tolist(), flat.weight[part].tolist(), strict=True
            ):
                if abs(weight) >= 2**62:
                    raise NetworkError(f"gate {gate} has a weight of {weight}, beyond 2**62")
                weights[place[operand], column] += weight
            # A threshold beyond every sum is as good as one just beyond int64's comfort.
            cuts[column] = max(-(2**62), min(circuit.threshold(gate), 2**62))
        else:
            weights[place[wire], column] = 1
    return Affine(weights, np.zeros(len(after), np.int64)), cuts
