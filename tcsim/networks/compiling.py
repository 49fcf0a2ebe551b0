"""Compile an integer network into a threshold circuit that equals it bit for bit."""

from __future__ import annotations

from collections import Counter
from contextlib import ExitStack
from importlib import import_module
from typing import TYPE_CHECKING

import numpy as np

from tcsim.builder import Builder
from tcsim.errors import LimitError, NetworkError
from tcsim.networks.catalog import module_of
from tcsim.networks.circuits.tensor import Tensor, empty
from tcsim.networks.integer import IntegerNetwork

if TYPE_CHECKING:
    from tcsim.circuit import Circuit
    from tcsim.networks.inputs import Inputs
    from tcsim.networks.node import Node
    from tcsim.networks.values import Values

PART_LIMIT = 20_000_000
"""Most input wires, gates and stored terms; what is larger has its `IntegerNetwork.cost`."""


def compile(network: IntegerNetwork, *, share: bool = True, fold: bool = True) -> Circuit:  # noqa: A001
    """The circuit of a network, equal to it on every input.

    A hidden value in thermometer code takes one level: a gate ``[sum >= cut]`` a step, all of them
    over one stored form. In binary code it takes a second level, a gate a digit. Argmax takes two
    levels straight from the sums: V(V-1)/2 comparisons and V ANDs, of which exactly one fires. So
    a classifier of h hidden layers has depth h + 2, or 2h + 2 in binary code. Layers are scopes
    (``"hidden1"``, ..., ``"output"``) and sums are named forms (``"hidden1[3]"``).
    `tcsim.networks.circuits` has the gates of every operation.

    Args:
        network: what to compile; its codes say on how many wires values stand
            (`IntegerNetwork.with_codes`). `IntegerNetwork.encode` and `IntegerNetwork.decode`
            translate between integers and wires.
        share: give equal forms and equal gates one copy.
        fold: drop weights of 0 and gates that never or always fire. With neither, the circuit is
            literally the one that `IntegerNetwork.cost` counts.

    Raises:
        LimitError: more than `PART_LIMIT` input wires, gates and stored terms.
        NetworkError: an axis of the inputs has no number.

    Example:
        >>> import tcsim as tc
        >>> from tcsim.networks import Affine, Argmax, Code, Inputs, IntegerNetwork
        >>> larger = IntegerNetwork(
        ...     Inputs(2, Code(0, 3)), [Affine([[1, 0], [0, 1]], [0, 0]), Argmax(2)]
        ... )
        >>> circuit = tc.networks.compile(larger)
        >>> circuit.input_names
        ('x[0]>=1', 'x[0]>=2', 'x[0]>=3', 'x[1]>=1', 'x[1]>=2', 'x[1]>=3')
        >>> larger.decode(circuit(larger.encode([[3, 1], [1, 2], [2, 2]]))).tolist()
        [0, 1, 0]
    """
    if not isinstance(network, IntegerNetwork):
        raise NetworkError(f"compile takes an IntegerNetwork, not {type(network).__name__}")
    _check_size(network)
    builder = Builder(share=share, fold=fold)
    tensors = [
        _read(builder, one, values)
        for one, values in zip(network.sources, network.values, strict=False)
    ]
    names = _Names(network)
    for node, values in zip(network.nodes, network.values[len(tensors) :], strict=True):
        operation = node.operation
        build = import_module(module_of(operation, "circuits")).build
        name = names.pick(node)
        with ExitStack() as scopes:
            for layer in node.scope.split("/"):
                scopes.enter_context(builder.scope(layer))
            operands = [tensors[source] for source in node.sources]
            tensors.append(build(operation, name, values, *operands))
            if not fold:
                # A gate is made when it is first read, and some may never be: count them too.
                for gate in tensors[-1].gates():
                    builder.materialize(gate)
    _name_outputs(builder, network, [tensors[number] for number in network.outputs])
    return builder.build()


class _Names:
    """What the forms of an operation are called: its scope, with a number where it has several."""

    def __init__(self, network: IntegerNetwork) -> None:
        made = Counter(
            node.scope
            for node, values in zip(
                network.nodes, network.values[len(network.sources) :], strict=True
            )
            if values.code is not None
        )
        self._several = {scope for scope, count in made.items() if count > 1}
        self._count: Counter[str] = Counter()

    def pick(self, node: Node) -> str:
        """The name for the next operation of a scope."""
        self._count[node.scope] += 1
        if node.scope in self._several:
            return f"{node.scope}.{type(node.operation).__name__.lower()}{self._count[node.scope]}"
        return node.scope


def _read(builder: Builder, source: Inputs, values: Values) -> Tensor:
    words = empty((*values.shape, source.code.wires))
    for place in np.ndindex(values.shape):
        where = ",".join(map(str, place))
        names = source.code.names(f"{source.name}[{where}]")
        words[place] = [builder.input(name) for name in names]
    return Tensor(builder, source.name, values, words=words)


def _name_outputs(builder: Builder, network: IntegerNetwork, results: list[Tensor]) -> None:
    if network.classify:
        builder.output("class", results[0].words[0].tolist())
        return
    for letter, result in zip(_letters(len(results)), results, strict=True):
        for place in result.places():
            where = ",".join(map(str, place))
            names = result.code.names(f"{letter}[{where}]")
            for name, bit in zip(names, result.words[place].tolist(), strict=True):
                builder.output(name, bit)


def _letters(count: int) -> list[str]:
    return ["y"] if count == 1 else [f"y{number}" for number in range(count)]


def _check_size(network: IntegerNetwork) -> None:
    from tcsim.networks.measuring.cost import network_parts

    count = network.input_wires + network_parts(network)
    if count > PART_LIMIT:
        raise LimitError(
            f"the circuit would have about {count:,} input wires, gates and stored terms, more "
            f"than {PART_LIMIT:,}: network.cost() gives its measures without building it"
        )
