"""Growth: the depth of one network for each size of its problem."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcsim.networks.measuring.cost import network_cost

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tcsim.networks.integer import IntegerNetwork


def depths(make: Callable[[int], IntegerNetwork], sizes: Iterable[int]) -> dict[int, int]:
    """Depth by size, from the exact formulas: no circuit is built.

    Args:
        make: the network for a size.
        sizes: which.

    Returns:
        {size: depth of the circuit built with ``share=False, fold=False``}.

    Example:
        >>> from tcsim.networks.constructed.automaton import automaton_network
        >>> from tcsim.networks.constructed.growth import depths
        >>> depths(lambda n: automaton_network([[0, 1], [1, 0]], n), [1, 2, 4])
        {1: 2, 2: 3, 4: 5}
    """
    return {size: network_cost(make(size), symbolic=False).total.depth for size in sizes}
