"""Inference: what is known of every array of a network before anything is computed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcsim.errors import LimitError, NetworkError
from tcsim.networks.chain import chain
from tcsim.networks.node import Node
from tcsim.networks.values import Values

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tcsim.networks.inputs import Inputs
    from tcsim.networks.operations.operation import Operation


def bound(operation: Operation, axes: Mapping[str, int]) -> Operation:
    """An operation with numbers for the axes that it names, if it names any."""
    bind = getattr(operation, "at", None)
    return operation if bind is None else bind(axes)


def nodes_of(steps: tuple[Node | Operation, ...], inputs: int) -> tuple[Node, ...]:
    """Nodes as they are given, or a plain list of operations as a chain.

    Raises:
        NetworkError: a mixture of the two, several inputs for a chain, or nothing.
    """
    if not steps:
        raise NetworkError(
            "a network has at least one operation, and the last makes wires: here the outputs are "
            "the inputs as they are, so there is nothing to build"
        )
    if not isinstance(steps[0], Node):
        return chain(steps, inputs)
    for number, node in enumerate(steps, 1):
        if not isinstance(node, Node):
            raise NetworkError(f"operation {number} is no Node, as the first one is: {node!r}")
    return tuple(node for node in steps if isinstance(node, Node))


def check_sources(nodes: tuple[Node, ...], inputs: int) -> None:
    """Refuse nodes that read what is not before them.

    Raises:
        NetworkError: one does, or there are none.
    """
    if not nodes:
        raise NetworkError("a network has at least one operation, and the last makes wires")
    for number, node in enumerate(nodes):
        for source in node.sources:
            if not isinstance(source, int) or not 0 <= source < inputs + number:
                raise NetworkError(
                    f"operation {number + 1} reads value {source!r}, not one of the "
                    f"{inputs + number} before it"
                )


def infer_all(sources: tuple[Inputs, ...], nodes: tuple[Node, ...]) -> tuple[Values, ...]:
    """Shape, range and code of the inputs and of what each node makes.

    Raises:
        NetworkError: an operation does not take its operands; its number and layer are named.
    """
    values = [Values.coded(tuple(map(int, one.axes)), one.code) for one in sources]
    for number, node in enumerate(nodes, 1):
        try:
            values.append(infer(node.operation, [values[source] for source in node.sources]))
        except NetworkError as error:
            raise NetworkError(f"operation {number} ({node.scope}): {error}") from None
    return tuple(values)


def infer(operation: Operation, operands: list[Values]) -> Values:
    """Shape, range and code of an operation's result.

    Raises:
        NetworkError: operands that it does not take, or not so many.
        LimitError: ranges that do not fit into memory.
    """
    try:
        return operation.infer(*operands)
    except NetworkError:
        raise
    except MemoryError as error:
        shapes = ", ".join(str(one.shape) for one in operands)
        raise LimitError(
            f"{operation!r} of operands of shapes {shapes} does not fit into memory: {error}"
        ) from None
    except (TypeError, ValueError) as error:
        # Such as unpacking another number of operands than the operation takes.
        shapes = ", ".join(str(one.shape) for one in operands) or "none"
        raise NetworkError(f"{operation!r} does not take operands of shapes {shapes}") from error
