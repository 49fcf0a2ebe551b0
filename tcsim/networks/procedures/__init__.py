"""Inference procedures: how a network is run, apart from what it is (paper, C.1).

Each takes networks and gives a network, so its depth, size and circuit are measured like any
other's. `port_delays` says what each step adds for ever: the serial depth per step.
"""

from tcsim.networks.procedures.best_of import best_of
from tcsim.networks.procedures.chain_formulas import ChainFormulas, chain_formulas
from tcsim.networks.procedures.chain_of_thought import chain_of_thought
from tcsim.networks.procedures.delays import levels_per_step, port_delays
from tcsim.networks.procedures.diffusion import diffusion
from tcsim.networks.procedures.fixed_point import FixedPoint
from tcsim.networks.procedures.looped import looped
from tcsim.networks.procedures.modules import network_module, step_loop
from tcsim.networks.procedures.recurrent import recurrent
from tcsim.networks.procedures.sampler import Score, sampler, sampler_step
from tcsim.networks.procedures.schedule import Schedule, Update, ddpm, ddpm_betas, smld
from tcsim.networks.procedures.tree_search import tree_search
from tcsim.networks.procedures.vote import vote

__all__ = [
    "ChainFormulas",
    "FixedPoint",
    "Schedule",
    "Score",
    "Update",
    "best_of",
    "chain_formulas",
    "chain_of_thought",
    "ddpm",
    "ddpm_betas",
    "diffusion",
    "levels_per_step",
    "looped",
    "network_module",
    "port_delays",
    "recurrent",
    "sampler",
    "sampler_step",
    "smld",
    "step_loop",
    "tree_search",
    "vote",
]
