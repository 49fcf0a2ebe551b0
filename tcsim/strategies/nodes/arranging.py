"""Values put elsewhere, left out or repeated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

from tcsim.networks import (
    Broadcast,
    Concatenate,
    Gather,
    Pad,
    Reshape,
    Slice,
    Stack,
    Transpose,
)

if TYPE_CHECKING:
    from tcsim.strategies.growth import Growth, Value


def reshape(growth: Growth) -> Value:
    """To one axis, or to any two or three whose product fits; -1 among them or not."""
    x = growth.any()
    left = x.values.size
    shape: list[int] = []
    for _ in range(growth.integer(0, 2)):
        shape.append(growth.pick([n for n in range(1, left + 1) if left % n == 0]))
        left //= shape[-1]
    shape.append(growth.pick([left, -1]))
    return growth.add(Reshape(shape), x)


def transpose(growth: Growth) -> Value:
    """Any order of axes."""
    x = growth.any()
    return growth.add(Transpose(growth.draw(st.permutations(range(len(x.shape))))), x)


def part(growth: Growth) -> Value:
    """A slice, forwards or backwards, of at least one place."""
    x = growth.any(1)
    axis = growth.integer(-len(x.shape), len(x.shape) - 1)
    length = x.shape[axis]
    first = growth.integer(0, length - 1)
    last = growth.integer(first, length - 1)
    step = growth.integer(1, 2)
    if growth.chance():  # backwards: the place before the first may be none
        return growth.add(Slice(axis, last, first - 1 if first else None, -step), x)
    return growth.add(Slice(axis, first - length, last + 1, step), x)


def gather(growth: Growth) -> Value:
    """Some places of an axis, some of them again and again."""
    x = growth.any(1)
    axis = growth.integer(-len(x.shape), len(x.shape) - 1)
    length = x.shape[axis]
    indices = growth.array(growth.shape(growth.integer(0, 2)), (-length, length - 1))
    return growth.add(Gather(indices, axis), x)


def pad(growth: Growth) -> Value:
    """Around one axis or two."""
    x = growth.any(1)
    count = growth.integer(1, min(2, len(x.shape)))
    widths = [(growth.integer(0, 1), growth.integer(0, 1)) for _ in range(count)]
    return growth.add(Pad(widths, growth.integer(-2, 2)), x)


def broadcast(growth: Growth) -> Value:
    """Along a new axis, and along those of length 1."""
    x = growth.any()
    front = growth.shape(growth.integer(0, 1))
    return growth.add(
        Broadcast((*front, *(growth.length() if axis == 1 else axis for axis in x.shape))), x
    )


def concatenate(growth: Growth) -> Value:
    """Two or three of them, or one."""
    x = growth.any(1)
    axis = growth.integer(-len(x.shape), len(x.shape) - 1)
    others = []
    for _ in range(growth.integer(0, 2)):
        shape = list(x.shape)
        shape[axis] = growth.length()
        others.append(growth.take(tuple(shape)))
    return growth.add(Concatenate(axis), x, *others)


def stack(growth: Growth) -> Value:
    """Two of one shape, or one."""
    x = growth.any()
    others = [growth.take(x.shape) for _ in range(growth.integer(0, 1))]
    return growth.add(Stack(growth.integer(-len(x.shape) - 1, len(x.shape))), x, *others)


MAKERS = {
    Reshape: reshape,
    Transpose: transpose,
    Slice: part,
    Gather: gather,
    Pad: pad,
    Broadcast: broadcast,
    Concatenate: concatenate,
    Stack: stack,
}
