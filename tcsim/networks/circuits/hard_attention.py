"""HardAttention: softmax attention with a table of one step."""

from tcsim.networks.circuits.softmax_attention import build

__all__ = ["build"]
