"""Movements of one array as operations on its axes, so that they hold at every length."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tcsim.networks.operations.arrangement import Gather, Reshape, Slice, Transpose

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tcsim.networks.importers.onnx.graph import Step
    from tcsim.networks.operations.axes import Arrangement

_RENAMED = ("Reshape", "Flatten", "Squeeze", "Unsqueeze", "Identity")


def arranged(step: Step, numbers: np.ndarray, places: np.ndarray) -> Sequence[Arrangement] | None:
    """Operations on axes that do what an operator does to an array; None where there are none.

    Args:
        step: the operator, with constants for all but its first input.
        numbers: of the places of the array, of its shape.
        places: the numbers that the result has, by the reference implementation: what is proposed
            here is compared with it.
    """
    found = numbers[None]
    operations = _proposed(step, numbers, places)
    for operation in operations:
        found = operation(found)
    if found.shape[1:] != places.shape or not np.array_equal(found[0], places):
        return None
    return operations


def _proposed(step: Step, numbers: np.ndarray, places: np.ndarray) -> Sequence[Arrangement]:
    match step.operator:
        case name if name in _RENAMED:
            return [Reshape(places.shape)]
        case "Transpose":
            rank = places.ndim
            return [Transpose(step.attributes.get("perm") or range(rank)[::-1])]
        case "Gather":
            indices = np.asarray(step.needed(1, "the places"))
            return [Gather(indices, step.attributes.get("axis", 0))] if indices.size else []
        case "Split":
            return [_part(numbers, places, step.attributes.get("axis", 0))]
        case "Slice" if len(step.inputs) > 2:
            return _slices(step)
        case _:
            return []


def _part(numbers: np.ndarray, places: np.ndarray, axis: int) -> Slice:
    """A run of places of an axis."""
    start = int(np.argwhere(numbers == places.reshape(-1)[0])[0][axis])
    stop = start + places.shape[axis]
    return Slice(axis, start or None, None if stop == numbers.shape[axis] else stop)


def _slices(step: Step) -> list[Arrangement]:
    given = [step.constant(number, "an end") for number in range(1, 5)]
    starts, stops, axes, steps = (
        None if one is None else np.asarray(one).ravel().tolist() for one in given
    )
    assert starts is not None  # noqa: S101 - the checker saw them
    assert stops is not None  # noqa: S101 - likewise
    axes = list(range(len(starts))) if axes is None else axes
    steps = [1] * len(starts) if steps is None else steps
    shape = step.input(0).shape
    made: list[Arrangement] = []
    for start, stop, axis, stride in zip(starts, stops, axes, steps, strict=True):
        n = shape[axis]
        begin = None if start in (0, n) or abs(start) > n else int(start)
        end = None if abs(stop) >= n else int(stop)
        made.append(Slice(int(axis), begin, end, int(stride)))
    return made
