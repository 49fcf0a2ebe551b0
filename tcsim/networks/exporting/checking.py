"""What can be exported at all."""

from __future__ import annotations

from tcsim.errors import NetworkError
from tcsim.networks.integer import IntegerNetwork


def check_network(network: object, name: str) -> None:
    """Refuse what is no network.

    Args:
        network: what was given.
        name: of the function it was given to.

    Raises:
        NetworkError: it is none.
    """
    if not isinstance(network, IntegerNetwork):
        raise NetworkError(
            f"{name} takes an IntegerNetwork, such as circuit.to_network(), "
            f"not {type(network).__name__}"
        )
