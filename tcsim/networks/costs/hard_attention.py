"""HardAttention: softmax attention with a table of one step."""

from tcsim.networks.costs.softmax_attention import cost

__all__ = ["cost"]
