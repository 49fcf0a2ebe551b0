"""Diffusion models of the next token: samplers, votes over fixed seeds, and one circuit of it all.

Theorem 4.1/F.1 of the paper as a pipeline that runs. The samplers are
`tcsim.networks.procedures.sampler`: T steps with fixed seeds are one integer network. Here are the
scores that they follow, the regions that make tokens of states, the vote, the check of every
prefix, and what the theorem's numbers are.
"""

from reductions.derandomize.diffusion.automaton import AutomatonScore, automaton_sampler
from reductions.derandomize.diffusion.conditions import (
    addition_bit,
    majority,
    parity,
    threshold,
)
from reductions.derandomize.diffusion.language_model import LanguageModel
from reductions.derandomize.diffusion.mixture import Mixture, MixtureScore
from reductions.derandomize.diffusion.regions import Regions
from reductions.derandomize.diffusion.score_network import ScoreNetwork
from reductions.derandomize.diffusion.shipped import shipped
from reductions.derandomize.diffusion.toys import toy

__all__ = [
    "AutomatonScore",
    "LanguageModel",
    "Mixture",
    "MixtureScore",
    "Regions",
    "ScoreNetwork",
    "addition_bit",
    "automaton_sampler",
    "majority",
    "parity",
    "shipped",
    "threshold",
    "toy",
]
