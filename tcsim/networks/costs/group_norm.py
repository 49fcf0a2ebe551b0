"""GroupNorm: see `normalizing`."""

from tcsim.networks.costs.normalizing import cost

__all__ = ["cost"]
