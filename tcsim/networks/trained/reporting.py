"""What a report says of a trained model: how it is run, and what quantizing it lost."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from tcsim.networks.measuring.cost import network_cost
from tcsim.networks.procedures.modules import step_loop
from tcsim.networks.trained.integer import chain_start, integer_network, recurrent_step
from tcsim.networks.trained.procedures import answers
from tcsim.networks.trained.tasks import task

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tcsim.networks.integer import IntegerNetwork
    from tcsim.networks.trained.loading import Trained
    from tcsim.typing import Integers, Progress

ROWS = 200
"""Words that accuracy is measured on."""

_PART = 25
"""Words that are run at a time."""

SEED = 7
"""Of those words."""


@dataclass(frozen=True)
class Facts:
    """A trained model in integers, and what is to be said of it.

    Attributes:
        network: its answer to a whole input.
        accuracy: share of right answers, of the real model and of the integers, and how often both
            answer the same, all on the same rows.
        rows: how many those were.
        procedure: how it is run, term by term.
    """

    network: IntegerNetwork
    accuracy: Mapping[str, float]
    rows: int
    procedure: Mapping[str, Any] = field(default_factory=dict)


def facts(
    model: Trained,
    n: int,
    *,
    weight_bits: int = 8,
    activation_bits: int = 8,
    progress: Progress | None = None,
) -> Facts:
    """Quantize a trained model for words of a length and measure it on words of its task.

    Args:
        model: a trained model.
        n: length of the words; of no meaning for a CNN.
        weight_bits: of weights, sign included.
        activation_bits: of values that are rounded.
        progress: called as ``progress(done, total)``, first in tokens of a chain of thought, then
            in rows compared.
    """
    bits = {"weight_bits": weight_bits, "activation_bits": activation_bits}
    network = integer_network(
        model, n, weight_bits=weight_bits, activation_bits=activation_bits, progress=progress
    )
    asked, read, right = _words(model, n)
    real = answers(model, asked)
    parts = []
    for start in range(0, len(read), _PART):
        parts.append(network(read[start : start + _PART]))
        if progress is not None:
            progress(min(start + _PART, len(read)), len(read))
    found = np.concatenate(parts)
    if model.config["procedure"] == "chain_of_thought":
        found = found - chain_start(model)
    measured = {
        "real": float((real == right).mean()),
        "integer": float((found == right).mean()),
        "agreement": float((real == found).mean()),
    }
    return Facts(network, measured, len(right), _procedure(model, n, bits, network))


def _words(model: Trained, n: int) -> tuple[Integers, Integers, Integers]:
    """Rows as the real model and as the integer network read them, and the right answers."""
    config = model.config
    if config["architecture"] == "cnn":
        from tcsim.networks.shipped import builtin

        digits = builtin("digits")
        pixels = digits.rows.astype(np.int64)
        side = config["side"]
        return pixels, pixels.reshape(-1, 1, side, side), digits.labels.astype(np.int64)
    letters, classes = task(config["task"]).sample(ROWS, n, SEED)
    read = letters
    if config["architecture"] == "rnn":
        read = letters[..., None]
    elif config["procedure"] == "chain_of_thought":
        read = np.column_stack((letters, np.full(ROWS, chain_start(model))))
    return letters, read, classes[:, -1]


def _procedure(
    model: Trained, n: int, bits: Mapping[str, int], network: IntegerNetwork
) -> dict[str, Any]:
    config = model.config
    if config["procedure"] == "chain_of_thought":
        return {
            "name": f"chain of thought of {n} tokens, one per letter",
            "steps": n,
            "counted": "every token is a pass over all tokens before it, in full: no cache",
        }
    if config["architecture"] == "rnn":
        loop = step_loop(recurrent_step(model, **bits))
        depth, whole = loop.depth(), network_cost(network, symbolic=False).total.depth
        return {
            "name": f"recurrent over {n} letter{'' if n == 1 else 's'}",
            "steps": n,
            "levels per step": str(loop.slope),
            "depth": f"{depth.formula() + whole - (depth(n) or 0)} for T letters",
            "rounded": "the state, at every letter: each waits for the last",
        }
    if config["architecture"] == "cnn":
        return {"name": "single pass"}
    said = {"name": f"single pass over {n} letter{'' if n == 1 else 's'}"}
    if config["architecture"] == "ssm":
        said["rounded"] = (
            "each scan once, at its end: its states do not wait for each other. Rounded at every "
            "letter they would be another function, and serial"
        )
    return said
