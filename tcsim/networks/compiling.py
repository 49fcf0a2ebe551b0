"""Compile an integer network into a threshold circuit that equals it bit for bit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tcsim import expressions
from tcsim.builder import Builder
from tcsim.errors import LimitError
from tcsim.networks.operations.affine import Affine
from tcsim.networks.operations.argmax import Argmax
from tcsim.networks.operations.requantize import Requantize

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tcsim.circuit import Circuit
    from tcsim.expressions import Expression, Signal
    from tcsim.networks.codes import Code
    from tcsim.networks.integer import IntegerNetwork

PART_LIMIT = 20_000_000
"""Most input wires, gates and stored terms; what is larger has its `IntegerNetwork.cost`."""


@dataclass(frozen=True)
class _Words:
    """Values on wires."""

    code: Code
    bits: Sequence[Sequence[Signal]]

    def forms(self, builder: Builder, name: str) -> list[Expression]:
        """Each value as one stored form, which every reader of it uses."""
        weights = self.code.weights.tolist()
        return [
            builder.form(expressions.dot(weights, word) + self.code.lo, f"{name}[{i}]")
            for i, word in enumerate(self.bits)
        ]


def compile(network: IntegerNetwork, *, share: bool = True, fold: bool = True) -> Circuit:  # noqa: A001
    """The circuit of a network, equal to it on every input.

    A hidden value in thermometer code takes one level: a gate ``[sum >= cut]`` a step, all of them
    over one stored form. In binary code it takes a second level, a gate a digit. Argmax takes two
    levels straight from the sums: V(V-1)/2 comparisons and V ANDs, of which exactly one fires. So
    a classifier of h hidden layers has depth h + 2, or 2h + 2 in binary code. Layers are scopes
    (``"hidden1"``, ..., ``"output"``) and sums are named forms (``"hidden1[3]"``).

    Args:
        network: what to compile; its codes say on how many wires values stand
            (`IntegerNetwork.with_codes`). `IntegerNetwork.encode` and `IntegerNetwork.decode`
            translate between integers and wires.
        share: give equal forms and equal gates one copy.
        fold: drop weights of 0 and gates that never or always fire. With neither, the circuit is
            literally the one that `IntegerNetwork.cost` counts.

    Raises:
        LimitError: more than `PART_LIMIT` input wires, gates and stored terms.

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
    _check_size(network)
    builder = Builder(share=share, fold=fold)
    inputs = network.inputs
    bits = [
        [builder.input(name) for name in inputs.code.names(f"{inputs.name}[{i}]")]
        for i in range(inputs.features)
    ]
    words = _Words(inputs.code, bits)
    source = inputs.name
    for layer, operations in network.layers.items():
        sums = words.forms(builder, source)
        with builder.scope(layer):
            for operation in operations:
                if isinstance(operation, Affine):
                    sums = _affine(operation, sums)
                elif isinstance(operation, Requantize):
                    words = _requantize(builder, operation, sums, layer)
                else:
                    words = _argmax(operation, sums)
        source = f"{layer}.value"
    _name_outputs(builder, network, words)
    return builder.build()


def _affine(operation: Affine, values: Sequence[Expression]) -> list[Expression]:
    columns = zip(operation.weights.T.tolist(), operation.bias.tolist(), strict=True)
    return [expressions.dot(weights, values) + bias for weights, bias in columns]


def _requantize(
    builder: Builder, operation: Requantize, sums: Sequence[Expression], layer: str
) -> _Words:
    words: list[list[Signal]] = []
    for number, (value, cuts) in enumerate(zip(sums, operation.cuts.tolist(), strict=True)):
        form = builder.form(value, f"{layer}[{number}]")
        steps: list[Signal] = [form >= cut for cut in cuts]
        if operation.code.kind == "binary":
            words.append([_digit(steps, k) for k in range(operation.code.wires)])
        else:
            words.append(steps)
    return _Words(operation.code, words)


def _digit(steps: Sequence[Signal], k: int) -> Signal:
    """Digit k of a number: it changes at every multiple of 2^k, to 1 at the odd ones."""
    changes = steps[2**k - 1 :: 2**k]
    return expressions.dot([1 - 2 * (i % 2) for i in range(len(changes))], changes) >= 1


def _argmax(operation: Argmax, sums: Sequence[Expression]) -> _Words:
    classes = range(operation.classes)
    first: list[dict[int, Signal]] = [
        {j: sums[i] - sums[j] >= 0 for j in classes[i + 1 :]} for i in classes
    ]
    wins: list[Signal] = [
        expressions.all([first[i][j] if i < j else ~first[j][i] for j in classes if j != i])
        for i in classes
    ]
    return _Words(operation.code, [wins])


def _name_outputs(builder: Builder, network: IntegerNetwork, words: _Words) -> None:
    if network.classify:
        builder.output("class", words.bits[0])
        return
    for i, word in enumerate(words.bits):
        for name, bit in zip(words.code.names(f"y[{i}]"), word, strict=True):
            builder.output(name, bit)


def _check_size(network: IntegerNetwork) -> None:
    count = terms = network.inputs.features * network.inputs.code.wires
    for operation in network.operations:
        if isinstance(operation, Affine):
            terms = len(operation.weights)
            count += operation.weights.size
        elif isinstance(operation, Requantize):
            terms = operation.cuts.size
            count += 2 * terms
        elif isinstance(operation, Argmax):
            count += operation.classes * (operation.classes - 1) // 2 * (terms + 1)
    if count > PART_LIMIT:
        raise LimitError(
            f"the circuit would have about {count:,} input wires, gates and stored terms, more "
            f"than {PART_LIMIT:,}: network.cost() gives its measures without building it"
        )
