"""One trained model on words of one length, and one vote of single passes against a chain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tcsim.networks.measuring.cost import network_cost
from tcsim.networks.procedures.vote import vote as vote_of
from tcsim.networks.trained import procedures
from tcsim.networks.trained.integer import chain_start
from tcsim.networks.trained.tasks import task

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tcsim.networks.integer import IntegerNetwork
    from tcsim.networks.trained.loading import Trained
    from tcsim.typing import Integers

SEED = 11
"""Of the words: none that models were trained with, or scales chosen on."""


@dataclass(frozen=True)
class Trial:
    """A trained model on words of a length.

    Attributes:
        model: its name.
        n: letters of a word.
        real: share of right answers of the model as it was trained.
        integer: of the integer network with 8-bit weights and values; its circuit equals it.
        agreement: share of words on which both answer the same.
        depth: of that circuit, by exact formulas: its serial depth.
        size: its gates, likewise.
        parameters: of the model.
    """

    model: str
    n: int
    real: float
    integer: float
    agreement: float
    depth: int
    size: int
    parameters: int


@dataclass(frozen=True)
class Budget:
    """A chain of thought against votes of single passes, at one length.

    Attributes:
        chain: the model that thinks: n tokens, a pass each.
        single: the model that answers in one pass; k of its answers are drawn and the commonest
            counts.
        n: letters of a word.
        thought: share of right answers of the chain.
        thought_depth: its serial depth.
        equal_gates: as many passes as have the chain's gates together. Passes of a chain read the
            tokens it said as well, so these are more than n.
        votes: {k: share of right answers of a vote of k passes}, for k = 1, n and `equal_gates`.
        vote_depth: serial depth of a vote, whatever k is. Drawing the answers is not counted.
    """

    chain: str
    single: str
    n: int
    thought: float
    thought_depth: int
    equal_gates: int
    votes: Mapping[int, float]
    vote_depth: int


def votes(model: Trained) -> bool:
    """Whether a model is a transformer that answers in one pass."""
    asked = ("architecture", "transformer"), ("procedure", "single_pass")
    return all(model.config[key] == value for key, value in asked)


def trial(model: Trained, network: IntegerNetwork, n: int, rows: int) -> Trial:
    """Measure a model, and its integer network for n letters, on random words."""
    letters, classes = task(model.config["task"]).sample(rows, n, SEED)
    right = classes[:, -1]
    if thinks := model.config["procedure"] == "chain_of_thought":
        real = procedures.chain(model, letters, classes)[:, -1]
    else:
        real = procedures.answers(model, letters)
    found = network(_read(model, letters))
    if thinks:
        found = found - chain_start(model)
    total = network_cost(network, symbolic=False).total
    shares = (_share(real == right), _share(found == right), _share(real == found))
    depth, size = int(total.depth), int(total.size)
    return Trial(model.name, n, *shares, depth, size, model.parameters)


def _read(model: Trained, letters: Integers) -> Integers:
    """Words as the integer network of a model reads them."""
    if model.config["architecture"] == "rnn":
        return letters[..., None]
    if model.config["procedure"] == "chain_of_thought":
        return np.column_stack((letters, np.full(len(letters), chain_start(model))))
    return letters


def budget(
    chain: Trained,
    single: Trained,
    n: int,
    rows: int,
    trials: Mapping[tuple[str, int], Trial],
    network: IntegerNetwork,
) -> Budget:
    """Measure votes of a model, whose integer network is given, against a chain."""
    letters, classes = task(chain.config["task"]).sample(rows, n, SEED)
    thought = trials[chain.name, n]
    gates = max(1, thought.size // trials[single.name, n].size)
    shares = {
        k: _share(procedures.vote(single, letters, k, SEED) == classes[:, -1])
        for k in sorted({1, n, gates})
    }
    depth = int(network_cost(vote_of([network, network]), symbolic=False).total.depth)
    return Budget(chain.name, single.name, n, thought.real, thought.depth, gates, shares, depth)


def _share(right: np.ndarray) -> float:
    return float(right.mean())
