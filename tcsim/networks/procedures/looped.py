"""Looped: a network applied to its own result, again and again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcsim.errors import LimitError, NetworkError
from tcsim.networks.sketch import Sketch

if TYPE_CHECKING:
    from tcsim.networks.integer import IntegerNetwork


def looped(network: IntegerNetwork, loops: int) -> IntegerNetwork:
    """`loops` copies of a network, one after the other: depth ``loops`` times its slope.

    Args:
        network: its outputs have the shapes and codes of its inputs, in order.
        loops: how often it is applied, at least once.

    Raises:
        NetworkError: outputs that do not fit the inputs.
        LimitError: so many loops that the copies do not fit into memory.

    Example:
        >>> import tcsim as tc
        >>> from tcsim.networks import Affine, Code, Inputs, IntegerNetwork, Requantize
        >>> from tcsim.networks.procedures import looped
        >>> step = IntegerNetwork(
        ...     Inputs(2, Code(0, 3)),
        ...     [Affine([[0, 1], [1, 1]], [0, 0]), Requantize([[1, 2, 3]], Code(0, 3))],
        ... )
        >>> looped(step, 3)([[1, 0], [0, 1]]).tolist()
        [[1, 2], [2, 3]]
        >>> tc.networks.compile(looped(step, 5)).depth
        5
    """
    check_count(loops, "loops")
    check_unrolled(loops * len(network.nodes), f"{loops:,} loops")
    _check_loop(network)
    sketch = Sketch()
    edges = tuple(sketch.input(one.name, one.axes, one.code) for one in network.sources)
    for number in range(1, loops + 1):
        with sketch.scope(f"loop{number}"):
            edges = sketch.inline(network, *edges)
    return sketch.network(*edges, labels=network.labels, output_scale=network.output_scale)


def _check_loop(network: IntegerNetwork) -> None:
    reads = [(one.name, one.axes, one.code) for one in network.sources]
    gives = [(one.shape, one.code) for one in network.output_values]
    if len(reads) != len(gives):
        raise NetworkError(
            f"a loop reads {len(reads)} arrays and gives {len(gives)}: it has to give what the "
            "next one reads"
        )
    for (name, axes, code), (shape, result) in zip(reads, gives, strict=True):
        if axes != shape or code != result:
            raise NetworkError(
                f"a loop reads {name} as {axes} in {code} and gives {shape} in {result}: it has "
                "to give what the next one reads"
            )


LARGEST = 2**18
"""Operations of a network that a procedure writes out: a few kilobytes each."""


def check_unrolled(operations: int, what: str) -> None:
    """Refuse, before anything is written out, what would not fit into memory.

    Raises:
        LimitError: more than `LARGEST` operations.
    """
    if operations > LARGEST:
        raise LimitError(
            f"{what} are {operations:,} operations when written out, more than {LARGEST:,}: "
            "measure fewer, and take levels_per_step or step_loop for the growth with their number"
        )


def check_count(count: object, what: str) -> None:
    """Refuse what is no positive integer.

    Raises:
        NetworkError: it is none.
    """
    if not isinstance(count, int) or isinstance(count, bool) or count < 1:
        raise NetworkError(f"{what} is a positive integer, not {count!r}")
