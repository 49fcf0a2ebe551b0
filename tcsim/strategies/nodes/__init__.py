"""One random operation of each kind, on values of a network that grows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tcsim.strategies.nodes import (
    arranging,
    attention,
    choosing,
    linear,
    products,
    sequences,
    words,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from tcsim.strategies.growth import Growth

MAKERS: dict[type[Any], Callable[[Growth], object]] = {
    **linear.MAKERS,
    **arranging.MAKERS,
    **choosing.MAKERS,
    **products.MAKERS,
    **attention.MAKERS,
    **sequences.MAKERS,
    **words.MAKERS,
}
"""What draws an operation, by its class."""
